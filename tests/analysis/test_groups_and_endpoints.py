"""Groups of further VPCs, and what endpoints say of Regions and resolvers."""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import judged_on
from lambdaplanner.checks.report import report
from lambdaplanner.model.plan import Plan
from tests.analysis.reach_plans import BASE, plan_from, plan_with

PEER = {"b": {"cidr": "10.2.0.0/16"}}


def other_vpc(**group: Any) -> Plan:
    """A function in a VPC with a group of another one."""
    sections: dict[str, Any] = {name: dict(things) for name, things in BASE.items()}
    sections["vpcs"] |= PEER
    sections["subnets"]["b1"] = {"vpc": "b", "az": "a", "cidr": "10.2.1.0/24"}
    sections["security_groups"]["shared"] = {"vpc": "main", **group}
    sections["security_groups"]["b-db"] = {
        "vpc": "b",
        "inbound": [{"protocol": "tcp", "ports": 5432, "security_group": "shared"}],
    }
    role = BASE["functions"]["fn"]["role_policies"]
    sections["functions"]["there"] = {
        "role_policies": role,
        "subnets": ["b1"],
        "security_groups": ["shared"],
    }
    sections["workloads"]["b-rds"] = {
        "type": "rds",
        "subnets": ["b1"],
        "security_groups": ["b-db"],
        "port": 5432,
    }
    return plan_from(sections)


def ids(found: Plan) -> set[str]:
    return {one.id for one in report(found).findings}


def test_a_group_guards_in_the_vpcs_that_it_is_associated_with() -> None:
    found = other_vpc(also_in=["b"])
    network = compile_network(found)
    assert reach(network, "there", "b-rds").verdict == "reachable"
    assert judged_on(network, "there", "b-rds").verdict == "reachable"
    assert ids(found).isdisjoint({"LAM-006", "NET-026", "SG-004", "SG-007"})


def test_elsewhere_it_does_not() -> None:
    found = other_vpc()
    assert reach(compile_network(found), "there", "b-rds").verdict == "unreachable"
    assert "LAM-006" in ids(found)


def test_a_default_group_is_of_its_own_vpc() -> None:
    assert "SG-007" in ids(other_vpc(also_in=["b"], default=True))


S3 = {"vpc": "main", "service": "s3", "type": "interface", "subnets": ["data"]}
GATEWAY = {"vpc": "main", "service": "s3", "type": "gateway", "route_tables": ["private-rt"]}
OPEN = {"security_groups": ["open-sg"]}
LOCAL = {"vpc": "main", "routes": {}}


@pytest.mark.parametrize(
    ("endpoints", "verdict", "refused"),
    [
        ({"ep": {**S3, "security_groups": ["open-sg"]}}, "reachable", False),
        (
            {"ep": {**S3, "security_groups": ["open-sg"], "inbound_resolver_only": True}},
            "unreachable",
            True,
        ),
        (
            {
                "ep": {**S3, "security_groups": ["db-sg"], "inbound_resolver_only": True},
                "gw": GATEWAY,
            },
            "reachable",
            False,
        ),
        (
            {"ep": {**S3, **OPEN, "region": "eu-west-1"}},
            "unreachable",
            False,
        ),
    ],
)
def test_names_of_s3(endpoints: dict[str, Any], verdict: str, refused: bool) -> None:
    found = plan_with(endpoints=endpoints, route_tables={"private-rt": LOCAL})
    assert reach(compile_network(found), "fn", "aws:s3").verdict == verdict
    assert ("END-011" in ids(found)) == refused


def test_no_endpoint_is_for_a_service_that_stays_in_its_region() -> None:
    sqs = {**S3, "service": "sqs", "region": "eu-west-1", "security_groups": ["open-sg"]}
    found = plan_with(endpoints={"ep": sqs}, route_tables={"private-rt": LOCAL})
    assert "END-007" in ids(found)
    assert reach(compile_network(found), "fn", "aws:sqs").verdict == "unreachable"
