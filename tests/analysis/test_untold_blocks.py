"""A VPC whose whole block is not told may have what lies around the block that is."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.formats.plan_file import read_text

PLAN = """\
lambdaplanner: 1
vpcs:
  main: {cidr: 10.0.0.0/24}
  near: {cidr: 10.0.9.0/24}
  far: {cidr: 10.9.0.0/16}
internet_gateways:
  igw: {vpc: main}
subnets:
  a: {vpc: main, az: z1, cidr: 10.0.0.0/25, route_table: rt}
  n: {vpc: near, az: z1, cidr: 10.0.9.0/25, route_table: back}
  f: {vpc: far, az: z1, cidr: 10.9.1.0/24, route_table: back-far}
virtual_private_gateways:
  vgw: {vpc: main, networks: [office]}
external_networks:
  office: {cidrs: [10.0.64.0/20, 10.64.0.0/16]}
route_tables:
  rt: {vpc: main, routes: {0.0.0.0/0: igw, ROUTES}}
  back: {vpc: near, routes: {10.0.0.0/16: hub}}
  back-far: {vpc: far, routes: {10.0.0.0/16: hub}}
transit_gateways:
  hub: {attachments: {main: {subnets: [a]}, near: {subnets: [n]}, far: {subnets: [f]}}}
security_groups:
  open: {vpc: main, inbound: [{cidr: 0.0.0.0/0}]}
  near-sg: {vpc: near, inbound: [{cidr: 0.0.0.0/0}]}
  far-sg: {vpc: far, inbound: [{cidr: 0.0.0.0/0}]}
workloads:
  web: {type: ec2, subnets: [a], security_groups: [open], public_ip: true}
  inner: {type: ec2, subnets: [a], security_groups: [open]}
  db: {type: rds, subnets: [n], security_groups: [near-sg]}
  distant: {type: rds, subnets: [f], security_groups: [far-sg]}
"""
ROW = "unknown: [{about: main, of: cidr, why: in no file}]\n"


def verdict(source: str, target: str, routes: str, *, told: bool = False) -> str:
    text = PLAN.replace("ROUTES", routes) + ("" if told else ROW)
    return PlanAnalysis(read_text(text, where="plan.yaml").plan).question(source, target).verdict


@pytest.mark.parametrize(
    ("source", "target", "routes", "known", "unknown"),
    [
        ("web", "inner", "10.0.0.0/8: hub", "reachable", "reachable"),
        ("web", "internet", "10.0.0.0/8: hub", "reachable", "reachable"),
        ("web", "distant", "10.0.0.0/8: hub", "reachable", "reachable"),
        ("web", "db", "10.0.0.0/8: hub", "reachable", "unknown"),
        ("web", "db", "10.0.9.0/24: hub", "reachable", "reachable"),
        ("web", "office", "10.0.64.0/20: vgw, 10.64.0.0/16: vgw", "reachable", "reachable"),
        ("web", "10.0.64.1", "10.0.0.0/8: vgw", "reachable", "unknown"),
        ("web", "10.64.0.1", "10.0.0.0/8: vgw", "reachable", "reachable"),
        ("web", "10.0.200.1", "10.0.0.0/8: vgw", "unreachable", "unknown"),
    ],
)
def test_what_may_be_inside(
    source: str, target: str, routes: str, known: str, unknown: str
) -> None:
    assert verdict(source, target, routes, told=True) == known
    assert verdict(source, target, routes) == unknown
