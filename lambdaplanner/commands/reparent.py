"""Putting a thing into another container: what moves with it, which mentions it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from lambdaplanner.commands.addresses import free_subnet_block, lies_in
from lambdaplanner.commands.attachment import attach, can_attach
from lambdaplanner.commands.defaults import MAKERS
from lambdaplanner.commands.places import SERVICE_VPC, called, container_of, noun
from lambdaplanner.errors import EditError
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import vpc_of
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import references_of, with_mentions


class _Way(NamedTuple):
    """How a kind moves into a container: why not, and the record afterwards."""

    reason: Callable[[Plan, Any, Any], str | None]
    moved: Callable[[Plan, Any, Any], Any]


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
        return MAKERS["function"].where
    here = container_of(plan, resource_id)
    if container == here:
        return None
    place = plan.find(container)
    way = _WAYS.get((resource.kind, place.kind if place else ""))
    if way is None or place is None:
        return MAKERS[resource.kind].where
    return way.reason(plan, resource, place)


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
        new = _WAYS[resource.kind, place.kind].moved(plan, resource, place)
        _replace(edit, new)
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
        if resource.kind not in _BETWEEN_VPCS:
            _drop_own(edit, name)
            _drop_others(edit, name)


_BETWEEN_VPCS = frozenset({"transit-gateway", "peering", "prefix-list", "vpc", "note"})


def _drop_own(edit: Edit, name: str) -> None:
    plan = edit.plan
    resource: Any = plan.resource(name)
    home = vpc_of(plan, resource)
    for mention in list(references_of(resource)):
        target: Any = plan.find(mention.target)
        if target is None or target.kind in _BETWEEN_VPCS or target.kind == resource.kind:
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
        if source.kind == resource.kind or (
            source.kind in _BETWEEN_VPCS and source.kind != "transit-gateway"
        ):
            continue
        if vpc_of(plan, source) != home:
            _replace(edit, with_mentions(source, name, None))


def _fine(_plan: Plan, _resource: Any, _place: Any) -> str | None:
    return None


def _into_vpc(_plan: Plan, resource: Any, vpc: Any) -> Any:
    return replace(resource, vpc=vpc.id)


def _one_each(plan: Plan, resource: Any, vpc: Any) -> str | None:
    there = plan.users(vpc.id, "vpc", resource.kind)
    if there:
        return f"a VPC has one {noun(resource.kind)}, and {vpc.title} has {there[0].title}"
    return None


def _subnet_reason(plan: Plan, subnet: Subnet, vpc: Vpc) -> str | None:
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


def _subnet_moved(plan: Plan, subnet: Subnet, vpc: Vpc) -> Subnet:
    cidr = subnet.cidr
    taken = {other.cidr for other in plan.users(vpc.id, "vpc", Subnet.kind)}
    if not lies_in(cidr, vpc) or cidr in taken:
        cidr = free_subnet_block(plan, vpc) or cidr
    return replace(subnet, vpc=vpc.id, cidr=cidr, ipv6_cidr=None)


def _nat_into_subnet(_plan: Plan, nat: NatGateway, subnet: Subnet) -> NatGateway:
    return replace(nat, subnet=subnet.id, vpc=None, mode="zonal")


def _nat_into_vpc(_plan: Plan, nat: NatGateway, vpc: Vpc) -> NatGateway:
    return replace(nat, vpc=vpc.id)


def _nat_stays_zonal(_plan: Plan, nat: NatGateway, _vpc: Vpc) -> str | None:
    return None if nat.regional else "a zonal NAT gateway stands in a subnet"


def _first_subnet(_plan: Plan, thing: Any, subnet: Subnet) -> Any:
    """The box stands in the first subnet; that one is exchanged."""
    rest = tuple(name for name in thing.subnets[1:] if name != subnet.id)
    changes: dict[str, Any] = {"subnets": (subnet.id, *rest)}
    if getattr(thing, "private_ip", None) is not None:
        changes["private_ip"] = None
    if hasattr(thing, "vpc"):
        changes["vpc"] = subnet.vpc
    return replace(thing, **changes)


def _stays_in_vpc(plan: Plan, thing: Any, subnet: Subnet) -> str | None:
    if thing.kind == "endpoint" and not thing.is_interface:
        return f"{thing.title} is a gateway endpoint; it belongs to the VPC and stands in no subnet"
    if len(thing.subnets) > 1 and vpc_of(plan, thing) != subnet.vpc:
        return (
            f"{thing.title} stands in {called(plan, thing.subnets[1])} too, "
            "and nothing stands in two VPCs"
        )
    return None


def _out_of_subnets(_plan: Plan, endpoint: Any, vpc: Any) -> Any:
    return replace(endpoint, vpc=vpc.id, subnets=())


_WAYS: dict[tuple[str, str], _Way] = {
    ("subnet", "vpc"): _Way(_subnet_reason, _subnet_moved),
    ("internet-gateway", "vpc"): _Way(_one_each, _into_vpc),
    ("egress-only-internet-gateway", "vpc"): _Way(_one_each, _into_vpc),
    ("route-table", "vpc"): _Way(
        _fine, lambda _p, table, vpc: replace(table, vpc=vpc.id, main=False)
    ),
    ("security-group", "vpc"): _Way(_fine, _into_vpc),
    ("network-acl", "vpc"): _Way(_fine, _into_vpc),
    ("nat-gateway", "subnet"): _Way(_fine, _nat_into_subnet),
    ("nat-gateway", "vpc"): _Way(_nat_stays_zonal, _nat_into_vpc),
    ("workload", "subnet"): _Way(_stays_in_vpc, _first_subnet),
    ("endpoint", "subnet"): _Way(_stays_in_vpc, _first_subnet),
    ("endpoint", "vpc"): _Way(_fine, _out_of_subnets),
}
