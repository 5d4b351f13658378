"""What holds of every offer for an obstacle."""

from __future__ import annotations

from lambdaplanner.analysis.answers import RANK
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.report import judge_expectations
from lambdaplanner.fixes.offers import Offer, harmless
from lambdaplanner.fixes.registry import Met
from lambdaplanner.fixes.stops import place_of
from lambdaplanner.fixes.wording import edit_lines
from lambdaplanner.formats.plan_file import plan_text, read_text
from lambdaplanner.model.plan import Plan


def proves(view: PlanAnalysis, met: Met, offer: Offer) -> None:
    """The obstacle is gone, the answer no worse, no promise broken; the plan can be written, and
    the inverse gives back the plan that was.
    """
    asked = met.answer
    answer = PlanAnalysis(offer.after.plan).question(
        asked.source, asked.target, asked.port, asked.protocol
    )
    assert RANK[answer.verdict] >= RANK[asked.verdict], offer.fix.label
    same_way = [p for p in answer.paths if (p.via, p.into) == (met.path.via, met.path.into)]
    left = {place_of(obstacle) for path in same_way for obstacle in path.obstacles}
    assert place_of(met.obstacle) not in left, offer.fix.label
    assert harmless(view, offer.after)
    kept = {row for row in judge_expectations(view) if row.ok}
    assert all(row.ok for row in judge_expectations(offer.after) if row in kept)
    assert edit_lines(offer.changes)
    _goes_both_ways(view.plan, offer)


def _goes_both_ways(plan: Plan, offer: Offer) -> None:
    copy = plan.copy()
    before = plan_text(copy)
    copy.apply(offer.changes)
    after = plan_text(copy)
    assert after == plan_text(offer.after.plan)
    assert plan_text(read_text(after, where="mended").plan) == after
    copy.apply(offer.changes.inverse())
    assert plan_text(copy) == before
    assert {name: copy.order(name) for name in copy} == {name: plan.order(name) for name in plan}
