# ruff: noqa: E501  # a case a line reads better than five
"""AWS's scenarios of one VPC: public and private subnets, NAT of every sort, gateways."""

from __future__ import annotations

import pytest

from tests.analysis.scenarios import NO, PART, ROLE, YES, Case, holds

TWO_ZONES = f"""
vpcs: {{m: {{cidr: 10.0.0.0/16}}}}
internet_gateways: {{igw: {{vpc: m}}}}
subnets:
  public-1: {{vpc: m, az: a, cidr: 10.0.0.0/20, route_table: public}}
  public-2: {{vpc: m, az: b, cidr: 10.0.16.0/20, route_table: public}}
  private-1: {{vpc: m, az: a, cidr: 10.0.128.0/20, route_table: private-1-rt}}
  private-2: {{vpc: m, az: b, cidr: 10.0.144.0/20, route_table: private-2-rt}}
nat_gateways: {{nat-1: {{subnet: public-1}}, nat-2: {{subnet: public-2}}}}
route_tables:
  public: {{vpc: m, routes: {{0.0.0.0/0: igw}}}}
  private-1-rt: {{vpc: m, routes: {{0.0.0.0/0: nat-1}}}}
  private-2-rt: {{vpc: m, routes: {{0.0.0.0/0: nat-2}}}}
security_groups:
  alb-sg: {{vpc: m, inbound: [{{protocol: tcp, ports: 443, cidr: 0.0.0.0/0}}]}}
  web-sg: {{vpc: m, inbound: [{{protocol: tcp, ports: 8080, security_group: alb-sg}},
    {{protocol: tcp, ports: 22, security_group: bastion-sg}}]}}
  bastion-sg: {{vpc: m, inbound: [{{protocol: tcp, ports: 22, cidr: 203.0.113.0/24}}]}}
  db-sg: {{vpc: m, inbound: [{{protocol: tcp, ports: 3306, security_group: web-sg}},
    {{protocol: tcp, ports: 3306, security_group: fn-sg}}]}}
  fn-sg: {{vpc: m}}
endpoints:
  s3: {{vpc: m, service: s3, type: gateway, route_tables: [private-1-rt, private-2-rt]}}
functions:
  fn: {{{ROLE}, subnets: [private-1, private-2], security_groups: [fn-sg]}}
  in-public: {{{ROLE}, subnets: [public-1], security_groups: [fn-sg]}}
  half: {{{ROLE}, subnets: [private-1, public-2], security_groups: [fn-sg]}}
  lone: {{}}
workloads:
  alb: {{type: alb, subnets: [public-1, public-2], security_groups: [alb-sg], public_ip: true}}
  web: {{type: fargate, subnets: [private-1, private-2], security_groups: [web-sg], port: 8080}}
  bastion: {{type: ec2, subnets: [public-1], security_groups: [bastion-sg], public_ip: true, port: 22}}
  db: {{type: rds, subnets: [private-1, private-2], security_groups: [db-sg], port: 3306}}
"""
TRAP = "igw IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"

