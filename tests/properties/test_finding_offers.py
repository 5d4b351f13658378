"""Whatever the plan: what is offered for a finding mends it, breaks nothing, and can be undone."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.report import judge_expectations, raw_findings
from lambdaplanner.fixes.offers import for_finding
from lambdaplanner.formats.plan_file import plan_text
from tests.analysis.reach_plans import plan_from
from tests.effort import examples
from tests.properties.packet_worlds import worlds

PROMISES = [
    {"from": "fn", "to": "internet", "expect": "reachable"},
    {"from": "fn", "to": "db", "port": 443, "expect": "reachable"},
    {"from": "fn", "to": "aws:s3", "expect": "reachable"},
]


def kept(view: PlanAnalysis) -> set[tuple[str, str]]:
    return {(row.source, row.target) for row in judge_expectations(view) if row.ok}


@examples(25)
@given(worlds(), st.integers(0, 1_000_000))
def test_every_offer_mends_its_finding(sections: dict[str, Any], choice: int) -> None:
    view = PlanAnalysis(plan_from({**sections, "expectations": PROMISES}))
    found = raw_findings(view)
    assert found
    finding = found[choice % len(found)]
    before = plan_text(view.plan)

    for offer in for_finding(view, finding):
        mended = offer.after.plan
        left = sum(
            f.id == finding.id and f.about[:1] == finding.about[:1]
            for f in raw_findings(offer.after)
        )
        there = sum(f.id == finding.id and f.about[:1] == finding.about[:1] for f in found)
        assert left < there, offer.fix.label
        assert kept(view) <= kept(offer.after), offer.fix.label
        mended.apply(offer.changes.inverse())
        assert plan_text(mended) == before
    assert plan_text(view.plan) == before
