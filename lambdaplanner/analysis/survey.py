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
from lambdaplanner.analysis.ends import End, read_end, read_port
from lambdaplanner.analysis.guards import (
    groups_of,
    guards_said,
    has_interfaces,
    likenesses_of,
)
from lambdaplanner.analysis.hops import Hop
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.packets import Station, Trip
from lambdaplanner.analysis.reach import reach, stations_of, verdict_of
from lambdaplanner.analysis.replies import answered
from lambdaplanner.analysis.stand_ins import Place, pairs_of, standing_in
from lambdaplanner.analysis.travel import depart
from lambdaplanner.analysis.untold import ends_told
from lambdaplanner.kinds.external_network import ExternalNetwork
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.network_acl import NetworkAcl
from lambdaplanner.kinds.workload import Workload

V = TypeVar("V")

Found = tuple[Verdict, tuple[str, ...]]
"""A verdict, and what was taken for granted for it."""

INTERNET = "internet"
_ACL_CODE = "SUBNET_ACL_RESTRICTION"


Asked = tuple[str, str, int | None, str]
"""Source, target, port and protocol of a question."""


class Reached(NamedTuple):
    """One pair of a survey, and the question that was asked about it."""

    source: str
    target: str
    protocol: str
    port: int | None
    verdict: Verdict
    assumes: tuple[str, ...] = ()
    """What had to be taken for granted."""


def reach_from(
    network: Network, source: str, *, port: int | None = None, protocol: str = "tcp"
) -> tuple[Reached, ...]:
    """What a thing can reach: the internet, every AWS service with an endpoint on the plan, every
    workload.

    `port` left out is each target's own, else 443. Raises QuestionError as `reach` does.
    """
    source_end = read_end(network, source)
    things = (*network.of(Workload), *network.of(ExternalNetwork))
    others = [name for name in things if name != source]
    targets = [INTERNET, *(f"aws:{name}" for name in network.services), *others]
    if source_end.on_the_internet:
        targets = others
    return tuple(_rows(network, ((source, target) for target in targets), port, protocol))


def reach_into(
    network: Network, target: str, *, port: int | None = None, protocol: str = "tcp"
) -> tuple[Reached, ...]:
    """Who can reach a thing: the internet, every function, every workload.

    `port` left out is the target's own, else 443. Raises QuestionError as `reach` does.
    """
    target_end = read_end(network, target)
    sources = [*network.of(Function), *network.of(Workload), *network.of(ExternalNetwork)]
    if not target_end.on_the_internet and target_end.service is None:
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


def same_for(network: Network, before: Network, row: Asked) -> bool:
    """Whether the verdict is the very one that was found in the state before."""
    key = ("judged", *row)
    found = network.readings.recall(key)
    return found is not None and found is before.readings.recall(key)


def read_for(network: Network, row: Asked) -> frozenset[str] | None:
    """What was read for a verdict, as far as it is kept."""
    found = network.readings.recall(("judged", *row))
    return None if found is None else found.sources


def _judged_on(
    network: Network, source: str, target: str, port: int | None, protocol: str
) -> Reached:
    source_end, target_end = ends_of(network, source, target)
    asked = read_port(target_end, port, protocol)
    found = _found(network, source_end, target_end, Ask(network, protocol, asked, 4))
    return Reached(source, target, protocol, asked, *found)


def ends_of(network: Network, source: str, target: str) -> tuple[End, End]:
    """The two ends of a question, each read once."""
    ends: dict[str, End] = network.memo.setdefault("ends", {})
    source_end, target_end = (
        ends.get(end) or _kept(network, ends, end) for end in (source, target)
    )
    network.readings.note((source, target))
    return source_end, target_end


def _rows(
    network: Network, pairs: Iterable[tuple[str, str]], port: int | None, protocol: str
) -> Iterator[Reached]:
    for source, target in pairs:
        yield judged_on(network, source, target, port, protocol)


def _kept(network: Network, ends: dict[str, End], end: str) -> End:
    ends[end] = read_end(network, end)
    return ends[end]


def _found(network: Network, source_end: End, target_end: End, ask: Ask) -> Found:
    return _alike(
        "survey", source_end, target_end, ask, lambda: _judged(network, source_end, target_end, ask)
    )


def _alike(name: str, source_end: End, target_end: End, ask: Ask, make: Callable[[], V]) -> V:
    """Something about two ends, found out once for all that fare alike: what the ends are, and what
    their groups say, the key tells.
    """
    network = ask.network
    ours, theirs = groups_of(network, source_end), groups_of(network, target_end)
    said = guards_said(network, ours, theirs)
    ends = likenesses_of(network, source_end, target_end)
    key = (name, *ends, said, ask.protocol, ask.port)
    told = frozenset((*ours, *theirs, source_end.text, target_end.text))
    return network.readings.of(key, make, told)


