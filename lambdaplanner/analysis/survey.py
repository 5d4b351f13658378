"""One end against all: what one thing can reach, and who can reach one thing.

Many pairs share their way: routes and ACLs look at subnets, addresses and ports, groups at the two
interfaces. So each way between two subnets is walked once, without groups, and every pair only has
its groups judged on it. Where groups let a part of the addresses through, the whole question is
asked, so that a row always says what `reach` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from lambdaplanner.analysis import end_obstacles as ends
from lambdaplanner.analysis.answers import Verdict
from lambdaplanner.analysis.asking import Ask
from lambdaplanner.analysis.crossing import admitted, emitted
from lambdaplanner.analysis.guards import groups_of, guards_said, has_interfaces, likeness_of
from lambdaplanner.analysis.hops import Hop
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.packets import Station, Trip
from lambdaplanner.analysis.parties import Party, read_party, read_port
from lambdaplanner.analysis.reach import reach, stations_of, verdict_of
from lambdaplanner.analysis.replies import answered
from lambdaplanner.analysis.stand_ins import Place, pairs_of, standing_in
from lambdaplanner.analysis.travel import depart
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.network_acl import NetworkAcl
from lambdaplanner.kinds.workload import Workload

V = TypeVar("V")

INTERNET = "internet"
_ACL_CODE = "SUBNET_ACL_RESTRICTION"


class Reached(NamedTuple):
    """One pair of a survey, and the question that was asked about it."""

    source: str
    target: str
    protocol: str
    port: int | None
    verdict: Verdict


def reach_from(
    network: Network, source: str, *, port: int | None = None, protocol: str = "tcp"
) -> tuple[Reached, ...]:
    """What a thing can reach: the internet, every AWS service with an endpoint on the plan, every
    workload.

    `port` left out is each target's own, else 443. Raises QuestionError as `reach` does.
    """
    near = read_party(network, source)
    others = [name for name in network.of(Workload) if name != source]
    targets = [INTERNET, *(f"aws:{name}" for name in network.services), *others]
    if near.on_the_internet:
        targets = others
    return tuple(_rows(network, ((source, target) for target in targets), port, protocol))


def reach_into(
    network: Network, target: str, *, port: int | None = None, protocol: str = "tcp"
) -> tuple[Reached, ...]:
    """Who can reach a thing: the internet, every function, every workload.

    `port` left out is the target's own, else 443. Raises QuestionError as `reach` does.
    """
    far = read_party(network, target)
    sources = [*network.of(Function), *network.of(Workload)]
    if not far.on_the_internet and far.service is None:
        sources.insert(0, INTERNET)
    pairs = ((source, target) for source in sources if source != target)
    return tuple(_rows(network, pairs, port, protocol))


def reach_among(
    network: Network, pairs: Iterable[tuple[str, str]], *, port: int | None = None
) -> Iterator[Reached]:
    """The same for any pairs of ends, TCP."""
    return _rows(network, pairs, port, "tcp")


def judged_on(
    network: Network, source: str, target: str, port: int | None = None, protocol: str = "tcp"
) -> Reached:
    """The verdict of `reach` on one question, found without its hops and its obstacles where that
    is less work; the network keeps it. Raises QuestionError as `reach` does.
    """
    key = ("judged", source, target, port, protocol)
    return network.readings.of(key, lambda: _judged_on(network, source, target, port, protocol))


def _judged_on(
    network: Network, source: str, target: str, port: int | None, protocol: str
) -> Reached:
    near, far = parties_of(network, source, target)
    asked = read_port(far, port, protocol)
    verdict = _verdict(network, near, far, Ask(network, protocol, asked, 4))
    return Reached(source, target, protocol, asked, verdict)


def sends_all(
    network: Network, source: str, target: str, port: int | None = None, protocol: str = "tcp"
) -> bool:
    """Whether the groups of one thing plainly let out all that is asked, by whatever way; where
    only the whole answer tells, no.
    """
    near, far = parties_of(network, source, target)
    if not (has_interfaces(near) and has_interfaces(far)) or far.function is not None:
        return False
    ask = Ask(network, protocol, read_port(far, port, protocol), 4)
    return _alike("sends", near, far, ask, lambda: _sends_all(ask, near, far))


def _sends_all(ask: Ask, near: Party, far: Party) -> bool:
    goals = stations_of(ask, far)
    for station in stations_of(ask, near):
        for goal in goals:
            start = Trip(ask.packet(station, goal), station, station.vpc, station.subnet)
            left = emitted(ask.network, start, goal)
            if not (left.alive and left.whole) or left.named:
                return False
    return True


def parties_of(network: Network, source: str, target: str) -> tuple[Party, Party]:
    """The two ends of a question, each read once."""
    parties: dict[str, Party] = network.memo.setdefault("parties", {})
    near, far = (parties.get(end) or _kept(network, parties, end) for end in (source, target))
    return near, far


def _rows(
    network: Network, pairs: Iterable[tuple[str, str]], port: int | None, protocol: str
) -> Iterator[Reached]:
    for source, target in pairs:
        yield judged_on(network, source, target, port, protocol)


def _kept(network: Network, parties: dict[str, Party], end: str) -> Party:
    parties[end] = read_party(network, end)
    return parties[end]


def _verdict(network: Network, near: Party, far: Party, ask: Ask) -> Verdict:
    return _alike("survey", near, far, ask, lambda: _judged(network, near, far, ask))


def _alike(name: str, near: Party, far: Party, ask: Ask, make: Callable[[], V]) -> V:
    """Something about two ends, found out once for all that fare alike."""
    network, ours, theirs = ask.network, groups_of(near), groups_of(far)
    said = guards_said(network, ours, theirs)
    ends = (likeness_of(network, near), likeness_of(network, far))
    key = (name, *ends, said, ask.protocol, ask.port)
    return network.readings.of(key, make, frozenset((*ours, *theirs)))


def _judged(network: Network, near: Party, far: Party, ask: Ask) -> Verdict:
    if has_interfaces(near) and has_interfaces(far) and far.function is None:
        return _between(network, near, far, ask)
    return reach(network, near.text, far.text, port=ask.port, protocol=ask.protocol).verdict


def _between(network: Network, near: Party, far: Party, ask: Ask) -> Verdict:
    verdicts: list[Verdict] = []
    islands = network.islands
    known: dict[tuple[Place, Place], Verdict | None] = {}
    for station, goal, pair in pairs_of(ask, stations_of(ask, near), stations_of(ask, far)):
        if islands[station.vpc] != islands[goal.vpc]:
            verdicts.append("unreachable")
            continue
        if pair not in known:
            known[pair] = _path(
                ask, standing_in(ask, station, pair[0]), standing_in(ask, goal, pair[1])
            )
        verdict = known[pair]
        if verdict is None:
            return reach(network, near.text, far.text, port=ask.port, protocol=ask.protocol).verdict
        verdicts.append(verdict)
    return verdict_of(verdicts)


def _path(ask: Ask, station: Station, goal: Station) -> Verdict | None:
    """The verdict on one path; None where groups let only a part through."""
    if not station.addresses or not goal.addresses:
        return None
    ways = _ways(ask, station, goal)
    if not any(way.alive for way in ways):
        return "unreachable"
    start = Trip(ask.packet(station, goal), station, station.vpc, station.subnet)
    if any(ends.at_source(ask, start)) or any(ends.at_goal(ask, start, goal)):
        return "unreachable"
    left = emitted(ask.network, start, goal)
    if not (left.alive and left.whole):
        return None if left.alive else "unreachable"
    passable = [way for way in ways if way.alive and not (left.named and way.there.clients)]
    judged = [(way, admitted(_sent_by(way, start), goal)) for way in passable]
    if any(trip.alive and not trip.whole for _, trip in judged):
        return None
    let_in = [way for way, trip in judged if trip.alive]
    if not let_in:
        return "unreachable"
    everything = len(let_in) == len(ways)
    return "reachable" if everything and all(way.whole for way in let_in) else "partial"


class _Way(NamedTuple):
    """A way between two subnets and back, groups left aside."""

    alive: bool
    whole: bool
    there: Trip


def _sent_by(way: _Way, start: Trip) -> Trip:
    """The trip that walked a way, as this sender's; a group looks at its groups and at the port."""
    trip, packet = way.there, way.there.packet._replace(ports=start.packet.ports)
    if not trip.clients:
        return trip.but(packet=packet, sender=start.sender, whole=True)
    first = trip.clients[0]._replace(station=start.sender)
    return trip.but(packet=packet, clients=(first, *trip.clients[1:]), whole=True)


