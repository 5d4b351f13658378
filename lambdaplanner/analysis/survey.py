"""One end against all: what one thing can reach, and who can reach one thing.

Many pairs share their way: routes and ACLs look at subnets, addresses and ports, groups at the two
interfaces. So each way between two subnets is walked once, without groups, and every pair only has
its groups judged on it. Where groups let a part of the addresses through, the whole question is
asked, so that a row always says what `reach` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

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
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.packets import Station, Trip
from lambdaplanner.analysis.reach import reach, stations_of, verdict_of
from lambdaplanner.analysis.stand_ins import Place, pairs_of, standing_in
from lambdaplanner.analysis.subnet_ways import round_trips_between, sent_by
from lambdaplanner.analysis.untold import ends_told
from lambdaplanner.kinds.external_network import ExternalNetwork
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.workload import Workload

V = TypeVar("V")

Found = tuple[Verdict, tuple[str, ...]]
"""A verdict, and what was taken for granted for it."""

INTERNET = "internet"


Asked = tuple[str, str, int | None, str] | tuple[str, str, int | None, str, int | None]
"""Source, target, port and protocol of a question, and the version of IP where it names one."""


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
    network: Network,
    source: str,
    *,
    port: int | None = None,
    protocol: str = "tcp",
    ip: int | None = None,
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
    return tuple(_rows(network, ((source, target) for target in targets), port, protocol, ip))


def reach_into(
    network: Network,
    target: str,
    *,
    port: int | None = None,
    protocol: str = "tcp",
    ip: int | None = None,
) -> tuple[Reached, ...]:
    """Who can reach a thing: the internet, every function, every workload.

    `port` left out is the target's own, else 443. Raises QuestionError as `reach` does.
    """
    target_end = read_end(network, target)
    sources = [*network.of(Function), *network.of(Workload), *network.of(ExternalNetwork)]
    if not target_end.on_the_internet and target_end.service is None:
        sources.insert(0, INTERNET)
    pairs = ((source, target) for source in sources if source != target)
    return tuple(_rows(network, pairs, port, protocol, ip))


def reach_among(
    network: Network, pairs: Iterable[tuple[str, str]], *, port: int | None = None
) -> Iterator[Reached]:
    """The same for any pairs of ends, TCP."""
    return _rows(network, pairs, port, "tcp")


def judged_on(
    network: Network,
    source: str,
    target: str,
    port: int | None = None,
    protocol: str = "tcp",
    ip: int | None = None,
) -> Reached:
    """The verdict of `reach` on one question, found without its hops and its obstacles where that
    is less work; the network keeps it. Raises QuestionError as `reach` does.
    """
    key = _key(source, target, port, protocol, ip)
    if ip is None:
        return network.readings.of(key, lambda: _judged_on(network, source, target, port, protocol))
    return network.readings.of(key, lambda: _by_version(network, key[1:]))


def _key(
    source: str, target: str, port: int | None, protocol: str, ip: int | None = None
) -> tuple[Any, ...]:
    return ("judged", source, target, port, protocol, ip)


def _by_version(network: Network, asked: tuple[Any, ...]) -> Reached:
    """The verdict where a version of IP is asked about: ends fare alike by IPv4 alone."""
    source, target, port, protocol, ip = asked
    answer = reach(network, source, target, port=port, protocol=protocol, ip=ip)
    return Reached(source, target, protocol, answer.port, answer.verdict, answer.assumes)


def same_for(network: Network, before: Network, row: Asked) -> bool:
    """Whether the verdict is the very one that was found in the state before."""
    key = _key(*row)
    found = network.readings.recall(key)
    return found is not None and found is before.readings.recall(key)


def read_for(network: Network, row: Asked) -> frozenset[str] | None:
    """What was read for a verdict, as far as it is kept."""
    found = network.readings.recall(_key(*row))
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
    network: Network,
    pairs: Iterable[tuple[str, str]],
    port: int | None,
    protocol: str,
    ip: int | None = None,
) -> Iterator[Reached]:
    for source, target in pairs:
        yield judged_on(network, source, target, port, protocol, ip)


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
    ways = round_trips_between(ask, station, goal)
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
    judged = [(way, admitted(ask.network, sent_by(way, start), goal)) for way in passable]
    if any(trip.unsure or (trip.not_blocked and not trip.whole) for _, trip in judged):
        return None
    let_in = [way for way, trip in judged if trip.not_blocked]
    if not let_in:
        return "unreachable"
    everything = len(let_in) == len(ways)
    return "reachable" if everything and all(way.whole for way in let_in) else "partial"
