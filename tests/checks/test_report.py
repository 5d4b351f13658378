"""Order, acknowledgements, expectations, verdict, and checks that break."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks import registry
from lambdaplanner.checks.guide import guide_page
from lambdaplanner.checks.registry import CHECKS, SEVERITIES, Check, Draft, check
from lambdaplanner.checks.report import findings, judge_expectations, report
from lambdaplanner.checks.running import run_check
from lambdaplanner.formats.plan_file import open_plan
from tests.checks.cases import found, function, plan_with

TRAP = {"functions": function(subnets="[public]")}
TODAY = date(2026, 6, 1)
ROOT = Path(__file__).parents[2]


def test_worst_first_then_by_id() -> None:
    bad = plan_with(functions=function(subnets="[public]", role_policies="[]", memory_mb="1"))
    found = report(bad).findings
    ranks = [(SEVERITIES.index(f.severity), f.id) for f in found]
    assert ranks == sorted(ranks)
    assert [f.id for f in found] == ["LAM-005", "LAM-021", "LAM-001", "LAM-003"]


def test_findings_of_one_check_follow_the_order_of_things() -> None:
    policies = "role_policies: [AWSLambdaVPCAccessExecutionRole]"
    rows = "".join(f"  {n}: {{{policies}, subnets: [private-a]}}\n" for n in ("z", "a", "m"))
    alone = found(plan_with(functions="\n" + rows), "LAM-001")
    assert [f.about[0] for f in alone] == ["z", "a", "m"]


def test_an_error_fails_and_a_warning_does_not() -> None:
    assert report(plan_with(**TRAP)).verdict == "pass"
    assert report(plan_with(functions=function(role_policies="[]"))).verdict == "fail"


@pytest.mark.parametrize(
    ("row", "covered"),
    [
        ("{finding: LAM-005}", True),
        ("{finding: LAM-005, about: [f]}", True),
        ("{finding: LAM-005, about: [private-a]}", False),
        ("{finding: LAM-005, about: [f, private-a]}", False),
        ("{finding: LAM-006, about: [f]}", False),
        ("{finding: LAM-005, about: [f], until: 2026-06-01}", True),
        ("{finding: LAM-005, about: [f], until: 2026-05-31}", False),
    ],
)
def test_an_acknowledged_error_does_not_fail(row: str, covered: bool) -> None:
    plan = plan_with(functions=function(role_policies="[]"), acknowledged=f"[{row}]")
    said = report(plan, TODAY)
    assert [(f.id, f.acknowledged) for f in said.findings] == [("LAM-005", covered)]
    assert said.verdict == ("pass" if covered else "fail")


def test_without_a_day_no_acknowledgement_has_ended() -> None:
    row = "[{finding: LAM-005, until: 2001-01-01}]"
    plan = plan_with(functions=function(role_policies="[]"), acknowledged=row)
    assert [f.acknowledged for f in findings(PlanAnalysis(plan), None)] == [True]
    assert [f.acknowledged for f in report(plan).findings] == [False]


def test_a_broken_expectation_fails() -> None:
    plan = plan_with(expectations="[{from: f, to: internet, expect: unreachable}]")
    said = report(plan)
    assert said.verdict == "fail"
    (row,) = said.expectations
    assert (row.source, row.target, row.protocol, row.port) == ("f", "internet", "tcp", 443)
    assert (row.expect, row.verdict, row.ok) == ("unreachable", "reachable", False)


def test_a_partial_answer_is_not_what_was_promised() -> None:
    rows = "[{from: f, to: internet, expect: reachable}, {from: f, to: internet, expect: partial}]"
    plan = plan_with(functions=function(subnets="[private-a, public]"), expectations=rows)
    assert [(r.verdict, r.ok) for r in judge_expectations(PlanAnalysis(plan))] == [
        ("partial", False),
        ("partial", True),
    ]


def test_the_brief_holds() -> None:
    said = report(open_plan(ROOT / "resources" / "templates" / "brief-network.yaml").plan)
    assert said.verdict == "pass"
    assert [row.ok for row in said.expectations] == [True] * 5
    assert [(f.id, f.severity) for f in said.findings] == [("LAM-001", "warning")]


def test_the_trap_is_an_error() -> None:
    said = report(open_plan(ROOT / "resources" / "templates" / "public-subnet-trap.yaml").plan)
    assert said.verdict == "fail"
    assert "LAM-002" in {f.id for f in said.findings if f.severity == "error"}


@pytest.mark.expected_log("check TST-001 broke")
def test_a_check_that_breaks_becomes_a_finding() -> None:
    def breaks(_view: PlanAnalysis) -> Iterator[Draft]:
        raise RuntimeError("on purpose")

    rule = Check(
        id="TST-001",
        severity="error",
        title="A test",
        reference="",
        reads="paths",
        explanation="",
        body=breaks,
    )
    (finding,) = run_check(rule, PlanAnalysis(plan_with()))
    assert (finding.id, finding.severity) == ("INT-001", "warning")
    assert "TST-001" in finding.message
    assert "RuntimeError" not in finding.message


def test_an_id_is_never_used_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "CHECKS", dict(CHECKS))

    def nothing(_view: PlanAnalysis) -> Iterator[Draft]:
        return iter(())

    check("TST-002", "info", "A test")(nothing)
    for taken in ("TST-002", "LAM-001", "INT-001"):
        with pytest.raises(ValueError, match=taken):
            check(taken, "info", "A test")(nothing)


def test_the_guide_is_fresh() -> None:
    assert (ROOT / "resources" / "guide" / "checks.md").read_text(encoding="utf-8") == guide_page()


def test_the_guide_names_every_check() -> None:
    page = guide_page()
    assert all(f"### {rule.id}: {rule.title}" in page for rule in CHECKS.values())
