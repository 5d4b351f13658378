"""A broken promise says on its card what `check` says: what stands in the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.report import judge_expectations
from lambdaplanner.formats.plan_file import open_plan
from lambdaplanner.ui.panels.shown_findings import shown_of
from tests.found.plans import found


@pytest.mark.parametrize(
    ("plan", "cause"),
    [
        ("check-names-no-cause-acl", "denies them"),
        ("check-names-no-cause-group", "no inbound rule allows it"),
        ("check-names-no-cause-route", "has no route"),
    ],
)
def test_the_cause_is_on_the_card(plan: str, cause: str) -> None:
    view = PlanAnalysis(open_plan(found(plan)).plan)
    results = judge_expectations(view)
    cards = shown_of([], results)
    broken = [one for one in results if not one.ok]
    assert len(cards) == len(broken) > 0
    for card, one in zip(cards, broken, strict=True):
        assert one.obstacles[0].message in card.message
    assert any(cause in card.message for card in cards)


def test_many_causes_are_counted() -> None:
    plan = open_plan(found("check-names-no-cause-route")).plan
    (one, *_) = (row for row in judge_expectations(PlanAnalysis(plan)) if not row.ok)
    obstacle = one.obstacles[0]
    many = tuple(replace(obstacle, message=f"Cause {number}.") for number in range(6))
    (card,) = shown_of([], [replace(one, obstacles=many)])
    assert "Cause 2. 3 more stand in the way." in card.message
    assert "Cause 3" not in card.message
