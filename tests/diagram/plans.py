"""Plans for the tests of diagrams: as text, as random text, and as random edits."""

from __future__ import annotations

from pathlib import Path

from lambdaplanner.formats.plan_file import open_plan, read_text
from lambdaplanner.model.plan import Plan

TEMPLATES = Path(__file__).resolve().parents[2] / "resources" / "templates"


def plan_of(text: str) -> Plan:
    """The plan written in `text`, without its first line."""
    return read_text(f"lambdaplanner: 1\n{text}", where="test.yaml").plan


def template(name: str) -> Plan:
    """One of the plans that come with the program."""
    return open_plan(TEMPLATES / f"{name}.yaml").plan


EVERYTHING = """
region: eu-west-1
vpcs:
  main: {cidr: 10.0.0.0/16}
  shared: {cidr: 10.1.0.0/16}
  legacy: {cidr: 10.2.0.0/16}
internet_gateways:
  igw: {vpc: main}
egress_only_internet_gateways:
  eigw: {vpc: main}
subnets:
  public-a: {vpc: main, az: a, cidr: 10.0.0.0/24, route_table: public-rt}
  public-b: {vpc: main, az: b, cidr: 10.0.1.0/24, route_table: public-rt}
  public-c: {vpc: main, az: c, cidr: 10.0.2.0/24, route_table: public-rt}
  private-a: {vpc: main, az: a, cidr: 10.0.16.0/22, route_table: private-rt, network_acl: tight}
  private-b: {vpc: main, az: b, cidr: 10.0.20.0/22, route_table: private-rt}
  data-a: {vpc: main, az: a, cidr: 10.0.32.0/24}
  shared-a: {vpc: shared, az: a, cidr: 10.1.0.0/24, route_table: shared-rt}
  legacy-a: {vpc: legacy, az: a, cidr: 10.2.0.0/24}
nat_gateways:
  nat-a: {subnet: public-a}
  wide: {vpc: shared, mode: regional}
route_tables:
  public-rt: {vpc: main, routes: {0.0.0.0/0: igw}}
  private-rt:
    vpc: main
    routes: {0.0.0.0/0: nat-a, 10.1.0.0/16: to-shared, 10.2.0.0/16: hub, 10.9.0.0/16: blackhole}
  main-rt: {vpc: main, main: true, routes: {"::/0": eigw}}
  spare-rt: {vpc: main}
  shared-rt: {vpc: shared, routes: {10.0.0.0/16: to-shared, 0.0.0.0/0: hub, office: hub}}
prefix_lists:
  office: [203.0.113.0/24]
security_groups:
  fn-sg: {vpc: main}
  db-sg: {vpc: main}
network_acls:
  tight: {vpc: main}
endpoints:
  s3: {vpc: main, service: s3, type: gateway, route_tables: [private-rt]}
  secrets:
    vpc: main
    service: secretsmanager
    type: interface
    subnets: [private-a, private-b]
    security_groups: [fn-sg]
peerings:
  to-shared: {vpcs: [main, shared]}
transit_gateways:
  hub: {attachments: {main: {subnets: [private-a]}, legacy: {}, shared: {}}}
functions:
  orders:
    concurrency: 800
    role_policies: [AWSLambdaVPCAccessExecutionRole]
    subnets: [private-a, private-b]
    security_groups: [fn-sg]
  billing: {concurrency: 40, subnets: [shared-a]}
  reports: {concurrency: 50}
workloads:
  orders-db: {type: rds, subnets: [private-a, data-a], security_groups: [db-sg], port: 5432}
  bastion: {type: ec2, subnets: [public-a], public_ip: true}
notes:
  n1: {text: Second zone comes in Q3}
"""
"""One of every kind, with every line that there can be."""


def crowd(functions: int, groups: int = 8) -> Plan:
    """Functions with one attachment to two subnets, and more security groups than they name."""
    lines = [
        "region: eu-west-1",
        "vpcs: {main: {cidr: 10.0.0.0/16}}",
        "subnets:",
        "  one: {vpc: main, az: a, cidr: 10.0.0.0/24, route_table: rt}",
        "  two: {vpc: main, az: b, cidr: 10.0.1.0/24, route_table: rt}",
        "  public: {vpc: main, az: a, cidr: 10.0.2.0/24, route_table: public-rt}",
        "internet_gateways: {igw: {vpc: main}}",
        "nat_gateways: {nat: {subnet: public}}",
        "route_tables:",
        "  rt: {vpc: main, routes: {0.0.0.0/0: nat}}",
        "  public-rt: {vpc: main, routes: {0.0.0.0/0: igw}}",
        "security_groups:",
        *(f"  sg-{number}: {{vpc: main}}" for number in range(groups)),
        "functions:",
        *(
            f"  fn-{number}: {{subnets: [one, two], security_groups: [sg-0],"
            " role_policies: [AWSLambdaVPCAccessExecutionRole]}"
            for number in range(functions)
        ),
    ]
    return plan_of("\n".join(lines))
