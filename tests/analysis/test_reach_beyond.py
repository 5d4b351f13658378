"""Beyond one VPC: peerings, transit gateways, private and regional NAT gateways, IPv6 (aws.md 3.4,
4, 8, 1.8).
"""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.analysis.answers import Answer
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
    plan_from,
    route_table,
)

ANY = [{"cidr": "0.0.0.0/0"}]


def two_vpcs(**changes: Any) -> dict[str, Any]:
    """VPC a with function fn, VPC b with workload db; joined by whatever `changes` add."""
    sections: dict[str, Any] = {
        "vpcs": {"a": {"cidr": "10.1.0.0/16"}, "b": {"cidr": "10.2.0.0/16"}},
        "internet_gateways": {"igw-b": {"vpc": "b"}},
        "subnets": {
            "a1": {"vpc": "a", "az": "z1", "cidr": "10.1.1.0/24", "route_table": "a-rt"},
            "a2": {"vpc": "a", "az": "z2", "cidr": "10.1.2.0/24", "route_table": "a-rt"},
            "b1": {"vpc": "b", "az": "z1", "cidr": "10.2.1.0/24", "route_table": "b-rt"},
            "b-tgw": {"vpc": "b", "az": "z1", "cidr": "10.2.9.0/28", "route_table": "b-tgw-rt"},
            "b-pub": {"vpc": "b", "az": "z1", "cidr": "10.2.0.0/24", "route_table": "b-pub-rt"},
        },
        "nat_gateways": {"nat-b": {"subnet": "b-pub"}},
        "route_tables": {
            "a-rt": {"vpc": "a", "routes": {}},
            "b-rt": {"vpc": "b", "routes": {}},
            "b-tgw-rt": {"vpc": "b", "routes": {"0.0.0.0/0": "nat-b"}},
            "b-pub-rt": {"vpc": "b", "routes": {"0.0.0.0/0": "igw-b"}},
        },
        "security_groups": {
            "fn-sg": {"vpc": "a"},
            "db-sg": {"vpc": "b", "inbound": [{"security_group": "fn-sg"}]},
            "any-sg": {"vpc": "b", "inbound": ANY},
        },
        "functions": {
            "fn": {"role_policies": ROLE, "subnets": ["a1"], "security_groups": ["fn-sg"]}
        },
        "workloads": {"db": {"type": "rds", "subnets": ["b1"], "security_groups": ["any-sg"]}},
    }
    for name, things in changes.items():
        sections[name] = {**sections.get(name, {}), **things}
    return sections


def asked(source: str, target: str, sections: dict[str, Any]) -> Answer:
    return reach(compile_network(plan_from(sections)), source, target)


# peering ------------------------------------------------------------------------------------------


def peered(a_routes: dict[str, str], b_routes: dict[str, str], **changes: Any) -> dict[str, Any]:
    tables = {"a-rt": route_table(a_routes, "a"), "b-rt": route_table(b_routes, "b")}
    return two_vpcs(peerings={"pcx": {"vpcs": ["a", "b"]}}, route_tables=tables, **changes)


THERE = {"10.2.0.0/16": "pcx"}
BACK = {"10.1.0.0/16": "pcx"}


def test_a_peering_needs_routes_on_both_sides() -> None:
    both = asked("fn", "db", peered(THERE, BACK))
    assert both.verdict == "reachable"
    assert hops_of(path_of(both))[3:6] == ["fn-sg", "a-rt", "pcx"]
    assert [hop.id for hop in path_of(both).return_hops][2:4] == ["b-rt", "pcx"]
    assert found(asked("fn", "db", peered(THERE, {}))) == [
        ("b-rt", "NO_ROUTE_TO_DESTINATION", "return")
    ]
    assert found(asked("fn", "db", peered({}, BACK))) == [
        ("a-rt", "NO_ROUTE_TO_DESTINATION", "forward")
    ]


