"""Which promises are broken, for many states of a plan one after another: verdicts alone, each
found once, and only those that a change can touch found anew.
"""

from __future__ import annotations

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.impact import concerned_ends
from lambdaplanner.errors import QuestionError
from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.document import Expectation


def broken(view: PlanAnalysis) -> frozenset[Expectation]:
    """The promises that do not hold, those that make no sense among them."""
    return view.kept("broken", lambda: _broken(view))


def broken_by(before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet | None = None) -> bool:
    """Whether a promise that held before does not hold after; `changes` leads from one to the
    other.
    """
    ends = None if changes is None else concerned_ends(changes, before, after)
    held = (row for row in after.plan.expectations if row not in broken(before))
    return any(
        not _holds(after, row)
        for row in held
        if ends is None or not ends.isdisjoint((row.source, row.target)) or _by_address(row)
    )


def _by_address(row: Expectation) -> bool:
    return any(end[:1].isdigit() or ":" in end for end in (row.source, row.target))


def _broken(view: PlanAnalysis) -> frozenset[Expectation]:
    return frozenset(row for row in view.plan.expectations if not _holds(view, row))


def _holds(view: PlanAnalysis, row: Expectation) -> bool:
    try:
        return view.verdict(row) == row.expect
    except QuestionError:
        return False
