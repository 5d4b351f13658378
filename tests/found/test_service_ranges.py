"""Routes and denials that name public ranges: whether an AWS service has addresses there, a plan
does not say; beside what covers all of the internet they do not count.
"""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.fixes.offers import for_obstacle
from lambdaplanner.fixes.registry import Met
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.plan import Plan
from tests.found.asking import ask, blocked, obstacles

TEXT = """
lambdaplanner: 1
region: eu-west-1
vpcs: {shop: {cidr: 10.20.0.0/16}}
subnets:
  in-a: {vpc: shop, az: eu-west-1a, cidr: 10.20.1.0/24, route_table: in-rt, network_acl: in-acl}
  out-a: {vpc: shop, az: eu-west-1a, cidr: 10.20.8.0/24, route_table: out-rt}
  out-b: {vpc: shop, az: eu-west-1a, cidr: 10.20.9.0/24, route_table: out-rt}
route_tables:
  in-rt: {vpc: shop, routes: {IN}}
  out-rt: {vpc: shop, routes: {OUT}}
internet_gateways: {igw: {vpc: shop}}
nat_gateways: {nat-a: {subnet: out-a}, nat-b: {subnet: out-b}}
prefix_lists:
  mine: [52.216.0.0/15, 3.5.64.0/21]
  inner: [10.77.0.0/16]
  com.amazonaws.eu-west-1.s3: [52.218.0.0/17]
  com.amazonaws.eu-west-1.dynamodb: [52.94.24.0/23]
network_acls:
  in-acl:
    vpc: shop
    inbound: {BACK 200: {action: allow}}
    outbound: {ACL 200: {action: allow}}
security_groups: {fn-sg: {vpc: shop}}
functions:
  orders:
    {role_policies: [AWSLambdaVPCAccessExecutionRole], subnets: [in-a], security_groups: [fn-sg]}
"""
BY_DEFAULT = "0.0.0.0/0: nat-a"


def plan_of(routes: str, *, out: str = "0.0.0.0/0: igw", acl: str = "", back: str = "") -> Plan:
    text = TEXT.replace("IN}", routes + "}").replace("OUT}", out + "}")
    text = text.replace("ACL ", acl and f"100: {{action: deny, cidr: {acl}}}, ")
    text = text.replace("BACK ", back and f"100: {{action: deny, cidr: {back}}}, ")
    return read_text(text, where="ranges").plan


@pytest.mark.parametrize(
    ("routes", "verdict"),
    [
        ("52.216.0.0/15: nat-a", "partial"),
        ("52.216.0.0/15: nat-a, 3.5.64.0/21: nat-b", "partial"),
        ("mine: nat-a", "partial"),
        ("mine: nat-a, 10.0.0.0/8: blackhole", "partial"),
        ("52.216.0.0/15: blackhole", "unreachable"),
        ("inner: nat-a", "unreachable"),
        ("10.77.0.0/16: nat-a", "unreachable"),
        ("com.amazonaws.eu-west-1.s3: nat-a", "reachable"),
        ("com.amazonaws.eu-west-1.dynamodb: nat-a", "unreachable"),
        (f"{BY_DEFAULT}, 52.216.0.0/15: nat-b", "reachable"),
        (f"{BY_DEFAULT}, 52.216.0.0/15: blackhole", "reachable"),
        (f"{BY_DEFAULT}, mine: blackhole", "reachable"),
        (f"{BY_DEFAULT}, inner: blackhole", "reachable"),
        (f"{BY_DEFAULT}, 10.77.0.0/16: blackhole", "reachable"),
        ("0.0.0.0/0: blackhole, 52.216.0.0/15: nat-b", "partial"),
        ("com.amazonaws.eu-west-1.s3: nat-a, mine: blackhole", "reachable"),
    ],
)
def test_what_routes_to_ranges_are_worth_to_a_service(routes: str, verdict: str) -> None:
    answer = ask(plan_of(routes), "orders", "aws:s3")
    assert answer.verdict == verdict
    if verdict == "partial":
        assert ("in-rt", "SERVICE_ADDRESSES_UNKNOWN") in blocked(answer)
        assert "NO_ROUTE_TO_DESTINATION" not in {code for _, code in blocked(answer)}
        (doubt,) = [one for one in obstacles(answer) if one.code == "SERVICE_ADDRESSES_UNKNOWN"]
        assert "the plan does not say" in doubt.message
        assert "gateway endpoint for s3" in doubt.fix
    if verdict == "unreachable" and "nat-a" in routes:
        assert ("in-rt", "NO_ROUTE_TO_DESTINATION") in blocked(answer)


@pytest.mark.parametrize("routes", ["52.216.0.0/15: nat-a", "mine: nat-a"])
def test_for_the_internet_ranges_are_no_way(routes: str) -> None:
    answer = ask(plan_of(routes), "orders", "internet")
    assert blocked(answer) == {("in-rt", "NO_ROUTE_TO_DESTINATION")}
    assert ask(plan_of(routes), "orders", "52.217.0.9").verdict == "reachable"


def test_a_nat_gateways_own_table_may_name_ranges_too() -> None:
    plan = plan_of(BY_DEFAULT, out="52.216.0.0/15: igw")
    answer = ask(plan, "orders", "aws:s3")
    assert answer.verdict == "partial"
    assert blocked(answer) == {("out-rt", "SERVICE_ADDRESSES_UNKNOWN")}
    assert ask(plan, "orders", "internet").verdict == "unreachable"


def test_ranges_on_the_way_have_to_meet() -> None:
    routes = "52.216.0.0/15: nat-a"
    assert ask(plan_of(routes, out="52.216.0.0/16: igw"), "orders", "aws:s3").verdict == "partial"
    assert ask(plan_of(routes, out="3.5.0.0/16: igw"), "orders", "aws:s3").verdict == "unreachable"


@pytest.mark.parametrize("side", ["acl", "back"])
@pytest.mark.parametrize(
    ("denied", "verdict"),
    [
        ("52.216.0.0/15", "reachable"),
        ("10.0.0.0/8", "reachable"),
        ("10.20.9.0/24", "reachable"),
        ("0.0.0.0/0", "unreachable"),
    ],
)
def test_what_denials_of_ranges_are_worth(side: str, denied: str, verdict: str) -> None:
    answer = ask(plan_of(BY_DEFAULT, **{side: denied}), "orders", "aws:s3")
    assert answer.verdict == verdict
    assert (ask(plan_of(BY_DEFAULT, **{side: denied}), "orders", "internet").verdict) == (
        "unreachable" if verdict == "unreachable" else "reachable"
    )


@pytest.mark.parametrize("routes", ["52.216.0.0/15: nat-a", "mine: nat-a"])
def test_the_way_to_mend_it_is_what_the_obstacle_says(routes: str) -> None:
    view = PlanAnalysis(plan_of(routes))
    answer = view.question("orders", "aws:s3")
    (path,) = answer.paths
    offer = next(iter(for_obstacle(view, Met(answer, path, path.obstacles[0]))))
    assert "gateway endpoint for s3" in offer.fix.label