def test_a_route_back_for_half_of_the_source_is_partial() -> None:
    answer = asked("fn", "db", peered(THERE, {"10.1.1.0/25": "pcx"}))
    assert answer.verdict == "partial"
    assert found(answer) == [("b-rt", "NO_ROUTE_TO_DESTINATION", "return")]


def test_references_hold_over_a_peering() -> None:
    db = {"db": {"type": "rds", "subnets": ["b1"], "security_groups": ["db-sg"]}}
    assert asked("fn", "db", peered(THERE, BACK, workloads=db)).verdict == "reachable"


def test_overlapping_blocks_never_peer() -> None:
    vpcs = {"b": {"cidr": "10.2.0.0/16", "secondary_cidrs": ["10.1.128.0/17"]}}
    answer = asked("fn", "db", peered(THERE, BACK, vpcs=vpcs))
    assert ("pcx", "BAD_STATE") in blocked(answer)


def test_the_peers_gateways_cannot_be_used() -> None:
    """There is no edge-to-edge routing (aws.md 3.4)."""
    answer = asked("fn", "internet", peered({"0.0.0.0/0": "pcx"}, BACK))
    assert found(answer) == [("pcx", "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR", "forward")]


def test_a_peering_of_other_vpcs_is_a_black_hole() -> None:
    sections = two_vpcs(
        vpcs={"c": {"cidr": "10.3.0.0/16"}},
        peerings={"pcx": {"vpcs": ["b", "c"]}},
        route_tables={"a-rt": route_table(THERE, "a")},
    )
    assert ("a-rt", "BAD_STATE_ROUTE") in blocked(asked("fn", "db", sections))


def test_replies_that_longest_prefix_sends_to_the_wrong_peer_get_lost() -> None:
    """Two peers with the same block: the target answers the one that its table names."""
    sections = two_vpcs(
        vpcs={"c": {"cidr": "10.1.0.0/16"}},
        subnets={"c1": {"vpc": "c", "az": "z1", "cidr": "10.1.1.0/24"}},
        peerings={"pcx": {"vpcs": ["a", "b"]}, "pcx-c": {"vpcs": ["c", "b"]}},
        route_tables={
            "a-rt": route_table(THERE, "a"),
            "b-rt": route_table({"10.1.0.0/16": "pcx", "10.1.1.0/24": "pcx-c"}, "b"),
        },
    )
    answer = asked("fn", "db", sections)
    assert answer.verdict == "unreachable"
    assert [direction for _, _, direction in found(answer)] == ["return"]


def test_a_fixed_address_that_two_peers_have_is_where_the_route_leads() -> None:
    db = {"type": "rds", "security_groups": ["any-sg"], "private_ip": "10.2.1.20"}
    sections = two_vpcs(
        vpcs={"c": {"cidr": "10.2.0.0/16"}},
        subnets={"c1": {"vpc": "c", "az": "z1", "cidr": "10.2.1.0/24", "route_table": "c-rt"}},
        security_groups={"c-sg": {"vpc": "c", "inbound": ANY}},
        peerings={"pcx": {"vpcs": ["a", "b"]}, "pcx-c": {"vpcs": ["a", "c"]}},
        route_tables={
            "a-rt": route_table({"10.2.0.0/16": "pcx-c"}, "a"),
            "b-rt": route_table(BACK, "b"),
            "c-rt": route_table({"10.1.0.0/16": "pcx-c"}, "c"),
        },
        workloads={
            "db": {**db, "subnets": ["b1"]},
            "twin": {**db, "subnets": ["c1"], "security_groups": ["c-sg"]},
        },
    )
    answer = asked("fn", "10.2.1.20", sections)
    assert answer.verdict == "reachable"
    assert hops_of(path_of(answer))[-1] == "twin"
    assert asked("fn", "db", sections).verdict == "unreachable"


# transit gateways ---------------------------------------------------------------------------------


