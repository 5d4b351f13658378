# ruff: noqa: E501  # a case a line reads better than five
"""AWS's scenarios of filters: ACLs with their replies, groups, prefix lists."""

from __future__ import annotations

import pytest

from tests.analysis.scenarios import NO, PART, ROLE, YES, Case, holds

ACLS = f"""
vpcs: {{m: {{cidr: 10.0.0.0/16, ipv6_cidr: "2600:1f18:1::/56"}}}}
internet_gateways: {{igw: {{vpc: m}}}}
egress_only_internet_gateways: {{eigw: {{vpc: m}}}}
subnets:
  public: {{vpc: m, az: a, cidr: 10.0.0.0/24, route_table: public-rt, network_acl: edge}}
  narrow: {{vpc: m, az: a, cidr: 10.0.1.0/24, route_table: out-rt, network_acl: linux}}
  shut: {{vpc: m, az: a, cidr: 10.0.2.0/24, route_table: out-rt, network_acl: none}}
  ordered: {{vpc: m, az: a, cidr: 10.0.3.0/24, route_table: out-rt, network_acl: order}}
  late: {{vpc: m, az: a, cidr: 10.0.4.0/24, route_table: out-rt, network_acl: late-acl}}
  plain: {{vpc: m, az: a, cidr: 10.0.5.0/24, route_table: out-rt}}
  data: {{vpc: m, az: a, cidr: 10.0.6.0/24, network_acl: half-acl}}
  six: {{vpc: m, az: a, cidr: 10.0.7.0/24, ipv6_cidr: "2600:1f18:1:7::/64", route_table: out-rt,
    network_acl: four-only}}
  stern: {{vpc: m, az: a, cidr: 10.0.8.0/24, route_table: out-rt, network_acl: no-way-back}}
  careful: {{vpc: m, az: a, cidr: 10.0.9.0/24, route_table: out-rt, network_acl: no-rdp}}
nat_gateways: {{nat: {{subnet: public}}}}
route_tables:
  public-rt: {{vpc: m, routes: {{0.0.0.0/0: igw}}}}
  out-rt: {{vpc: m, routes: {{0.0.0.0/0: nat, "::/0": eigw}}}}
network_acls:
  edge:
    vpc: m
    inbound:
      100: {{action: allow, protocol: tcp, ports: 443, cidr: 0.0.0.0/0}}
      120: {{action: allow, protocol: tcp, ports: 1024-65535, cidr: 0.0.0.0/0}}
    outbound:
      100: {{action: allow, protocol: tcp, ports: 443, cidr: 0.0.0.0/0}}
      110: {{action: allow, protocol: tcp, ports: 1024-65535, cidr: 0.0.0.0/0}}
  linux:
    vpc: m
    inbound: {{100: {{action: allow, protocol: tcp, ports: 32768-61000}}}}
    outbound: {{100: {{action: allow}}}}
  no-rdp:
    vpc: m
    inbound: {{100: {{action: deny, protocol: tcp, ports: 3389}}, 110: {{action: allow}}}}
    outbound: {{100: {{action: allow}}}}
  none: {{vpc: m}}
  order:
    vpc: m
    inbound: {{90: {{action: deny, cidr: 10.0.0.0/8}}, 100: {{action: allow}}}}
    outbound: {{90: {{action: deny, protocol: tcp, ports: 22}}, 100: {{action: allow}}}}
  late-acl:
    vpc: m
    inbound: {{100: {{action: allow}}, 200: {{action: deny}}}}
    outbound: {{100: {{action: allow}}, 200: {{action: deny}}}}
  half-acl:
    vpc: m
    inbound: {{100: {{action: allow, cidr: 10.0.5.0/25}}}}
    outbound: {{100: {{action: allow}}}}
  four-only:
    vpc: m
    inbound: {{100: {{action: allow, cidr: 0.0.0.0/0}}}}
    outbound: {{100: {{action: allow, cidr: 0.0.0.0/0}}, 110: {{action: allow, cidr: "::/0"}}}}
  no-way-back:
    vpc: m
    inbound: {{100: {{action: allow, protocol: tcp, ports: 1-1023}}}}
    outbound: {{100: {{action: allow}}}}
security_groups: {{open: {{vpc: m, inbound: [{{cidr: 0.0.0.0/0}}]}}}}
functions:
  in-narrow: {{{ROLE}, subnets: [narrow], security_groups: [open]}}
  in-shut: {{{ROLE}, subnets: [shut], security_groups: [open]}}
  in-ordered: {{{ROLE}, subnets: [ordered], security_groups: [open]}}
  in-late: {{{ROLE}, subnets: [late], security_groups: [open]}}
  in-plain: {{{ROLE}, subnets: [plain], security_groups: [open]}}
  in-six: {{{ROLE}, subnets: [six], security_groups: [open], ipv6: true}}
  in-careful: {{{ROLE}, subnets: [careful], security_groups: [open]}}
  in-stern: {{{ROLE}, subnets: [stern], security_groups: [open]}}
workloads:
  server: {{type: ec2, subnets: [plain], security_groups: [open]}}
  host-in-narrow: {{type: ec2, subnets: [narrow], security_groups: [open]}}
  lb-in-narrow: {{type: nlb, subnets: [narrow], security_groups: [open]}}
  mate: {{type: ec2, subnets: [shut], security_groups: [open]}}
  db: {{type: rds, subnets: [data], security_groups: [open]}}
  web: {{type: ec2, subnets: [public], security_groups: [open], public_ip: true}}
"""
DENIED = "SUBNET_ACL_RESTRICTION"

