"""What many things share is one finding, mended in one way; a few are told one by one."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import findings, raw_findings
from lambdaplanner.checks.sharing import FEW
from lambdaplanner.fixes.offers import for_finding
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.document import Acknowledgement
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan


def plan_with(count: int, *, policy: str = "", subnets: str = "a") -> Plan:
    """Functions that stand in one zone, and whose roles lack their policy where none is given."""
    functions = "".join(
        f"  f{at:02}: {{role_policies: [{policy}], subnets: [{subnets}]}}\n" for at in range(count)
    )
    more = "".join(
        f"  b{at}: {{vpc: v, az: eu-west-1b, cidr: 10.0.{10 + at}.0/24, route_table: r}}\n"
        for at in range(count)
    )
    text = f"""lambdaplanner: 1
region: eu-west-1
vpcs: {{v: {{cidr: 10.0.0.0/16}}}}
internet_gateways: {{igw: {{vpc: v}}}}
subnets:
  pub: {{vpc: v, az: eu-west-1a, cidr: 10.0.0.0/24, route_table: p}}
  a: {{vpc: v, az: eu-west-1a, cidr: 10.0.1.0/24, route_table: r}}
{more}nat_gateways: {{nat: {{subnet: pub}}}}
route_tables:
  p: {{vpc: v, routes: {{0.0.0.0/0: igw}}}}
  r: {{vpc: v, routes: {{0.0.0.0/0: nat}}}}
functions:
{functions}"""
    return read_text(text, where="shared").plan


def of(plan: Plan, check: str) -> list[Finding]:
    return [one for one in raw_findings(PlanAnalysis(plan)) if one.id == check]


@pytest.mark.parametrize(
    ("check", "things"),
    [("LAM-001", "Functions"), ("LAM-005", "Functions"), ("NAT-002", "Subnets")],
)
def test_many_are_one_finding_that_one_way_mends(check: str, things: str) -> None:
    plan = plan_with(30)
    (one,) = of(plan, check)
    assert len(one.members) == 30
    assert set(one.members) <= set(one.about)
    assert one.message.startswith(things)
    assert one.message.count('"') <= 10
    first = next(iter(for_finding(PlanAnalysis(plan), one)))
    assert of(first.after.plan, check) == []


@pytest.mark.parametrize("check", ["LAM-001", "LAM-005", "NAT-002"])
def test_a_few_are_told_one_by_one(check: str) -> None:
    found = of(plan_with(FEW), check)
    assert len(found) == FEW
    assert all(not one.members for one in found)


def test_somebody_lives_with_it_once_every_member_is_acknowledged() -> None:
    plan = plan_with(5)
    edit = Edit(plan)
    rows = tuple(Acknowledgement(finding="LAM-001", about=(f"f{at:02}",)) for at in range(5))
    edit.set_acknowledged(rows[:4])
    state = {one.id: one.acknowledged for one in findings(PlanAnalysis(plan), None)}
    assert not state["LAM-001"]
    edit.set_acknowledged(rows)
    state = {one.id: one.acknowledged for one in findings(PlanAnalysis(plan), None)}
    assert state["LAM-001"]


def test_other_causes_are_other_findings() -> None:
    plan = plan_with(8)
    edit = Edit(plan)
    for at in range(4):
        edit.update(f"f{at:02}", subnets=("b0",))
    assert sorted(len(one.members) for one in of(plan, "LAM-001")) == [4, 4]
