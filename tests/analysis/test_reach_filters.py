"""Security groups and network ACLs: references, prefix lists, directions, ephemeral ports, parts
of a subnet.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.analysis.reach_plans import (
    ROLE,
    ask,
    blocked,
    found,
    function,
    hops_of,
    path_of,
    route_table,
)

EVERYTHING = {"action": "allow"}


def acl(
    inbound: dict[int, Any] | None = None, outbound: dict[int, Any] | None = None
) -> dict[str, Any]:
    """An ACL; a direction that is left out lets everything through."""
    return {
        "vpc": "main",
        "inbound": {100: EVERYTHING} if inbound is None else inbound,
        "outbound": {100: EVERYTHING} if outbound is None else outbound,
    }


def subnet(cidr: str, table: str, **fields: Any) -> dict[str, Any]:
    return {"vpc": "main", "az": "a", "cidr": cidr, "route_table": table, **fields}


def guarded(place: str, **sides: Any) -> dict[str, Any]:
    """Changes that put an ACL before a subnet of the base plan."""
    blocks = {"public": "10.0.0.0/24", "private": "10.0.1.0/24", "data": "10.0.2.0/24"}
    return {
        "network_acls": {"acl": acl(**sides)},
        "subnets": {place: subnet(blocks[place], f"{place}-rt", network_acl="acl")},
    }


def allow(protocol: str, ports: str | int, cidr: str = "0.0.0.0/0") -> dict[str, Any]:
    return {"action": "allow", "protocol": protocol, "ports": ports, "cidr": cidr}


def deny(protocol: str, ports: str | int, cidr: str = "0.0.0.0/0") -> dict[str, Any]:
    return {**allow(protocol, ports, cidr), "action": "deny"}


def groups(**rules: Any) -> dict[str, Any]:
    """Changes that give the function's group these rules."""
    return {"security_groups": {"fn-sg": {"vpc": "main", **rules}}}


# the chain of a NAT gateway, aws.md 4.3 -----------------------------------------------------------

HTTPS = {100: allow("tcp", 443)}
REPLIES = {100: allow("tcp", "1024-65535")}
SOURCE_443 = {100: allow("tcp", 443, "10.0.1.0/24"), 110: allow("tcp", "1024-65535")}
SOURCE_REPLIES = {100: allow("tcp", 443), 110: allow("tcp", "1024-65535", "10.0.1.0/24")}
NAT_CHAIN: list[tuple[str, dict[str, Any], str]] = [
    ("private", {"outbound": HTTPS, "inbound": REPLIES}, ""),
    ("private", {"outbound": {100: allow("tcp", 80)}}, "forward"),
    ("private", {"inbound": {}}, "return"),
    ("private", {"inbound": {100: allow("udp", "1024-65535")}}, "return"),
    ("public", {"inbound": SOURCE_443}, ""),
    ("public", {"inbound": REPLIES}, "forward"),
    ("public", {"inbound": HTTPS}, "return"),
    ("public", {"outbound": SOURCE_REPLIES}, ""),
    ("public", {"outbound": REPLIES}, "forward"),
    ("public", {"outbound": HTTPS}, "return"),
]


@pytest.mark.parametrize(("place", "sides", "direction"), NAT_CHAIN)
def test_every_acl_of_the_nat_chain_is_asked_both_ways(
    place: str, sides: dict[str, Any], direction: str
) -> None:
    answer = ask("fn", "internet", **guarded(place, **sides))
    assert found(answer) == ([("acl", "SUBNET_ACL_RESTRICTION", direction)] if direction else [])
    assert answer.verdict == ("unreachable" if direction else "reachable")


def test_a_denied_range_of_the_internet_does_not_stand_for_the_internet() -> None:
    changes = guarded(
        "private", outbound={90: deny("tcp", 443, "203.0.113.0/24"), 100: allow("tcp", 443)}
    )
    assert ask("fn", "internet", **changes).verdict == "reachable"
    assert ask("fn", "203.0.113.9", **changes).verdict == "unreachable"
    assert ask("fn", "198.51.100.9", **changes).verdict == "reachable"


def test_an_allowed_range_of_the_internet_does_not_either() -> None:
    changes = guarded("private", outbound={100: allow("tcp", 443, "203.0.113.0/24")})
    assert ask("fn", "internet", **changes).verdict == "unreachable"
    assert ask("fn", "203.0.113.9", **changes).verdict == "reachable"


EPHEMERAL = [
    ("1024-65535", "reachable"),
    ("32768-61000", "partial"),
    ("1024-40000", "partial"),
    ("80-1023", "unreachable"),
]


