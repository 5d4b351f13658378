"""Fixes of attachments: what is offered, and that it mends."""

from __future__ import annotations

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.fixes.offers import for_finding, for_obstacle
from lambdaplanner.fixes.registry import Met
from tests.checks.cases import found, function, plan_with


def test_a_role_gets_its_policy() -> None:
    plan = plan_with(functions=function(role_policies="[]"))
    (finding,) = found(plan, "LAM-005")

    (offer,) = for_finding(PlanAnalysis(plan), finding)

    assert offer.fix.slug == "add-policy"
    assert found(offer.after.plan, "LAM-005") == []
    assert found(plan, "LAM-005") == [finding]


def test_an_obstacle_at_the_role_is_cleared_the_same_way() -> None:
    view = PlanAnalysis(plan_with(functions=function(role_policies="[]")))
    answer = view.internet("f")
    path = answer.paths[0]

    (offer,) = for_obstacle(view, Met(answer, path, path.obstacles[0]))

    assert offer.after.internet("f").verdict == "reachable"
    assert view.internet("f").verdict == "unreachable"
