"""Putting a thing into another container: what moves with it, which mentions it leaves behind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lambdaplanner.commands.addresses import free_subnet_block, lies_in
from lambdaplanner.commands.attachment import attach, can_attach
from lambdaplanner.commands.defaults import one_already
from lambdaplanner.commands.places import called, container_of
from lambdaplanner.errors import EditError
from lambdaplanner.kinds import kind_of
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.registry import SERVICE_VPC
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import vpc_of
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource, references_of, with_mentions


def can_reparent(plan: Plan, resource_id: str, container: str | None) -> str | None:
    """Why a thing cannot go into a container (the id of a box, None: the region); None where it
    can, or stays.
    """
    resource = plan.find(resource_id)
    if resource is None:
        return "AWS makes this; it stays where it is"
    if isinstance(resource, Function):
        if container == SERVICE_VPC:
            return None
        if container is not None and isinstance(plan.find(container), Subnet):
            return can_attach(plan, resource_id, container)
        return kind_of(resource).stands
    here = container_of(plan, resource_id)
    if container == here:
        return None
    place = plan.find(container)
    row = kind_of(resource)
    if place is None or place.kind not in row.containers:
        return row.stands
    if isinstance(resource, Subnet):
        return _subnet_reason(plan, resource, place)
    if row.one_per_vpc:
        return one_already(plan, resource.kind, place.id)
    return row.refuses_move(resource, place) or _torn_apart(plan, resource, place)


def reparent(
    edit: Edit, resource_id: str, container: str | None, placement: Placement | None = None
) -> None:
    """Puts a thing into another container. What stands in it comes along; mentions across VPCs that
    AWS does not know (a table, an ACL, a group of the old VPC) are taken out, routes to it from
    there become blackholes.

    A function is attached instead of moved. Raises EditError with the reason where `can_reparent`
    has one.
    """
    plan = edit.plan
    reason = can_reparent(plan, resource_id, container)
    if reason is not None:
        raise EditError(reason)
    resource: Any = plan.resource(resource_id)
    place = plan.find(container)
    if isinstance(resource, Function):
        if isinstance(place, Subnet):
            attach(edit, resource_id, place.id)
        return
    if place is not None and container != container_of(plan, resource_id):
        before = vpc_of(plan, resource)
        changes = kind_of(resource).fields_moved(resource, place)
        if isinstance(resource, Subnet):
            changes |= _blocks_in(plan, resource, place)
        _replace(edit, replace(resource, **changes))
        if vpc_of(plan, plan.resource(resource_id)) != before:
            _settle(edit, resource_id)
    if placement is not None:
        edit.place(resource_id, placement)


def _replace(edit: Edit, new: Any) -> None:
    old = edit.plan.resource(new.id)
    names = [name for name in _slots(new) if getattr(new, name) != getattr(old, name)]
    if names:
        edit.update(new.id, **{name: getattr(new, name) for name in names})


def _slots(record: Any) -> list[str]:
    return [name for name in type(record).__dataclass_fields__ if name != "id"]


def _settle(edit: Edit, moved: str) -> None:
    """Takes out mentions between what came into another VPC and what stayed in the old one."""
    plan = edit.plan
    waiting, seen = [moved], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        resource = plan.resource(name)
        if resource.kind == Subnet.kind:
            waiting += [link.source for link in plan.mentions_of(name) if link.source not in seen]
        if not _between_vpcs(resource):
            _drop_own(edit, name)
            _drop_others(edit, name)


def _between_vpcs(resource: Resource) -> bool:
    return not kind_of(resource).containers


def _drop_own(edit: Edit, name: str) -> None:
    plan = edit.plan
    resource: Any = plan.resource(name)
    home = vpc_of(plan, resource)
    for mention in list(references_of(resource)):
        target: Any = plan.find(mention.target)
        if target is None or _between_vpcs(target) or target.kind == resource.kind:
            continue
        if vpc_of(plan, target) != home:
            resource = with_mentions(resource, mention.target, None)
    _replace(edit, resource)


def _drop_others(edit: Edit, name: str) -> None:
    plan = edit.plan
    resource = plan.resource(name)
    home = vpc_of(plan, resource)
    for source_id in dict.fromkeys(link.source for link in plan.mentions_of(name)):
        source: Any = plan.resource(source_id)
        if source.kind != resource.kind and vpc_of(plan, source) != home:
            _replace(edit, with_mentions(source, name, None))


def _subnet_reason(plan: Plan, subnet: Subnet, vpc: Any) -> str | None:
    for link in plan.mentions_of(subnet.id):
        others = [s for s in getattr(plan.resource(link.source), "subnets", ()) if s != subnet.id]
        if others:
            return (
                f"{called(plan, link.source)} stands in {called(plan, others[0])} too, "
                "and nothing stands in two VPCs"
            )
    if lies_in(subnet.cidr, vpc) or free_subnet_block(plan, vpc):
        return None
    return f"{', '.join(vpc.cidrs)} has no free block left for it"


def _blocks_in(plan: Plan, subnet: Subnet, vpc: Any) -> dict[str, Any]:
    """The block of a subnet in another VPC: its own where that is free there, else the next one."""
    cidr = subnet.cidr
    taken = {other.cidr for other in plan.users(vpc.id, "vpc", Subnet.kind)}
    if not lies_in(cidr, vpc) or cidr in taken:
        cidr = free_subnet_block(plan, vpc) or cidr
    return {"cidr": cidr, "ipv6_cidr": None}


def _torn_apart(plan: Plan, thing: Any, place: Any) -> str | None:
    """Of a thing with interfaces in several subnets only one moves with its box."""
    subnets: tuple[str, ...] = getattr(thing, "subnets", ())
    if not isinstance(place, Subnet) or len(subnets) < 2 or vpc_of(plan, thing) == place.vpc:
        return None
    return f"{thing.title} stands in {called(plan, subnets[1])} too, and nothing stands in two VPCs"
