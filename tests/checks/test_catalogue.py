"""Every check on a plan that breaks its rule, and on one that just keeps it."""

from __future__ import annotations

import pytest

from lambdaplanner.checks.catalogue import CHECKS
from lambdaplanner.checks.left_out import LEFT_OUT
from lambdaplanner.checks.report import report
from tests.checks.cases import found, plan_with
from tests.checks.lambda_cases import LAMBDA_CASES
from tests.checks.network_cases import NETWORK_CASES
from tests.checks.rule_cases import CASES as RULE_CASES
from tests.checks.rule_cases import Case

CASES = (*RULE_CASES, *LAMBDA_CASES, *NETWORK_CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check}-{CASES.index(case)}")
def test_a_broken_rule_is_found(case: Case) -> None:
    rule = CHECKS[case.check]
    hits = found(plan_with(**case.bad), case.check)
    assert [finding.about for finding in hits] == [case.about]
    assert hits[0].severity == rule.severity
    assert hits[0].reference == rule.reference
    assert case.says in hits[0].message + hits[0].fix


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check}-{CASES.index(case)}")
def test_a_kept_rule_is_silent(case: Case) -> None:
    assert found(plan_with(**case.good), case.check) == []


def test_every_check_has_cases() -> None:
    assert {case.check for case in CASES} == set(CHECKS)


def test_the_sound_plan_has_no_finding() -> None:
    assert report(plan_with()).findings == ()


def test_what_is_left_out_is_not_judged() -> None:
    assert LEFT_OUT.keys().isdisjoint(CHECKS)


@pytest.mark.parametrize("rule", CHECKS.values(), ids=list(CHECKS))
def test_a_check_explains_itself(rule: object) -> None:
    entry = CHECKS[rule.id]  # type: ignore[attr-defined]
    assert entry.explanation.endswith(".")
    assert not entry.title.endswith(".")
    assert entry.reference.startswith("https://docs.aws.amazon.com/")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check}-{CASES.index(case)}")
def test_messages_are_sentences(case: Case) -> None:
    for finding in report(plan_with(**case.bad)).findings:
        assert finding.message.endswith(".")
        assert finding.fix.endswith(".")
        assert all(name in plan_with(**case.bad) for name in finding.about)
