"""What forms know beyond a field's own specification: which fields matter now, what changes
together, what may be named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from lambdaplanner.commands.attachment import detach
from lambdaplanner.commands.fields import make_main, set_nat_mode
from lambdaplanner.kinds import kind_of
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.topology import vpcs_of
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.workload import TYPES
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource

_FREE = {("subnet", "vpc"), ("nat-gateway", "subnet"), ("peering", "vpcs")}
"""Fields that move a thing, so that things of other VPCs may be named."""

CHOICE_TITLES: dict[tuple[str, str], dict[str, str]] = {
    ("workload", "type"): TYPES,
    ("nat-gateway", "mode"): {"zonal": "Zonal, in a subnet", "regional": "Regional, in the VPC"},
    ("nat-gateway", "connectivity"): {"public": "Public", "private": "Private"},
    ("endpoint", "type"): {"gateway": "Gateway, by routes", "interface": "Interface, in subnets"},
}

_NONE_WORDS = {
    ("subnet", "route_table"): "The VPC's main table",
    ("subnet", "network_acl"): "The VPC's default ACL",
    ("subnet", "ipv6_cidr"): "No IPv6",
    ("vpc", "ipv6_cidr"): "No IPv6",
    ("function", "connections_per_environment"): "The plan's setting",
    ("workload", "port"): "443",
    ("workload", "private_ip"): "Any free address",
    ("workload", "ips"): "By type",
    ("function", "security_groups"): "The VPC's default group",
    ("workload", "security_groups"): "The VPC's default group (Network Load Balancer: none)",
    ("endpoint", "security_groups"): "The VPC's default group",
    ("function", "subnets"): "Not attached to a VPC",
}


def none_words(kind: str, field: str) -> str:
    """What it means that a field is left out."""
    return _NONE_WORDS.get((kind, field), "None")


def is_relevant(resource: Resource, field: str) -> bool:
    """Whether a field means anything while the others are as they are; one that holds something
    always shows."""
    value = getattr(resource, field)
    if resource.kind == "endpoint":
        interface = getattr(resource, "type", "") == "interface"
        if field == "route_tables":
            return not interface or bool(value)
        if field in ("subnets", "security_groups"):
            return interface or bool(value)
        if field == "private_dns":
            return interface
    if resource.kind == "nat-gateway":
        regional = getattr(resource, "mode", "") == "regional"
        if field in ("vpc", "subnet"):
            return (field == "vpc") == regional or value is not None
        if field == "elastic_ips":
            return getattr(resource, "connectivity", "") == "public"
    return True


def command_for(resource: Resource, field: str, value: Any) -> Callable[[Edit], None]:
    """The edit that gives a field a value, with what AWS changes along with it."""
    if resource.kind == "nat-gateway" and field == "mode":
        return lambda edit: set_nat_mode(edit, resource.id, value)
    if resource.kind == "route-table" and field == "main" and value:
        return lambda edit: make_main(edit, resource.id)
    if resource.kind == "function" and field == "subnets" and not value:
        return lambda edit: detach(edit, resource.id)
    return lambda edit: edit.update(resource.id, **{field: value})


def legal_targets(
    plan: Plan, owner: Resource | None, field: str, kinds: Iterable[str], row: Any = None
) -> list[Resource]:
    """What a field of `owner`, or of a `row` in it, may name so that AWS takes it: things of its
    kinds, of the owner's VPC where that is the rule, one subnet of each zone."""
    everything: list[Resource] = [one for kind in kinds for one in plan.ordered(kind)]
    if isinstance(owner, TransitGateway):
        return _of_hub(plan, owner, field, everything, row)
    if owner is None or (owner.kind, field) in _FREE:
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


def _of_hub(
    plan: Plan, hub: TransitGateway, field: str, things: list[Resource], row: Any
) -> list[Resource]:
    """An attachment is of one VPC and has one subnet of each zone; tables know attached VPCs."""
    attached = {attachment.vpc for attachment in hub.attachments}
    if field == "subnets":
        own = [one for one in things if getattr(one, "vpc", None) == row.vpc]
        return _of_free_zones(plan, own, row.subnets or ())
    if field == "attachments":
        return [one for one in things if one.id not in attached or one.id == row.vpc]
    return [one for one in things if one.id in attached]


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
