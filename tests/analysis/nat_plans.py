"""Networks with NAT gateways: two private subnets by default, and what a case puts in the place of
their sections.
"""

from __future__ import annotations

from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.plan import Plan

NETWORK = {
    "settings": "{connections_per_environment: 1}",
    "vpcs": "{main: {cidr: 10.0.0.0/16}}",
    "internet_gateways": "{igw: {vpc: main}}",
    "subnets": """
  public-a: {vpc: main, az: a, cidr: 10.0.0.0/24, route_table: public-rt}
  public-b: {vpc: main, az: b, cidr: 10.0.1.0/24, route_table: public-rt}
  a: {vpc: main, az: a, cidr: 10.0.16.0/20, route_table: a-rt}
  b: {vpc: main, az: b, cidr: 10.0.32.0/20, route_table: b-rt}""",
    "nat_gateways": "{nat-a: {subnet: public-a}, nat-b: {subnet: public-b}}",
    "route_tables": """
  public-rt: {vpc: main, routes: {0.0.0.0/0: igw}}
  a-rt: {vpc: main, routes: {0.0.0.0/0: nat-a}}
  b-rt: {vpc: main, routes: {0.0.0.0/0: nat-b}}""",
    "functions": "{f: {concurrency: 600, subnets: [a, b]}}",
}

EGRESS = {
    "vpcs": "{main: {cidr: 10.0.0.0/16}, egress: {cidr: 10.9.0.0/16}}",
    "internet_gateways": "{igw: {vpc: egress}}",
    "subnets": """
  a: {vpc: main, az: a, cidr: 10.0.16.0/20, route_table: main-rt}
  b: {vpc: main, az: b, cidr: 10.0.32.0/20, route_table: main-rt}
  out-a: {vpc: egress, az: a, cidr: 10.9.0.0/28, route_table: out-a-rt}
  out-b: {vpc: egress, az: b, cidr: 10.9.0.16/28, route_table: out-b-rt}
  public-a: {vpc: egress, az: a, cidr: 10.9.1.0/24, route_table: public-rt}
  public-b: {vpc: egress, az: b, cidr: 10.9.2.0/24, route_table: public-rt}""",
    "nat_gateways": "{nat-a: {subnet: public-a}, nat-b: {subnet: public-b}}",
    "route_tables": """
  main-rt: {vpc: main, routes: {0.0.0.0/0: hub}}
  out-a-rt: {vpc: egress, routes: {0.0.0.0/0: nat-a}}
  out-b-rt: {vpc: egress, routes: {0.0.0.0/0: nat-b}}
  public-rt: {vpc: egress, routes: {0.0.0.0/0: igw, 10.0.0.0/16: hub}}""",
    "transit_gateways": """
  hub:
    attachments:
      main: {subnets: [a, b], route_table: t}
      egress: {subnets: [out-a, out-b], route_table: t}
    route_tables: {t: {propagate: [main, egress], routes: {0.0.0.0/0: egress}}}""",
}
"""Egress through a VPC of its own, joined by a transit gateway."""


def plan_with(**sections: str) -> Plan:
    """The network with other sections."""
    merged = {**NETWORK, **sections}
    text = "lambdaplanner: 1\n" + "".join(f"{key}: {value}\n" for key, value in merged.items())
    return read_text(text, where="case").plan


def egress_with(**sections: str) -> Plan:
    """The same with egress through another VPC."""
    return plan_with(**{**EGRESS, **sections})


def routes(a: str, b: str, public: str = "igw") -> str:
    """The route tables with other targets of the default routes."""
    return f"""
  public-rt: {{vpc: main, routes: {{0.0.0.0/0: {public}}}}}
  a-rt: {{vpc: main, routes: {{0.0.0.0/0: {a}}}}}
  b-rt: {{vpc: main, routes: {{0.0.0.0/0: {b}}}}}"""
