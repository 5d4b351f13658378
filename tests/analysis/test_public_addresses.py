"""A workload by its fixed public address is the workload as the internet sees it."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.formats.plan_file import read_text

PLAN = """\
lambdaplanner: 1
vpcs:
  main: {cidr: 10.0.0.0/16}
internet_gateways:
  igw: {vpc: main}
subnets:
  public-a: {vpc: main, cidr: 10.0.0.0/24, route_table: public-rt}
  private-a: {vpc: main, cidr: 10.0.1.0/24, route_table: private-rt}
  dark: {vpc: main, cidr: 10.0.2.0/24}
nat_gateways:
  nat-a: {subnet: public-a}
route_tables:
  public-rt: {vpc: main, routes: {0.0.0.0/0: igw}}
  private-rt: {vpc: main, routes: {0.0.0.0/0: nat-a}}
security_groups:
  https: {vpc: main, inbound: [{protocol: tcp, ports: 8443, cidr: SEEN}]}
functions:
  orders:
    {role_policies: [AWSLambdaVPCAccessExecutionRole], subnets: [private-a]}
  kept-in:
    {role_policies: [AWSLambdaVPCAccessExecutionRole], subnets: [dark]}
  unattached: {}
workloads:
  web:
    type: ec2
    subnets: [public-a]
    security_groups: [https]
    public_address: 198.51.100.7
    port: 8443
"""


def asked(source: str, target: str = "198.51.100.7", seen: str = "0.0.0.0/0") -> Answer:
    plan = read_text(PLAN.replace("SEEN", seen), where="plan.yaml").plan
    return PlanAnalysis(plan).question(source, target)


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("internet", "reachable"),
        ("203.0.113.9", "reachable"),
        ("orders", "reachable"),
        ("unattached", "reachable"),
        ("kept-in", "unreachable"),
    ],
)
def test_who_reaches_it(source: str, verdict: str) -> None:
    answer = asked(source)
    assert answer.verdict == verdict
    assert answer.port == 8443
    assert [path.into for path in answer.paths] == ["public-a"]


def test_the_way_leads_out_and_in_again() -> None:
    (path,) = asked("orders").paths
    met = [hop.id for hop in path.hops]
    assert met.index("nat-a") < met.index("internet") < met.index("web")
    assert met.count("internet") == 1


def test_its_groups_see_the_internet_and_no_inner_address() -> None:
    assert asked("orders", seen="10.0.0.0/8").verdict == "unreachable"
    assert asked("orders", "web", seen="10.0.0.0/8").verdict == "reachable"
    assert asked("203.0.113.9", seen="203.0.113.0/24").verdict == "reachable"
    assert asked("internet", seen="203.0.113.0/24").verdict == "unreachable"


def test_the_address_makes_the_workload_public() -> None:
    assert asked("internet", "web").verdict == "reachable"
