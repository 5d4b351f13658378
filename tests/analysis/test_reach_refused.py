"""What AWS refuses to build is never reachable: things of different VPCs, stray subnets."""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from tests.analysis.reach_plans import (
    ROLE,
    ask,
    blocked,
    found,
    function,
    hops_of,
    path_of,
    plan_with,
    route_table,
)

OPEN = [{"cidr": "0.0.0.0/0"}]
OTHER: dict[str, Any] = {
    "vpcs": {"other": {"cidr": "10.9.0.0/16"}},
    "subnets": {"there": {"vpc": "other", "az": "a", "cidr": "10.9.1.0/24"}},
    "route_tables": {"other-rt": route_table({"0.0.0.0/0": "nat"}, "other")},
    "security_groups": {"other-sg": {"vpc": "other", "inbound": OPEN}},
    "network_acls": {
        "other-acl": {
            "vpc": "other",
            "inbound": {1: {"action": "allow"}},
            "outbound": {1: {"action": "allow"}},
        }
    },
}


def with_other(**changes: dict[str, Any]) -> dict[str, Any]:
    """The other VPC's things, and more."""
    return {
        name: {**OTHER.get(name, {}), **changes.get(name, {})} for name in OTHER.keys() | changes
    }


def private(**fields: Any) -> dict[str, Any]:
    place = {"vpc": "main", "az": "a", "cidr": "10.0.1.0/24", "route_table": "private-rt"}
    return {"private": {**place, **fields}}


def test_a_route_table_of_another_vpc_serves_no_subnet() -> None:
    changes = with_other(subnets=private(route_table="other-rt"))
    assert found(ask("fn", "internet", **changes)) == [
        ("other-rt", "UNASSOCIATED_COMPONENT", "forward")
    ]


def test_an_acl_of_another_vpc_lets_nobody_through() -> None:
    changes = with_other(subnets=private(network_acl="other-acl"))
    assert set(found(ask("fn", "internet", **changes))) == {
        ("other-acl", "UNASSOCIATED_COMPONENT", "forward"),
        ("other-acl", "UNASSOCIATED_COMPONENT", "return"),
    }


def test_a_group_of_another_vpc_among_others_is_refused() -> None:
    """Alone it does not apply, and the interface has none that does."""
    mixed = with_other(functions={"fn": function(security_groups=["fn-sg", "other-sg"])})
    assert found(ask("fn", "internet", **mixed)) == [
        ("other-sg", "UNASSOCIATED_COMPONENT", "forward")
    ]
    alone = with_other(functions={"fn": function(security_groups=["other-sg"])})
    assert found(ask("fn", "internet", **alone)) == [
        ("eni:fn@private", "ENI_SG_RULES_MISMATCH", "forward")
    ]


@pytest.mark.parametrize("target", ["internet", "web", "aws:sqs"])
def test_a_function_stands_in_one_vpc(target: str) -> None:
    changes = with_other(
        functions={"fn": function(subnets=["private", "there"], security_groups=[])}
    )
    answer = ask("fn", target, **changes)
    assert answer.verdict == "unreachable"
    assert ("fn", "DISCONNECTED_VPCS") in blocked(answer)


def test_so_does_a_workload() -> None:
    db = {"type": "rds", "subnets": ["data", "there"], "port": 5432}
    answer = ask("fn", "db", **with_other(workloads={"db": db}))
    assert answer.verdict == "unreachable"
    assert ("db", "DISCONNECTED_VPCS") in blocked(answer)


def test_an_endpoint_has_interfaces_in_its_own_vpc_alone() -> None:
    way = {
        "peerings": {"pcx": {"vpcs": ["main", "other"]}},
        "route_tables": {
            "private-rt": route_table({"10.9.0.0/16": "pcx"}),
            "other-main": {"vpc": "other", "main": True, "routes": {"10.0.0.0/16": "pcx"}},
        },
    }
    endpoint = {
        "vpc": "main",
        "service": "sqs",
        "type": "interface",
        "subnets": ["there"],
        "security_groups": ["other-sg"],
    }
    answer = ask("fn", "aws:sqs", **with_other(endpoints={"sqs": endpoint}, **way))
    assert found(answer) == [("sqs", "NO_POSSIBLE_DESTINATION", "forward")]
    assert hops_of(path_of(answer)) == ["fn"], "the name leads nowhere"


def test_nor_groups_of_another_vpc_among_its_own() -> None:
    endpoint = {
        "vpc": "main",
        "service": "sqs",
        "type": "interface",
        "subnets": ["data"],
        "security_groups": ["open-sg", "other-sg"],
    }
    answer = ask("fn", "aws:sqs", **with_other(endpoints={"sqs": endpoint}))
    assert found(answer) == [("other-sg", "UNASSOCIATED_COMPONENT", "forward")]


OUTSIDE = {"vpc": "main", "az": "a", "cidr": "192.168.1.0/24"}