NETWORK_ACLS = [
    Case("AWS's ports of Linux are too few for a function", ACLS, "in-narrow", "server", PART,
         (f"linux {DENIED} back",)),
    Case("and for a load balancer", ACLS, "lb-in-narrow", "server", PART, (f"linux {DENIED} back",)),
    Case("not for a Linux host", ACLS, "host-in-narrow", "server", YES),
    Case("a new ACL lets nothing through", ACLS, "in-shut", "server", NO,
         (f"none {DENIED}", f"none {DENIED} back")),
    Case("inside the subnet nothing asks it", ACLS, "in-shut", "mate", YES),
    Case("a deny before an allow stops replies from inside", ACLS, "in-ordered", "server", NO,
         (f"order {DENIED} back",)),
    Case("and none from outside", ACLS, "in-ordered", "internet", YES),
    Case("it stops a port", ACLS, "in-ordered", "internet", NO,
         (f"order {DENIED}", f"edge {DENIED}"), asked={"port": 22}),
    Case("a deny after the allow stops nothing", ACLS, "in-late", "internet", YES),
    Case("replies below 1024 alone are no replies", ACLS, "in-stern", "internet", NO,
         (f"no-way-back {DENIED} back",)),
    Case("half of the sources", ACLS, "in-plain", "db", PART, (f"half-acl {DENIED}",)),
    Case("the gateway's subnet takes 443", ACLS, "in-plain", "internet", YES,
         way="out-rt edge nat edge public-rt igw", back="igw edge nat edge public-rt in-plain"),
    Case("and not 80", ACLS, "in-plain", "internet", NO, (f"edge {DENIED}",), asked={"port": 80}),
    Case("one port denied is missing among those of replies", ACLS, "in-careful", "server", PART,
         (f"no-rdp {DENIED} back",)),
    Case("the world gets in at 443, and its replies out", ACLS, "internet", "web", YES,
         way="igw edge open web", back="web edge public-rt igw internet"),
    Case("rules for IPv4 stop IPv6", ACLS, "in-six", "2606:4700::1", NO, (f"four-only {DENIED} back",)),
    Case("and let IPv4 through", ACLS, "in-six", "internet", YES),
]  # fmt: skip

