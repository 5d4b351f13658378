"""Keeping the promises of a plan: edits after which a broken expectation holds."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.report import ExpectationResult
from lambdaplanner.fixes.aims import Asked
from lambdaplanner.fixes.cutting import searched_for_cuts
from lambdaplanner.fixes.mending import searched_for_mending
from lambdaplanner.fixes.offers import Offer, Search, found_in
from lambdaplanner.fixes.unfixable import NONE_HERE, why_not

MOST_WAYS = 3
"""Ways to offer for one promise."""


def for_expectation(view: PlanAnalysis, row: ExpectationResult) -> Iterator[Offer]:
    """The ways to keep a broken promise, best first; none for one that holds, or for a question
    that makes no sense.
    """
    return found_in(searched_for_expectation(view, row))


def searched_for_expectation(view: PlanAnalysis, row: ExpectationResult) -> Search:
    """`for_expectation` in steps."""
    if row.ok or row.verdict is None or row.expect == "partial":
        return
    asked = Asked(row.source, row.target, row.protocol, row.port)
    search = searched_for_mending if row.expect == "reachable" else searched_for_cuts
    left = MOST_WAYS
    for offer in search(view, asked):
        yield offer
        left -= offer is not None
        if not left:
            return


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
