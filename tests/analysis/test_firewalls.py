"""Firewall endpoints and the edge tables that lead replies back through them."""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import judged_on
from lambdaplanner.checks.report import report
from lambdaplanner.formats.plan_file import plan_text, read_text
from lambdaplanner.model.plan import Plan
from tests.analysis.reach_plans import BASE, plan_from

APP = "10.0.0.0/24"
"""The block of the subnet `public`, where `web` and the NAT gateway stand."""


def plan(edge: dict[str, str] | None, app: str = "fw-a", **changes: Any) -> Plan:
    """The base plan with a firewall before its internet gateway."""
    sections: dict[str, Any] = {name: dict(things) for name, things in BASE.items()}
    for place, number in (("fw-a", 20), ("fw-b", 21)):
        sections["subnets"][f"{place}-net"] = {
            "vpc": "main",
            "az": "a",
            "cidr": f"10.0.{number}.0/28",
            "route_table": "fw-rt",
        }
    firewalls = ("fw-a", "fw-b")
    sections["endpoints"] = {
        name: {"vpc": "main", "type": "firewall", "subnets": [f"{name}-net"]} for name in firewalls
    }
    sections["route_tables"] |= {
        "public-rt": {"vpc": "main", "routes": {"0.0.0.0/0": app}},
        "fw-rt": {"vpc": "main", "routes": {"0.0.0.0/0": "igw"}},
    }
    if edge is not None:
        sections["route_tables"]["edge"] = {"vpc": "main", "gateway": "igw", "routes": edge}
    for name, things in changes.items():
        sections[name] = {**sections.get(name, {}), **things}
    return plan_from(sections)


def asked(found: Plan, source: str, target: str) -> str:
    network = compile_network(found)
    answer = reach(network, source, target)
    assert judged_on(network, source, target).verdict == answer.verdict
    return answer.verdict


@pytest.mark.parametrize(
    ("edge", "told"),
    [
        ({APP: "fw-a"}, "reachable"),
        ({"10.0.0.0/16": "fw-a"}, "reachable"),
        (None, "unreachable"),
        ({}, "unreachable"),
        ({APP: "fw-b"}, "unreachable"),
    ],
)
@pytest.mark.parametrize(
    ("source", "target"), [("web", "internet"), ("internet", "web"), ("fn", "internet")]
)
def test_both_ways_pass_the_same_firewall(
    edge: dict[str, str] | None, told: str, source: str, target: str
) -> None:
    found = plan(edge)
    assert asked(found, source, target) == told
    answer = reach(compile_network(found), source, target)
    if told == "reachable":
        assert answer.assumes == ("firewall fw-a lets it through",)
        assert "fw-a" in [hop.id for hop in answer.paths[0].hops]
        assert "fw-a" in [hop.id for hop in answer.paths[0].return_hops]
    else:
        stops = {(o.code, o.direction) for path in answer.paths for o in path.obstacles}
        assert ("NO_PATH", "return") in stops


def test_it_does_without_a_service_and_is_written_so() -> None:
    found = plan({APP: "fw-a"})
    again = read_text(plan_text(found), where="a test").plan
    assert again.resource("fw-a") == found.resource("fw-a")
    assert again.resource("edge") == found.resource("edge")
    errors = [one for one in report(found).findings if one.severity == "error"]
    assert errors == []


def test_a_firewall_between_subnets_of_a_vpc() -> None:
    """Each subnet sends the other's block through it, so that it sees both ways."""
    data, private = "10.0.2.0/24", "10.0.1.0/24"
    tables = {
        "private-rt": {"vpc": "main", "routes": {data: "fw-a"}},
        "data-rt": {"vpc": "main", "routes": {private: "fw-a"}},
    }
    rule = {"protocol": "tcp", "ports": 5432, "cidr": private}
    groups = {"db-sg": {"vpc": "main", "inbound": [rule]}}
    found = plan({}, route_tables=tables, security_groups=groups)
    assert asked(found, "fn", "db") == "reachable"
    named = plan({}, route_tables=tables)
    assert asked(named, "fn", "db") == "unreachable"
    around = {**tables, "data-rt": {"vpc": "main"}}
    assert asked(plan({}, route_tables=around, security_groups=groups), "fn", "db") == "unreachable"


def test_a_firewall_endpoint_names_no_service() -> None:
    text = (
        "lambdaplanner: 1\nvpcs: {main: {cidr: 10.0.0.0/16}}\n"
        "subnets: {a: {vpc: main, cidr: 10.0.1.0/28}}\n"
        "endpoints: {inspect: {vpc: main, type: firewall, subnets: [a]}}\n"
    )
    found = report(read_text(text, where="plan.yaml").plan).findings
    assert "END-010" not in {one.id for one in found}