VPC_AND_MORE = [
    Case("out by the zone's own gateway", TWO_ZONES, "fn", "internet", YES,
         way="fn vpc-to-vpc-nat eni:fn@private-1 fn-sg private-1-rt nat-1 public igw internet",
         back="internet igw nat-1 public eni:fn@private-1 vpc-to-vpc-nat fn"),
    Case("a public subnet gives a function nothing", TWO_ZONES, "in-public", "internet", NO, (TRAP,),
         way="eni:in-public@public-1 fn-sg public igw"),
    Case("one public subnet among others", TWO_ZONES, "half", "internet", PART, (TRAP,)),
    Case("but it reaches what is inside", TWO_ZONES, "in-public", "db", YES),
    Case("S3 by the gateway endpoint", TWO_ZONES, "fn", "aws:s3", YES, way="private-1-rt s3 aws:s3"),
    Case("a subnet without the endpoint has no other way there", TWO_ZONES, "in-public", "aws:s3", NO,
         (TRAP,)),
    Case("other services by NAT", TWO_ZONES, "fn", "aws:sqs", YES, way="nat-1 igw aws:sqs"),
    Case("the world to the load balancer", TWO_ZONES, "internet", "alb", YES,
         way="internet igw alb-sg alb"),
    Case("on its port alone", TWO_ZONES, "internet", "alb", NO, ("alb-sg ENI_SG_RULES_MISMATCH",),
         asked={"port": 80}),
    Case("the load balancer to its targets", TWO_ZONES, "alb", "web", YES, way="alb-sg web-sg web"),
    Case("nobody else to them", TWO_ZONES, "fn", "web", NO, ("web-sg ENI_SG_RULES_MISMATCH",)),
    Case("targets have no public address", TWO_ZONES, "internet", "web", NO,
         ("igw IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "web-sg ENI_SG_RULES_MISMATCH",
          "private-1-rt NO_ROUTE_TO_DESTINATION back", "private-2-rt NO_ROUTE_TO_DESTINATION back")),
    Case("the targets to the database", TWO_ZONES, "web", "db", YES),
    Case("the function to the database", TWO_ZONES, "fn", "db", YES),
    Case("the load balancer not", TWO_ZONES, "alb", "db", NO, ("db-sg ENI_SG_RULES_MISMATCH",)),
    Case("the office to the bastion", TWO_ZONES, "203.0.113.7", "bastion", YES),
    Case("the world not", TWO_ZONES, "internet", "bastion", NO, ("bastion-sg ENI_SG_RULES_MISMATCH",)),
    Case("nor another host", TWO_ZONES, "198.51.100.7", "bastion", NO,
         ("bastion-sg ENI_SG_RULES_MISMATCH",)),
    Case("the bastion to the targets", TWO_ZONES, "bastion", "web", YES, asked={"port": 22}),
    Case("an unattached function to a private one", TWO_ZONES, "lone", "db", NO,
         ("lone LAMBDA_NOT_ATTACHED",)),
    Case("and by the public address", TWO_ZONES, "lone", "alb", YES,
         way="lone lambda-service-vpc internet igw alb-sg alb"),
    Case("nothing calls a function by its interface", TWO_ZONES, "web", "fn", NO,
         ("fn LAMBDA_TAKES_NO_INBOUND",)),
]  # fmt: skip

NATS = f"""
vpcs:
  m: {{cidr: 10.0.0.0/16, ipv6_cidr: "2600:1f18:1::/56", secondary_cidrs: [100.64.0.0/16]}}
internet_gateways: {{igw: {{vpc: m}}}}
egress_only_internet_gateways: {{eigw: {{vpc: m}}}}
subnets:
  public: {{vpc: m, az: a, cidr: 10.0.0.0/24, route_table: public-rt, network_acl: edge}}
  loop: {{vpc: m, az: a, cidr: 10.0.5.0/24, route_table: loop-rt}}
  closed: {{vpc: m, az: a, cidr: 10.0.1.0/24}}
  regional: {{vpc: m, az: b, cidr: 10.0.2.0/24, route_table: regional-rt}}
  appliance: {{vpc: m, az: a, cidr: 10.0.3.0/24, route_table: appliance-rt}}
  odd: {{vpc: m, az: a, cidr: 10.0.4.0/24, route_table: odd-rt}}
  pods: {{vpc: m, az: a, cidr: 100.64.0.0/24, route_table: private-rt}}
  dual: {{vpc: m, az: a, cidr: 10.0.6.0/24, ipv6_cidr: "2600:1f18:1:6::/64", route_table: dual-rt}}
  dead: {{vpc: m, az: a, cidr: 10.0.7.0/24, route_table: dead-rt}}
nat_gateways:
  nat: {{subnet: public}}
  hidden: {{subnet: closed}}
  looped: {{subnet: loop}}
  everywhere: {{vpc: m, mode: regional}}
route_tables:
  public-rt: {{vpc: m, routes: {{0.0.0.0/0: igw}}}}
  loop-rt: {{vpc: m, routes: {{0.0.0.0/0: looped}}}}
  private-rt: {{vpc: m, routes: {{0.0.0.0/0: nat}}}}
  regional-rt: {{vpc: m, routes: {{0.0.0.0/0: everywhere}}}}
  appliance-rt: {{vpc: m, routes: {{0.0.0.0/0: instance}}}}
  odd-rt: {{vpc: m, routes: {{0.0.0.0/0: hidden}}}}
  dual-rt: {{vpc: m, routes: {{0.0.0.0/0: nat, "::/0": eigw}}}}
  dead-rt: {{vpc: m, routes: {{0.0.0.0/0: nat, 198.51.100.0/24: blackhole}}}}
network_acls:
  edge:
    vpc: m
    inbound: {{100: {{action: allow, protocol: tcp, cidr: 10.0.0.0/8}},
      110: {{action: allow, protocol: tcp, cidr: 100.64.0.0/25}},
      120: {{action: allow, protocol: tcp, ports: 1024-65535, cidr: 0.0.0.0/0}}}}
    outbound: {{100: {{action: allow}}}}
security_groups:
  out-sg: {{vpc: m}}
  four-sg: {{vpc: m, outbound: [{{cidr: 0.0.0.0/0}}]}}
functions:
  isolated: {{{ROLE}, subnets: [closed], security_groups: [out-sg]}}
  looping: {{{ROLE}, subnets: [loop], security_groups: [out-sg]}}
  by-regional: {{{ROLE}, subnets: [regional], security_groups: [out-sg]}}
  by-appliance: {{{ROLE}, subnets: [appliance], security_groups: [out-sg]}}
  by-hidden: {{{ROLE}, subnets: [odd], security_groups: [out-sg]}}
  pod: {{{ROLE}, subnets: [pods], security_groups: [out-sg]}}
  six: {{{ROLE}, subnets: [dual], security_groups: [out-sg], ipv6: true}}
  four: {{{ROLE}, subnets: [dual], security_groups: [four-sg], ipv6: true}}
  unflagged: {{{ROLE}, subnets: [dual], security_groups: [out-sg]}}
  dark: {{{ROLE}, subnets: [dead], security_groups: [out-sg]}}
  roleless: {{subnets: [dual], security_groups: [out-sg]}}
workloads:
  instance: {{type: ec2, subnets: [public], security_groups: [out-sg], public_ip: true}}
"""
HOST6 = "2606:4700::1111"

