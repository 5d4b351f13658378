"""The sentence of an obstacle names the same means as the first way that is offered for it."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.advice import way_out
from lambdaplanner.analysis.packets import Outside
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.fixes.offers import for_obstacle
from lambdaplanner.fixes.registry import Met
from tests.fixes.bad_plans import BAD, Bad

STRANDED = [
    bad for bad in BAD if bad.code == "NO_ROUTE_TO_DESTINATION" and bad.direction == "forward"
]


@pytest.mark.parametrize("bad", STRANDED, ids=lambda bad: bad.name)
def test_what_leads_out_is_what_is_offered_first(bad: Bad) -> None:
    view = PlanAnalysis(bad.plan)
    answer = view.question(bad.source, bad.target)
    for path in answer.paths:
        for obstacle in path.obstacles:
            stop = obstacle.stop
            goal = stop.goal if stop is not None else None
            if stop is None or obstacle.code != bad.code or not isinstance(goal, Outside):
                continue
            if obstacle.at not in view.plan.of("route-table") or not goal.public:
                continue
            advice = way_out(view.network, stop.trip, obstacle.at, goal)
            first = next(for_obstacle(view, Met(answer, path, obstacle)))
            assert obstacle.fix == advice.sentence
            assert first.fix.slug == advice.slug, (first.fix.label, advice.sentence)
            assert advice.at in first.fix.label
