"""Realistic plans of any size: several VPCs over three zones, their ways out, groups, functions
and workloads.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from lambdaplanner.formats.document import plan_of
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.network_acl import AclEntry, NetworkAcl
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.role_policies import VPC_ACCESS_POLICY
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup, SecurityGroupRule
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.changes import EXPECTATIONS, INFO, Change, ChangeSet
from lambdaplanner.model.document import Expectation
from lambdaplanner.model.network_fields import PortRange
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource

REGION = "eu-west-1"
ZONES = ("a", "b", "c")
THINGS_PER_VPC = 200
TIERS = 3
"""Private subnets in each zone."""
GROUPS = 12
PORTS = {
    "rds": 5432,
    "elasticache": 6379,
    "opensearch": 443,
    "ec2": 22,
    "fargate": 8080,
    "alb": 443,
}


def realistic_plan(things: int, *, seed: int = 1) -> Plan:
    """A plan of exactly so many things, one in ten a function; at least 40. The same number gives
    the same plan.
    """
    if things < 40:
        raise ValueError("a realistic plan has 40 things or more")
    source = random.Random(seed)
    vpcs = max(1, round(things / THINGS_PER_VPC))
    made: list[Resource] = []
    for number in range(vpcs):
        size = things * (number + 1) // vpcs - things * number // vpcs
        made += _vpc(number, size, number > 0, source)
    plan = plan_of(made)
    info = replace(plan.info, name=f"{things:,} things", region=REGION)
    rows = tuple(_expectations(plan))
    plan.apply(
        ChangeSet({INFO: Change(plan.info, info), EXPECTATIONS: Change(plan.expectations, rows)})
    )
    return plan


def _vpc(number: int, size: int, peered: bool, source: random.Random) -> Iterator[Resource]:
    """One VPC with `size` things."""
    name = f"vpc-{number}"
    base = list(_base(name, number, peered))
    yield from base
    functions = max(1, size // 10)
    private = [f"{name}-private-{zone}-{tier}" for tier in range(TIERS) for zone in ZONES]
    for index in range(functions):
        tier = index % TIERS
        yield Function(
            id=f"{name}-function-{index}",
            memory_mb=source.choice((128, 256, 512, 1024, 1769)),
            timeout_s=source.choice((3, 30, 300)),
            concurrency=source.choice((5, 20, 50, 120, 300)),
            role_policies=(VPC_ACCESS_POLICY,) if index % 7 != 6 else (),
            subnets=tuple(private[tier * len(ZONES) : (tier + 1) * len(ZONES)])
            if index % 5 != 4
            else (),
            security_groups=(f"{name}-sg-{index % GROUPS}",) if index % 5 != 4 else (),
        )
    for index in range(size - len(base) - functions):
        kind = source.choice(tuple(PORTS))
        public = kind == "alb"
        places = (
            tuple(f"{name}-public-{zone}" for zone in ZONES)
            if public
            else (source.choice(private),)
        )
        yield Workload(
            id=f"{name}-{kind}-{index}",
            type=kind,
            subnets=places if not public or index % 20 == 0 else places[:1],
            security_groups=(f"{name}-sg-{source.randrange(GROUPS)}",),
            public_ip=public,
            port=PORTS[kind],
            ips=None if not public else 2,
        )


def _base(name: str, number: int, peered: bool) -> Iterator[Resource]:
    """What every VPC has."""
    octets = f"10.{number}" if number < 256 else f"100.{number - 256 + 64}"
    yield Vpc(id=name, cidr=f"{octets}.0.0/16")
    yield InternetGateway(id=f"{name}-igw", vpc=name)
    if peered:
        yield Peering(id=f"{name}-peering", vpcs=(f"vpc-{number - 1}", name))
    yield NetworkAcl(
        id=f"{name}-acl",
        vpc=name,
        inbound=(AclEntry(number=100, action="allow", cidr="0.0.0.0/0"),),
        outbound=(AclEntry(number=100, action="allow", cidr="0.0.0.0/0"),),
    )
    yield RouteTable(
        id=f"{name}-public-routes",
        vpc=name,
        routes=(Route(destination="0.0.0.0/0", target=f"{name}-igw"),),
    )
    yield from _zones(name, octets, peered, number)
    yield from _groups(name)
    yield Endpoint(
        id=f"{name}-s3",
        vpc=name,
        service="s3",
        type="gateway",
        route_tables=tuple(f"{name}-private-routes-{zone}" for zone in ZONES),
    )
    yield Endpoint(
        id=f"{name}-secrets",
        vpc=name,
        service="secretsmanager",
        type="interface",
        subnets=(f"{name}-private-a-0",),
        security_groups=(f"{name}-sg-0",),
    )


def _zones(name: str, octets: str, peered: bool, number: int) -> Iterator[Resource]:
    for place, zone in enumerate(ZONES):
        peer = (Route(destination=f"10.{number - 1}.0.0/16", target=f"{name}-peering"),)
        yield RouteTable(
            id=f"{name}-private-routes-{zone}",
            vpc=name,
            main=zone == "a",
            routes=(
                Route(destination="0.0.0.0/0", target=f"{name}-nat-{zone}"),
                *(peer if peered and number <= 256 else ()),
            ),
        )
        yield Subnet(
            id=f"{name}-public-{zone}",
            vpc=name,
            az=f"{REGION}{zone}",
            cidr=f"{octets}.{place}.0/24",
            route_table=f"{name}-public-routes",
        )
        yield NatGateway(id=f"{name}-nat-{zone}", subnet=f"{name}-public-{zone}")
        for tier in range(TIERS):
            yield Subnet(
                id=f"{name}-private-{zone}-{tier}",
                vpc=name,
                az=f"{REGION}{zone}",
                cidr=f"{octets}.{16 * (1 + place * TIERS + tier)}.0/20",
                route_table=f"{name}-private-routes-{zone}" if zone != "a" else None,
                network_acl=f"{name}-acl" if tier == TIERS - 1 else None,
            )


def _groups(name: str) -> Iterator[Resource]:
    for index in range(GROUPS):
        other = f"{name}-sg-{(index + 1) % GROUPS}"
        yield SecurityGroup(
            id=f"{name}-sg-{index}",
            vpc=name,
            inbound=(
                SecurityGroupRule(
                    protocol="tcp", ports=PortRange(5432, 5432), security_group=other
                ),
                SecurityGroupRule(protocol="tcp", ports=PortRange(443, 443), cidr="10.0.0.0/8"),
            ),
            outbound=None
            if index % 2
            else (
                SecurityGroupRule(protocol="tcp", ports=PortRange(443, 443), cidr="0.0.0.0/0"),
                SecurityGroupRule(protocol="tcp", ports=PortRange(5432, 6379), cidr="10.0.0.0/8"),
            ),
        )


def _expectations(plan: Plan) -> Iterator[Expectation]:
    """Of each VPC the first function's way to the internet and to the first database."""
    databases: dict[str, str] = {}
    for workload in plan.ordered("workload"):
        if workload.type == "rds":
            vpc_id = workload.id.partition("-rds-")[0]
            databases.setdefault(vpc_id, workload.id)
    for vpc in plan.ordered("vpc"):
        function = f"{vpc.id}-function-0"
        yield Expectation(source=function, target="internet", port=443, expect="reachable")
        if vpc.id in databases:
            yield Expectation(source=function, target=databases[vpc.id], expect="reachable")