SORTS_OF_NAT = [
    Case("no route", NATS, "isolated", "internet", NO, ("main-rt:m NO_ROUTE_TO_DESTINATION",)),
    Case("a gateway in the very subnet", NATS, "looping", "internet", NO,
         ("looped NAT_IN_SOURCE_SUBNET",)),
    Case("a gateway in a private subnet", NATS, "by-hidden", "internet", NO,
         ("main-rt:m NO_ROUTE_TO_DESTINATION", "hidden NAT_SUBNET_NOT_PUBLIC")),
    Case("a regional gateway needs no subnet", NATS, "by-regional", "internet", YES,
         way="regional-rt everywhere igw internet"),
    Case("an instance that may forward is not known to", NATS, "by-appliance", "internet", NO,
         ("instance UNSUPPORTED_COMPONENT",)),
    Case("an ACL of the gateway's subnet that takes half of the sources", NATS, "pod", "internet", PART,
         ("edge SUBNET_ACL_RESTRICTION",)),
    Case("and no UDP", NATS, "six", "internet", NO,
         ("edge SUBNET_ACL_RESTRICTION", "edge SUBNET_ACL_RESTRICTION back"),
         asked={"protocol": "udp"}),
    Case("IPv4 of a dual-stack subnet", NATS, "six", "internet", YES, way="dual-rt nat public-rt igw"),
    Case("IPv6 of it", NATS, "six", HOST6, YES, way="out-sg dual-rt eigw internet"),
    Case("a group for IPv4 alone", NATS, "four", HOST6, NO, ("four-sg ENI_SG_RULES_MISMATCH",)),
    Case("a function without the flag", NATS, "unflagged", HOST6, NO, ("unflagged NO_IPV6_EGRESS",)),
    Case("a narrow black hole beside the default", NATS, "dark", "198.51.100.9", NO,
         ("dead-rt BAD_STATE_ROUTE",)),
    Case("does not touch the rest", NATS, "dark", "203.0.113.9", YES, way="dead-rt nat"),
    Case("nor the internet as such", NATS, "dark", "internet", YES),
    Case("no role, no interface", NATS, "roleless", "internet", NO,
         ("roleless LAMBDA_ROLE_LACKS_ENI_ACCESS",)),
    Case("functions do not ping", NATS, "six", "internet", NO,
         ("six PROTOCOL_RESTRICTION", "edge SUBNET_ACL_RESTRICTION",
          "edge SUBNET_ACL_RESTRICTION back"), asked={"protocol": "icmp"}),
    Case("secondary blocks are local", NATS, "pod", "instance", NO, ("out-sg SG_HAS_NO_RULES",
         "edge SUBNET_ACL_RESTRICTION"), way="private-rt"),
]  # fmt: skip


@pytest.mark.parametrize("case", VPC_AND_MORE, ids=lambda case: case.name)
def test_the_console_s_vpc_and_more(case: Case) -> None:
    holds(case)


@pytest.mark.parametrize("case", SORTS_OF_NAT, ids=lambda case: case.name)
def test_ways_out(case: Case) -> None:
    holds(case)
