# ruff: noqa: E501  # a case a line reads better than five
"""AWS's scenarios of several VPCs: peerings, transit gateways, private NAT between like networks."""

from __future__ import annotations

import pytest

from tests.analysis.scenarios import NO, PART, ROLE, YES, Case, holds

OPEN = "inbound: [{cidr: 0.0.0.0/0}]"

# peerings -----------------------------------------------------------------------------------------

MESH = f"""
vpcs: {{a: {{cidr: 10.1.0.0/16}}, b: {{cidr: 10.2.0.0/16}}, c: {{cidr: 10.3.0.0/16}},
  like-b: {{cidr: 10.2.0.0/16}}, like-a: {{cidr: 10.1.0.0/16}}}}
internet_gateways: {{b-igw: {{vpc: b}}}}
subnets:
  a1: {{vpc: a, az: z, cidr: 10.1.1.0/24, route_table: a-rt}}
  a2: {{vpc: a, az: z, cidr: 10.1.2.0/24, route_table: a2-rt}}
  a3: {{vpc: a, az: z, cidr: 10.1.3.0/24, route_table: a3-rt}}
  b1: {{vpc: b, az: z, cidr: 10.2.1.0/24, route_table: b-rt}}
  b2: {{vpc: b, az: z, cidr: 10.2.2.0/24}}
  b3: {{vpc: b, az: z, cidr: 10.2.3.0/24, route_table: b3-rt}}
  c1: {{vpc: c, az: z, cidr: 10.3.1.0/24, route_table: c-rt}}
  l1: {{vpc: like-b, az: z, cidr: 10.2.1.0/24, route_table: l-rt}}
  la1: {{vpc: like-a, az: z, cidr: 10.1.1.0/24}}
nat_gateways: {{b-nat: {{subnet: b3}}}}
peerings:
  ab: {{vpcs: [a, b]}}
  bc: {{vpcs: [b, c]}}
  al: {{vpcs: [a, like-b]}}
  ca: {{vpcs: [c, like-a]}}
  bl: {{vpcs: [b, like-b]}}
route_tables:
  a-rt: {{vpc: a, routes: {{10.2.0.0/16: ab, 10.3.0.0/16: ab}}}}
  a2-rt: {{vpc: a, routes: {{10.2.0.0/16: al, 10.2.1.9/32: ab}}}}
  a3-rt: {{vpc: a, routes: {{0.0.0.0/0: ab}}}}
  b-rt: {{vpc: b, routes: {{10.1.0.0/23: ab, 10.3.0.0/16: bc, 10.1.3.0/24: ab}}}}
  b3-rt: {{vpc: b, routes: {{0.0.0.0/0: b-igw, 10.1.0.0/16: ab, 10.2.1.0/24: bl}}}}
  c-rt: {{vpc: c, routes: {{10.2.0.0/16: bc, 10.1.0.0/16: bc}}}}
  l-rt: {{vpc: like-b, routes: {{10.1.0.0/16: al}}}}
security_groups:
  a-sg: {{vpc: a}}
  b-sg: {{vpc: b, inbound: [{{protocol: tcp, ports: 443, security_group: a-sg}}]}}
  b-open: {{vpc: b, {OPEN}}}
  l-open: {{vpc: like-b, {OPEN}}}
  c-open: {{vpc: c, {OPEN}}}
functions:
  fn: {{{ROLE}, subnets: [a1], security_groups: [a-sg]}}
  fn2: {{{ROLE}, subnets: [a2], security_groups: [a-sg]}}
  fn3: {{{ROLE}, subnets: [a3], security_groups: [a-sg]}}
workloads:
  db: {{type: rds, subnets: [b1], security_groups: [b-sg], private_ip: 10.2.1.9}}
  free: {{type: ec2, subnets: [b1], security_groups: [b-open]}}
  mute: {{type: ec2, subnets: [b2], security_groups: [b-open]}}
  twin: {{type: ec2, subnets: [l1], security_groups: [l-open]}}
  fixed: {{type: ec2, subnets: [l1], security_groups: [l-open], private_ip: 10.2.1.20}}
  far: {{type: ec2, subnets: [c1], security_groups: [c-open]}}
  b-guest: {{type: ec2, subnets: [b3], security_groups: [b-open]}}
"""

