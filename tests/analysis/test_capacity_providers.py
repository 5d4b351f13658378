"""Lambda managed instances: they take the addresses, and carry the traffic."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.report import findings
from lambdaplanner.diagram.builder import build
from lambdaplanner.fixes.offers import for_finding
from lambdaplanner.formats.plan_file import read_text

PLAN = """\
lambdaplanner: 1
vpcs:
  main: {cidr: 10.0.0.0/16}
internet_gateways:
  igw: {vpc: main}
subnets:
  public-a: {vpc: main, az: us-east-1a, cidr: 10.0.0.0/24, route_table: public-rt}
  p1: {vpc: main, az: us-east-1a, cidr: 10.0.1.0/24, route_table: private-rt}
  p2: {vpc: main, az: us-east-1b, cidr: 10.0.2.0/24, route_table: private-rt}
nat_gateways:
  nat-a: {subnet: public-a}
route_tables:
  public-rt: {vpc: main, routes: {0.0.0.0/0: igw}}
  private-rt: {vpc: main, routes: {0.0.0.0/0: nat-a}}
security_groups:
  fn-sg: {vpc: main}
  db-sg: {vpc: main, inbound: [{protocol: tcp, ports: 5432, security_group: fn-sg}]}
functions:
  orders: {timeout_s: TIMEOUT, capacity_provider: pool, concurrency: 500MORE}
capacity_providers:
  pool: {subnets: [PLACES], security_groups: [fn-sg], instances: 5}
workloads:
  orders-db: {type: rds, subnets: [p1, p2], security_groups: [db-sg], port: 5432}
"""


def analysed(timeout: int = 3600, places: str = "p1, p2", more: str = "") -> PlanAnalysis:
    text = PLAN.replace("TIMEOUT", str(timeout)).replace("PLACES", places).replace("MORE", more)
    return PlanAnalysis(read_text(text, where="plan.yaml").plan)


def told(view: PlanAnalysis) -> set[str]:
    return {one.id for one in findings(view, None)}


def test_its_packets_leave_from_the_subnets_and_groups_of_the_provider() -> None:
    view = analysed()
    answer = view.question("orders", "orders-db")
    assert answer.verdict == "reachable"
    assert [path.via for path in answer.paths] == ["p1", "p1", "p2", "p2"]
    hops = [hop.id for hop in answer.paths[0].hops]
    assert hops[:2] == ["orders", "eni:pool@p1"]
    assert "vpc-to-vpc-nat" not in hops
    assert view.question("orders", "internet").verdict == "reachable"


def test_in_a_public_subnet_it_has_no_public_address() -> None:
    answer = analysed(places="public-a").question("orders", "internet")
    assert answer.verdict == "unreachable"


def test_nothing_opens_a_connection_to_it() -> None:
    (path, _) = analysed().question("internet", "orders").paths
    assert [one.code for one in path.obstacles] == ["LAMBDA_TAKES_NO_INBOUND"]


def test_addresses_are_those_of_the_instances() -> None:
    found = analysed().capacity()
    used = {name: dict(row.used_by).get("pool") for name, row in found.subnets.items()}
    assert used == {"public-a": None, "p1": 3, "p2": 2}
    assert found.functions["orders"].demand == 0
    assert found.functions["orders"].verdict == "ok"


@pytest.mark.parametrize(("timeout", "refused"), [(3600, False), (5400, False), (5401, True)])
def test_it_may_run_longer(timeout: int, refused: bool) -> None:
    found = told(analysed(timeout))
    assert ("LAM-021" in found) is refused
    assert "LAM-005" not in found


def test_subnets_of_its_own_are_refused_and_taken_away() -> None:
    view = analysed(more=", subnets: [public-a]")
    assert view.question("orders", "internet").verdict == "reachable"
    (finding,) = [one for one in findings(view, None) if one.id == "LAM-021"]
    offer = next(iter(for_finding(view, finding)))
    assert offer.after.plan.of("function")["orders"].subnets == ()


def test_a_line_leads_to_the_provider_and_none_to_default_networking() -> None:
    diagram = build(analysed().plan)
    lines = {(line.source, line.target) for line in diagram.lines.values()}
    assert ("orders", "pool") in lines
    assert not any(source == "lambda-service-vpc" for source, _ in lines)
