"""Findings that stand in the way of many promises, and advice that says what the first way does."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import raw_findings
from lambdaplanner.fixes.offers import for_finding
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.plan import Plan
from tests.checks.cases import plan_with
from tests.checks.rule_cases import Case
from tests.checks.test_catalogue import CASES


def told(plan: Plan, check: str) -> Finding:
    return next(one for one in raw_findings(PlanAnalysis(plan)) if one.id == check)


def databases(count: int) -> Plan:
    """A function that reaches some databases of a peered VPC from one of its two subnets."""
    names = [f"db{at}" for at in range(count)]
    things = "".join(
        f"  {name}: {{type: rds, subnets: [o], security_groups: [dbs], port: 5432}}\n"
        for name in names
    )
    rows = "".join(f"  - {{from: f, to: {name}, expect: reachable}}\n" for name in names)
    text = f"""lambdaplanner: 1
region: eu-west-1
vpcs: {{v: {{cidr: 10.0.0.0/16}}, w: {{cidr: 10.1.0.0/16}}}}
peerings: {{pcx: {{vpcs: [v, w]}}}}
subnets:
  a: {{vpc: v, az: eu-west-1a, cidr: 10.0.1.0/24, route_table: r}}
  b: {{vpc: v, az: eu-west-1b, cidr: 10.0.2.0/24, route_table: quiet}}
  o: {{vpc: w, az: eu-west-1a, cidr: 10.1.1.0/24, route_table: wr}}
route_tables:
  r: {{vpc: v, routes: {{10.1.0.0/16: pcx}}}}
  quiet: {{vpc: v}}
  wr: {{vpc: w, routes: {{10.0.0.0/16: pcx}}}}
security_groups:
  sg: {{vpc: v}}
  dbs: {{vpc: w, inbound: [{{protocol: tcp, ports: 5432, cidr: 10.0.0.0/16}}]}}
workloads:
{things}functions:
  f: {{role_policies: [AWSLambdaVPCAccessExecutionRole], subnets: [a, b], security_groups: [sg]}}
expectations:
{rows}"""
    return read_text(text, where="databases").plan


@pytest.mark.parametrize("count", [1, 3, 4, 12])
def test_however_many_promises_fail_the_route_is_offered_first(count: int) -> None:
    plan = databases(count)
    first = next(for_finding(PlanAnalysis(plan), told(plan, "LAM-004")))
    assert first.fix.slug == "route-over-peering"
    assert first.cost.taken_unasked


TAKEN_OUT = [case for case in CASES if case.check in ("NET-020", "NET-026", "END-009")]


@pytest.mark.parametrize("case", TAKEN_OUT, ids=lambda case: f"{case.check}-{CASES.index(case)}")
def test_advice_names_what_the_way_takes_out(case: Case) -> None:
    """What a finding says first, `fix` offers: to take what AWS refuses out."""
    plan = plan_with(**case.bad)
    finding = told(plan, case.check)
    assert finding.fix.startswith("Take ")
    ways = [offer.fix.label for offer in for_finding(PlanAnalysis(plan), finding)]
    assert any(label.startswith("Take ") for label in ways)
    assert " a ACL" not in finding.fix
