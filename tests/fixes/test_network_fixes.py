"""What is offered for findings about networks, the best first; that each offer mends is proved in
test_finding_fixes.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.fixes.offers import Offer, for_finding
from tests.checks.cases import SOUND, found, plan_with
from tests.checks.network_cases import HUB, PEERED, acl, endpoint, group, over
from tests.checks.rule_cases import ALONE, blocks, tables
from tests.checks.test_joined_vpcs import egress

THREE = "{main: {cidr: 10.0.0.0/16}, other: {cidr: 10.1.0.0/16}, third: {cidr: 10.2.0.0/16}}"
THIRD = SOUND["subnets"] + "\n  th: {vpc: third, az: a, cidr: 10.2.0.0/24}"
ZONAL = {"nat_gateways": "{nat: {subnet: public}}"}
DATABASE = {
    "security_groups": "{sg: {vpc: main, outbound: [{cidr: 0.0.0.0/0}]}, far-sg: {vpc: other}, "
    "db-sg: {vpc: main, inbound: [{protocol: tcp, ports: 5432, security_group: sg}]}}",
    "workloads": "{db: {type: rds, subnets: [private-a, private-b], port: 5432, "
    "security_groups: [db-sg]}}",
}
V6_PAIR = {
    "vpcs": "{main: {cidr: 10.0.0.0/16, ipv6_cidr: '2600:1f18:1::/56'}, "
    "other: {cidr: 10.1.0.0/16, ipv6_cidr: '2600:1f18:2::/56'}}",
    "subnets": SOUND["subnets"]
    .replace("10.0.1.0/24,", "10.0.1.0/24, ipv6_cidr: '2600:1f18:1:1::/64',")
    .replace("10.1.0.0/24}", "10.1.0.0/24, ipv6_cidr: '2600:1f18:2:1::/64'}"),
}
SECOND_ZONE = {
    "subnets": SOUND["subnets"] + "\n  far-b: {vpc: other, az: b, cidr: 10.1.1.0/24}",
    "transit_gateways": HUB.replace("[private-a]", "[private-a, private-b]"),
}


class Mends(NamedTuple):
    """A plan, a check that finds something in it, and the labels of what is offered, in order."""

    check: str
    plan: dict[str, str]
    labels: tuple[str, ...]


MENDED = (
    # a route that leads nowhere gets what has its role
    Mends(
        "NET-001",
        {"route_tables": tables("{0.0.0.0/0: blackhole}")},
        (
            "Route 0.0.0.0/0 of private-rt to the NAT gateway nat",
            "Take the route 0.0.0.0/0 out of private-rt",
        ),
    ),
    Mends(
        "NET-001",
        {"route_tables": tables("{0.0.0.0/0: blackhole}"), "nat_gateways": "{}"},
        (
            "Take the route 0.0.0.0/0 out of private-rt",
            "Route 0.0.0.0/0 of private-rt to a new NAT gateway",
        ),
    ),
    Mends(
        "NET-001",
        {**ZONAL, "route_tables": tables("{0.0.0.0/0: nat}", "{0.0.0.0/0: blackhole}")},
        (
            "Route 0.0.0.0/0 of public-rt to the internet gateway igw",
            "Take the route 0.0.0.0/0 out of public-rt",
        ),
    ),
    Mends(
        "NET-001",
        {"route_tables": tables("{0.0.0.0/0: nat, '::/0': blackhole}")},
        (
            "Route ::/0 of private-rt to a new egress-only internet gateway",
            "Take the route ::/0 out of private-rt",
        ),
    ),
    Mends(
        "NET-001",
        {"peerings": PEERED, "route_tables": tables("{0.0.0.0/0: nat, 10.1.0.0/16: blackhole}")},
        (
            "Route private-a and private-b and far to each other over the peering pcx",
            "Take the route 10.1.0.0/16 out of private-rt",
        ),
    ),
    Mends(
        "NET-001",
        {
            "transit_gateways": "{hub: {attachments: {other: {subnets: [far]}}}}",
            "route_tables": over("hub", "hub"),
        },
        (
            "Peer main with other and route private-a and private-b and far to each other",
            "Take the route 10.1.0.0/16 out of private-rt",
            "Attach main to the transit gateway hub and route private-a and private-b and far to "
            "each other",
        ),
    ),
    Mends(
        "NET-001",
        {"route_tables": tables("{0.0.0.0/0: nat, 192.168.0.0/16: blackhole}")},
        ("Take the route 192.168.0.0/16 out of private-rt",),
    ),
    # a route that AWS refuses
    Mends(
        "NET-021",
        {"route_tables": tables("{0.0.0.0/0: nat, 10.0.2.0/24: nat, 10.0.1.0/25: nat}")},
        (
            "Take the route 10.0.1.0/25 out of private-rt",
            "Route all of private-a, 10.0.1.0/24, of private-rt to nat",
        ),
    ),
    Mends(
        "NET-022",
        {
            "egress_only_internet_gateways": "{eigw: {vpc: main}}",
            "route_tables": tables("{0.0.0.0/0: eigw, '::/0': eigw}"),
        },
        (
            "Route 0.0.0.0/0 of private-rt to the NAT gateway nat",
            "Take the route 0.0.0.0/0 out of private-rt",
        ),
    ),
    Mends(
        "NET-022",
        endpoint("type: gateway", route_tables=tables("{0.0.0.0/0: nat, 203.0.113.0/24: e}")),
        (
            "Associate e with private-rt, in place of the route by hand",
            "Take the route 203.0.113.0/24 out of private-rt",
        ),
    ),
    # both ways between VPCs
    Mends(
        "NET-007",
        {"peerings": PEERED, "route_tables": over("pcx")},
        (
            "Route 10.0.0.0/16 in the tables of other to pcx",
            "Take the route 10.1.0.0/16 out of private-rt",
        ),
    ),
    Mends(
        "NET-007",
        {
            **V6_PAIR,
            "peerings": PEERED,
            "route_tables": tables("{0.0.0.0/0: nat, '2600:1f18:2::/56': pcx}"),
        },
        (
            "Route 2600:1f18:1::/56 in the tables of other to pcx",
            "Take the route 2600:1f18:2::/56 out of private-rt",
        ),
    ),
    Mends(
        "NET-007",
        {**SECOND_ZONE, "route_tables": over("hub")},
        (
            "Route 10.0.0.0/16 in the tables of other to hub, attached in all its zones",
            "Take the route 10.1.0.0/16 out of private-rt",
        ),
    ),
    Mends(
        "NET-007",
        {**SECOND_ZONE, "route_tables": tables("{0.0.0.0/0: nat, 10.1.0.0/16: hub}")},
        (
            "Route 10.0.0.0/16 in the tables of other to hub",
            "Route 10.0.0.0/16 in the tables of other to hub, attached in all its zones",
            "Take the route 10.1.0.0/16 out of private-rt",
        ),
    ),
    Mends(
        "NET-007",
        egress(""),
        (
            "Route 10.0.0.0/16 in the tables of other to hub",
            "Take the route 0.0.0.0/0 out of private-rt",
        ),
    ),
    Mends(
        "NET-008",
        {"peerings": PEERED, "route_tables": tables("{0.0.0.0/0: pcx}")},
        (
            "Route 0.0.0.0/0 of private-rt to the NAT gateway nat",
            "Route 10.1.0.0/16 of private-rt to pcx, and back, in place of 0.0.0.0/0",
        ),
    ),
    Mends(
        "NET-008",
        {
            "peerings": PEERED,
            "route_tables": over("pcx", "pcx").replace(
                "0.0.0.0/0: nat, 10.1.0.0/16: pcx", "0.0.0.0/0: pcx"
            ),
        },
        (
            "Route 10.1.0.0/16 of private-rt to pcx, in place of 0.0.0.0/0",
            "Route 0.0.0.0/0 of private-rt to the NAT gateway nat, and only 10.1.0.0/16 to pcx",
        ),
    ),
    Mends(
        "NET-008",
        {
            "vpcs": THREE,
            "subnets": THIRD,
            "peerings": PEERED,
            "route_tables": over("pcx", "pcx").replace(
                "10.1.0.0/16: pcx", "10.1.0.0/24: pcx, 10.2.0.0/16: pcx"
            ),
        },
        (
            "Peer main with third and route private-a and private-b and th to each other",
            "Take the route 10.2.0.0/16 out of private-rt",
        ),
    ),
    Mends(
        "NET-009",
        {
            "peerings": PEERED,
            "route_tables": over("pcx", "pcx").replace("10.1.0.0/16", "10.0.0.0/8"),
        },
        ("Route 10.1.0.0/16 of private-rt to pcx, in place of 10.0.0.0/8",),
    ),
    # room and zones
    Mends(
        "NET-013",
        {
            "workloads": "{w: {type: ec2, subnets: [private-a], security_groups: [sg]}, "
            "v: {type: rds, subnets: [private-a], security_groups: [sg]}}"
        },
        (
            "Let v stand as well in private-b in b",
            "Let v stand as well in a new subnet like private-a in b",
        ),
    ),
    Mends(
        "NET-013",
        {
            **ALONE,
            "subnets": "{s: {vpc: main, az: us-east-1a, cidr: 10.0.0.0/24}}",
            "workloads": "{w: {type: ec2, subnets: [s]}, v: {type: ec2, subnets: [s]}}",
        },
        ("Move w to a new subnet like s in us-east-1b",),
    ),
    Mends(
        "NET-018",
        {
            **blocks("10.0.0.0/28", "10.0.0.16/28"),
            "vpcs": "{main: {cidr: 10.0.0.0/27}, other: {cidr: 10.1.0.0/16}}",
            "workloads": "{w: {type: rds, subnets: [s0], ips: 5}, "
            "v: {type: rds, subnets: [s0], ips: 8}}",
        },
        ("Move v from s0 to s1", "Move w from s0 to s1"),
    ),
    Mends(
        "NET-027",
        {"workloads": "{w: {type: ec2, subnets: [private-a], private_ip: 10.0.1.3}}"},
        ("Give w the free address 10.0.1.4", "Let AWS choose an address for w"),
    ),
    Mends(
        "NET-024",
        {
            **blocks("10.0.0.0/24"),
            "subnets": "{s: {vpc: main, az: a, cidr: 10.0.0.0/24, "
            "ipv6_cidr: '2600:1:2:3456::/64'}}",
        },
        ("Give main the IPv6 block 2600:1:2:3400::/56", "Take the IPv6 block of s out"),
    ),
    # groups and ACLs
    Mends(
        "SG-001",
        group("inbound: [{protocol: tcp, ports: 22, cidr: '::/0'}]"),
        ("Take the rules that let everybody in to SSH out of sg",),
    ),
    Mends(
        "SG-001",
        group("inbound: [{protocol: tcp, ports: 22, cidr: 0.0.0.0/0}]"),
        (
            "Let only 10.0.0.0/16 in to SSH in sg",
            "Take the rules that let everybody in to SSH out of sg",
        ),
    ),
    Mends(
        "SG-002",
        {
            **DATABASE,
            "expectations": "[{from: f, to: db, expect: reachable}, "
            "{from: f, to: 203.0.113.9, port: 8443, expect: reachable}, "
            "{from: f, to: 'aws:sqs', expect: reachable}]",
        },
        (
            "Let sg out only to what is expected: tcp 5432 to db-sg and tcp 8443 to "
            "203.0.113.9/32 and tcp 443 to 0.0.0.0/0",
        ),
    ),
    Mends("SG-002", DATABASE, ("Let sg out to tcp 443 and into its VPC only",)),
    Mends(
        "SG-004",
        group("inbound: [{security_group: far-sg}]", transit_gateways=HUB),
        (
            "Switch security group referencing of hub on",
            "Name 10.1.0.0/16 in place of far-sg in sg",
            "Take the rules for far-sg out of sg",
        ),
    ),
    Mends(
        "ACL-001",
        acl("{100: {action: allow, protocol: tcp, ports: 443}}"),
        (
            "Allow replies, tcp 1024-65535, from 0.0.0.0/0 in acl",
            "Give public the default network ACL",
        ),
    ),
    Mends(
        "ACL-001",
        acl(
            "{100: {action: allow, protocol: tcp, ports: 5432, cidr: 10.0.0.0/16}}",
            "{100: {action: allow, protocol: tcp, ports: 443, cidr: 10.9.0.0/16}}",
        ),
        (
            "Allow replies, tcp 1024-65535, to 10.0.0.0/16 and from 10.9.0.0/16 in acl",
            "Give public the default network ACL",
        ),
    ),
    Mends(
        "ACL-002",
        acl("{100: {action: allow, protocol: tcp, ports: 22}}", "{}"),
        ("Let only 10.0.0.0/16 in by entry 100 of acl", "Take entry 100 out of acl"),
    ),
    Mends(
        "ACL-003",
        acl("{100: {action: allow}, 110: {action: deny, cidr: 203.0.113.0/24}}"),
        (
            "Let inbound 110 of acl decide before what hides them",
            "Take the entries that never decide out of acl",
        ),
    ),
    Mends(
        "ACL-003",
        acl("{100: {action: allow}, 110: {action: allow, protocol: tcp}}"),
        ("Take the entries that never decide out of acl",),
    ),
    # endpoints
    Mends(
        "END-006",
        {
            "endpoints": "{e: {vpc: main, service: sqs, type: interface, subnets: [private-a]}, "
            "d: {vpc: main, service: sqs, type: interface, subnets: [private-b]}}"
        },
        ("Switch private DNS of d off", "Switch private DNS of e off"),
    ),
)


def offers(check: str, sections: dict[str, str]) -> list[Offer]:
    plan = plan_with(**sections)
    (finding,) = found(plan, check)
    return list(for_finding(PlanAnalysis(plan), finding))


@pytest.mark.parametrize("case", MENDED, ids=lambda case: f"{case.check}-{MENDED.index(case)}")
def test_what_is_offered_best_first(case: Mends) -> None:
    assert tuple(offer.fix.label for offer in offers(case.check, case.plan)) == case.labels


def after(check: str, sections: dict[str, str]) -> Any:
    """The plan after the first offer."""
    return offers(check, sections)[0].after.plan


def test_each_of_two_dead_routes_has_its_own_ways() -> None:
    routes = tables("{0.0.0.0/0: blackhole, 10.1.0.0/16: blackhole}")
    plan = plan_with(route_tables=routes, peerings=PEERED)
    first, second = found(plan, "NET-001")
    labels = [
        [offer.fix.label for offer in for_finding(PlanAnalysis(plan), finding)]
        for finding in (first, second)
    ]
    assert not any("10.1.0.0/16" in label or "pcx" in label for label in labels[0])
    assert not any("0.0.0.0/0" in label for label in labels[1])


def test_a_narrowed_route_leaves_those_beside_it() -> None:
    plan = after(
        "NET-008",
        {
            "peerings": PEERED,
            "route_tables": over("pcx", "pcx").replace(
                "{0.0.0.0/0: nat, 10.1.0.0/16: pcx}", "{10.1.5.0/24: pcx, 0.0.0.0/0: pcx}"
            ),
        },
    )
    routes = plan.resource("private-rt").routes
    assert [(r.destination, r.target) for r in routes] == [
        ("10.1.5.0/24", "pcx"),
        ("10.1.0.0/16", "pcx"),
    ]


def test_a_moved_subnet_takes_along_what_names_it() -> None:
    sections = {
        **blocks("10.0.0.0/24", "10.0.0.128/25"),
        "security_groups": "{sg: {vpc: main, inbound: [{cidr: 10.0.0.128/25}], "
        "outbound: [{cidr: 10.0.0.200/32}, {cidr: 10.0.0.0/8}]}, far-sg: {vpc: other, "
        "inbound: [{cidr: 10.0.0.128/25}]}}",
        "prefix_lists": "{l: [10.0.0.128/25, 10.9.0.0/16]}",
        "workloads": "{w: {type: ec2, subnets: [s1], private_ip: 10.0.0.200, "
        "security_groups: [sg]}}",
        "expectations": "[{from: 10.0.0.200, to: 203.0.113.9, expect: unreachable}]",
    }
    plan = after("NET-005", sections)

    assert plan.resource("s1").cidr == "10.0.1.0/25"
    assert plan.resource("w").private_ip == "10.0.1.72"
    assert [rule.cidr for rule in plan.resource("sg").inbound] == ["10.0.1.0/25"]
    assert [rule.cidr for rule in plan.resource("sg").outbound] == ["10.0.1.72/32", "10.0.0.0/8"]
    assert [rule.cidr for rule in plan.resource("far-sg").inbound] == ["10.0.1.0/25"]
    assert plan.resource("l").entries == ("10.0.1.0/25", "10.9.0.0/16")
    assert plan.expectations[0].source == "10.0.1.72"


def test_a_moved_vpc_leaves_to_others_what_may_mean_their_own() -> None:
    sections = {
        **ALONE,
        "vpcs": "{main: {cidr: 10.0.0.0/16}, other: {cidr: 10.0.0.0/16}}",
        "peerings": PEERED,
        "subnets": "{s: {vpc: main, az: a, cidr: 10.0.1.0/24}, "
        "far: {vpc: other, az: a, cidr: 10.0.1.0/24}}",
        "security_groups": "{sg: {vpc: main, inbound: [{cidr: 10.0.1.0/24}]}, "
        "far-sg: {vpc: other, inbound: [{cidr: 10.0.1.0/24}]}}",
        "route_tables": "{rt: {vpc: main, routes: {10.9.0.0/16: pcx}}}",
        "network_acls": "{acl: {vpc: main, inbound: {100: {action: allow, cidr: 10.0.0.0/16}}}}",
        "prefix_lists": "{l: [10.0.1.0/24]}",
    }
    moved = [offer.after.plan for offer in offers("NET-006", sections)]
    plan: Any = next(one for one in moved if one.of("vpc")["main"].cidr != "10.0.0.0/16")

    assert plan.resource("main").cidr == "10.1.0.0/16"
    assert plan.resource("s").cidr == "10.1.1.0/24"
    assert plan.resource("sg").inbound[0].cidr == "10.1.1.0/24"
    assert plan.resource("acl").inbound[0].cidr == "10.1.0.0/16"
    assert plan.resource("far-sg").inbound[0].cidr == "10.0.1.0/24"
    assert plan.resource("far").cidr == "10.0.1.0/24"
    assert plan.resource("l").entries == ("10.0.1.0/24",)


def test_a_subnet_that_grows_around_its_block_keeps_its_addresses() -> None:
    sections = {
        **blocks("10.0.0.0/28"),
        "workloads": "{w: {type: generic, subnets: [s0], ips: 12, private_ip: 10.0.0.9}}",
        "security_groups": "{sg: {vpc: main, inbound: [{cidr: 10.0.0.0/28}, "
        "{cidr: 10.0.0.9/32}]}, far-sg: {vpc: other}}",
    }
    plan = after("NET-018", sections)

    assert plan.resource("s0").cidr == "10.0.0.0/27"
    assert plan.resource("w").private_ip == "10.0.0.9"
    assert [rule.cidr for rule in plan.resource("sg").inbound] == ["10.0.0.0/27", "10.0.0.9/32"]


def test_hidden_entries_come_right_before_what_hid_them() -> None:
    plan = after(
        "ACL-003",
        acl(
            "{100: {action: allow, protocol: tcp, ports: 443}, 110: {action: allow}, "
            "120: {action: deny, cidr: 203.0.113.0/24}, 130: {action: allow, protocol: udp}}"
        ),
    )
    entries = plan.resource("acl").inbound
    assert [(e.number, e.action, e.cidr) for e in entries] == [
        (100, "allow", None),
        (110, "deny", "203.0.113.0/24"),
        (120, "allow", None),
    ]