@pytest.mark.parametrize(("ports", "verdict"), EPHEMERAL)
def test_replies_of_some_ports_make_connections_hang(ports: str, verdict: str) -> None:
    answer = ask("fn", "internet", **guarded("private", inbound={100: allow("tcp", ports)}))
    assert answer.verdict == verdict
    expected = [] if verdict == "reachable" else [("acl", "SUBNET_ACL_RESTRICTION", "return")]
    assert found(answer) == expected


def test_two_acls_that_let_different_ports_through_let_none() -> None:
    changes: dict[str, Any] = {
        "network_acls": {
            "low": acl(inbound={100: allow("tcp", "1024-32767")}),
            "high": acl(outbound={100: allow("tcp", "32768-65535")}),
        },
        "subnets": {
            "private": subnet("10.0.1.0/24", "private-rt", network_acl="low"),
            "data": subnet("10.0.2.0/24", "data-rt", network_acl="high"),
        },
    }
    assert ask("fn", "db", **changes).verdict == "unreachable"


OTHER_PORTS = [("ec2", "reachable"), ("alb", "partial"), ("rds", "reachable")]


@pytest.mark.parametrize(("kind", "verdict"), OTHER_PORTS)
def test_other_workloads_use_the_ports_of_linux(kind: str, verdict: str) -> None:
    changes = guarded("private", inbound={100: allow("tcp", "32768-60999")})
    changes["workloads"] = {
        "app": {"type": kind, "subnets": ["private"], "security_groups": ["fn-sg"]}
    }
    assert ask("app", "db", **changes).verdict == verdict


def test_an_acl_is_a_hop_and_never_inside_its_subnet() -> None:
    changes = guarded("private")
    changes["workloads"] = {
        "near": {"type": "ec2", "subnets": ["private"], "security_groups": ["open-sg"]}
    }
    out = path_of(ask("fn", "internet", **changes))
    assert hops_of(out)[3:6] == ["fn-sg", "acl", "private-rt"]
    assert "acl" not in hops_of(path_of(ask("fn", "near", **changes)))
    shut = guarded("private", inbound={}, outbound={})
    shut["workloads"] = changes["workloads"]
    assert ask("fn", "near", **shut).verdict == "reachable"


def test_the_lowest_number_decides() -> None:
    entries = {200: allow("tcp", 443), 100: deny("tcp", "1-1000"), 300: allow("tcp", "0-65535")}
    answer = ask("fn", "internet", **guarded("private", outbound=entries))
    assert found(answer) == [("acl", "SUBNET_ACL_RESTRICTION", "forward")]
    assert "rule 100" in path_of(answer).obstacles[0].message


# security groups ----------------------------------------------------------------------------------

RULES = [
    ({"protocol": "tcp", "ports": 443, "cidr": "0.0.0.0/0"}, "tcp", 443, True),
    ({"protocol": "tcp", "ports": "400-500", "cidr": "0.0.0.0/0"}, "tcp", 443, True),
    ({"protocol": "tcp", "ports": 443, "cidr": "0.0.0.0/0"}, "tcp", 444, False),
    ({"protocol": "udp", "ports": 443, "cidr": "0.0.0.0/0"}, "tcp", 443, False),
    ({"protocol": "udp", "cidr": "0.0.0.0/0"}, "udp", 53, True),
    ({"cidr": "::/0"}, "tcp", 443, False),
    ({"cidr": "10.0.0.0/8"}, "tcp", 443, False),
    ({"prefix_list": "all-of-it"}, "tcp", 443, True),
    ({"prefix_list": "office"}, "tcp", 443, False),
]


@pytest.mark.parametrize(("rule", "protocol", "port", "allowed"), RULES)
def test_outbound_rules(rule: dict[str, Any], protocol: str, port: int, allowed: bool) -> None:
    answer = ask(
        "fn",
        "internet",
        port,
        protocol,
        prefix_lists={"all-of-it": ["0.0.0.0/0"], "office": ["203.0.113.0/24"]},
        **groups(outbound=[rule]),
    )
    assert found(answer) == ([] if allowed else [("fn-sg", "ENI_SG_RULES_MISMATCH", "forward")])


def test_a_prefix_list_of_the_office_lets_the_office_in() -> None:
    changes: dict[str, Any] = {
        "prefix_lists": {"office": ["203.0.113.0/24"]},
        "security_groups": {"open-sg": {"vpc": "main", "inbound": [{"prefix_list": "office"}]}},
    }
    assert ask("203.0.113.7", "web", **changes).verdict == "reachable"
    assert ask("198.51.100.7", "web", **changes).verdict == "unreachable"
    assert ask("internet", "web", **changes).verdict == "unreachable"