PEERINGS = [
    Case("a group named over the peering", MESH, "fn", "db", YES, way="a-sg a-rt ab b-sg db",
         back="db b-rt ab eni:fn@a1 fn"),
    Case("replies need a route of the target's own table", MESH, "fn", "mute", NO,
         ("main-rt:b NO_ROUTE_TO_DESTINATION back",)),
    Case("another table has one", MESH, "fn", "free", YES),
    Case("a route back that the source's subnet is not in", MESH, "fn2", "db", NO,
         ("b-rt NO_ROUTE_TO_DESTINATION back",), way="a2-rt ab"),
    Case("longest prefix parts the hosts of two like peers", MESH, "fn2", "fixed", YES,
         way="a2-rt al fixed"),
    Case("where an address may be any of both, it is partial", MESH, "fn2", "twin", PART,
         ("a2-rt NO_PATH",)),
    Case("so that another host of the first is not reached", MESH, "fn2", "free", NO,
         ("a2-rt NO_PATH", "b-rt NO_ROUTE_TO_DESTINATION back")),
    Case("no transit through a peer", MESH, "fn", "far", NO,
         ("ab PCX_REQUIRES_ADDRESS_IN_VPC_CIDR", "bc PCX_REQUIRES_ADDRESS_IN_VPC_CIDR back")),
    Case("nor by its internet gateway or NAT gateway", MESH, "fn3", "internet", NO,
         ("ab PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",)),
    Case("a default route over the peering leads to the peer itself", MESH, "fn3", "free", YES),
    Case("like networks cannot peer", MESH, "b-guest", "twin", NO,
         ("b3-rt NO_PATH", "l-rt NO_PATH back")),
    Case("the middle reaches both sides", MESH, "free", "far", YES),
    Case("but nobody calls the function", MESH, "free", "fn", NO, ("fn LAMBDA_TAKES_NO_INBOUND",)),
]  # fmt: skip

# transit gateways ---------------------------------------------------------------------------------

