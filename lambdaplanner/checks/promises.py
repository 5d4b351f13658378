"""Which promises hold in many states of a plan, one after another: verdicts alone, each found once,
and only those that a change can touch found anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from lambdaplanner.analysis.answers import Verdict
from lambdaplanner.analysis.questions import question_of
from lambdaplanner.analysis.reading import ReadBy
from lambdaplanner.analysis.survey import read_for, same_for
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.errors import QuestionError
from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.document import Expectation


class State(NamedTuple):
    """How a promise fares: its verdict (None where it makes no sense), and the port asked about."""

    verdict: Verdict | None
    port: int | None


States = Mapping[Expectation, State]


def states(view: PlanAnalysis) -> States:
    """How every promise of a plan fares."""
    return view.kept("promises", lambda: {row: _state(view, row) for row in view.plan.expectations})


def states_after(before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet | None) -> States:
    """The same for the state to which `changes` lead, with what is known of the one before."""
    return after.kept("promises", lambda: _carried(before, after, changes))


def broken(view: PlanAnalysis) -> frozenset[Expectation]:
    """The promises that do not hold, those that make no sense among them."""
    return view.kept("broken", lambda: _broken(view))


def broken_by(before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet | None = None) -> bool:
    """Whether a promise that held before does not hold after; `changes` leads from one to the
    other.
    """
    known = broken(before)
    found = states_after(before, after, changes)
    return any(
        found[row].verdict != row.expect and row not in known
        for row in concerned(before, after, changes)
    )


def concerned(
    before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet | None
) -> Collection[Expectation]:
    """The promises that may fare otherwise after `changes`."""
    return after.kept(("concerned", before), lambda: _concerned(before, after, changes))


def _concerned(
    before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet | None
) -> Collection[Expectation]:
    rows = after.plan.expectations
    if changes is None or rows is not before.plan.expectations:
        return rows
    names = after.touched_since(before, changes)
    if names is None:
        return rows
    states(before)
    read: ReadBy[Expectation] = before.kept("read for promises", lambda: _read_for(before))
    networks = after.network, before.network
    return [row for row in read.of(names) if not same_for(*networks, question_of(row))]


def _read_for(view: PlanAnalysis) -> ReadBy[Expectation]:
    network = view.network
    return ReadBy((row, read_for(network, question_of(row))) for row in view.plan.expectations)


def _carried(before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet | None) -> States:
    rows = concerned(before, after, changes)
    if rows is after.plan.expectations:
        return {row: _state(after, row) for row in rows}
    found = dict(states(before))
    after.fare_as_before(before, but_for=rows)
    found.update((row, _state(after, row)) for row in rows)
    return found


def _state(view: PlanAnalysis, row: Expectation) -> State:
    try:
        found = view.judged(row)
    except QuestionError:
        return State(None, row.port)
    return State(found.verdict, found.port)


def _broken(view: PlanAnalysis) -> frozenset[Expectation]:
    return frozenset(row for row, state in states(view).items() if state.verdict != row.expect)
