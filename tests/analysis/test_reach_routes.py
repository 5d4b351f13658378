"""Route tables and addresses: longest prefix, black holes, prefix lists, what is public and what
nobody holds.
"""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.model import cidr
from tests.analysis.reach_plans import (
    ask,
    blocked,
    found,
    hops_of,
    network_with,
    path_of,
    route_table,
)

APPLIANCE = {"proxy": {"type": "ec2", "subnets": ["public"]}}


def test_vector_7_more_specific_than_local() -> None:
    network = network_with(
        workloads=APPLIANCE,
        route_tables={"private-rt": route_table({"10.0.2.0/24": "proxy", "0.0.0.0/0": "nat"})},
    )
    table = network.table_of("private")
    leads = {
        address: table.winners(4, cidr.block(f"{address}/32").first)[0].target
        for address in ("10.0.2.9", "10.0.6.9", "8.8.8.8")
    }
    assert leads == {"10.0.2.9": "proxy", "10.0.6.9": "local", "8.8.8.8": "nat"}


def test_nobody_knows_what_an_appliance_does() -> None:
    answer = ask(
        "fn",
        "db",
        workloads=APPLIANCE,
        route_tables={"private-rt": route_table({"10.0.2.0/24": "proxy"})},
    )
    assert found(answer) == [("proxy", "UNSUPPORTED_COMPONENT", "forward")]


def test_vector_9_a_black_hole_and_a_longer_route() -> None:
    changes: dict[str, Any] = {
        "vpcs": {"peer": {"cidr": "10.8.0.0/16"}},
        "peerings": {"pcx": {"vpcs": ["main", "peer"]}},
        "route_tables": {"private-rt": route_table({"0.0.0.0/0": "blackhole", "8.0.0.0/8": "pcx"})},
    }
    assert blocked(ask("fn", "8.8.8.8", **changes)) == {("pcx", "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR")}
    assert blocked(ask("fn", "1.1.1.1", **changes)) == {("private-rt", "BAD_STATE_ROUTE")}
    assert blocked(ask("fn", "internet", **changes)) == {("private-rt", "BAD_STATE_ROUTE")}


def test_a_narrow_route_does_not_cover_the_internet() -> None:
    tables = {"private-rt": route_table({"203.0.113.0/24": "nat", "0.0.0.0/1": "nat"})}
    assert ask("fn", "internet", route_tables=tables).verdict == "unreachable"
    assert ask("fn", "203.0.113.9", route_tables=tables).verdict == "reachable"


def test_a_written_route_beats_a_listed_one_and_two_lists_are_ambiguous() -> None:
    lists = {"one": ["198.51.100.0/24"], "two": ["198.51.100.0/24"]}
    written = {"198.51.100.0/24": "nat", "one": "blackhole"}
    tables = {"private-rt": route_table(written)}
    answer = ask("fn", "198.51.100.1", prefix_lists=lists, route_tables=tables)
    assert answer.verdict == "reachable"
    tables = {"private-rt": route_table({"one": "nat", "two": "blackhole"})}
    answer = ask("fn", "198.51.100.1", prefix_lists=lists, route_tables=tables)
    assert answer.verdict == "partial"


@pytest.mark.parametrize(
    ("address", "verdict"),
    [
        ("8.8.8.8", "reachable"),
        ("203.0.113.5", "reachable"),
        ("192.0.2.1", "reachable"),
        ("172.32.0.1", "reachable"),
        ("172.16.0.1", "unreachable"),
        ("100.64.0.1", "unreachable"),
        ("192.168.1.1", "unreachable"),
        ("169.254.169.254", "unreachable"),
        ("224.0.0.1", "unreachable"),
    ],
)
def test_public_is_what_aws_calls_public(address: str, verdict: str) -> None:
    answer = ask("fn", address)
    assert answer.verdict == verdict
    assert ((address, "UNKNOWN_DESTINATION") in blocked(answer)) == (verdict == "unreachable")


def test_an_address_that_nobody_holds_says_whether_the_network_would_carry_it() -> None:
    carried = path_of(ask("fn", "10.0.2.77"))
    assert carried.into == "data"
    assert "would carry" in carried.obstacles[-1].message
    assert found(ask("fn", "10.0.2.77")) == [("10.0.2.77", "UNKNOWN_DESTINATION", "forward")]
    nowhere = path_of(ask("fn", "10.0.99.1"))
    assert "no subnet owns" in nowhere.obstacles[-1].message
    outside = path_of(ask("fn", "192.168.7.7"))
    assert "would not carry" in outside.obstacles[-1].message


def test_a_fixed_address_stands_for_its_workload_in_that_subnet() -> None:
    workloads = {
        "pair": {
            "type": "rds",
            "subnets": ["data", "public"],
            "security_groups": ["db-sg"],
            "port": 5432,
            "private_ip": "10.0.2.40",
        }
    }
    answer = ask("fn", "10.0.2.40", workloads=workloads)
    assert (answer.port, answer.verdict) == (5432, "reachable")
    assert [path.into for path in answer.paths] == ["data"]
    assert [path.into for path in ask("fn", "pair", workloads=workloads).paths] == [
        "data",
        "public",
    ]
    assert ask("10.0.2.40", "internet", workloads=workloads).paths[0].via == "data"
    assert ask("internet", "10.0.2.40", workloads=workloads).verdict == "unreachable"
    assert blocked(ask("lone", "10.0.2.40", workloads=workloads)) == {
        ("lone", "LAMBDA_NOT_ATTACHED")
    }


def test_a_vpc_with_a_public_looking_block_is_private_all_the_same() -> None:
    changes: dict[str, Any] = {
        "vpcs": {"main": {"cidr": "10.0.0.0/16", "secondary_cidrs": ["30.0.0.0/16"]}},
        "subnets": {"odd": {"vpc": "main", "az": "a", "cidr": "30.0.1.0/24"}},
        "workloads": {
            "odd-db": {"type": "rds", "subnets": ["odd"], "security_groups": ["open-sg"]}
        },
    }
    assert "nat" not in hops_of(path_of(ask("fn", "odd-db", **changes)))
    assert ask("fn", "odd-db", **changes).verdict == "reachable"
    assert ask("fn", "30.0.1.99", **changes).verdict == "unreachable"
    assert ask("internet", "odd-db", **changes).verdict == "unreachable"


def test_spoofed_and_unknown_sources() -> None:
    own = {"vpcs": {"main": {"cidr": "10.0.0.0/16", "secondary_cidrs": ["30.0.0.0/16"]}}}
    assert ("igw", "GATEWAY_REJECTS_SPOOFED_TRAFFIC") in blocked(ask("30.0.0.9", "web", **own))
    assert blocked(ask("10.9.9.9", "web")) == {("10.9.9.9", "NO_SOURCE_OR_DESTINATION")}


def test_icmp_has_no_port() -> None:
    answer = ask("web", "internet", None, "icmp")
    assert (answer.port, answer.verdict) == (None, "reachable")
    assert blocked(ask("lone", "internet", None, "icmp")) == {("lone", "PROTOCOL_RESTRICTION")}


def test_a_table_of_another_vpc_is_not_followed() -> None:
    """AWS refuses the association, so that nobody knows what decides there."""
    changes: dict[str, Any] = {
        "vpcs": {"other": {"cidr": "10.9.0.0/16"}},
        "route_tables": {"private-rt": route_table({"0.0.0.0/0": "nat"}, "other")},
    }
    answer = ask("fn", "internet", **changes)
    assert answer.verdict == "unreachable"
    assert ("private-rt", "UNASSOCIATED_COMPONENT") in blocked(answer)