GROUPS = f"""
vpcs: {{m: {{cidr: 10.0.0.0/16}}}}
internet_gateways: {{igw: {{vpc: m}}}}
subnets:
  public: {{vpc: m, az: a, cidr: 10.0.0.0/24, route_table: public-rt}}
  one: {{vpc: m, az: a, cidr: 10.0.1.0/24, route_table: out-rt}}
  two: {{vpc: m, az: b, cidr: 10.0.2.0/24, route_table: out-rt}}
nat_gateways: {{nat: {{subnet: public}}}}
route_tables:
  public-rt: {{vpc: m, routes: {{0.0.0.0/0: igw}}}}
  out-rt: {{vpc: m, routes: {{0.0.0.0/0: nat, partners: blackhole}}}}
prefix_lists:
  partners: [203.0.113.0/24, 198.51.100.0/25, "2001:db8::/32"]
  inside: [10.0.1.0/24, 10.0.2.0/25]
security_groups:
  shared: {{vpc: m, inbound: [{{security_group: shared}}]}}
  fn-sg: {{vpc: m}}
  mute: {{vpc: m, outbound: []}}
  only-partners: {{vpc: m, outbound: [{{protocol: tcp, ports: 443, prefix_list: partners}}]}}
  from-inside: {{vpc: m, inbound: [{{prefix_list: inside}}]}}
  https: {{vpc: m, inbound: [{{protocol: tcp, ports: 443, cidr: 10.0.0.0/16}}]}}
  dns: {{vpc: m, inbound: [{{protocol: udp, ports: 53, cidr: 10.0.0.0/16}}]}}
  ping: {{vpc: m, inbound: [{{protocol: icmp, cidr: 10.0.0.0/16}}]}}
  nobody: {{vpc: m, inbound: []}}
functions:
  fn: {{{ROLE}, subnets: [one], security_groups: [fn-sg]}}
  member: {{{ROLE}, subnets: [one], security_groups: [fn-sg, shared]}}
  quiet: {{{ROLE}, subnets: [one], security_groups: [mute]}}
  partner: {{{ROLE}, subnets: [public], security_groups: [only-partners]}}
  by-default: {{{ROLE}, subnets: [one]}}
  in-two: {{{ROLE}, subnets: [two], security_groups: [fn-sg]}}
workloads:
  cache: {{type: elasticache, subnets: [two], security_groups: [shared], port: 6379}}
  default-db: {{type: rds, subnets: [two], port: 5432}}
  list-db: {{type: rds, subnets: [public], security_groups: [from-inside], port: 5432}}
  api: {{type: ec2, subnets: [two], security_groups: [https, dns]}}
  resolver: {{type: ec2, subnets: [two], security_groups: [dns], port: 53}}
  host: {{type: ec2, subnets: [one], security_groups: [ping]}}
  closed: {{type: rds, subnets: [two], security_groups: [nobody], port: 5432}}
"""
MISMATCH = "ENI_SG_RULES_MISMATCH"

SECURITY_GROUPS = [
    Case("a shared group that names itself", GROUPS, "member", "cache", YES, way="shared cache"),
    Case("is none for others", GROUPS, "fn", "cache", NO, (f"shared {MISMATCH}",)),
    Case("default groups let their own in", GROUPS, "by-default", "default-db", YES,
         way="default-sg:m default-sg:m"),
    Case("and nobody else", GROUPS, "fn", "default-db", NO, (f"default-sg:m {MISMATCH}",)),
    Case("no outbound rule at all", GROUPS, "quiet", "api", NO, ("mute SG_HAS_NO_RULES",)),
    Case("no inbound rule at all", GROUPS, "fn", "closed", NO, ("nobody SG_HAS_NO_RULES",)),
    Case("one of several groups is enough", GROUPS, "fn", "api", YES, way="fn-sg https api"),
    Case("for another protocol another one", GROUPS, "fn", "api", YES, way="fn-sg dns api",
         asked={"protocol": "udp", "port": 53}),
    Case("a port is of one protocol", GROUPS, "fn", "resolver", NO, (f"dns {MISMATCH}",)),
    Case("UDP is the other", GROUPS, "fn", "resolver", YES, asked={"protocol": "udp"}),
    Case("a ping from a host", GROUPS, "api", "host", YES, asked={"protocol": "icmp"}),
    Case("and of none", GROUPS, "host", "api", NO, (f"https {MISMATCH}",), asked={"protocol": "icmp"}),
    Case("a list that covers a subnet", GROUPS, "fn", "list-db", YES, way="from-inside"),
    Case("one that covers half of it", GROUPS, "in-two", "list-db", PART, (f"from-inside {MISMATCH}",)),
    Case("a list beats the default route", GROUPS, "fn", "203.0.113.9", NO, ("out-rt BAD_STATE_ROUTE",)),
    Case("only where it says", GROUPS, "fn", "198.51.100.200", YES, way="out-rt nat"),
    Case("a list of partners is not the internet", GROUPS, "partner", "internet", NO,
         (f"only-partners {MISMATCH}", "igw IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS")),
    Case("but a partner is one", GROUPS, "partner", "203.0.113.9", NO,
         ("igw IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",)),
]  # fmt: skip


@pytest.mark.parametrize("case", NETWORK_ACLS, ids=lambda case: case.name)
def test_network_acls(case: Case) -> None:
    holds(case)


@pytest.mark.parametrize("case", SECURITY_GROUPS, ids=lambda case: case.name)
def test_security_groups_and_prefix_lists(case: Case) -> None:
    holds(case)
