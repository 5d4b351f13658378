"""Every finding of the catalogue's bad plans has a fix, or stands in the table of those that none
mends; and every fix that is offered mends it.
"""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.catalogue import CHECKS
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import judge_expectations, raw_findings
from lambdaplanner.fixes.offers import Offer, for_finding
from lambdaplanner.fixes.unfixable import FINDINGS_BY_NO_EDIT
from lambdaplanner.formats.plan_file import plan_text
from lambdaplanner.model.plan import Plan
from tests.checks.cases import found, plan_with
from tests.checks.lambda_cases import LAMBDA_CASES
from tests.checks.network_cases import NETWORK_CASES
from tests.checks.rule_cases import CASES as RULE_CASES
from tests.checks.rule_cases import Case

CASES = (*RULE_CASES, *LAMBDA_CASES, *NETWORK_CASES)


def offers_of(case: Case) -> tuple[PlanAnalysis, Finding, list[Offer]]:
    plan = plan_with(**case.bad)
    (finding,) = found(plan, case.check)
    view = PlanAnalysis(plan)
    return view, finding, list(for_finding(view, finding))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check}-{CASES.index(case)}")
def test_what_is_offered_mends_and_breaks_nothing(case: Case) -> None:
    view, finding, offers = offers_of(case)
    before = plan_text(view.plan)

    assert bool(offers) != (case.check in FINDINGS_BY_NO_EDIT), finding.message
    assert len({offer.fix.label for offer in offers}) == len(offers)
    for offer in offers:
        mended = offer.after.plan
        assert finding.about not in [f.about for f in found(mended, case.check)], offer.fix.label
        assert errors(mended) <= errors(view.plan), offer.fix.label
        assert broken(offer.after) <= broken(view), offer.fix.label
        mended.apply(offer.changes.inverse())
        assert plan_text(mended) == before
    assert plan_text(view.plan) == before


def errors(plan: Plan) -> set[tuple[str, tuple[str, ...]]]:
    """All but LAM-004, which also comes about where a function reaches more than before."""
    found_there = raw_findings(PlanAnalysis(plan))
    return {(f.id, f.about[:1]) for f in found_there if f.severity == "error" and f.id != "LAM-004"}


def broken(view: PlanAnalysis) -> set[tuple[str, str]]:
    return {(row.source, row.target) for row in judge_expectations(view) if not row.ok}


def test_what_no_edit_mends_is_a_check_and_says_why() -> None:
    assert FINDINGS_BY_NO_EDIT.keys() <= CHECKS.keys()
    assert all(reason.endswith(".") for reason in FINDINGS_BY_NO_EDIT.values())
