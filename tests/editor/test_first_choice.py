"""Connect function to VPC: which security group it begins with."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.editor.connect_choice import first_choice, in_vpc, summary
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.kinds.function import Function

NETWORK = """
lambdaplanner: 1
region: eu-west-1
vpcs: {main: {cidr: 10.0.0.0/16}, other: {cidr: 10.1.0.0/16}}
subnets:
  one: {vpc: main, az: eu-west-1a, cidr: 10.0.1.0/24}
  two: {vpc: main, az: eu-west-1b, cidr: 10.0.2.0/24}
"""
DATABASE = (
    "security_groups: {db-sg: {vpc: main}}\n"
    "workloads: {db: {type: rds, subnets: [one], security_groups: [db-sg]}}\n"
)
CASES = [
    ("a database's own group", DATABASE, (), "orders-sg"),
    (
        "an endpoint's own group",
        "security_groups: {ep-sg: {vpc: main}}\n"
        "endpoints: {sqs: {vpc: main, service: sqs, type: interface, subnets: [one], "
        "security_groups: [ep-sg]}}\n",
        (),
        "orders-sg",
    ),
    (
        "a group that function and database share",
        "security_groups: {all-sg: {vpc: main}}\n"
        "workloads: {db: {type: rds, subnets: [one], security_groups: [all-sg]}}\n"
        "functions: {orders: {}, bills: {subnets: [one], security_groups: [all-sg]}}\n",
        (),
        "orders-sg",
    ),
    (
        "an unused group that lets something in",
        "security_groups: {web-sg: {vpc: main, inbound: [{protocol: tcp, ports: 443, "
        "cidr: 0.0.0.0/0}]}}\n",
        (),
        "orders-sg",
    ),
    ("a group of another VPC", "security_groups: {far-sg: {vpc: other}}\n", (), "orders-sg"),
    ("an unused group", "security_groups: {fn-sg: {vpc: main}}\n", ("fn-sg",), ""),
    (
        "the group of another function, before an unused one",
        "security_groups: {a-sg: {vpc: main}, db-sg: {vpc: main}, fn-sg: {vpc: main}}\n"
        "workloads: {db: {type: rds, subnets: [one], security_groups: [db-sg]}}\n"
        "functions: {orders: {}, bills: {subnets: [one], security_groups: [fn-sg]}}\n",
        ("fn-sg",),
        "",
    ),
]


@pytest.mark.parametrize(
    ("text", "groups", "new"), [pytest.param(*case[1:], id=case[0]) for case in CASES]
)
def test_a_function_begins_with_a_group_of_functions_or_a_new_one(
    text: str, groups: tuple[str, ...], new: str
) -> None:
    if "functions:" not in text:
        text += "functions: {orders: {}}\n"
    plan = read_text(NETWORK + text, where="plan.yaml").plan
    function = plan.resource("orders")
    assert isinstance(function, Function)
    choice = in_vpc(plan, first_choice(plan, function), "main")
    assert (choice.groups, choice.new_group) == (groups, new)


def test_one_subnet_is_not_each_of_one() -> None:
    plan = read_text(NETWORK + "functions: {orders: {}}\n", where="plan.yaml").plan
    function = plan.resource("orders")
    assert isinstance(function, Function)
    choice = in_vpc(plan, first_choice(plan, function), "main")
    said = " ".join(summary(plan, choice))
    assert "each of 2 subnets of main: one, two" in said


def test_a_subnet_that_the_checks_call_public_is_never_recommended() -> None:
    plan = read_text(
        NETWORK.replace("cidr: 10.0.1.0/24}", "cidr: 10.0.1.0/24, route_table: partly}").replace(
            "cidr: 10.0.2.0/24}", "cidr: 10.0.2.0/24, route_table: private}"
        )
        + "  edge: {vpc: main, az: eu-west-1a, cidr: 10.0.0.0/24, route_table: edge-rt}\n"
        "internet_gateways: {igw: {vpc: main}}\n"
        "nat_gateways: {nat: {subnet: edge}}\n"
        "route_tables:\n"
        "  edge-rt: {vpc: main, routes: {0.0.0.0/0: igw}}\n"
        "  partly: {vpc: main, routes: {203.0.113.0/24: igw, 0.0.0.0/0: nat}}\n"
        "  private: {vpc: main, routes: {0.0.0.0/0: nat}}\n"
        "functions: {orders: {}}\n",
        where="plan.yaml",
    ).plan
    function = plan.resource("orders")
    assert isinstance(function, Function)
    choice = in_vpc(plan, first_choice(plan, function), "main")
    assert choice.subnets == ("two",)
    assert PlanAnalysis(plan).is_public("one")
