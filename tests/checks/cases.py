"""Plans for checks: one sound network, and what a case puts in the place of its sections."""

from __future__ import annotations

from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import report
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.plan import Plan

SOUND = {
    "vpcs": "{main: {cidr: 10.0.0.0/16}, other: {cidr: 10.1.0.0/16}}",
    "internet_gateways": "{igw: {vpc: main}}",
    "subnets": """
  public: {vpc: main, az: a, cidr: 10.0.0.0/24, route_table: public-rt}
  private-a: {vpc: main, az: a, cidr: 10.0.1.0/24, route_table: private-rt}
  private-b: {vpc: main, az: b, cidr: 10.0.2.0/24, route_table: private-rt}
  far: {vpc: other, az: a, cidr: 10.1.0.0/24}""",
    "nat_gateways": "{nat: {vpc: main, mode: regional}}",
    "route_tables": """
  public-rt: {vpc: main, routes: {0.0.0.0/0: igw}}
  private-rt: {vpc: main, routes: {0.0.0.0/0: nat}}""",
    "security_groups": "{sg: {vpc: main}, far-sg: {vpc: other}}",
    "functions": "{f: {role_policies: [AWSLambdaVPCAccessExecutionRole], "
    "subnets: [private-a, private-b], security_groups: [sg], concurrency: 100}}",
    "workloads": "{away: {type: ec2, subnets: [far], security_groups: [far-sg]}}",
}

ZONAL = {"nat_gateways": "{nat: {subnet: public}}"}
"""A NAT gateway in the public subnet, in place of the regional one."""


def plan_with(**sections: str) -> Plan:
    """The sound plan with other sections."""
    merged = {**SOUND, **sections}
    if (
        not sections.keys().isdisjoint(("subnets", "security_groups"))
        and "workloads" not in sections
    ):
        del merged["workloads"]  # the one that gives `far-sg` a use
    text = "lambdaplanner: 1\n" + "".join(f"{key}: {value}\n" for key, value in merged.items())
    return read_text(text, where="case").plan


def function(**fields: str) -> str:
    """The section of functions with one attached function and other fields."""
    values = {
        "role_policies": "[AWSLambdaVPCAccessExecutionRole]",
        "subnets": "[private-a, private-b]",
        "security_groups": "[sg]",
        **fields,
    }
    return "{f: {" + ", ".join(f"{key}: {value}" for key, value in values.items()) + "}}"


def found(plan: Plan, check_id: str) -> list[Finding]:
    """What one check says."""
    return [finding for finding in report(plan).findings if finding.id == check_id]