def joined(**gateway: Any) -> dict[str, Any]:
    """a and b on one transit gateway with routes both ways."""
    hub = {"attachments": {"a": {"subnets": ["a1"]}, "b": {"subnets": ["b-tgw"]}}, **gateway}
    return two_vpcs(
        transit_gateways={"hub": hub},
        route_tables={
            "a-rt": route_table({"0.0.0.0/0": "hub"}, "a"),
            "b-rt": route_table({"10.1.0.0/16": "hub"}, "b"),
            "b-pub-rt": route_table({"0.0.0.0/0": "igw-b", "10.1.0.0/16": "hub"}, "b"),
        },
    )


def test_a_transit_gateway_with_its_default_table() -> None:
    answer = asked("fn", "db", joined())
    assert answer.verdict == "reachable"
    assert hops_of(path_of(answer))[4:8] == ["a-rt", "hub", "b-tgw-rt", "any-sg"]


def test_a_zone_without_attachment_cannot_get_in() -> None:
    sections = joined()
    sections["functions"]["fn"]["subnets"] = ["a2"]
    assert ("hub", "TGW_ROUTE_AZ_RESTRICTION") in blocked(asked("fn", "db", sections))
    sections["functions"]["fn"]["subnets"] = ["a1", "a2"]
    assert asked("fn", "db", sections).verdict == "partial"


TABLES: list[tuple[dict[str, Any], dict[str, str], str | None]] = [
    ({"propagate": ["a", "b"]}, {}, None),
    ({"propagate": ["a"], "routes": {"10.2.0.0/16": "b"}}, {}, None),
    ({"propagate": ["a"]}, {}, "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT"),
    (
        {"propagate": ["a", "b"], "routes": {"10.2.1.0/24": "blackhole"}},
        {},
        "TGW_RTB_BAD_STATE_ROUTE",
    ),
    ({"propagate": ["a", "b"]}, {"a": "none"}, "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION"),
]


@pytest.mark.parametrize(("table", "association", "code"), TABLES)
def test_the_gateways_own_tables_decide(
    table: dict[str, Any], association: dict[str, str], code: str | None
) -> None:
    attachments: dict[str, Any] = {
        vpc: {"subnets": [place], **({} if vpc in association else {"route_table": "t"})}
        for vpc, place in (("a", "a1"), ("b", "b-tgw"))
    }
    sections = joined(attachments=attachments, route_tables={"t": table})
    answer = asked("fn", "db", sections)
    if code is None:
        assert answer.verdict == "reachable"
    else:
        assert ("hub", code, "forward") in found(answer)
        assert answer.verdict == "unreachable"


def test_references_need_the_gateways_option() -> None:
    sections = joined()
    sections["workloads"] = {"db": {"type": "rds", "subnets": ["b1"], "security_groups": ["db-sg"]}}
    assert found(asked("fn", "db", sections)) == [("db-sg", "SG_REFERENCING_SUPPORT", "forward")]
    sections["transit_gateways"]["hub"]["security_group_referencing"] = True
    assert asked("fn", "db", sections).verdict == "reachable"


def test_outbound_rules_cannot_name_a_group_behind_a_transit_gateway() -> None:
    sections = joined(security_group_referencing=True)
    sections["security_groups"]["fn-sg"]["outbound"] = [{"security_group": "any-sg"}]
    assert found(asked("fn", "db", sections)) == [
        ("fn-sg", "SG_REFERENCES_NOT_PRESERVED", "forward")
    ]


def egress() -> dict[str, Any]:
    """A central way out (aws.md 8): b is the egress VPC of a."""
    return joined(
        attachments={
            "a": {"subnets": ["a1"], "route_table": "spokes"},
            "b": {"subnets": ["b-tgw"], "route_table": "egress"},
        },
        route_tables={
            "spokes": {"routes": {"0.0.0.0/0": "b"}},
            "egress": {"propagate": ["a"]},
        },
    )


