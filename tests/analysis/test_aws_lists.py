"""AWS's own prefix lists as destinations of routes, by their names."""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import judged_on
from lambdaplanner.checks.report import report
from lambdaplanner.errors import PlanProblems
from lambdaplanner.formats.plan_file import plan_text, read_text
from tests.analysis.reach_plans import BASE, plan_with, route_table

GATEWAY = {"s3": {"vpc": "main", "service": "s3", "type": "gateway"}}


@pytest.mark.parametrize(
    ("routes", "target", "verdict"),
    [
        ({"aws:s3": "nat"}, "aws:s3", "reachable"),
        ({"aws:s3": "nat"}, "aws:sqs", "unreachable"),
        ({"aws:s3": "nat"}, "internet", "unreachable"),
        ({"aws:s3": "s3"}, "aws:s3", "reachable"),
        ({"aws:s3": "s3"}, "internet", "unreachable"),
        ({"aws:s3": "blackhole", "0.0.0.0/0": "nat"}, "aws:s3", "unreachable"),
        ({"aws:s3": "blackhole", "0.0.0.0/0": "nat"}, "aws:sqs", "reachable"),
        ({"aws:s3": "blackhole", "0.0.0.0/0": "nat"}, "internet", "reachable"),
        ({"aws:s3": "blackhole", "0.0.0.0/0": "nat"}, "52.218.1.1", "unknown"),
        ({"aws:s3": "nat", "0.0.0.0/0": "nat"}, "52.218.1.1", "reachable"),
        ({"aws:s3": "outside", "0.0.0.0/0": "nat"}, "aws:s3", "unknown"),
        ({"aws:cloudfront": "blackhole", "0.0.0.0/0": "nat"}, "aws:s3", "reachable"),
    ],
)
def test_they_lead_to_their_service(routes: dict[str, str], target: str, verdict: str) -> None:
    plan = plan_with(route_tables={"private-rt": route_table(routes)}, endpoints=GATEWAY)
    network = compile_network(plan)
    assert reach(network, "fn", target).verdict == verdict
    assert judged_on(network, "fn", target).verdict == verdict
    again = read_text(plan_text(plan), where="a test").plan
    assert again.resource("private-rt") == plan.resource("private-rt")


def test_they_weigh_against_the_quota() -> None:
    plan = plan_with(route_tables={"private-rt": route_table({"aws:cloudfront": "nat"})})
    few = {"quotas": {"routes_per_table": 50}}
    text = plan_text(plan).replace("vpcs:", f"settings: {few}\nvpcs:", 1).replace("'", "")
    found = report(read_text(text, where="a test").plan).findings
    assert any(one.id == "NET-028" and "55 routes" in one.message for one in found)


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ('route_tables: {t: {vpc: main, routes: {"aws:s4": nat}}}', "none of AWS's own prefix"),
        (
            'network_acls: {a: {vpc: main, inbound: {1: {action: allow, cidr: "aws:s3"}}}}',
            "a network ACL names CIDR blocks alone",
        ),
    ],
)
def test_what_has_no_meaning_says_so(section: str, sentence: str) -> None:
    with pytest.raises(PlanProblems) as error:
        read_text(f"lambdaplanner: 1\nvpcs: {{main: {{cidr: 10.0.0.0/16}}}}\n{section}\n",
                  where="a test")  # fmt: skip
    assert sentence in str(error.value)


def test_rules_cover_their_service_alone() -> None:
    rule: dict[str, Any] = {"protocol": "tcp", "ports": 443, "prefix_list": "aws:s3"}
    plan = plan_with(security_groups={"fn-sg": {"vpc": "main", "outbound": [rule]}})
    network = compile_network(plan)
    assert reach(network, "fn", "aws:s3").verdict == "reachable"
    assert reach(network, "fn", "internet").verdict == "unreachable"
    assert BASE["route_tables"]["private-rt"]
