# ruff: noqa: E501  # a case a line reads better than five
"""AWS's scenarios of services: gateway and interface endpoints, names, and no way at all."""

from __future__ import annotations

import pytest

from tests.analysis.scenarios import NO, PART, ROLE, YES, Case, holds

PRIVATE = f"""
vpcs:
  m: {{cidr: 10.0.0.0/16}}
  peer: {{cidr: 10.1.0.0/16}}
  nameless: {{cidr: 10.2.0.0/16, dns_hostnames: false}}
subnets:
  app-1: {{vpc: m, az: a, cidr: 10.0.1.0/24, route_table: app-rt}}
  app-2: {{vpc: m, az: b, cidr: 10.0.2.0/24, route_table: app-rt}}
  other: {{vpc: m, az: b, cidr: 10.0.3.0/24, route_table: other-rt}}
  ends: {{vpc: m, az: a, cidr: 10.0.9.0/24, network_acl: ends-acl}}
  p1: {{vpc: peer, az: a, cidr: 10.1.1.0/24, route_table: peer-rt}}
  n1: {{vpc: nameless, az: a, cidr: 10.2.1.0/24, route_table: nameless-rt}}
peerings: {{pcx: {{vpcs: [m, peer]}}}}
route_tables:
  app-rt: {{vpc: m, routes: {{10.1.0.0/16: pcx}}}}
  other-rt: {{vpc: m}}
  peer-rt: {{vpc: peer, routes: {{10.0.0.0/16: pcx}}}}
  nameless-rt: {{vpc: nameless}}
network_acls:
  ends-acl:
    vpc: m
    inbound: {{100: {{action: allow, protocol: tcp, ports: 443, cidr: 10.0.0.0/16}}}}
    outbound: {{100: {{action: allow, protocol: tcp, ports: 1024-65535, cidr: 10.0.1.0/24}}}}
security_groups:
  fn-sg: {{vpc: m}}
  by-name: {{vpc: m, inbound: [{{protocol: tcp, ports: 443, security_group: fn-sg}}]}}
  by-block: {{vpc: m, inbound: [{{protocol: tcp, ports: 443, cidr: 10.0.1.0/24}}]}}
  for-peers: {{vpc: m, inbound: [{{protocol: tcp, ports: 443, cidr: 10.0.0.0/8}}]}}
endpoints:
  s3: {{vpc: m, service: s3, type: gateway, route_tables: [app-rt]}}
  secrets: {{vpc: m, service: secretsmanager, type: interface, subnets: [app-1, app-2],
    security_groups: [by-name]}}
  queue: {{vpc: m, service: sqs, type: interface, subnets: [app-1], security_groups: [by-block]}}
  keys: {{vpc: m, service: kms, type: interface, subnets: [ends], security_groups: [for-peers]}}
  logs: {{vpc: m, service: logs, type: interface, subnets: [app-1]}}
  ssm: {{vpc: m, service: ssm, type: interface, subnets: [app-1], security_groups: [for-peers],
    private_dns: false}}
  far-s3: {{vpc: nameless, service: s3, type: gateway, route_tables: [nameless-rt]}}
  far-sns: {{vpc: nameless, service: sns, type: interface, subnets: [n1]}}
functions:
  fn: {{{ROLE}, subnets: [app-1, app-2], security_groups: [fn-sg]}}
  one: {{{ROLE}, subnets: [app-1], security_groups: [fn-sg]}}
  stray: {{{ROLE}, subnets: [other], security_groups: [fn-sg]}}
  strayed: {{{ROLE}, subnets: [app-1, other], security_groups: [fn-sg]}}
  plain: {{{ROLE}, subnets: [app-1]}}
  guest: {{{ROLE}, subnets: [p1]}}
  unnamed: {{{ROLE}, subnets: [n1]}}
  lone: {{}}
workloads:
  host: {{type: ec2, subnets: [app-1], security_groups: [fn-sg]}}
"""
NO_ROUTE = "NO_ROUTE_TO_DESTINATION"
MISMATCH = "ENI_SG_RULES_MISMATCH"

SERVICES = [
    Case("S3 by its gateway endpoint", PRIVATE, "fn", "aws:s3", YES, way="fn-sg app-rt s3 aws:s3",
         back="aws:s3 s3 fn"),
    Case("another table does not know it", PRIVATE, "stray", "aws:s3", NO, (f"other-rt {NO_ROUTE}",)),
    Case("so one of two subnets fails", PRIVATE, "strayed", "aws:s3", PART, (f"other-rt {NO_ROUTE}",)),
    Case("hosts may ping it", PRIVATE, "host", "aws:s3", YES, asked={"protocol": "icmp"}),
    Case("no UDP", PRIVATE, "host", "aws:s3", NO, ("s3 VPCE_GATEWAY_PROTOCOL_RESTRICTION",),
         asked={"protocol": "udp"}),
    Case("an interface in each zone, open to a group", PRIVATE, "fn", "aws:secretsmanager", YES,
         way="fn-sg by-name eni:secrets@app-1 secrets aws:secretsmanager"),
    Case("and to nobody else", PRIVATE, "plain", "aws:secretsmanager", NO, (f"by-name {MISMATCH}",)),
    Case("on 443 alone", PRIVATE, "fn", "aws:secretsmanager", NO, (f"by-name {MISMATCH}",),
         asked={"port": 80}),
    Case("an interface in one zone serves the other one", PRIVATE, "one", "aws:sqs", YES,
         way="by-block queue"),
    Case("if its group names that zone's block", PRIVATE, "fn", "aws:sqs", PART,
         (f"by-block {MISMATCH}",)),
    Case("the ACL of the endpoints' subnet answers one block", PRIVATE, "fn", "aws:kms", PART,
         ("ends-acl SUBNET_ACL_RESTRICTION back",), way="app-rt ends-acl for-peers keys"),
    Case("an endpoint without groups has the default one", PRIVATE, "plain", "aws:logs", YES,
         way="default-sg:m default-sg:m logs"),
    Case("which knows its members alone", PRIVATE, "fn", "aws:logs", NO, (f"default-sg:m {MISMATCH}",)),
    Case("a peer's names do not lead here", PRIVATE, "guest", "aws:kms", NO, (f"peer-rt {NO_ROUTE}",)),
    Case("nor to the gateway endpoint", PRIVATE, "guest", "aws:s3", NO, (f"peer-rt {NO_ROUTE}",)),
    Case("an endpoint without private DNS is not found by name", PRIVATE, "one", "aws:ssm", NO,
         (f"app-rt {NO_ROUTE}",)),
    Case("a service without any endpoint", PRIVATE, "one", "aws:dynamodb", NO, (f"app-rt {NO_ROUTE}",)),
    Case("no names, no gateway endpoint", PRIVATE, "unnamed", "aws:s3", NO,
         ("far-s3 ENDPOINT_WITHOUT_DNS",)),
    Case("no names, no private DNS", PRIVATE, "unnamed", "aws:sns", NO,
         ("far-sns ENDPOINT_WITHOUT_DNS", f"nameless-rt {NO_ROUTE}")),
    Case("an unattached function needs nothing", PRIVATE, "lone", "aws:sqs", YES,
         way="lone lambda-service-vpc internet aws:sqs"),
    Case("a private VPC has no internet", PRIVATE, "fn", "internet", NO, (f"app-rt {NO_ROUTE}",)),
]  # fmt: skip


@pytest.mark.parametrize("case", SERVICES, ids=lambda case: case.name)
def test_services_of_a_private_vpc(case: Case) -> None:
    holds(case)