def test_centralised_egress() -> None:
    answer = asked("fn", "internet", egress())
    assert answer.verdict == "reachable"
    assert hops_of(path_of(answer))[4:] == [
        "a-rt",
        "hub",
        "b-tgw-rt",
        "nat-b",
        "b-pub-rt",
        "igw-b",
        "internet",
    ]
    assert [hop.id for hop in path_of(answer).return_hops][:6] == [
        "internet",
        "igw-b",
        "nat-b",
        "b-pub-rt",
        "hub",
        "eni:fn@a1",
    ]


def test_centralised_egress_needs_the_way_back() -> None:
    sections = egress()
    sections["route_tables"]["b-pub-rt"] = route_table({"0.0.0.0/0": "igw-b"}, "b")
    assert found(asked("fn", "internet", sections)) == [
        ("b-pub-rt", "NO_ROUTE_TO_DESTINATION", "return")
    ]
    sections = egress()
    sections["transit_gateways"]["hub"]["route_tables"]["egress"] = {}
    assert found(asked("fn", "internet", sections)) == [
        ("hub", "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT", "return")
    ]


def test_centralised_egress_without_nat_ends_at_the_gateway() -> None:
    sections = egress()
    sections["route_tables"]["b-tgw-rt"] = route_table({"0.0.0.0/0": "igw-b"}, "b")
    assert found(asked("fn", "internet", sections)) == [
        ("igw-b", "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", "forward")
    ]


def test_routes_in_a_circle_end() -> None:
    sections = joined()
    sections["transit_gateways"]["hub"]["route_tables"] = {"t": {"routes": {"10.9.0.0/16": "b"}}}
    sections["transit_gateways"]["hub"]["attachments"] = {
        "a": {"subnets": ["a1"], "route_table": "t"},
        "b": {"subnets": ["b-tgw"], "route_table": "t"},
    }
    sections["route_tables"]["b-tgw-rt"] = route_table({"10.9.0.0/16": "hub"}, "b")
    answer = asked("fn", "10.9.0.1", sections)
    assert answer.verdict == "unreachable"
    assert ("b-tgw-rt", "NO_PATH") in blocked(answer)


# NAT gateways inside ------------------------------------------------------------------------------


def private_nat(**changes: Any) -> dict[str, Any]:
    """fn leaves its VPC over the peering by a private NAT gateway in a2."""
    sections = peered(
        {"10.2.0.0/16": "nat-a"},
        {"10.1.2.0/24": "pcx"},
        nat_gateways={"nat-a": {"subnet": "a2", "connectivity": "private"}},
        **changes,
    )
    sections["subnets"]["a2"]["route_table"] = "a2-rt"
    sections["route_tables"]["a2-rt"] = route_table(THERE, "a")
    return sections


def test_the_target_sees_and_answers_a_private_nats_address() -> None:
    answer = asked("fn", "db", private_nat())
    assert answer.verdict == "reachable"
    assert hops_of(path_of(answer))[4:8] == ["a-rt", "nat-a", "a2-rt", "pcx"]
    sections = private_nat()
    sections["security_groups"]["any-sg"]["inbound"] = [{"cidr": "10.1.2.0/24"}]
    assert asked("fn", "db", sections).verdict == "reachable"
    sections["security_groups"]["any-sg"]["inbound"] = [{"cidr": "10.1.1.0/24"}]
    assert asked("fn", "db", sections).verdict == "unreachable"


def test_it_hides_the_groups_of_the_source() -> None:
    db = {"db": {"type": "rds", "subnets": ["b1"], "security_groups": ["db-sg"]}}
    assert found(asked("fn", "db", private_nat(workloads=db))) == [
        ("db-sg", "SG_REFERENCES_NOT_PRESERVED", "forward")
    ]


def test_a_route_back_to_the_function_alone_does_not_help() -> None:
    sections = private_nat()
    sections["route_tables"]["b-rt"] = route_table({"10.1.1.0/24": "pcx"}, "b")
    assert found(asked("fn", "db", sections)) == [("b-rt", "NO_ROUTE_TO_DESTINATION", "return")]


