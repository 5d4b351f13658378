"""Clearing what AWS refuses to build: things of different VPCs put together, subnets outside of
their VPC.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.commands.addresses import free_subnet_block
from lambdaplanner.fixes.findings.blocks import renumber_subnet
from lambdaplanner.fixes.parts.building import said_subnets
from lambdaplanner.fixes.registry import FOR_FINDINGS, Fix, Met, clears
from lambdaplanner.fixes.steps import updating
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.cidr import block


@clears("UNASSOCIATED_COMPONENT")
def of_the_own_vpc(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """Without the table, the ACL or the group of another VPC: what is the VPC's own serves
    instead.
    """
    at = met.obstacle.at
    for field, noun in (("route_table", "route table"), ("network_acl", "network ACL")):
        names = [s.id for s in view.of(Subnet) if getattr(s, field) == at]
        wrong = [name for name in names if view.network.refusals.takes(name, at)]
        if wrong:
            yield Fix(
                slug="use-own-vpc",
                label=f"Give {said_subnets(view.plan, wrong)} the {noun} of its own VPC",
                command=updating(*wrong, **{field: None}),
            )
    group = view.plan.find(at)
    if not isinstance(group, SecurityGroup):
        return
    stop = met.obstacle.stop
    guarded = stop.station.id if stop is not None and stop.station is not None else None
    for end in dict.fromkeys((met.answer.source, met.answer.target, guarded)):
        thing = view.plan.find(end)
        if isinstance(thing, Function | Workload | Endpoint) and at in thing.security_groups:
            left = tuple(name for name in thing.security_groups if name != at)
            yield Fix(
                slug="use-own-vpc",
                label=f"Take {at} of another VPC away from {thing.title}",
                command=updating(thing.id, security_groups=left),
            )


@clears("VPC_LOCAL_ROUTE_CIDR_RESTRICTION")
def into_the_vpc(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """A block of the VPC for the subnet, or the subnet's block for the VPC."""
    subnet = view.plan.find(met.obstacle.at)
    if not isinstance(subnet, Subnet) or any(
        block(text).covers(block(subnet.cidr)) for text in view.vpc(subnet.vpc).cidrs
    ):
        return
    vpc = view.vpc(subnet.vpc)
    yield Fix(
        slug="add-secondary-block",
        label=f"Give {vpc.title} the secondary block {subnet.cidr}",
        command=updating(vpc.id, secondary_cidrs=(*vpc.secondary_cidrs, subnet.cidr)),
    )
    cidr = free_subnet_block(view.plan, vpc, block(subnet.cidr).prefix)
    if cidr is not None:
        yield Fix(
            slug="next-free-block",
            label=f"Give {subnet.title} the next free block, {cidr}",
            command=partial(renumber_subnet, subnet_id=subnet.id, cidr=cidr),
        )


@clears("DISCONNECTED_VPCS")
def into_one_vpc(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """The subnets of one VPC: of the first, or of any other."""
    thing = view.plan.resource(met.obstacle.at)
    if not isinstance(thing, Function | Workload):
        return
    for vpc in dict.fromkeys(view.subnet(name).vpc for name in thing.subnets):
        kept = tuple(name for name in thing.subnets if view.subnet(name).vpc == vpc)
        yield Fix(
            slug="keep-one-vpc",
            label=f"Keep {thing.title} in {vpc} alone",
            command=updating(thing.id, subnets=kept),
        )


@clears(
    "BAD_STATE",
    "ENI_ADDRESS_RESTRICTION",
    "UNSUPPORTED_COMPONENT",
    "VPC_LOCAL_ROUTE_CIDR_RESTRICTION",
)
def as_its_finding(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """What mends the finding that says that AWS refuses a thing."""
    refusal = met.obstacle.stop.refusal if met.obstacle.stop is not None else None
    if refusal is None or refusal.check == "NET-027" or _outside(view, refusal.about):
        return
    finding = Finding(
        id=refusal.check,
        severity="error",
        about=refusal.about,
        message=refusal.message,
        fix=refusal.fix,
    )
    for fixer in FOR_FINDINGS.get(refusal.check, ()):
        yield from fixer(view, finding)


def _outside(view: PlanAnalysis, about: tuple[str, ...]) -> bool:
    """Whether a refusal is about a subnet in no block of its VPC."""
    return len(about) == 2 and isinstance(view.plan.find(about[1]), Vpc)
