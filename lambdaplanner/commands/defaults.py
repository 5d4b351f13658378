"""How a new thing of each kind is made so that it is valid at once, no questions asked: as its row
says, with a block or a pair of VPCs that is free for the kinds that need one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from lambdaplanner.commands.addresses import free_subnet_block, free_vpc_block, overlapping
from lambdaplanner.commands.places import called
from lambdaplanner.commands.zones import next_zone
from lambdaplanner.kinds import kind_named
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource


class Need(NamedTuple):
    """What a kind takes of the plan: the fields for it, and the reason where there is none left."""

    fields: Callable[[Plan, str | None], dict[str, Any]]
    reason: Callable[[Plan, str | None], str | None]


def made(plan: Plan, kind: str, new_id: str, container: str | None, variant: str = "") -> Resource:
    """A new thing, not in the plan yet. `container`: the id of a thing, None for the region."""
    row = kind_named(kind)
    fields = row.fields_in(plan.find(container), variant)
    if kind in NEEDS:
        fields |= NEEDS[kind].fields(plan, container)
    return row.model(id=new_id, **fields)


def reason_against(plan: Plan, kind: str, container: str | None, variant: str = "") -> str | None:
    """Why a new thing of a kind cannot stand in a container of a right kind; None where it can."""
    row, place = kind_named(kind), plan.find(container)
    if place is not None and row.one_per_vpc:
        return one_already(plan, kind, place.id)
    if kind in NEEDS:
        return NEEDS[kind].reason(plan, container)
    return (place is not None and row.refuses(place, variant)) or None


def one_already(plan: Plan, kind: str, vpc: str) -> str | None:
    """The thing that a VPC has one of, where it has it."""
    there = plan.users(vpc, "vpc", kind)
    if not there:
        return None
    noun = kind_named(kind).noun
    return f"a VPC has one {noun}, and {called(plan, vpc)} has {there[0].title}"


def _vpc(plan: Plan, _container: str | None) -> dict[str, Any]:
    return {"cidr": free_vpc_block(plan) or ""}


def _no_vpc_block(plan: Plan, _container: str | None) -> str | None:
    return None if free_vpc_block(plan) else "every private block is taken by a VPC"


def _subnet(plan: Plan, container: str | None) -> dict[str, Any]:
    vpc = _the_vpc(plan, container)
    return {"az": next_zone(plan, vpc.id), "cidr": free_subnet_block(plan, vpc) or ""}


def _no_subnet_block(plan: Plan, container: str | None) -> str | None:
    vpc = _the_vpc(plan, container)
    if free_subnet_block(plan, vpc):
        return None
    return f"{', '.join(vpc.cidrs)} has no free block left; give {vpc.title} a secondary CIDR"


def _the_vpc(plan: Plan, container: str | None) -> Vpc:
    vpc = plan.resource(container or "")
    assert isinstance(vpc, Vpc)
    return vpc


def free_pair(plan: Plan) -> tuple[str, str] | None:
    """The first two VPCs that could be peered: no address in common, and no peering yet."""
    vpcs: list[Vpc] = plan.ordered(Vpc.kind)
    joined = {frozenset(peering.vpcs) for peering in plan.of(Peering.kind).values()}
    for number, one in enumerate(vpcs):
        for other in vpcs[number + 1 :]:
            if frozenset((one.id, other.id)) not in joined and not overlapping(one, other):
                return one.id, other.id
    return None


def _pair(plan: Plan, _container: str | None) -> dict[str, Any]:
    return {"vpcs": free_pair(plan) or ()}


def _no_pair(plan: Plan, _container: str | None) -> str | None:
    if free_pair(plan):
        return None
    return "a peering joins two VPCs whose addresses do not overlap; draw such two first"


NEEDS: Mapping[str, Need] = {
    Vpc.kind: Need(_vpc, _no_vpc_block),
    Subnet.kind: Need(_subnet, _no_subnet_block),
    Peering.kind: Need(_pair, _no_pair),
}
"""The kinds that are made with something of which the plan may have none left."""
