"""What changes between two states of a plan, found in small steps, so that the window stays at work
in between.

A plan of a thousand things has tens of thousands of pairs of ends; what does not need them comes
first, then the pairs, one end after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from lambdaplanner.analysis.survey import INTERNET, Reached, reach_among, reach_from
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.impact import Impact, VerdictChange, compare
from lambdaplanner.checks.report import found_in_steps
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.changes import ChangeSet

_LOCAL = frozenset({"function", "workload", "security-group", "note"})
"""Kinds whose edits touch few pairs, so that all are compared in one step."""
_WORKLOADS_A_STEP = 50

Survey = Callable[[PlanAnalysis], Iterable[Reached]]


class Compared(NamedTuple):
    """What is known so far; with `share` at 1, everything."""

    impact: Impact
    share: float


def comparing(
    before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet | None = None
) -> Iterator[Compared | None]:
    """What `compare` says, step by step, None where a step tells nothing yet; the verdicts of pairs
    come with the last step.

    `changes` leads from `before` to `after`; left out, anything may differ.
    """
    yield from _checking(before, after)
    if changes is not None and _stays_local(changes):
        yield Compared(compare(before, after, changes), 1.0)
        return
    first = compare(before, after, changes, pairs=False)
    surveys = list(_surveys(before, after))
    found: list[VerdictChange] = []
    for place, survey in enumerate(surveys):
        yield Compared(first, place / len(surveys))
        old = survey(before)
        yield None
        found += _differing(old, survey(after))
    yield Compared(replace(first, verdicts=tuple(found)), 1.0)


def comparing_amounts(before: PlanAnalysis, after: PlanAnalysis) -> Iterator[Compared | None]:
    """The same where only amounts differ (targets, memory): no path can."""
    yield from _checking(before, after)
    yield Compared(compare(before, after, ChangeSet()), 1.0)


def _checking(*views: PlanAnalysis) -> Iterator[None]:
    """Finds what the checks find, which is most of the work of a comparison without pairs."""
    for view in views:
        for _finding in found_in_steps(view):
            yield None


def _stays_local(changes: ChangeSet) -> bool:
    return all(
        record is None or (record.kind in _LOCAL and getattr(record, "private_ip", None) is None)
        for key, change in changes.items()
        if key.facet == "resource"
        for record in change
    )


def _surveys(before: PlanAnalysis, after: PlanAnalysis) -> Iterator[Survey]:
    """Every function to all it could reach, every workload to the internet and from it."""
    views = (before, after)
    for name in dict.fromkeys(end.id for view in views for end in view.of(Function)):
        yield partial(_from_function, name)
    names = list(dict.fromkeys(end.id for view in views for end in view.of(Workload)))
    for start in range(0, len(names), _WORKLOADS_A_STEP):
        yield partial(_and_the_internet, names[start : start + _WORKLOADS_A_STEP])


def _from_function(name: str, view: PlanAnalysis) -> Iterable[Reached]:
    return reach_from(view.network, name) if name in view.plan.of(Function.kind) else ()


def _and_the_internet(names: list[str], view: PlanAnalysis) -> Iterable[Reached]:
    there = [name for name in names if name in view.plan.of(Workload.kind)]
    outward = [(name, INTERNET) for name in there]
    inward = [(INTERNET, name) for name in there]
    return reach_among(view.network, outward + inward)


def _differing(before: Iterable[Reached], after: Iterable[Reached]) -> Iterator[VerdictChange]:
    old = {(row.source, row.target): row for row in before}
    new = {(row.source, row.target): row for row in after}
    for pair in dict.fromkeys((*old, *new)):
        one, other = old.get(pair), new.get(pair)
        if (one and one.verdict) != (other and other.verdict):
            asked = other or one
            assert asked is not None
            yield VerdictChange(
                *pair, asked.protocol, asked.port, one and one.verdict, other and other.verdict
            )
