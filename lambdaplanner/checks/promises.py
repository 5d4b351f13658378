"""Which promises hold in many states of a plan, one after another: verdicts alone, each found once,
and only those that a change can touch found anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lambdaplanner.analysis.answers import Verdict
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.errors import QuestionError
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.note import Note
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.document import Expectation


class State(NamedTuple):
    """How a promise fares: its verdict (None where it makes no sense), and the port asked about."""

    verdict: Verdict | None
    port: int | None


States = Mapping[Expectation, State]
_NO_THING = ""
"""Stands for the ends that are addresses or services: whose they are, an edit may change."""


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
    return any(state.verdict != row.expect and row not in known for row, state in found.items())


def concerned_ends(
    changes: ChangeSet, before: PlanAnalysis, after: PlanAnalysis
) -> frozenset[str] | None:
    """The functions and workloads that an edit of themselves or of their groups is about; None
    where other pairs may fare otherwise too: whoever uses an endpoint depends on its groups.
    """
    ids: set[str] = set()
    groups: set[str] = set()
    for key, change in changes.items():
        if key.facet != "resource":
            continue
        for record in change:
            match record:
                case None | Note():
                    continue
                case Function() | Workload(private_ip=None):
                    ids.add(record.id)
                case SecurityGroup():
                    groups.add(record.id)
                case _:
                    return None
    for view in (before, after):
        if any(not groups.isdisjoint(one.security_groups) for one in view.of(Endpoint)):
            return None
        ends: list[Function | Workload] = [*view.of(Function), *view.of(Workload)]
        ids |= {end.id for end in ends if not groups.isdisjoint(end.security_groups)}
    return frozenset(ids)


def _carried(before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet | None) -> States:
    rows = after.plan.expectations
    ends = None if changes is None else concerned_ends(changes, before, after)
    if ends is None or rows is not before.plan.expectations:
        return {row: _state(after, row) for row in rows}
    found = dict(states(before))
    about = _promised_of(before)
    concerned = {row for end in (*ends, _NO_THING) for row in about.get(end, ())}
    after.fare_as_before(before, but_for=concerned)
    found |= {row: _state(after, row) for row in concerned}
    return found


def _promised_of(view: PlanAnalysis) -> Mapping[str, list[Expectation]]:
    """The promises about each end, and those with an end that is no thing of the plan."""
    return view.kept("promises of ends", lambda: _by_end(view))


def _by_end(view: PlanAnalysis) -> dict[str, list[Expectation]]:
    found: dict[str, list[Expectation]] = {}
    for row in view.plan.expectations:
        ends = (_NO_THING,) if _beyond_things(row) else {row.source, row.target}
        for end in ends:
            found.setdefault(end, []).append(row)
    return found


def _beyond_things(row: Expectation) -> bool:
    return any(end[:1].isdigit() or ":" in end for end in (row.source, row.target))


def _state(view: PlanAnalysis, row: Expectation) -> State:
    try:
        found = view.judged(row)
    except QuestionError:
        return State(None, row.port)
    return State(found.verdict, found.port)


def _broken(view: PlanAnalysis) -> frozenset[Expectation]:
    return frozenset(row for row, state in states(view).items() if state.verdict != row.expect)
