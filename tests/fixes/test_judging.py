"""What is judged by what an edit touches is what the whole plan, judged anew, says."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.impact import compare
from lambdaplanner.checks.promises import broken_by
from lambdaplanner.fixes.repair import Selection, troubles, ways
from lambdaplanner.formats.plan_file import open_plan
from tests.found.plans import found


@pytest.mark.parametrize(
    "name",
    [
        "fix-makes-a-second-group",
        "fix-takes-the-acl-off",
        "gateway-endpoint-for-sqs",
        "group-per-function",
        "one-group-for-function-and-database",
        "slow-tgw-chain",
    ],
)
def test_a_way_is_judged_as_the_whole_plan_would_be(name: str) -> None:
    plan = open_plan(found(name)).plan
    view = PlanAnalysis(plan)
    for trouble in troubles(view, Selection(), None):
        for way in ways(view, trouble):
            before, after = PlanAnalysis(plan), PlanAnalysis(way.offer.after.plan)
            assert way.impact == compare(before, after)
            assert not broken_by(before, after)
