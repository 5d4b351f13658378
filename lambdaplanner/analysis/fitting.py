"""Which targets fit together in shared subnets: a maximum flow from groups to subnets, and its
minimum cut.

Functions with the same subnets are one group, and only subnets that are shared join groups into
one question. Equal questions are answered once: an edit of one function asks anew only about those
it shares a subnet with.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from lambdaplanner.analysis.spreading import UNBOUNDED, Spread


class Question(NamedTuple):
    """Groups that compete: for each the indexes of its subnets and its target; for each subnet its
    free addresses.
    """

    ways: tuple[tuple[int, ...], ...]
    targets: tuple[int, ...]
    free: tuple[int, ...]


class Fit(NamedTuple):
    """A best spread: how much of all targets it carries, and the full subnets that keep it from
    more.
    """

    carried: int
    complete: bool
    bottleneck: frozenset[int]
    spread: Spread
    """Shared between answers: copy it before moving anything."""


class Extremes(NamedTuple):
    """How much all groups together carry if one wants nothing, and if it wants all it can get."""

    without: int
    unbounded: int


_NETWORK_AT_MOST = 120
"""Ways from groups to subnets up to which networkx solves a question in about 2 ms; `Spread.push`
takes over above.
"""


@lru_cache(maxsize=1024)
def fit(question: Question) -> Fit:
    """The best spread of a question: the even one, completed by a maximum flow where it falls
    short.
    """
    spread = Spread(question.ways, question.free)
    spread.share_evenly(question.targets)
    missing = {
        group: target - spread.carried(group)
        for group, target in enumerate(question.targets)
        if target > spread.carried(group)
    }
    total = sum(question.targets)
    short = sum(missing.values())
    if not short:
        return Fit(total, True, frozenset(), spread)
    if sum(map(len, question.ways)) <= _NETWORK_AT_MOST:
        gained, bottleneck = _maximum_flow(spread, missing)
    else:
        gained, cut = spread.push(missing, short)
        bottleneck = frozenset(cut or ())
    return Fit(total - short + gained, gained == short, bottleneck, spread)


def _maximum_flow(spread: Spread, missing: dict[int, int]) -> tuple[int, frozenset[int]]:
    """Brings the spread to a maximum; gives what was gained and the subnets on the source's side
    of the cut.

    The network is the residual of the even spread, so that networkx only has to move what did not
    fit.
    """
    import networkx as nx

    graph: nx.DiGraph[tuple[str, int]] = nx.DiGraph()
    source, sink = ("source", 0), ("sink", 0)
    for subnet, left in enumerate(spread.slack):
        graph.add_edge(("subnet", subnet), sink, capacity=left)
    for group, way in enumerate(spread.ways):
        for subnet in way:
            graph.add_edge(("group", group), ("subnet", subnet))
        for subnet, amount in spread.given[group].items():
            graph.add_edge(("subnet", subnet), ("group", group), capacity=amount)
    for group, count in missing.items():
        graph.add_edge(source, ("group", group), capacity=count)
    residual = nx.algorithms.flow.boykov_kolmogorov(graph, source, sink)
    for group, way in enumerate(spread.ways):
        for subnet in way:
            moved = residual["group", group]["subnet", subnet]["flow"]
            if moved:
                spread.give(group, subnet, moved)
    return residual.graph["flow_value"], _drawn_from(residual, source)


def _drawn_from(residual: object, source: tuple[str, int]) -> frozenset[int]:
    """The subnets that the source can still reach: with them the minimum cut that lies nearest to
    the source.
    """
    neighbours = residual.adj  # type: ignore[attr-defined]
    reached = {source}
    waiting = [source]
    while waiting:
        for node, edge in neighbours[waiting.pop()].items():
            if node not in reached and edge["flow"] < edge["capacity"]:
                reached.add(node)
                waiting.append(node)
    return frozenset(index for side, index in reached if side == "subnet")


@lru_cache(maxsize=1024)
def extremes(question: Question) -> tuple[Extremes, ...]:
    """The extremes of every group of a question.

    As a function of one group's target x, the others kept, the maximum flow is min(without + x,
    unbounded): every cut either goes through that group's edge or does not. So two numbers say
    all.
    """
    best = fit(question)
    if len(question.ways) == 1:
        return (Extremes(0, sum(question.free[subnet] for subnet in question.ways[0])),)
    highest = _unbounded(question, best)
    short = {
        group: target - best.spread.carried(group)
        for group, target in enumerate(question.targets)
        if target > best.spread.carried(group)
    }
    return tuple(
        Extremes(_without(question, best, group, reach, short), reach)
        for group, reach in enumerate(highest)
    )


def _unbounded(question: Question, best: Fit) -> list[int]:
    """For each group, how much all carry if it alone wants all it can get."""
    sets = [frozenset(way) for way in question.ways]
    cuts: list[tuple[frozenset[int], int]] = []
    cut_value = _cut_values(question, sets)
    found: list[int] = []
    for own in sets:
        group = len(found)
        bound = min([cut_value(own), *(value for cut, value in cuts if own <= cut)])
        cleared = best.complete and best.spread.can_clear(own, group)
        if bound > best.carried and not cleared:
            trial = best.spread.copy()
            gained, cut = trial.push({group: UNBOUNDED}, bound - best.carried)
            bound = best.carried + gained
            if cut is not None:
                cuts.append((frozenset(cut), bound))
        found.append(bound)
    return found


def _cut_values(question: Question, sets: list[frozenset[int]]) -> Callable[[frozenset[int]], int]:
    """The value of the cut behind some subnets: their addresses, and the targets of all who can go
    elsewhere.
    """
    total = sum(question.targets)
    users: dict[int, list[int]] = {}
    for group, own in enumerate(sets):
        for subnet in own:
            users.setdefault(subnet, []).append(group)

    def value(cut: frozenset[int]) -> int:
        near = {group for subnet in cut for group in users.get(subnet, ())}
        confined = sum(question.targets[group] for group in near if sets[group] <= cut)
        return sum(question.free[subnet] for subnet in cut) + total - confined

    return value


def _without(
    question: Question, best: Fit, group: int, unbounded: int, short: dict[int, int]
) -> int:
    """How much the others carry if one group wants nothing; `short` says who lacks how much."""
    if best.complete or best.carried < unbounded:
        return best.carried - question.targets[group]
    missing = {other: count for other, count in short.items() if other != group}
    carried = best.spread.carried(group)
    bound = min(carried, sum(missing.values()))
    trial = best.spread.copy()
    inherited = trial.inherit(group, missing)
    pushed, _ = trial.push(missing, bound - inherited)
    return best.carried - carried + inherited + pushed
