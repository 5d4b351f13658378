"""What forms know beyond a field's own specification: which fields matter now, what changes
together, what may be named."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from lambdaplanner.commands.attachment import detach
from lambdaplanner.commands.fields import make_default, make_main, set_nat_mode
from lambdaplanner.kinds import KINDS, kind_of
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.topology import vpcs_of
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource, fields_of


def command_for(resource: Resource, field: str, value: Any) -> Callable[[Edit], None]:
    """The edit that gives a field a value, with what AWS changes along with it."""
    if resource.kind == "nat-gateway" and field == "mode":
        return lambda edit: set_nat_mode(edit, resource.id, value)
    if resource.kind == "route-table" and field == "main" and value:
        return lambda edit: make_main(edit, resource.id)
    if field == "default" and value:
        return lambda edit: make_default(edit, resource.id)
    if resource.kind == "function" and field == "subnets" and not value:
        return lambda edit: detach(edit, resource.id)
    return lambda edit: edit.update(resource.id, **{field: value})


def legal_targets(
    plan: Plan, owner: Resource | None, field: str, kinds: Collection[str], row: Any = None
) -> list[Resource]:
    """What a field of `owner`, or of a `row` in it, may name so that AWS takes it: things of its
    kinds, of the owner's VPC where that is the rule, one subnet of each zone."""
    everything: list[Resource] = [
        one for kind in KINDS if kind in kinds for one in plan.ordered(kind)
    ]
    if isinstance(owner, TransitGateway):
        return _of_hub(plan, owner, field, everything, row)
    if owner is None or _leads_anywhere(owner, field):
        return everything
    here = set(vpcs_of(plan, owner))
    if not here:
        return everything
    if field in ("inbound", "outbound"):
        here |= _neighbours(plan, here)
    fitting = [one for one in everything if _fits(plan, one, here)]
    if isinstance(owner, Endpoint) and field == "subnets":
        return _of_free_zones(plan, fitting, owner.subnets)
    return fitting


def _leads_anywhere(owner: Resource, field: str) -> bool:
    return any(info.anywhere for info in fields_of(type(owner)) if info.name == field)


def _of_hub(
    plan: Plan, hub: TransitGateway, field: str, things: list[Resource], row: Any
) -> list[Resource]:
    """An attachment is of one VPC and has one subnet of each zone; tables know attached VPCs."""
    attached = {attachment.vpc for attachment in hub.attachments}
    if field == "subnets":
        own = [one for one in things if getattr(one, "vpc", None) == row.vpc]
        return _of_free_zones(plan, own, row.subnets or ())
    if field == "attachments":
        free = (one for one in things if one.id not in attached or one.id == row.vpc)
        return [one for one in free if one.id != hub.id]
    return [one for one in things if one.id in attached and one.id != hub.id]


def _of_free_zones(plan: Plan, subnets: Iterable[Resource], taken: Iterable[str]) -> list[Resource]:
    """Those of zones in which none of the others is; AWS takes one of each zone."""
    held = {name: getattr(plan.find(name), "az", "") for name in taken}
    free = (one for one in subnets if getattr(one, "az", "") not in held.values())
    return [*free]


def _fits(plan: Plan, target: Resource, here: set[str]) -> bool:
    there = vpcs_of(plan, target)
    return target.kind == "vpc" or not there or not here.isdisjoint(there)


def _neighbours(plan: Plan, here: set[str]) -> set[str]:
    """VPCs whose groups a rule may name as well: those at the other end of a peering."""
    return {
        vpc
        for peering in plan.ordered("peering")
        for vpc in peering.vpcs
        if here & set(peering.vpcs)
    }


def detail_of(resource: Resource) -> str:
    """The short remark beside a name in lists of choices."""
    return kind_of(resource).summary(resource)
