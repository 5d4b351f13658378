"""Whatever a check says: the same of many things is said once, and what mends it mends all."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.sharing import FEW
from lambdaplanner.fixes.offers import for_finding
from lambdaplanner.model.plan import Plan
from tests.checks.cases import plan_with
from tests.checks.multiplied import multiplied, told
from tests.checks.rule_cases import Case
from tests.checks.test_catalogue import CASES

PAIRS = ("NET-005", "NET-024")
"""Of six subnets with one block every two overlap: each pair is another sentence."""
ONE_OF_A_SORT = ("END-004", "END-007")
"""Six gateway endpoints for one service cannot all be of use."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check}-{CASES.index(case)}")
def test_one_sentence_about_many_is_said_once(case: Case) -> None:
    plan, names = multiplied(case)
    found = [one for one in told(plan, case.check) if not set(names).isdisjoint(one.subjects)]
    sentences = Counter(re.sub(r'"[^"]*"', "", one.message) for one in found)
    assert max(sentences.values(), default=0) <= FEW or case.check in PAIRS


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check}-{CASES.index(case)}")
def test_what_mends_many_mends_all_of_them(case: Case) -> None:
    plan, _ = multiplied(case)
    for shared in (one for one in told(plan, case.check) if len(one.members) > FEW):
        way = next(for_finding(PlanAnalysis(plan), shared), None)
        assert way is not None or case.check in ONE_OF_A_SORT or not mendable(case)
        if way is not None:
            before, after = often(plan, case.check), often(way.after.plan, case.check)
            assert all(after[name] < before[name] for name in shared.members)


def often(plan: Plan, check_id: str) -> Counter[str]:
    """How often a check names each thing."""
    return Counter(name for one in told(plan, check_id) for name in one.subjects)


def mendable(case: Case) -> bool:
    """Whether there is a way to mend it where there is one of it."""
    plan = plan_with(**case.bad)
    found = told(plan, case.check)[0]
    return next(for_finding(PlanAnalysis(plan), found), None) is not None
