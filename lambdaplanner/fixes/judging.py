"""Which promises are broken, for many states of a plan one after another: verdicts alone, each
found once, and only those that a change can touch found anew.
"""

from __future__ import annotations

from lambdaplanner.analysis.survey import verdict_on
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.errors import QuestionError
from lambdaplanner.model.document import Expectation


def broken(view: PlanAnalysis) -> frozenset[Expectation]:
    """The promises that do not hold, those that make no sense among them."""
    return view.kept("broken", lambda: _broken(view))


def _broken(view: PlanAnalysis) -> frozenset[Expectation]:
    return frozenset(row for row in view.plan.expectations if not _holds(view, row))


def _holds(view: PlanAnalysis, row: Expectation) -> bool:
    try:
        verdict = verdict_on(view.network, row.source, row.target, row.port, row.protocol)
    except QuestionError:
        return False
    return verdict == row.expect