def _judged(network: Network, source_end: End, target_end: End, ask: Ask) -> Found:
    things = has_interfaces(source_end) and has_interfaces(target_end)
    if things and target_end.function is None and ends_told(network, source_end, target_end):
        between = _between(network, source_end, target_end, ask)
        if between is not None:
            return between, ()
    answer = reach(network, source_end.text, target_end.text, port=ask.port, protocol=ask.protocol)
    return answer.verdict, answer.assumes


def _between(network: Network, source_end: End, target_end: End, ask: Ask) -> Verdict | None:
    """The verdict on two things; None where only the whole answer tells."""
    verdicts: list[Verdict] = []
    known: dict[tuple[Place, Place], Verdict | None] = {}
    for station, goal, pair in pairs_of(
        ask, stations_of(ask, source_end), stations_of(ask, target_end)
    ):
        if not network.together(station.vpc, goal.vpc):
            verdicts.append("unreachable")
            continue
        if pair not in known:
            known[pair] = _path(
                ask, standing_in(ask, station, pair[0]), standing_in(ask, goal, pair[1])
            )
        verdict = known[pair]
        if verdict is None:
            return None
        verdicts.append(verdict)
    return verdict_of(verdicts)


def _path(ask: Ask, station: Station, goal: Station) -> Verdict | None:
    """The verdict on one path; None where groups let only a part through."""
    if not station.addresses or not goal.addresses:
        return None
    ways = _ways(ask, station, goal)
    if any(way.unsure for way in ways):
        return None
    if not any(way.not_blocked for way in ways):
        return "unreachable"
    start = Trip(ask.packet(station, goal), station, station.vpc, station.subnet)
    if any(ends.at_source(ask, start)) or any(ends.at_goal(ask, start, goal)):
        return "unreachable"
    left = emitted(ask.network, start, goal)
    if not (left.not_blocked and left.whole):
        return "unreachable" if left.refuted else None
    passable = [
        way for way in ways if way.not_blocked and not (left.matched_by_group and way.there.clients)
    ]
    judged = [(way, admitted(ask.network, _sent_by(way, start), goal)) for way in passable]
    if any(trip.unsure or (trip.not_blocked and not trip.whole) for _, trip in judged):
        return None
    let_in = [way for way, trip in judged if trip.not_blocked]
    if not let_in:
        return "unreachable"
    everything = len(let_in) == len(ways)
    return "reachable" if everything and all(way.whole for way in let_in) else "partial"


class _RoundTrip(NamedTuple):
    """A way between two subnets and back, groups left aside."""

    not_blocked: bool
    whole: bool
    there: Trip
    unsure: bool = False
    """Whether nobody knows how it ends, or something was taken for granted on it."""


def _sent_by(way: _RoundTrip, start: Trip) -> Trip:
    """The trip that walked a way, as this sender's; a group looks at its groups and at the port."""
    trip, packet = way.there, way.there.packet._replace(ports=start.packet.ports)
    if not trip.clients:
        return trip.but(packet=packet, sender=start.sender, whole=True)
    first = trip.clients[0]._replace(station=start.sender)
    return trip.but(packet=packet, clients=(first, *trip.clients[1:]), whole=True)


def _ways(ask: Ask, station: Station, goal: Station) -> list[_RoundTrip]:
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
            known: list[_RoundTrip] = found.value
            return known
    result = readings.recorded(lambda: _walked(ask, station, goal))
    ways: list[_RoundTrip] = result.value[0]
    filtered = result.value[1]
    readings.keep((*ends_alike, port if filtered else "any port"), result._replace(value=ways))
    return ways


def _walked(ask: Ask, station: Station, goal: Station) -> tuple[list[_RoundTrip], bool]:
    """The ways, and whether an ACL was met on one, so that another port may fare otherwise."""
    bare = station._replace(id=f"hosts in {station.subnet}", groups=(), arrival=())
    open_goal = goal._replace(groups=None, arrival=())
    journey = ask.towards(open_goal)
    start = Trip(ask.packet(bare, open_goal), bare, station.vpc, station.subnet)
    ways: list[_RoundTrip] = []
    filtered = False
    for there in depart(journey, start):
        leaves = list(answered(journey, there)) if there.arrived else []
        told = [leaf for leaf in leaves if not leaf.merged]
        filtered = filtered or _met_acl(there.hops) or any(_met_acl(f.return_hops) for f in leaves)
        stops = [*there.obstacles, *(o for leaf in leaves for o in leaf.obstacles)]
        filtered = filtered or any(o.code == _ACL_CODE for o in stops)
        ways += [_RoundTrip(f.not_blocked, f.whole, there, not f.certain) for f in told]
        if not leaves and not there.merged:
            ways.append(_RoundTrip(False, False, there, there.unsure))
    return ways, filtered


def _met_acl(hops: tuple[Hop, ...]) -> bool:
    return any(hop.kind == NetworkAcl.kind for hop in hops)
