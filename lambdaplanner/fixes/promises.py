"""Keeping the promises of a plan: edits after which a broken expectation holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.report import ExpectationResult
from lambdaplanner.errors import QuestionError
from lambdaplanner.fixes.aims import Asked
from lambdaplanner.fixes.cost import Cost
from lambdaplanner.fixes.cutting import searched_for_cuts
from lambdaplanner.fixes.mending import searched_for_mending
from lambdaplanner.fixes.offers import Offer, Search, found_in, tried
from lambdaplanner.fixes.registry import Fix
from lambdaplanner.fixes.trials import Step
from lambdaplanner.fixes.unfixable import NONE_HERE, why_not
from lambdaplanner.model.document import Expectation
from lambdaplanner.model.edit import Edit

PROMISED_SHUT = "This plan promises that it is unreachable. To open it, change the promise."
MOST_WAYS = 3
"""Ways to offer for one promise."""


def for_expectation(view: PlanAnalysis, row: ExpectationResult) -> Iterator[Offer]:
    """The ways to keep a broken promise, best first; none for one that holds, or for a question
    that makes no sense.
    """
    return found_in(searched_for_expectation(view, row))


def searched_for_expectation(
    view: PlanAnalysis, row: ExpectationResult, *, compared: bool = True
) -> Search:
    """`for_expectation` in steps; `compared` as in `searched_for_mending`."""
    if row.ok or row.verdict is None or row.expect == "partial":
        return
    asked = Asked(row.source, row.target, row.protocol, row.port, row.ip)
    if row.expect == "reachable" and (kept_shut := promised_shut(view, row)):
        yield from _opened(view, asked, kept_shut, compared=compared)
        return
    search = (
        partial(searched_for_mending, compared=compared)
        if row.expect == "reachable"
        else searched_for_cuts
    )
    left = MOST_WAYS
    for offer in search(view, asked):
        yield offer
        left -= offer is not None
        if not left:
            return


def promised_shut(view: PlanAnalysis, row: ExpectationResult) -> tuple[Expectation, ...]:
    """The promises of the plan that say the contrary: that a question is unreachable."""
    return tuple(
        one
        for one in view.plan.expectations
        if one.expect == "unreachable" and _asks(view, one) == _asks(view, row)
    )


def _asks(view: PlanAnalysis, row: Expectation | ExpectationResult) -> tuple[object, ...]:
    """The question of a row, with the port that is asked about where it names none."""
    port = row.port
    if port is None:
        with suppress(QuestionError):
            port = view.question(row.source, row.target, None, row.protocol, row.ip).port
    return row.source, row.target, row.protocol, port, row.ip or 4


def _opened(
    view: PlanAnalysis, asked: Asked, shut: tuple[Expectation, ...], *, compared: bool
) -> Search:
    """The promise changed, and the ways to keep what it says, as one edit; never taken unasked."""
    rows = tuple(
        replace(row, expect="reachable") if row in shut else row for row in view.plan.expectations
    )
    change = Fix(
        slug="change-promise",
        label=f"Promise that {asked.source} reaches {asked.target}",
        command=lambda edit: edit.set_expectations(rows),
    )
    changed = tried(view, change)
    if changed is None:
        return
    left = MOST_WAYS
    for offer in searched_for_mending(changed.after, asked, compared=compared):
        if offer is None or not left:
            yield None
            continue
        left -= 1
        changes = changed.changes.then(offer.changes)
        label = f"{change.label}; {offer.fix.label}"
        fix = Fix(slug=change.slug, label=label, command=partial(Edit.write, changes=changes))
        cost = max(offer.cost, Cost.BOUNDARY)
        steps = tuple(
            Step(replace(one.fix, label=f"{change.label}; {one.fix.label}"), one.after)
            for one in offer.steps
        )
        yield Offer(fix=fix, changes=changes, after=offer.after, cost=cost, steps=steps)


def why_not_kept(view: PlanAnalysis, row: ExpectationResult) -> str:
    """Why nothing is offered for a broken promise."""
    if row.verdict is None:
        return f"No edit mends this: {row.problem}."
    if row.expect == "partial":
        return "No edit mends this: what only a part of the traffic should reach has to be drawn."
    if row.expect == "unreachable":
        return "No edit of this plan is known that cuts this and breaks no other promise."
    if promised_shut(view, row):
        return f"{PROMISED_SHUT} {NONE_HERE}"
    answer = view.question(row.source, row.target, row.port, row.protocol, row.ip)
    reasons = (why_not(obstacle) for path in answer.paths for obstacle in path.obstacles)
    return next((reason for reason in reasons if reason != NONE_HERE), NONE_HERE)
