"""A finding names the side that is at fault, and the first way to mend it does what its advice
begins with.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.fixes.cost import Cost
from lambdaplanner.fixes.repair import Remedy, Selection, troubles, ways
from tests.found.test_blame_sides import Change, acl_of_a, plan_of


class Agreed(NamedTuple):
    """A change to the sound plan, what the finding is about and advises, and the first way's edits;
    without any, there is no way that breaks nothing.
    """

    check: str
    name: str
    changes: tuple[Change, ...]
    severity: str
    about: tuple[str, ...]
    fix: str
    slug: str
    edits: tuple[str, ...]


def promise(target: str) -> Change:
    return f"  - {{from: orders, to: {target}, expect: reachable}}\n", ""


def acl(name: str, rows: str) -> Change:
    return "network_acls:\n", f"network_acls:\n  {name}: {{vpc: {rows}}}\n"


FAR = "far: {cidr: 10.30.0.0/16}}"
FAR_RT = "far-rt: {vpc: far, routes: {10.20.0.0/16: pcx}}"
A_RT = "a-rt: {vpc: shop, routes: {0.0.0.0/0: nat-a, 10.30.0.0/16: pcx}}\n  b-rt"
OUT_RT = "out-rt: {vpc: shop, routes: {0.0.0.0/0: igw}}\n  outb"
PEERING = "peerings: {pcx: {vpcs: [shop, far]}}"
DB = "  db: {type: rds, subnets: [db-a], port: 5432, security_groups: [db-sg]}\n"


def hub(subnets: str) -> tuple[Change, ...]:
    attached = f"shop: {{subnets: [{subnets}]}}, far: {{subnets: [f-a]}}"
    made = f"transit_gateways: {{hub: {{attachments: {{{attached}}}}}}}"
    return (PEERING, made), ("pcx", "hub")


PLANS = [
    Agreed(
        "LAM-014",
        "a fixed address may be why",
        (promise("db"), promise("pg"), promise("'aws:s3'"), promise("'aws:kms'"), (DB, "")),
        "info",
        ("orders",),
        "Detach it, or write down what it reaches inside; keep it where others let in the fixed "
        'address of "nat-a".',
        "detach",
        (
            "changes Lambda function orders: subnets: removes in-a, removes in-b; "
            "security groups: removes fn-sg",
        ),
    ),
    Agreed(
        "LAM-016",
        "replies from everywhere",
        (acl_of_a("deaf"),),
        "warning",
        ("deaf", "orders", "in-a"),
        "Allow inbound tcp 1024-65535 from everywhere that it lets requests out to.",
        "allow-replies",
        ("changes network ACL deaf: inbound rules: adds 100 allow tcp 1024-65535 from 0.0.0.0/0",),
    ),
    Agreed(
        "LAM-016",
        "replies from just whom requests go to",
        (
            acl_of_a("part"),
            acl("part", "shop, inbound: {}, outbound: {100: {action: allow, cidr: 10.20.0.0/16}}"),
        ),
        "warning",
        ("part", "orders", "in-a"),
        "Allow inbound tcp 1024-65535 from everywhere that it lets requests out to.",
        "allow-replies",
        (
            "changes network ACL part: inbound rules: "
            "adds 100 allow tcp 1024-65535 from 10.20.0.0/16",
        ),
    ),
    Agreed(
        "ACL-001",
        "the outbound side of a database's subnet",
        (("cidr: 10.20.5.0/24}", "cidr: 10.20.5.0/24, network_acl: shut}"),),
        "warning",
        ("shut", "db-a"),
        "Allow tcp 1024-65535 outbound, as far as requests may come.",
        "allow-replies",
        ("changes network ACL shut: outbound rules: adds 100 allow tcp 1024-65535 to 0.0.0.0/0",),
    ),
    Agreed(
        "ACL-001",
        "the inbound side of a NAT gateway's subnet",
        (("10.20.8.0/24, route_table", "10.20.8.0/24, network_acl: deaf, route_table"),),
        "warning",
        ("deaf", "out-a"),
        "Allow tcp 1024-65535 inbound, as far as requests may come.",
        "allow-replies",
        ("changes network ACL deaf: inbound rules: adds 100 allow tcp 1024-65535 from 0.0.0.0/0",),
    ),
    Agreed(
        "ACL-001",
        "as far as requests come",
        (
            ("10.30.1.0/24, route_table", "10.30.1.0/24, network_acl: f, route_table"),
            acl("f", "far, inbound: {100: {action: allow, cidr: 10.20.0.0/16}}, outbound: {}"),
        ),
        "warning",
        ("f", "f-a"),
        "Allow tcp 1024-65535 outbound, as far as requests may come.",
        "allow-replies",
        ("changes network ACL f: outbound rules: adds 100 allow tcp 1024-65535 to 10.20.0.0/16",),
    ),
    Agreed(
        "END-003",
        "a zone where functions run",
        (
            (
                "subnets: [in-a, in-b], security_groups: [ep-sg]",
                "subnets: [in-a], security_groups: [ep-sg]",
            ),
        ),
        "warning",
        ("kms-ep", "in-a"),
        "Add a subnet in eu-west-1b.",
        "add-zones",
        ("changes VPC endpoint kms-ep: subnets: adds in-b",),
    ),
    Agreed(
        "SG-003",
        "a database",
        (
            (", port: 5432, security_groups: [db-sg]", ", port: 5432"),
            ("  db-sg: {vpc: shop", "  x: {vpc: shop"),
        ),
        "warning",
        ("db", "shop"),
        "Give it a security group that lets in what it is for.",
        "add-security-groups",
        (
            "adds security group db-sg: VPC shop; inbound rules tcp 5432 from 10.20.0.0/16",
            "changes workload db: security groups: adds db-sg",
        ),
    ),
    Agreed(
        "SG-003",
        "an endpoint, which is for HTTPS",
        (
            (", security_groups: [ep-sg]", ""),
            ("  ep-sg: {vpc: shop, inbound: [{cidr: 10.20.0.0/16}]}\n", ""),
        ),
        "warning",
        ("kms-ep", "shop"),
        "Give it a security group that lets in what it is for.",
        "add-security-groups",
        (
            "adds security group kms-ep-sg: VPC shop; inbound rules tcp 443 from 10.20.0.0/16",
            "changes VPC endpoint kms-ep: security groups: adds kms-ep-sg",
        ),
    ),
    Agreed(
        "NAT-004",
        "the gateway, in a private subnet",
        (("nat-b: {subnet: out-b}", "nat-b: {subnet: in-b}"),),
        "error",
        ("in-b", "nat-b", "b-rt"),
        'Move "nat-b" to a public subnet of its own.',
        "move-nat",
        ("changes NAT gateway nat-b: subnet out-b instead of in-b",),
    ),
    Agreed(
        "NAT-004",
        "the route, where the gateway stands well",
        ((OUT_RT, OUT_RT.replace("igw}", "igw, 203.0.113.0/24: nat-a}")),),
        "error",
        ("out-a", "nat-a", "out-rt"),
        'Take that route out of "out-rt".',
        "remove-route",
        ("changes route table out-rt: routes: removes 203.0.113.0/24 to nat-a",),
    ),
    Agreed(
        "NAT-006",
        "the gateway",
        (("nat-b: {subnet: out-b}", "nat-b: {subnet: out-b, connectivity: private}"),),
        "error",
        ("nat-b", "out-b"),
        "Make it public with an elastic IP, or route its subnet to a transit gateway.",
        "make-public",
        ("changes NAT gateway nat-b: connectivity public instead of private",),
    ),
    Agreed(
        "NAT-007",
        "a VPC without any",
        ((FAR_RT, FAR_RT.replace("pcx}", "pcx, 0.0.0.0/0: nat-a}")),),
        "error",
        ("far-rt", "nat-a"),
        'Take the route out, or route to a NAT gateway of "far", which has none yet.',
        "remove-route",
        ("changes route table far-rt: routes: removes 0.0.0.0/0 to nat-a",),
    ),
    Agreed(
        "NAT-007",
        "a VPC with its own",
        (
            (A_RT, A_RT.replace("nat-a", "nat-f")),
            ("nat_gateways: {", "nat_gateways: {nat-f: {subnet: f-a}, "),
        ),
        "error",
        ("a-rt", "nat-f"),
        'Route to a NAT gateway of "shop", or to a transit gateway that leads there.',
        "use-own-nat",
        ("changes route table a-rt: routes: 0.0.0.0/0 to nat-a instead of 0.0.0.0/0 to nat-f",),
    ),
    Agreed(
        "NET-006",
        "a secondary block that nobody needs",
        ((FAR, "far: {cidr: 10.30.0.0/16, secondary_cidrs: [10.20.0.0/16]}}"),),
        "error",
        ("pcx", "shop", "far"),
        'Take 10.20.0.0/16 from "far", or give one of the VPCs other blocks.',
        "remove-secondary-block",
        ("changes VPC far: secondary CIDRs: removes 10.20.0.0/16",),
    ),
    Agreed(
        "NET-006",
        "the same at a hub",
        (*hub("in-a, in-b"), (FAR, "far: {cidr: 10.30.0.0/16, secondary_cidrs: [10.20.0.0/16]}}")),
        "error",
        ("hub", "shop", "far"),
        'Take 10.20.0.0/16 from "far", or give one of the VPCs other blocks, route to the one that '
        "is meant, or put a private NAT gateway between.",
        "remove-secondary-block",
        ("changes VPC far: secondary CIDRs: removes 10.20.0.0/16",),
    ),
    Agreed(
        "NET-006",
        "the only block of one",
        ((FAR, "far: {cidr: 10.20.0.0/18}}"), ("cidr: 10.30.1.0/24", "cidr: 10.20.30.0/24")),
        "error",
        ("pcx", "shop", "far"),
        "Give one of the VPCs other blocks.",
        "move-vpc",
        (
            "changes VPC far: IPv4 CIDR 10.0.0.0/18 instead of 10.20.0.0/18",
            "changes subnet f-a: IPv4 CIDR 10.0.30.0/24 instead of 10.20.30.0/24",
        ),
    ),
    Agreed(
        "NET-008",
        "the internet, by the gateway of its own zone",
        ((A_RT, A_RT.replace("nat-a", "pcx")),),
        "error",
        ("a-rt", "pcx"),
        'Route that to a gateway of "shop", or take it out.',
        "retarget-route",
        ("changes route table a-rt: routes: 0.0.0.0/0 to nat-a instead of 0.0.0.0/0 to pcx",),
    ),
    Agreed(
        "NET-008",
        "addresses that nobody has",
        ((FAR_RT, FAR_RT.replace("pcx}", "pcx, 10.50.0.0/16: pcx}")),),
        "error",
        ("far-rt", "pcx"),
        "Take the route out, or peer with the VPC that is meant, once it is on the plan.",
        "remove-route",
        ("changes route table far-rt: routes: removes 10.50.0.0/16 to pcx",),
    ),
    Agreed(
        "NET-009",
        "the route",
        ((A_RT, A_RT.replace("10.30.0.0/16", "10.0.0.0/8")),),
        "warning",
        ("a-rt", "pcx"),
        "Route the blocks of the other VPC, or of the subnets that are meant.",
        "narrow-route",
        ("changes route table a-rt: routes: adds 10.30.0.0/16 to pcx, removes 10.0.0.0/8 to pcx",),
    ),
    Agreed(
        "NET-010",
        "the attachment",
        hub("in-a"),
        "error",
        ("hub", "shop", "in-b"),
        'Add a subnet in eu-west-1b to the attachment of "shop".',
        "attach-zone",
        (
            "changes transit gateway hub: attachments: shop (subnets in-a, in-b) instead of shop "
            "(subnets in-a)",
        ),
    ),
]


def mended(case: Agreed) -> tuple[Finding, list[Remedy]]:
    view = PlanAnalysis(plan_of(*case.changes))
    (trouble,) = troubles(view, Selection(ids=(case.check,)), None)
    assert trouble.finding is not None
    return trouble.finding, ways(view, trouble)


@pytest.mark.parametrize("case", PLANS, ids=lambda case: f"{case.check}: {case.name}")
def test_the_first_way_does_what_is_advised(case: Agreed) -> None:
    finding, there = mended(case)

    assert (finding.severity, finding.about) == (case.severity, case.about)
    assert finding.fix == case.fix
    assert there[0].offer.fix.slug == case.slug
    assert tuple(line.text for line in there[0].edits) == case.edits


def test_who_means_another_vpc_peers_with_that() -> None:
    """The VPC that has the addresses is named, and is what the first way joins."""
    case = next(one for one in PLANS if one.name == "addresses that nobody has")
    third = (
        (FAR, "far: {cidr: 10.30.0.0/16}, third: {cidr: 10.50.0.0/16}}"),
        ("  db-a:", "  t-a: {vpc: third, az: eu-west-1a, cidr: 10.50.1.0/24}\n  db-a:"),
    )
    finding, there = mended(case._replace(changes=(*case.changes, *third)))
    assert finding.fix == 'Peer "far" with "third", or join them by a transit gateway.'
    assert there[0].offer.fix.slug == "add-peering"


def test_to_leave_a_vpc_is_never_taken_unasked() -> None:
    _, there = mended(PLANS[0])
    assert there[0].cost == Cost.BOUNDARY


B_SHUT = ("route_table: outb-rt", "route_table: outb-rt, network_acl: shut")
B_LOST = (
    "outb-rt: {vpc: shop, routes: {0.0.0.0/0: igw}}",
    "outb-rt: {vpc: shop, routes: {}}",
)
FAILED = (
    (FAR, "far: {cidr: 10.30.0.0/16, secondary_cidrs: [10.20.0.0/16]}}"),
    ("inbound: [{cidr: 10.20.0.0/16}]}\n  ep", "inbound: [{security_group: fn-sg}]}\n  ep"),
)


@pytest.mark.parametrize(
    ("check", "changes", "advice", "label"),
    [
        (
            "LAM-004",
            (("b-rt: {vpc: shop, routes: {0.0.0.0/0: nat-b, ", "b-rt: {vpc: shop, routes: {"),),
            "Route 0.0.0.0/0 in b-rt to the NAT gateway nat-b.",
            "Route in-b to the NAT gateway nat-b",
        ),
        (
            "LAM-004",
            (B_LOST,),
            "Route 0.0.0.0/0 in outb-rt to the internet gateway igw.",
            "Route out-b to the internet gateway igw",
        ),
        (
            "END-004",
            (B_SHUT,),
            "Associate the endpoint with these tables.",
            "Associate the gateway endpoint s3-ep with b-rt of in-b",
        ),
        (
            "END-004",
            (B_LOST,),
            "Associate the endpoint with these tables.",
            "Associate the gateway endpoint s3-ep with b-rt of in-b",
        ),
        (
            "SG-004",
            FAILED,
            "Give one of the two VPCs other blocks, so that the peering works, or take the rule "
            "out.",
            "Take the rules for fn-sg out of far-sg",
        ),
    ],
)
def test_the_first_way_is_about_the_same_side(
    check: str, changes: tuple[Change, ...], advice: str, label: str
) -> None:
    """A block of the other VPC in place of a group would let in the own one where both overlap."""
    view = PlanAnalysis(plan_of(*changes))
    found = [one for one in troubles(view, Selection(ids=(check,)), None) if one.finding]
    told = {one.finding.fix.removesuffix(DETACH): one for one in found if one.finding}
    assert ways(view, told[advice])[0].offer.fix.label == label


DETACH = " Or detach it from those subnets."
