"""What AWS refuses to build is never on a way that is called reachable."""

from __future__ import annotations

from typing import Any

import pytest

from tests.analysis.reach_plans import ask, blocked, function

OTHER: dict[str, Any] = {
    "vpcs": {"other": {"cidr": "10.9.0.0/16"}},
    "subnets": {"far": {"vpc": "other", "az": "a", "cidr": "10.9.1.0/24"}},
}


def test_a_function_in_two_vpcs_reaches_nothing() -> None:
    changes = {**OTHER, "functions": {"fn": function(subnets=["private", "far"])}}
    answer = ask("fn", "internet", **changes)
    assert answer.verdict == "unreachable"
    assert ("fn", "DISCONNECTED_VPCS") in blocked(answer)


def test_a_workload_in_two_vpcs_is_not_reached() -> None:
    db = {"type": "rds", "subnets": ["data", "far"], "security_groups": ["open-sg"]}
    answer = ask("fn", "db", **OTHER, workloads={"db": db})
    assert answer.verdict == "unreachable"
    assert ("db", "DISCONNECTED_VPCS") in blocked(answer)


def test_a_group_of_another_vpc_guards_nobody() -> None:
    groups = {"stray": {"vpc": "other"}}
    fn = function(security_groups=["fn-sg", "stray"])
    answer = ask("fn", "internet", **OTHER, security_groups=groups, functions={"fn": fn})
    assert answer.verdict == "unreachable"
    assert blocked(answer) == {("stray", "UNASSOCIATED_COMPONENT")}


def test_an_acl_of_another_vpc_judges_nothing_that_is_known() -> None:
    acls = {"stray": {"vpc": "other", "outbound": {100: {"action": "allow"}}}}
    place = {"vpc": "main", "az": "a", "cidr": "10.0.1.0/24", "route_table": "private-rt"}
    subnets = {**OTHER["subnets"], "private": {**place, "network_acl": "stray"}}
    changes = {**OTHER, "network_acls": acls, "subnets": subnets}
    assert ("stray", "UNASSOCIATED_COMPONENT") in blocked(ask("fn", "internet", **changes))


def test_a_subnet_outside_of_its_vpc_is_nowhere() -> None:
    place = {"vpc": "main", "az": "b", "cidr": "10.77.2.0/24", "route_table": "data-rt"}
    answer = ask("fn", "db", subnets={"data": place})
    assert answer.verdict == "unreachable"
    assert ("data", "VPC_LOCAL_ROUTE_CIDR_RESTRICTION") in blocked(answer)


@pytest.mark.parametrize("second", [True, False])
def test_ipv6_needs_all_subnets_of_a_function_to_have_it(second: bool) -> None:
    six = "2600:1f18:1:10"
    blocks = {"data": {"ipv6_cidr": f"{six}02::/64"} if second else {}}
    subnet = {"vpc": "main", "az": "a", "cidr": "10.0.1.0/24", "route_table": "private-rt"}
    data = {"vpc": "main", "az": "b", "cidr": "10.0.2.0/24", "route_table": "private-rt"}
    groups = {"fn-sg": {"vpc": "main", "outbound": [{"cidr": "::/0"}]}}
    answer = ask(
        "fn",
        "2606:4700::1111",
        vpcs={"main": {"cidr": "10.0.0.0/16", "ipv6_cidr": f"{six}00::/56"}},
        subnets={
            "private": {**subnet, "ipv6_cidr": f"{six}01::/64"},
            "data": {**data, **blocks["data"]},
        },
        egress_only_internet_gateways={"eigw": {"vpc": "main"}},
        route_tables={"private-rt": {"vpc": "main", "routes": {"::/0": "eigw"}}},
        security_groups=groups,
        functions={"fn": function(subnets=["private", "data"], ipv6=True)},
    )
    assert answer.verdict == ("reachable" if second else "unreachable")
    if not second:
        assert blocked(answer) == {("data", "NO_IPV6_EGRESS")}


def test_a_nat_gateway_without_elastic_ip_serves_nobody() -> None:
    """AWS makes no public one without, whatever it is to carry."""
    answer = ask("fn", "internet", nat_gateways={"nat": {"subnet": "public", "elastic_ips": 0}})
    assert blocked(answer) == {("nat", "NAT_LACKS_ELASTIC_IP")}