HUB = f"""
vpcs: {{s1: {{cidr: 10.1.0.0/16}}, s2: {{cidr: 10.2.0.0/16}}, out: {{cidr: 10.9.0.0/16}},
  shared: {{cidr: 10.8.0.0/16}}}}
internet_gateways: {{igw: {{vpc: out}}}}
subnets:
  s1-a: {{vpc: s1, az: a, cidr: 10.1.1.0/24, route_table: s1-rt}}
  s1-b: {{vpc: s1, az: b, cidr: 10.1.2.0/24, route_table: s1-rt}}
  s1-c: {{vpc: s1, az: c, cidr: 10.1.3.0/24, route_table: s1-rt}}
  s2-a: {{vpc: s2, az: a, cidr: 10.2.1.0/24, route_table: s2-rt}}
  shared-a: {{vpc: shared, az: a, cidr: 10.8.1.0/24, route_table: shared-rt}}
  hub-a: {{vpc: out, az: a, cidr: 10.9.0.0/28, route_table: hub-a-rt, network_acl: hub-acl}}
  hub-b: {{vpc: out, az: b, cidr: 10.9.0.16/28, route_table: hub-b-rt}}
  pub-a: {{vpc: out, az: a, cidr: 10.9.1.0/24, route_table: pub-rt}}
  pub-b: {{vpc: out, az: b, cidr: 10.9.2.0/24, route_table: pub-b-rt}}
nat_gateways: {{nat-a: {{subnet: pub-a}}, nat-b: {{subnet: pub-b}}}}
route_tables:
  s1-rt: {{vpc: s1, routes: {{0.0.0.0/0: tgw}}}}
  s2-rt: {{vpc: s2, routes: {{0.0.0.0/0: tgw}}}}
  shared-rt: {{vpc: shared, routes: {{10.0.0.0/8: tgw}}}}
  hub-a-rt: {{vpc: out, routes: {{0.0.0.0/0: nat-a, 10.0.0.0/8: tgw}}}}
  hub-b-rt: {{vpc: out, routes: {{0.0.0.0/0: nat-b}}}}
  pub-rt: {{vpc: out, routes: {{0.0.0.0/0: igw, 10.0.0.0/8: tgw}}}}
  pub-b-rt: {{vpc: out, routes: {{0.0.0.0/0: igw}}}}
network_acls:
  hub-acl: {{vpc: out, inbound: {{100: {{action: allow}}}}, outbound: {{100: {{action: allow}}}}}}
transit_gateways:
  tgw:
    security_group_referencing: true
    attachments:
      s1: {{subnets: [s1-a, s1-b], route_table: spokes}}
      s2: {{subnets: [s2-a], route_table: spokes}}
      shared: {{subnets: [shared-a], route_table: hub}}
      out: {{subnets: [hub-a, hub-b], route_table: hub}}
    route_tables:
      spokes:
        propagate: [shared]
        routes: {{0.0.0.0/0: out, 10.0.0.0/8: blackhole}}
      hub: {{propagate: [s1, s2]}}
security_groups:
  fn-sg: {{vpc: s1}}
  s2-sg: {{vpc: s2, {OPEN}}}
  shared-sg: {{vpc: shared, inbound: [{{protocol: tcp, ports: 443, security_group: fn-sg}}]}}
  picky-sg: {{vpc: s1, outbound: [{{security_group: shared-sg}}]}}
functions:
  fn: {{{ROLE}, subnets: [s1-a], security_groups: [fn-sg]}}
  fn-b: {{{ROLE}, subnets: [s1-b], security_groups: [fn-sg]}}
  fn-c: {{{ROLE}, subnets: [s1-c], security_groups: [fn-sg]}}
  both: {{{ROLE}, subnets: [s1-a, s1-c], security_groups: [fn-sg]}}
  picky: {{{ROLE}, subnets: [s1-a], security_groups: [picky-sg]}}
workloads:
  other: {{type: ec2, subnets: [s2-a], security_groups: [s2-sg]}}
  tools: {{type: ec2, subnets: [shared-a], security_groups: [shared-sg]}}
"""

TRANSIT = [
    Case("centralised egress", HUB, "fn", "internet", YES,
         way="s1-rt tgw hub-acl hub-a-rt nat-a pub-rt igw internet",
         back="internet igw nat-a pub-rt hub-acl tgw eni:fn@s1-a fn"),
    Case("the egress VPC's public subnet needs the way back", HUB, "fn-b", "internet", NO,
         ("pub-b-rt NO_ROUTE_TO_DESTINATION back",), way="s1-rt tgw hub-b-rt nat-b pub-b-rt igw"),
    Case("a zone that is not attached", HUB, "fn-c", "internet", NO, ("tgw TGW_ROUTE_AZ_RESTRICTION",),
         way="s1-rt tgw"),
    Case("among others", HUB, "both", "internet", PART, ("tgw TGW_ROUTE_AZ_RESTRICTION",)),
    Case("isolated spokes", HUB, "fn", "other", NO,
         ("tgw TGW_RTB_BAD_STATE_ROUTE", "tgw TGW_RTB_BAD_STATE_ROUTE back")),
    Case("shared services, by a group's name", HUB, "fn", "tools", YES, way="s1-rt tgw shared-sg tools",
         back="tools shared-rt tgw fn"),
    Case("outbound rules take no names over it", HUB, "picky", "tools", NO,
         ("picky-sg SG_REFERENCES_NOT_PRESERVED", "shared-sg ENI_SG_RULES_MISMATCH")),
    Case("services of AWS too", HUB, "fn", "aws:sqs", YES, way="tgw nat-a igw aws:sqs"),
    Case("an address that nobody has is not the egress VPC's", HUB, "fn", "10.77.0.1", NO,
         ("tgw TGW_RTB_BAD_STATE_ROUTE", "10.77.0.1 UNKNOWN_DESTINATION")),
]  # fmt: skip

