"""Plans in which the side that blocks is not the one that one thinks of first: what checks say
names it, and their remedy would mend it.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.plan import Plan
from tests.found.asking import findings, ids

TEXT = """
lambdaplanner: 1
region: eu-west-1
vpcs: {shop: {cidr: 10.20.0.0/16}, far: {cidr: 10.30.0.0/16}}
subnets:
  in-a: {vpc: shop, az: eu-west-1a, cidr: 10.20.1.0/24, route_table: a-rt}
  in-b: {vpc: shop, az: eu-west-1b, cidr: 10.20.2.0/24, route_table: b-rt}
  out-a: {vpc: shop, az: eu-west-1a, cidr: 10.20.8.0/24, route_table: out-rt}
  out-b: {vpc: shop, az: eu-west-1b, cidr: 10.20.9.0/24, route_table: outb-rt}
  db-a: {vpc: shop, az: eu-west-1a, cidr: 10.20.5.0/24}
  f-a: {vpc: far, az: eu-west-1a, cidr: 10.30.1.0/24, route_table: far-rt}
route_tables:
  a-rt: {vpc: shop, routes: {0.0.0.0/0: nat-a, 10.30.0.0/16: pcx}}
  b-rt: {vpc: shop, routes: {0.0.0.0/0: nat-b, 10.30.0.0/16: pcx}}
  out-rt: {vpc: shop, routes: {0.0.0.0/0: igw}}
  outb-rt: {vpc: shop, routes: {0.0.0.0/0: igw}}
  far-rt: {vpc: far, routes: {10.20.0.0/16: pcx}}
internet_gateways: {igw: {vpc: shop}}
nat_gateways: {nat-a: {subnet: out-a}, nat-b: {subnet: out-b}}
peerings: {pcx: {vpcs: [shop, far]}}
network_acls:
  shut: {vpc: shop, inbound: {100: {action: allow}}, outbound: {}}
  deaf: {vpc: shop, inbound: {}, outbound: {100: {action: allow}}}
security_groups:
  fn-sg: {vpc: shop}
  db-sg: {vpc: shop, inbound: [{security_group: fn-sg}]}
  far-sg: {vpc: far, inbound: [{cidr: 10.20.0.0/16}]}
  ep-sg: {vpc: shop, inbound: [{cidr: 10.20.0.0/16}]}
  mute: {vpc: shop, inbound: []}
workloads:
  db: {type: rds, subnets: [db-a], port: 5432, security_groups: [db-sg]}
  pg: {type: rds, subnets: [f-a], port: 5432, security_groups: [far-sg]}
endpoints:
  s3-ep: {vpc: shop, service: s3, type: gateway, route_tables: [out-rt]}
  kms-ep:
    {vpc: shop, service: kms, type: interface, subnets: [in-a, in-b], security_groups: [ep-sg]}
functions:
  orders:
    role_policies: [AWSLambdaVPCAccessExecutionRole]
    subnets: [in-a, in-b]
    security_groups: [fn-sg]
expectations:
  - {from: orders, to: internet, expect: reachable}
  - {from: orders, to: db, expect: reachable}
  - {from: orders, to: pg, expect: reachable}
  - {from: orders, to: 'aws:s3', expect: reachable}
  - {from: orders, to: 'aws:kms', expect: reachable}
