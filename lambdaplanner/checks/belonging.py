"""Checks of what must be of one VPC, what stands where, and what nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.refused import refused
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.network_acl import NetworkAcl
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import acl_of
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import TYPES, Workload
from lambdaplanner.model.cidr import block

SUBNETS = "https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html"
SIZING = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"
ZONES = "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html"
ATTACHMENTS = "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html"
BALANCERS = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html"
FULL_FROM = 80
BALANCER, BALANCER_PREFIX, BALANCER_ROOM = "alb", 27, 8


@check("NET-012", "info", "Nothing uses a thing of the plan", reference=SUBNETS)
def unused(view: PlanAnalysis) -> Iterator[Draft]:
    """A route table or an ACL without a subnet, a security group that nothing has and no rule
    names: left over, or not connected yet.
    """
    tables = {table.id for subnet in view.of(Subnet) if (table := view.table(subnet.id))}
    named = {acl.id for subnet in view.of(Subnet) if (acl := acl_of(view.plan, subnet))}
    for table in view.of(RouteTable):
        if table.id not in tables and not table.main and table.gateway is None:
            yield _unused("Route table", table.id, "serves no subnet")
    for acl in view.of(NetworkAcl):
        if acl.id not in named and not acl.default:
            yield _unused("Network ACL", acl.id, "guards no subnet")
    for group in view.of(SecurityGroup):
        if group.default:
            continue
        if all(link.source == group.id for link in view.plan.mentions_of(group.id)):
            yield _unused("Security group", group.id, "guards nothing, and no rule names it")


def _unused(noun: str, name: str, why: str) -> Draft:
    return Draft(
        about=(name,),
        message=f'{noun} "{name}" {why}.',
        fix="Connect it to what it is for, or take it out.",
    )


@check("NET-013", "warning", "Workloads of a VPC stand in one zone only", reference=ZONES)
def one_zone(view: PlanAnalysis) -> Iterator[Draft]:
    """When that zone fails, all of them do. Of functions LAM-001 says so."""
    zones: dict[str, dict[str, list[str]]] = {}
    for workload in view.of(Workload):
        for name in workload.subnets:
            place = view.subnet(name)
            zones.setdefault(place.vpc, {}).setdefault(place.az or place.id, []).append(workload.id)
    for vpc, found in zones.items():
        (zone, names), *others = found.items()
        if others or len(set(names)) < 2 or zone in view.plan:  # a subnet that has no zone yet
            continue
        yield Draft(
            about=(vpc, *dict.fromkeys(names)),
            message=f'All {len(set(names))} workloads of VPC "{vpc}" stand in {zone}: without that '
            "zone none is left.",
            fix="Use subnets of a second zone.",
        )


@check("NET-014", "warning", "A subnet has little room left", reference=SIZING, reads="amounts")
def little_room(view: PlanAnalysis) -> Iterator[Draft]:
    """More than 80 % of its addresses are used, or an Application Load Balancer stands where it
    cannot grow: it wants a /27 or larger with 8 addresses free besides its own.
    """
    balanced: dict[str, list[Workload]] = {}
    for workload in view.of(Workload):
        if workload.type == BALANCER:
            for name in workload.subnets:
                balanced.setdefault(name, []).append(workload)
    for subnet in view.of(Subnet):
        row = view.ledger[subnet.id]
        if row.free < 0:
            continue
        if row.used * 100 > row.usable * FULL_FROM:
            yield Draft(
                about=(subnet.id,),
                message=f'Subnet "{subnet.id}" has {row.used:,} of {row.usable:,} addresses used '
                f"before any function runs: {row.free:,} are left.",
                fix="Make it larger, or move things to another subnet.",
            )
        prefix = block(subnet.cidr).prefix
        if prefix <= BALANCER_PREFIX and row.free >= BALANCER_ROOM:
            continue
        for workload in balanced.get(subnet.id, ()):
            yield Draft(
                about=(workload.id, subnet.id),
                message=f'{TYPES[BALANCER]} "{workload.id}" stands in "{subnet.id}", a /{prefix} '
                f"with {row.free:,} addresses free besides its own; AWS asks for a "
                f"/{BALANCER_PREFIX} or larger with {BALANCER_ROOM} free addresses.",
                fix=f"Use a subnet of /{BALANCER_PREFIX} or larger with room in it.",
            )


@check("NET-026", "error", "Subnets, tables or groups do not go together", reference=SUBNETS)
def strangers(view: PlanAnalysis) -> Iterator[Draft]:
    """A subnet's table and ACL, a workload's and an endpoint's subnets and groups, an attachment's
    subnets: all must be of one VPC. Load balancers, file systems and attachments take one subnet of
    each zone. Of functions LAM-006 says so, of endpoints in one zone END-009.
    """
    return refused(view, "NET-026")


@check("NET-016", "info", "A VPC has Docker's addresses", reference=SIZING)
def docker_addresses(view: PlanAnalysis) -> Iterator[Draft]:
    """172.17.0.0/16 is the bridge of Docker, of Cloud9 and of SageMaker: hosts that run containers
    do not reach such addresses.
    """
    bridge = block("172.17.0.0/16")
    for vpc in view.of(Vpc):
        for text in vpc.cidrs:
            if block(text).overlaps(bridge):
                yield Draft(
                    about=(vpc.id,),
                    message=f'VPC "{vpc.id}" has {text}, which overlaps {bridge}, the bridge of '
                    "Docker on every host.",
                    fix="Choose another block, if hosts with containers are to reach it.",
                )
