"""What many things share is one finding, mended in one way; a few are told one by one."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.impact import compare
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import findings
from lambdaplanner.checks.sharing import FEW
from lambdaplanner.fixes.offers import for_finding
from lambdaplanner.fixes.repair import Selection, repair
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.document import Acknowledgement
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from tests.checks.multiplied import told


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


@pytest.mark.parametrize(
    ("check", "things"),
    [("LAM-001", "Functions"), ("LAM-005", "Functions"), ("NAT-002", "Subnets")],
)
def test_many_are_one_finding_that_one_way_mends(check: str, things: str) -> None:
    plan = plan_with(30)
    (one,) = told(plan, check)
    assert len(one.members) == 30
    assert set(one.members) <= set(one.about)
    assert one.message.startswith(things)
    assert one.message.count('"') <= 10
    first = next(iter(for_finding(PlanAnalysis(plan), one)))
    assert told(first.after.plan, check) == []


@pytest.mark.parametrize("check", ["LAM-001", "LAM-005", "NAT-002"])
def test_a_few_are_told_one_by_one(check: str) -> None:
    found = told(plan_with(FEW), check)
    assert len(found) == FEW
    assert all(not one.members for one in found)
    assert all(one.apart is None for one in found)


def living(plan: Plan, *rows: tuple[str, ...]) -> dict[tuple[str, ...], Finding]:
    """The findings of one zone by what they are told of, where somebody acknowledged these."""
    edit = Edit(plan)
    edit.set_acknowledged(tuple(Acknowledgement(finding="LAM-001", about=row) for row in rows))
    found = findings(PlanAnalysis(plan), None)
    return {one.subjects: one for one in found if one.id == "LAM-001"}


NAMES = tuple(f"f{at:02}" for at in range(8))


def test_what_nobody_acknowledged_is_told_alone() -> None:
    left = living(plan_with(8), *((name,) for name in NAMES[:3]))
    state = [(names, one.acknowledged) for names, one in left.items()]
    assert sorted(state) == [*(((name,), True) for name in NAMES[:3]), (NAMES[3:], False)]
    message = left[NAMES[3:]].message
    assert message.startswith('Functions "f03", "f04", "f05" and 2 more are attached')
    assert "f00" not in left[NAMES[3:]].about


def test_a_few_that_are_left_are_told_one_by_one() -> None:
    left = living(plan_with(8), NAMES[:6])
    assert [one.message[:14] for one in left.values() if not one.acknowledged] == [
        f'Function "{name}"' for name in NAMES[6:]
    ]
    assert left[NAMES[:6]].acknowledged


@pytest.mark.parametrize("rows", [[(name,) for name in NAMES], [NAMES], [("a",)], [()]])
def test_somebody_lives_with_it_once_every_member_is_acknowledged(
    rows: list[tuple[str, ...]],
) -> None:
    (one,) = living(plan_with(8), *rows).values()
    assert one.members == NAMES
    assert one.acknowledged


def test_those_that_are_left_of_a_group_stay_acknowledged() -> None:
    """What was written about many holds though some of them share it no longer."""
    plan = plan_with(5)
    edit = Edit(plan)
    for name in NAMES[:2]:
        edit.update(name, subnets=("a", "b0"))
    left = living(plan, (*NAMES[:5], "a"))
    assert {names: one.acknowledged for names, one in left.items()} == {
        (name,): True for name in NAMES[2:5]
    }


def test_a_row_about_two_things_is_about_no_other_pair() -> None:
    left = living(plan_with(2), ("f00", "f01"))
    assert [one.acknowledged for one in left.values()] == [False, False]


def test_of_a_shortage_that_some_live_with_the_others_are_told() -> None:
    text = """lambdaplanner: 1
region: eu-west-1
settings: {capacity_model: per-invocation}
vpcs: {v: {cidr: 10.0.0.0/16}}
subnets: {a: {vpc: v, az: eu-west-1a, cidr: 10.0.1.0/28}}
functions:
  f: {subnets: [a], concurrency: 9}
  g: {subnets: [a], concurrency: 9}
  h: {subnets: [a], concurrency: 9}
acknowledged: [{finding: LAM-007, about: [f]}]
"""
    plan = read_text(text, where="shared").plan
    found = [one for one in findings(PlanAnalysis(plan), None) if one.id == "LAM-007"]
    open_, living_with = sorted(found, key=lambda one: one.acknowledged)
    assert open_.members == ("g", "h")
    assert open_.message.startswith(
        'Functions "g" and "h" want, together with another function, 27'
    )
    assert living_with.acknowledged
    assert living_with.members == ("f",)


def test_other_causes_are_other_findings() -> None:
    plan = plan_with(8)
    edit = Edit(plan)
    for at in range(4):
        edit.update(f"f{at:02}", subnets=("b0",))
    assert sorted(len(one.members) for one in told(plan, "LAM-001")) == [4, 4]


def test_a_member_that_is_asked_for_is_mended_alone() -> None:
    plan = plan_with(8)
    done = repair(plan, Selection(ids=("LAM-005",), about="f03"), None, None)
    assert [one.trouble.about for one in done.done] == [("f03",)]
    assert [one.members for one in told(done.plan, "LAM-005")] == [
        tuple(name for name in NAMES if name != "f03")
    ]


def test_the_one_that_is_mended_is_what_a_change_says() -> None:
    before = plan_with(8)
    after = before.copy()
    Edit(after).update("f00", subnets=("a", "b0"))
    impact = compare(PlanAnalysis(before), PlanAnalysis(after))
    assert [(one.id, one.subjects) for one in impact.gone] == [("LAM-001", ("f00",))]
    assert impact.new == ()