def test_a_regional_nat_needs_a_gateway_and_no_public_subnet() -> None:
    regional = {"nat": {"vpc": "main", "mode": "regional"}}
    answer = ask("fn", "internet", nat_gateways=regional)
    assert hops_of(path_of(answer))[4:] == ["private-rt", "nat", "igw", "internet"]
    none = ask(
        "fn",
        "internet",
        nat_gateways=regional,
        internet_gateways={"igw": None},
        route_tables={"public-rt": route_table({})},
    )
    assert found(none) == [("nat", "NO_ROUTE_TO_DESTINATION", "forward")]


# IPv6 ---------------------------------------------------------------------------------------------

HOST = "2600:1f18::1"


def dual(routes: dict[str, str], **changes: Any) -> Answer:
    sections: dict[str, Any] = {
        "vpcs": {"main": {"cidr": "10.0.0.0/16", "ipv6_cidr": "2001:db8:0:1000::/56"}},
        "egress_only_internet_gateways": {"eigw": {"vpc": "main"}},
        "subnets": {
            "private": {
                "vpc": "main",
                "az": "a",
                "cidr": "10.0.1.0/24",
                "ipv6_cidr": "2001:db8:0:1001::/64",
                "route_table": "private-rt",
            }
        },
        "functions": {"fn": function(ipv6=True)},
        "route_tables": {"private-rt": route_table(routes)},
    }
    return ask("fn", HOST, **{**sections, **changes})


def test_ipv6_goes_by_the_egress_only_gateway() -> None:
    answer = dual({"::/0": "eigw"})
    assert answer.verdict == "reachable"
    assert hops_of(path_of(answer))[4:] == ["private-rt", "eigw", "internet"]


def test_ipv4_routes_and_rules_say_nothing_about_ipv6() -> None:
    assert found(dual({"0.0.0.0/0": "nat"})) == [("private-rt", "NO_IPV6_EGRESS", "forward")]
    rules = {"fn-sg": {"vpc": "main", "outbound": ANY}}
    answer = dual({"::/0": "eigw"}, security_groups=rules)
    assert found(answer) == [("fn-sg", "ENI_SG_RULES_MISMATCH", "forward")]


@pytest.mark.parametrize(
    ("changes", "at"),
    [({"functions": {"fn": function()}}, "fn"), ({"subnets": {}}, "private")],
)
def test_ipv6_needs_the_functions_flag_and_dual_stack_subnets(
    changes: dict[str, Any], at: str
) -> None:
    assert (at, "NO_IPV6_EGRESS") in blocked(dual({"::/0": "eigw"}, **changes))


def test_default_networking_has_no_ipv6() -> None:
    assert found(ask("lone", HOST)) == [("lone", "NO_IPV6_EGRESS", "forward")]


def test_an_internet_gateway_is_no_known_way_for_ipv6() -> None:
    assert found(dual({"::/0": "igw"})) == [("igw", "NO_IPV6_EGRESS", "forward")]


def test_what_a_nat_gateway_sends_back_does_not_go_over_a_peering() -> None:
    """The request came in over a transit gateway; the reply has an address of the internet."""
    sections = two_vpcs(
        peerings={"pcx": {"vpcs": ["a", "b"]}},
        transit_gateways={
            "hub": {
                "attachments": {
                    "a": {"subnets": ["a1"], "route_table": "t"},
                    "b": {"subnets": ["b-tgw"], "route_table": "t"},
                },
                "route_tables": {"t": {"propagate": ["a", "b"], "routes": {"0.0.0.0/0": "b"}}},
            }
        },
        route_tables={
            "a-rt": route_table({"0.0.0.0/0": "hub"}, "a"),
            "b-pub-rt": route_table({"0.0.0.0/0": "igw-b", "10.1.0.0/16": "pcx"}, "b"),
        },
    )
    answer = reach(compile_network(plan_from(sections)), "fn", "internet")
    assert answer.verdict == "unreachable"
    assert found(answer) == [("pcx", "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR", "return")]
