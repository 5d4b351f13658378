"""Every offer for every obstacle of random questions clears it, and can be taken back."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.report import judge_expectations
from lambdaplanner.fixes.mending import MOST_STEPS, mend
from lambdaplanner.fixes.offers import for_obstacle, harmless
from lambdaplanner.fixes.registry import Met
from lambdaplanner.fixes.repair import Selection, repair, troubles
from lambdaplanner.fixes.unfixable import BY_NO_EDIT
from lambdaplanner.formats.plan_file import plan_text
from lambdaplanner.model.plan import Plan
from tests.analysis.reach_plans import plan_from
from tests.effort import examples
from tests.fixes.proving import proves
from tests.properties.packet_worlds import worlds as wide_worlds
from tests.properties.reach_worlds import worlds

QUESTIONS = (
    ("fn", "internet"),
    ("fn", "db"),
    ("fn", "203.0.113.9"),
    ("fn", "aws:s3"),
    ("fn", "aws:sqs"),
    ("db", "internet"),
    ("internet", "db"),
)
ASKED_WIDELY = (*QUESTIONS, ("fn", "web"), ("web", "db"), ("db", "web"), ("internet", "web"))


def prove_all(sections: dict[str, Any], source: str, target: str) -> None:
    view = PlanAnalysis(plan_from(sections))
    answer = view.question(source, target)
    for path in answer.paths:
        for obstacle in path.obstacles:
            met = Met(answer, path, obstacle)
            offers = list(for_obstacle(view, met))
            assert not offers or obstacle.code not in BY_NO_EDIT
            for offer in offers:
                proves(view, met, offer)


@examples(30)
@given(worlds(), st.sampled_from(QUESTIONS))
def test_every_offer_clears_its_obstacle(
    sections: dict[str, Any], question: tuple[str, str]
) -> None:
    prove_all(sections, *question)


@examples(15)
@given(wide_worlds(), st.sampled_from(ASKED_WIDELY))
def test_so_it_does_among_three_vpcs(sections: dict[str, Any], question: tuple[str, str]) -> None:
    prove_all(sections, *question)


@examples(30)
@given(worlds(), st.sampled_from(QUESTIONS))
def test_two_vpcs_are_always_mended(sections: dict[str, Any], question: tuple[str, str]) -> None:
    """Nothing in these worlds is beyond an edit, and no step takes anything from anybody."""
    view = PlanAnalysis(plan_from(sections))
    if view.question(*question).verdict == "reachable":
        return
    mended = mend(view, *question)
    assert mended is not None
    assert len(mended.fix.label.split("; ")) <= MOST_STEPS
    copy = view.plan.copy()
    copy.apply(mended.changes)
    after = PlanAnalysis(copy)
    assert after.question(*question).verdict == "reachable"
    assert harmless(view, after)


PROMISES = st.lists(
    st.tuples(
        st.sampled_from(("fn", "web", "db", "internet")),
        st.sampled_from(("db", "web", "internet")),
        st.sampled_from(("reachable", "unreachable")),
    ).filter(lambda row: row[0] != row[1]),
    max_size=3,
)


@examples(8)
@given(wide_worlds(), PROMISES)
def test_a_repaired_plan_keeps_its_promises_and_has_nothing_else_to_mend(
    sections: dict[str, Any], rows: list[tuple[str, str, str]]
) -> None:
    expectations = [{"from": a, "to": b, "expect": expect} for a, b, expect in rows]
    plan = plan_from({**sections, "expectations": expectations})
    before = plan_text(plan)

    repaired = repair(plan, Selection(), None, None)

    assert plan_text(plan) == before
    assert _kept(plan) <= _kept(repaired.plan)
    assert _left(repaired.plan) == {trouble.key for trouble in repaired.left}
    again = repair(repaired.plan, Selection(), None, None)
    assert {one.trouble.key for one in again.done} <= {one.trouble.key for one in repaired.done}


def _kept(plan: Plan) -> set[tuple[str, str, str]]:
    rows = judge_expectations(PlanAnalysis(plan))
    return {(row.source, row.target, row.expect) for row in rows if row.ok}


def _left(plan: Plan) -> set[tuple[object, ...]]:
    return {trouble.key for trouble in troubles(PlanAnalysis(plan), Selection(), None)}
