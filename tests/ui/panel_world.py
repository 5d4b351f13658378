"""A bridge over a small real network, for tests of panels: real session, real answers."""

from __future__ import annotations

from typing import Any

from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.ui.bridge import Bridge

NETWORK = """
lambdaplanner: 1
name: Panels
region: eu-west-1
vpcs:
  main: {cidr: 10.0.0.0/16}
  other: {cidr: 10.9.0.0/16}
internet_gateways:
  igw: {vpc: main}
  other-igw: {vpc: other}
subnets:
  public: {vpc: main, az: eu-west-1a, cidr: 10.0.0.0/24, route_table: public-rt}
  private-a: {vpc: main, az: eu-west-1a, cidr: 10.0.1.0/24, route_table: private-rt}
  private-b: {vpc: main, az: eu-west-1b, cidr: 10.0.2.0/24, route_table: private-rt}
  far: {vpc: other, az: eu-west-1a, cidr: 10.9.0.0/24}
nat_gateways:
  nat: {subnet: public}
route_tables:
  public-rt: {vpc: main, routes: {0.0.0.0/0: igw}}
  private-rt: {vpc: main, routes: {0.0.0.0/0: nat}}
security_groups:
  fn-sg: {vpc: main}
  db-sg:
    vpc: main
    inbound:
    - {protocol: tcp, ports: 5432, security_group: fn-sg}
network_acls:
  acl:
    vpc: main
    inbound: {100: {action: allow}}
    outbound: {100: {action: allow}}
functions:
  orders:
    concurrency: 100
    role_policies: [AWSLambdaVPCAccessExecutionRole]
    subnets: [private-a]
    security_groups: [fn-sg]
  trapped:
    role_policies: [AWSLambdaVPCAccessExecutionRole]
    subnets: [public]
    security_groups: [fn-sg]
  loose: {}
workloads:
  db: {type: rds, subnets: [private-a], security_groups: [db-sg], port: 5432}
expectations:
- {from: orders, to: internet, expect: reachable}
- {from: trapped, to: internet, expect: reachable}
"""


def make_bridge(text: str = NETWORK) -> Bridge:
    """The bridge of a plan, with its answers ready."""
    bridge = Bridge(read_text(text, where="panels.yaml").plan)
    bridge.settle()
    return bridge


def thing(bridge: Bridge, name: str) -> Any:
    """A thing of the plan, whatever its fields are."""
    return bridge.session.plan.resource(name)


def labels_done(bridge: Bridge) -> list[str]:
    """What the history holds, oldest first."""
    return bridge.session.history.labels[0]