@pytest.mark.parametrize(
    ("source", "target"), [("fn", "db"), ("internet", "web"), ("web", "internet"), ("db", "web")]
)
def test_a_subnet_outside_its_vpc_is_none(source: str, target: str) -> None:
    """The way in and out by the internet gateway asks no local route."""
    open_to_all = {
        "type": "ec2",
        "subnets": ["stray"],
        "security_groups": ["open-sg"],
        "public_ip": True,
    }
    answer = ask(
        source,
        target,
        subnets={"stray": {**OUTSIDE, "route_table": "public-rt"}},
        workloads={"db": open_to_all, "web": open_to_all},
        functions={"fn": function(subnets=["stray"])},
    )
    assert answer.verdict == "unreachable"
    assert ("stray", "VPC_LOCAL_ROUTE_CIDR_RESTRICTION") in blocked(answer)


def test_nor_does_a_nat_gateway_stand_in_one() -> None:
    answer = ask(
        "fn",
        "internet",
        subnets={"stray": {**OUTSIDE, "route_table": "public-rt"}},
        nat_gateways={"nat": {"subnet": "stray"}},
    )
    assert found(answer) == [("stray", "VPC_LOCAL_ROUTE_CIDR_RESTRICTION", "forward")]


def test_a_secondary_block_makes_the_subnet() -> None:
    answer = ask(
        "fn",
        "web",
        vpcs={"main": {"cidr": "10.0.0.0/16", "secondary_cidrs": ["10.7.0.0/16"]}},
        subnets={"stray": {**OUTSIDE, "cidr": "10.7.1.0/24"}},
        functions={"fn": function(subnets=["stray"])},
    )
    assert answer.verdict == "reachable"


def test_one_ipv4_subnet_keeps_a_function_from_using_ipv6_anywhere() -> None:
    """AWS takes Ipv6AllowedForDualStack only where all subnets are dual-stack (aws.md 1.8)."""
    plan = plan_with(
        vpcs={"main": {"cidr": "10.0.0.0/16", "ipv6_cidr": "2600:1f18:a::/56"}},
        egress_only_internet_gateways={"eigw": {"vpc": "main"}},
        subnets=private(ipv6_cidr="2600:1f18:a::/64"),
        route_tables={"private-rt": route_table({"::/0": "eigw", "0.0.0.0/0": "nat"})},
        functions={
            "fn": function(subnets=["private", "data"], ipv6=True),
            "all": {"role_policies": ROLE, "subnets": ["private"], "ipv6": True},
        },
    )
    network = compile_network(plan)
    mixed = reach(network, "fn", "2606:4700::1")
    assert [path.verdict for path in mixed.paths] == ["unreachable", "unreachable"]
    assert found(mixed)[0] == ("data", "NO_IPV6_EGRESS", "forward")
    assert reach(network, "all", "2606:4700::1").verdict == "reachable"


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("10.0.99.9", "lies in none of its subnets"),
        ("10.0.2.0", 'is one that AWS keeps of "data"'),
        ("10.0.2.3", 'is one that AWS keeps of "data"'),
        ("10.0.2.255", 'is one that AWS keeps of "data"'),
        ("10.0.2.20", 'is also that of "db"'),
    ],
)
def test_an_address_that_aws_does_not_give_is_nobodys(address: str, why: str) -> None:
    fixed = {"type": "rds", "subnets": ["data"], "security_groups": ["open-sg"]}
    twin = {**fixed, "private_ip": "10.0.2.20"}
    workloads = {"db": {**fixed, "private_ip": address}, "twin": twin}
    there = ask("fn", "db", workloads=workloads)
    assert found(there) == [("eni:db@data", "ENI_ADDRESS_RESTRICTION", "forward")]
    assert why in path_of(there).obstacles[0].message
    assert blocked(ask("db", "web", workloads=workloads)) == {
        ("eni:db@data", "ENI_ADDRESS_RESTRICTION")
    }


def test_the_first_and_the_last_address_that_aws_gives() -> None:
    for address in ("10.0.2.4", "10.0.2.254"):
        db = {
            "type": "rds",
            "subnets": ["data"],
            "security_groups": ["open-sg"],
            "private_ip": address,
        }
        assert ask("fn", "db", workloads={"db": db}).verdict == "reachable"


def test_two_vpcs_may_have_the_same_address() -> None:
    twin = {"type": "ec2", "subnets": ["there"], "private_ip": "10.0.2.20"}
    db = {"type": "rds", "subnets": ["data"], "security_groups": ["open-sg"]}
    answer = ask(
        "fn",
        "db",
        vpcs={"other": {"cidr": "10.0.0.0/16"}},
        subnets={"there": {"vpc": "other", "az": "a", "cidr": "10.0.2.0/24"}},
        workloads={"twin": twin, "db": {**db, "private_ip": "10.0.2.20"}},
    )
    assert answer.verdict == "reachable"
