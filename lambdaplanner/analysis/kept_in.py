"""What the groups of a thing keep in of what it sends."""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.asking import Ask
from lambdaplanner.analysis.crossing import emitted
from lambdaplanner.analysis.ends import End, read_port
from lambdaplanner.analysis.guards import groups_of, has_interfaces, likenesses_of, outward_said
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.packets import Trip
from lambdaplanner.analysis.reach import reach, stations_of
from lambdaplanner.analysis.survey import ends_of

_BY_GROUPS = ("ENI_SG_RULES_MISMATCH", "SG_HAS_NO_RULES")


class KeptIn(NamedTuple):
    """The groups that keep a question's packets in, on the first path that has such."""

    protocol: str
    port: int | None
    at: tuple[str, ...]
    """Where it is that they are stopped, each once."""
    partly: bool
    fix: str
    """What lets them out."""


def kept_in(
    network: Network, source: str, target: str, port: int | None, protocol: str
) -> KeptIn | None:
    """What the groups of the source keep in; None where they let all out. Raises QuestionError as
    `reach` does.

    Rules that name groups which the target does not have let out nothing to it: many states of a
    plan that differ in such rules alone have one answer.
    """
    key = ("kept in", source, target, port, protocol)
    return network.readings.of(key, lambda: _kept_in(network, *key[1:]))


def _kept_in(
    network: Network, source: str, target: str, port: int | None, protocol: str
) -> KeptIn | None:
    source_end, target_end = ends_of(network, source, target)
    key = ("kept in by rules", source, target, port, protocol)
    told = frozenset(groups_of(network, source_end)) - frozenset(groups_of(network, target_end))
    said = _said(network, source_end, target_end)

    def found() -> KeptIn | None:
        if sends_all(network, source, target, port, protocol):
            return None
        return _told_by(reach(network, source, target, port=port, protocol=protocol), source)

    if said is None:
        return network.readings.of(key, found)
    return network.readings.of((*key, said), found, told)


def _said(network: Network, source_end: End, target_end: End) -> Hashable | None:
    """What the groups of the source say that matters to the target; None where that is not told
    from their rules alone.
    """
    if (
        not (has_interfaces(source_end) and has_interfaces(target_end))
        or target_end.function is not None
    ):
        return None
    return outward_said(network, groups_of(network, source_end), groups_of(network, target_end))


def _told_by(answer: Answer, source: str) -> KeptIn | None:
    for path in answer.paths:
        blocking = [
            one
            for one in path.obstacles
            if one.code in _BY_GROUPS and one.is_of_groups(source, "outbound")
        ]
        if blocking:
            at = tuple(dict.fromkeys(one.at for one in blocking))
            partly = path.verdict == "partial"
            return KeptIn(answer.protocol, answer.port, at, partly, blocking[0].fix)
    return None


def sends_all(
    network: Network, source: str, target: str, port: int | None = None, protocol: str = "tcp"
) -> bool:
    """Whether the groups of one thing plainly let out all that is asked, by whatever way; where
    only the whole answer tells, no.
    """
    source_end, target_end = ends_of(network, source, target)
    if (
        not (has_interfaces(source_end) and has_interfaces(target_end))
        or target_end.function is not None
    ):
        return False
    ask = Ask(network, protocol, read_port(target_end, port, protocol), 4)
    ours, theirs = groups_of(network, source_end), groups_of(network, target_end)
    said = outward_said(network, ours, theirs)
    key = (
        "sends",
        *likenesses_of(network, source_end, target_end),
        said,
        theirs,
        protocol,
        ask.port,
    )
    told = frozenset((*ours, *theirs, source, target))
    # what the groups of the target let in is not asked
    return network.readings.of(key, lambda: _sends_all(ask, source_end, target_end), told, ours)


def _sends_all(ask: Ask, source_end: End, target_end: End) -> bool:
    goals = stations_of(ask, target_end)
    for station in stations_of(ask, source_end):
        for goal in goals:
            start = Trip(ask.packet(station, goal), station, station.vpc, station.subnet)
            left = emitted(ask.network, start, goal)
            if not (left.not_blocked and left.whole) or left.matched_by_group:
                return False
    return True
