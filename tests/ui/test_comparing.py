"""Comparing in steps says what comparing at once says."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lambdaplanner.analysis.scenario import Scenario
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.analysis.whatif import imagine
from lambdaplanner.checks.impact import Impact, compare
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.comparing import comparing, comparing_amounts
from tests.benchmarks.plans import realistic_plan
from tests.ui.panel_world import NETWORK


def same(found: Impact, expected: Impact) -> None:
    assert set(found.verdicts) == set(expected.verdicts)
    assert len(found.verdicts) == len(expected.verdicts)
    assert (found.expectations, found.capacity) == (expected.expectations, expected.capacity)
    assert (found.gone, found.new) == (expected.gone, expected.new)


def plans() -> tuple[Plan, ...]:
    return read_text(NETWORK, where="panels.yaml").plan, realistic_plan(120)


@pytest.mark.parametrize("plan", plans(), ids=["small", "realistic"])
def test_every_scenario_is_compared_alike(plan: Plan) -> None:
    before = PlanAnalysis(plan)
    nats = list(plan.of("nat-gateway"))
    for scenario in (
        Scenario(without_zones=("eu-west-1a",)),
        Scenario(without_zones=("eu-west-1a", "eu-west-1b")),
        Scenario(without_nats=(nats[0],)),
        Scenario(times=Fraction(40), without_nats=(nats[-1],)),
    ):
        after = PlanAnalysis(imagine(plan, scenario).plan)
        steps = [step for step in comparing(before, after) if step is not None]
        shares = [step.share for step in steps]
        assert shares == sorted(shares)
        assert shares[-1] == 1
        assert all(not step.impact.verdicts for step in steps[:-1])
        same(steps[-1].impact, compare(before, after))
        assert steps[-1].impact


def test_amounts_change_no_path() -> None:
    plan = realistic_plan(120)
    before = PlanAnalysis(plan)
    after = PlanAnalysis(imagine(plan, Scenario(times=Fraction(500))).plan)
    (step,) = (step for step in comparing_amounts(before, after) if step is not None)
    same(step.impact, compare(before, after))
    assert step.impact.capacity


@pytest.mark.parametrize(
    ("name", "fields", "steps"),
    [
        ("orders", {"subnets": ("public",)}, 1),
        ("db-sg", {"inbound": ()}, 1),
        ("nat", {"subnet": "private-a"}, 5),
    ],
)
def test_edits_of_one_end_are_compared_at_once(
    name: str, fields: dict[str, object], steps: int
) -> None:
    plan = read_text(NETWORK, where="panels.yaml").plan
    before = PlanAnalysis(plan)
    copy = plan.copy()
    edit = Edit(copy)
    edit.update(name, **fields)
    after = PlanAnalysis(copy)
    found = [one for one in comparing(before, after, edit.changes) if one is not None]
    assert len(found) == steps
    same(found[-1].impact, compare(before, after))
    assert found[-1].impact.verdicts