def test_several_groups_allow_together() -> None:
    rules = [[{"protocol": "tcp", "ports": 443, "cidr": f"{half}.0.0.0/1"}] for half in (0, 128)]
    changes: dict[str, Any] = {
        "security_groups": {
            "low": {"vpc": "main", "outbound": rules[0]},
            "db-only": {"vpc": "main", "outbound": [{"security_group": "db-sg"}]},
        },
        "functions": {"fn": function(security_groups=["low", "db-only"])},
    }
    assert ask("fn", "203.0.113.9", **changes).verdict == "unreachable"
    assert ask("fn", "8.8.8.8", **changes).verdict == "reachable"
    answer = ask("fn", "db", **changes)
    assert found(answer) == [("db-sg", "ENI_SG_RULES_MISMATCH", "forward")]


def test_a_group_of_another_vpc_does_not_apply() -> None:
    answer = ask(
        "fn",
        "internet",
        vpcs={"other": {"cidr": "10.1.0.0/16"}},
        security_groups={"foreign": {"vpc": "other"}},
        functions={"fn": function(security_groups=["foreign"])},
    )
    assert found(answer) == [("eni:fn@private", "ENI_SG_RULES_MISMATCH", "forward")]


def test_no_group_is_the_default_group() -> None:
    plain = {"functions": {"fn": function(security_groups=[])}}
    assert ask("fn", "internet", **plain).verdict == "reachable"
    assert ("db-sg", "ENI_SG_RULES_MISMATCH") in blocked(ask("fn", "db", **plain))
    both = {**plain, "workloads": {"db": {"type": "rds", "subnets": ["data"]}}}
    assert ask("fn", "db", **both).verdict == "reachable"
    assert hops_of(path_of(ask("fn", "db", **both)))[5] == "default-sg:main"


# a part of a subnet's addresses -------------------------------------------------------------------


def source_rule(cidr: str) -> dict[str, Any]:
    rule = {"protocol": "tcp", "ports": 5432, "cidr": cidr}
    return {"security_groups": {"db-sg": {"vpc": "main", "inbound": [rule]}}}


COVERAGE = [
    ("10.0.1.0/24", "reachable"),
    ("10.0.0.0/16", "reachable"),
    ("10.0.1.0/25", "partial"),
    ("10.0.1.0/30", "unreachable"),
    ("10.0.1.255/32", "unreachable"),
    ("10.0.3.0/24", "unreachable"),
]


@pytest.mark.parametrize(("cidr", "verdict"), COVERAGE)
def test_a_source_may_have_any_free_address_of_its_subnet(cidr: str, verdict: str) -> None:
    answer = ask("fn", "db", **source_rule(cidr))
    assert answer.verdict == verdict
    assert bool(found(answer)) == (verdict != "reachable")


def test_a_fixed_address_is_judged_alone() -> None:
    changes = source_rule("10.0.1.10/32")
    workload = {"type": "ec2", "subnets": ["private"], "security_groups": ["fn-sg"]}
    fixed = {"app": {**workload, "private_ip": "10.0.1.10"}, "free": workload}
    assert ask("app", "db", workloads=fixed, **changes).verdict == "reachable"
    assert ask("free", "db", workloads=fixed, **changes).verdict == "unreachable"
    assert ask("free", "db", workloads={"free": workload}, **changes).verdict == "partial"


def test_a_route_for_half_of_the_target_is_partial() -> None:
    answer = ask(
        "fn",
        "db",
        security_groups={"db-sg": {"vpc": "main", "inbound": [{"cidr": "10.0.0.0/16"}]}},
        route_tables={"private-rt": route_table({"10.0.2.128/25": "blackhole"})},
    )
    assert answer.verdict == "partial"
    assert found(answer) == [("private-rt", "BAD_STATE_ROUTE", "forward")]
    assert hops_of(path_of(answer))[-1] == "db"


def test_a_fixed_address_outside_its_subnets_is_nobodys() -> None:
    workloads = {"lost": {"type": "ec2", "subnets": ["data"], "private_ip": "10.0.9.9"}}
    answer = ask("fn", "lost", workloads=workloads)
    assert ("eni:lost@data", "ENI_ADDRESS_RESTRICTION") in blocked(answer)


def test_the_function_needs_its_role_whatever_else() -> None:
    assert ask("fn", "db", functions={"fn": function(role_policies=[])}).verdict == "unreachable"
    for policy in (ROLE[0], "AWSLambdaENIManagementAccess"):
        assert (
            ask("fn", "db", functions={"fn": function(role_policies=[policy])}).verdict
            == "reachable"
        )
