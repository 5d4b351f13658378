"""Keeping the promises of a plan: edits after which a broken expectation holds."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.report import ExpectationResult
from lambdaplanner.fixes.cutting import Question, ways_to_cut
from lambdaplanner.fixes.mending import ways_to_mend
from lambdaplanner.fixes.offers import Offer
from lambdaplanner.fixes.unfixable import NONE_HERE, why_not

MOST_WAYS = 3
"""Ways to offer for one promise."""


def for_expectation(view: PlanAnalysis, row: ExpectationResult) -> Iterator[Offer]:
    """The ways to keep a broken promise, best first; none for one that holds, or for a question
    that makes no sense.
    """
    if row.ok or row.verdict is None:
        return
    if row.expect == "reachable":
        ways = ways_to_mend(view, row.source, row.target, row.port, row.protocol)
        for _, mended in zip(range(MOST_WAYS), ways, strict=False):
            yield mended.offer
    elif row.expect == "unreachable":
        question = Question(row.source, row.target, row.port, row.protocol)
        yield from ways_to_cut(view, question)[:MOST_WAYS]


def why_not_kept(view: PlanAnalysis, row: ExpectationResult) -> str:
    """Why nothing is offered for a broken promise."""
    if row.verdict is None:
        return f"No edit mends this: {row.problem}."
    if row.expect == "partial":
        return "No edit mends this: what only a part of the traffic should reach has to be drawn."
    if row.expect == "unreachable":
        return "No edit of this plan is known that cuts this and breaks no other promise."
    answer = view.question(row.source, row.target, row.port, row.protocol)
    reasons = (why_not(obstacle) for path in answer.paths for obstacle in path.obstacles)
    return next((reason for reason in reasons if reason != NONE_HERE), NONE_HERE)