"""
Change = tuple[str, str]


def plan_of(*changes: Change) -> Plan:
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return read_text(text, where="sides").plan


class Blamed(NamedTuple):
    """A change to the sound plan, the finding, and what it says and advises."""

    check: str
    changes: tuple[Change, ...]
    says: str
    fix: str
    silent: tuple[str, ...] = ()


ACL_A = ("10.20.1.0/24, route_table: a-rt", "10.20.1.0/24, route_table: a-rt, network_acl: {}")
ACL_OUT_B = ("route_table: outb-rt", "route_table: outb-rt, network_acl: shut")
BOTH_SHUT = tuple(
    (f"route_table: {name}-rt}}", f"route_table: {name}-rt, network_acl: shut}}")
    for name in ("a", "b")
)


def acl_of_a(name: str) -> Change:
    return ACL_A[0], ACL_A[1].format(name)


NO_S3 = ("  - {from: orders, to: 'aws:s3', expect: reachable}\n", "")
ONLY_PUBLIC = ("subnets: [in-a, in-b]\n    sec", "subnets: [out-a, out-b]\n    sec")

PLANS = [
    # one subnet's own ACL, requests and replies
    Blamed("LAM-004", (acl_of_a("shut"),), '"shut" is in the way', "Allow outbound tcp 443"),
    Blamed("LAM-004", (acl_of_a("deaf"),), '"deaf" is in the way', "Allow inbound tcp 1024-65535"),
    # the NAT gateway's subnet: its ACL, its table
    Blamed("LAM-004", (ACL_OUT_B,), '"shut" is in the way', "in shut"),
    Blamed(
        "LAM-004",
        (("outb-rt: {vpc: shop, routes: {0.0.0.0/0: igw}}", "outb-rt: {vpc: shop, routes: {}}"),),
        '"outb-rt" is in the way',
        "Route 0.0.0.0/0 in outb-rt to the internet gateway igw.",
    ),
    # the target's group lets in one subnet only
    Blamed(
        "LAM-004",
        (
            (
                "db-sg: {vpc: shop, inbound: [{security_group: fn-sg}]}",
                "db-sg: {vpc: shop, inbound: [{cidr: 10.20.1.0/24}]}",
            ),
        ),
        '"db-sg" is in the way',
        "Allow inbound tcp 5432 from fn-sg in db-sg.",
        ("LAM-010",),
    ),
    # the peer's table leads back to one subnet only
    Blamed(
        "LAM-004",
        (("far-rt: {vpc: far, routes: {10.20.0.0/16", "far-rt: {vpc: far, routes: {10.20.1.0/24"),),
        '"far-rt" is in the way',
        "in far-rt",
        ("LAM-010",),
    ),
    # its own table
    Blamed(
        "LAM-004",
        (("b-rt: {vpc: shop, routes: {0.0.0.0/0: nat-b, ", "b-rt: {vpc: shop, routes: {"),),
        '"b-rt" is in the way',
        "Route 0.0.0.0/0 in b-rt",
    ),
    # groups: the function's own, or the endpoint's
    Blamed(
        "LAM-010",
        (("fn-sg: {vpc: shop}", "fn-sg: {vpc: shop, outbound: [{cidr: 10.0.0.0/8}]}"),),
        "let no tcp 443 out",
        "in fn-sg.",
        ("END-001", "END-004"),
    ),
    Blamed(
        "END-001",
        (("security_groups: [ep-sg]", "security_groups: [mute]"),),
        '"kms-ep" does not let function "orders" in',
        "Allow inbound tcp 443 from fn-sg in mute.",
        ("LAM-010",),
    ),
    Blamed(
        "END-001",
        (
            (
                "ep-sg: {vpc: shop, inbound: [{cidr: 10.20.0.0/16}]}",
                "ep-sg: {vpc: shop, inbound: [{cidr: 10.20.1.0/24}]}",
            ),
        ),
        'does not let function "orders" in from in-b, ',
        "Allow inbound tcp 443 from fn-sg in ep-sg.",
        ("LAM-010",),
    ),
    # the gateway endpoint's tables are at fault only where they are what is missing
    Blamed(
        "END-004",
        (
            ("a-rt: {vpc: shop, routes: {0.0.0.0/0: nat-a, ", "a-rt: {vpc: shop, routes: {"),
            ("  b-rt: {vpc: shop, routes: {0.0.0.0/0: nat-b, ", "  b-rt: {vpc: shop, routes: {"),
        ),
        'the route tables of "in-a", "in-b" have no gateway endpoint "s3-ep"',
        "Associate the endpoint",
    ),
    Blamed("END-004", (ACL_OUT_B,), 'the route tables of "in-b" have no', "Associate the endpoint"),
    # an interface endpoint that nobody is promised to use
    Blamed(
        "END-005",
        (
            ("  - {from: orders, to: 'aws:kms', expect: reachable}\n", ""),
            ("security_groups: [ep-sg]", "security_groups: [mute]"),
        ),
        "lets no function of it in",
        "Allow inbound tcp 443 from 10.20.0.0/16 in mute, or switch its private DNS off.",
    ),
    Blamed(
        "END-005",
        (
            ("  - {from: orders, to: 'aws:kms', expect: reachable}\n", ""),
            (", security_groups: [ep-sg]", ""),
        ),
        "lets no function of it in",
        "Give kms-ep a security group that allows inbound tcp 443 from 10.20.0.0/16, or",
    ),
    Blamed(
        "END-005",
        (
            ("  - {from: orders, to: 'aws:kms', expect: reachable}\n", ""),
            ("subnets: [in-a, in-b], security_groups: [ep-sg]", "subnets: []"),
        ),
        "has no interface in any subnet",
        "Give kms-ep subnets, or switch its private DNS off.",
    ),
    # public subnets: in the way of what is promised, or only where they are
    Blamed("LAM-002", (ONLY_PUBLIC,), 'die at internet gateway "igw"', "private subnets"),
    Blamed(
        "LAM-003",
        (
            ("a-rt: {vpc: shop, routes: {", "a-rt: {vpc: shop, routes: {203.0.113.0/24: igw, "),
            NO_S3,
        ),
        "gives it no public address: what its routes send to an internet gateway is lost",
        "private subnets",
        ("LAM-002",),
    ),
    # gateways
    Blamed(
        "NAT-001",
        (("outb-rt: {vpc: shop, routes: {0.0.0.0/0: igw}}", "outb-rt: {vpc: shop, routes: {}}"),),
        'no route to an internet gateway (route table "outb-rt")',
        'route 0.0.0.0/0 of "out-b"',
    ),
    Blamed(
        "NAT-010",
        (),
        "uses s3 through a NAT gateway",
        "Associate gateway endpoint s3-ep with its route tables.",
    ),
    # joined VPCs
    Blamed(
        "NET-007",
        (("far-rt: {vpc: far, routes: {10.20.0.0/16: pcx}}", "far-rt: {vpc: far, routes: {}}"),),
        "but no table of a subnet there leads back",
        'in the tables of VPC "far"',
        ("LAM-010",),
    ),
    Blamed(
        "NET-001",
        (
            (
                "peerings:",
                "transit_gateways: {hub: {attachments: {far: {subnets: [f-a]}}}}\npeerings:",
            ),
            ("a-rt: {vpc: shop, routes: {", "a-rt: {vpc: shop, routes: {10.9.0.0/16: hub, "),
        ),
        "to which the VPC is not attached",
        'Attach VPC "shop" to hub, or choose another target.',
    ),
    Blamed(
        "SG-004",
        (
            (
                "far: {cidr: 10.30.0.0/16}}",
                "far: {cidr: 10.30.0.0/16, secondary_cidrs: [10.20.0.0/16]}}",
            ),
            (
                "far-sg: {vpc: far, inbound: [{cidr: 10.20.0.0/16}]}",
                "far-sg: {vpc: far, inbound: [{security_group: fn-sg}]}",
            ),
        ),
        'but peering "pcx" with "far" cannot become active',
        "Give one of the two VPCs other blocks",
    ),
]


@pytest.mark.parametrize("case", PLANS, ids=lambda case: f"{case.check}-{case.says[:40]}")
def test_the_side_that_blocks_is_named(case: Blamed) -> None:
    plan = plan_of(*case.changes)
    told = findings(plan, case.check)
    assert any(case.says in one.message and case.fix in one.fix for one in told), told
    assert ids(plan).isdisjoint(case.silent)


SOUND_ERRORS = {"LAM-004", "LAM-010", "END-001", "END-004", "END-005", "LAM-002", "NET-007"}


def test_the_plan_is_sound_before() -> None:
    assert ids(plan_of()).isdisjoint(SOUND_ERRORS)


@pytest.mark.parametrize(
    "changes",
    [
        (("[AWSLambdaVPCAccessExecutionRole]", "[]"),),
        BOTH_SHUT,
        (("shop: {cidr: 10.20.0.0/16}", "shop: {cidr: 10.20.0.0/16, dns_support: false}"),),
    ],
    ids=["role", "ACL", "names"],
)
def test_tables_are_not_at_fault_for_what_blocks_every_way(changes: tuple[Change, ...]) -> None:
    """With a role, a filter or a resolver that stops everything the endpoint would not help."""
    assert "END-004" not in ids(plan_of(*changes))