def _ways(ask: Ask, station: Station, goal: Station) -> list[_Way]:
    readings = ask.network.readings
    ends_alike = (
        "way",
        (station.subnet, station.addresses, station.ephemeral, station.public),
        (goal.subnet, goal.addresses),
        ask.protocol,
    )
    port = ask.port if ask.network.of(NetworkAcl) else None
    for key in ((*ends_alike, "any port"), (*ends_alike, port)):
        found = readings.recall(key)
        if found is not None:
            known: list[_Way] = found.value
            return known
    result = readings.recorded(lambda: _walked(ask, station, goal))
    ways: list[_Way] = result.value[0]
    filtered = result.value[1]
    readings.keep((*ends_alike, port if filtered else "any port"), result._replace(value=ways))
    return ways


def _walked(ask: Ask, station: Station, goal: Station) -> tuple[list[_Way], bool]:
    """The ways, and whether an ACL was met on one, so that another port may fare otherwise."""
    bare = station._replace(id=f"hosts in {station.subnet}", groups=(), arrival=())
    open_goal = goal._replace(groups=None, arrival=())
    journey = ask.towards(open_goal)
    start = Trip(ask.packet(bare, open_goal), bare, station.vpc, station.subnet)
    ways: list[_Way] = []
    filtered = False
    for there in depart(journey, start):
        leaves = list(answered(journey, there)) if there.arrived else []
        told = [leaf for leaf in leaves if not leaf.merged]
        filtered = filtered or _met_acl(there.hops) or any(_met_acl(f.return_hops) for f in leaves)
        stops = [*there.obstacles, *(o for leaf in leaves for o in leaf.obstacles)]
        filtered = filtered or any(o.code == _ACL_CODE for o in stops)
        ways += [_Way(leaf.alive, leaf.whole, there) for leaf in told]
        if not leaves and not there.merged:
            ways.append(_Way(False, False, there))
    return ways, filtered


def _met_acl(hops: tuple[Hop, ...]) -> bool:
    return any(hop.kind == NetworkAcl.kind for hop in hops)