LIKE = f"""
vpcs:
  a: {{cidr: 10.0.0.0/16, secondary_cidrs: [100.64.1.0/24]}}
  b: {{cidr: 10.0.0.0/16, secondary_cidrs: [100.64.2.0/24]}}
subnets:
  a1: {{vpc: a, az: z, cidr: 10.0.1.0/24, route_table: a-rt}}
  a-nat: {{vpc: a, az: z, cidr: 100.64.1.0/25, route_table: a-nat-rt}}
  a-tgw: {{vpc: a, az: z, cidr: 100.64.1.128/28, route_table: a-nat-rt}}
  b1: {{vpc: b, az: z, cidr: 10.0.1.0/24}}
  b-lb: {{vpc: b, az: z, cidr: 100.64.2.0/25, route_table: b-rt}}
  b-tgw: {{vpc: b, az: z, cidr: 100.64.2.128/28}}
nat_gateways: {{nat: {{subnet: a-nat, connectivity: private}}}}
route_tables:
  a-rt: {{vpc: a, routes: {{100.64.2.0/24: nat}}}}
  a-nat-rt: {{vpc: a, routes: {{100.64.2.0/24: tgw}}}}
  b-rt: {{vpc: b, routes: {{100.64.1.0/24: tgw}}}}
transit_gateways:
  tgw:
    attachments:
      a: {{subnets: [a-tgw], route_table: t}}
      b: {{subnets: [b-tgw], route_table: t}}
    route_tables: {{t: {{routes: {{100.64.1.0/24: a, 100.64.2.0/24: b}}}}}}
security_groups:
  fn-sg: {{vpc: a}}
  lb-sg: {{vpc: b, inbound: [{{protocol: tcp, ports: 443, cidr: 100.64.1.0/25}}]}}
  named-sg: {{vpc: b, inbound: [{{security_group: fn-sg}}]}}
functions: {{fn: {{{ROLE}, subnets: [a1], security_groups: [fn-sg]}}}}
workloads:
  lb: {{type: alb, subnets: [b-lb], security_groups: [lb-sg]}}
  named: {{type: alb, subnets: [b-lb], security_groups: [named-sg]}}
  hidden: {{type: ec2, subnets: [b1], security_groups: [lb-sg]}}
"""

LIKE_NETWORKS = [
    Case("by a private NAT gateway in a routable block", LIKE, "fn", "lb", YES,
         way="a-rt nat a-nat-rt tgw lb-sg lb", back="lb b-rt tgw nat a-nat-rt eni:fn@a1 fn"),
    Case("which hides the groups", LIKE, "fn", "named", NO, ("named-sg SG_REFERENCES_NOT_PRESERVED",)),
    Case("and not to the like block", LIKE, "fn", "hidden", NO,
         ("a-rt NO_PATH", "lb-sg ENI_SG_RULES_MISMATCH", "main-rt:b NO_PATH back")),
]  # fmt: skip


@pytest.mark.parametrize("case", PEERINGS, ids=lambda case: case.name)
def test_peerings(case: Case) -> None:
    holds(case)


@pytest.mark.parametrize("case", TRANSIT, ids=lambda case: case.name)
def test_transit_gateways(case: Case) -> None:
    holds(case)


@pytest.mark.parametrize("case", LIKE_NETWORKS, ids=lambda case: case.name)
def test_networks_with_the_same_addresses(case: Case) -> None:
    holds(case)
