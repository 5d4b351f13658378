"""Parts that several fixes build with: attachments and tables of transit gateways."""

from __future__ import annotations

from dataclasses import replace

from lambdaplanner.analysis.transit_tables import DEFAULT_TABLE
from lambdaplanner.errors import EditError
from lambdaplanner.fixes.leading import lead
from lambdaplanner.fixes.parts.building import subnet_of
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.topology import default_target, served_by, table_of
from lambdaplanner.kinds.transit_gateway import (
    TransitAttachment,
    TransitGateway,
    TransitRoute,
    TransitRouteTable,
)
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.cidr import Block, block
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan


def hub_of(plan: Plan, hub_id: str) -> TransitGateway:
    """The transit gateway with this id. Raises EditError where it is none."""
    found = plan.find(hub_id)
    if not isinstance(found, TransitGateway):
        raise EditError(f'there is no transit gateway "{hub_id}"')
    return found


def reach_zone(edit: Edit, hub_id: str, subnet_id: str) -> None:
    """Lets packets of a subnet into a transit gateway: the attachment of its VPC gets an interface
    in its zone, in that very subnet, where it has none there (aws.md 8).
    """
    hub, subnet = hub_of(edit.plan, hub_id), subnet_of(edit.plan, subnet_id)
    attachment = hub.attachment(subnet.vpc)
    if attachment is None:
        raise EditError(f"{subnet.vpc} is not attached to {hub.title}")
    if any(subnet_of(edit.plan, name).az == subnet.az for name in attachment.subnets):
        return
    set_attachment(edit, hub_id, replace(attachment, subnets=(*attachment.subnets, subnet_id)))


def hub_between(plan: Plan, one: str, other: str) -> str | None:
    """The first transit gateway that two VPCs are attached to."""
    hubs: list[TransitGateway] = plan.ordered(TransitGateway.kind)
    joining = (hub.id for hub in hubs if hub.attachment(one) and hub.attachment(other))
    return next(joining, None)


def replies_over(edit: Edit, hub_id: str, entry: str, origin: str | None) -> None:
    """Lets the NAT gateway to which a subnet leads send replies over a transit gateway, back to
    where packets came from that entered there.
    """
    plan = edit.plan
    nat = default_target(plan, subnet_of(plan, entry))
    if isinstance(nat, NatGateway) and nat.subnet is not None and origin is not None:
        lead_over(edit, hub_id, nat.subnet, origin)


def lead_over(edit: Edit, hub_id: str, subnet_id: str, towards: str) -> None:
    """Leads what a subnet sends towards another one to a transit gateway, which takes it in the
    zone of every subnet that has the same table.
    """
    lead(edit, subnet_id, towards, hub_id)
    table = table_of(edit.plan, subnet_of(edit.plan, subnet_id))
    for served in served_by(edit.plan, table) if table is not None else ():
        reach_zone(edit, hub_id, served.id)


def set_attachment(edit: Edit, hub_id: str, new: TransitAttachment) -> None:
    """Puts an attachment in the place of the one of its VPC."""
    hub = hub_of(edit.plan, hub_id)
    attachments = tuple(new if one.vpc == new.vpc else one for one in hub.attachments)
    edit.update(hub_id, attachments=attachments)


def table_name(hub: TransitGateway, vpc: str) -> str | None:
    """The table in which packets of a VPC are looked up; None where it is associated with none, or
    all have the one default table.
    """
    attachment = hub.attachment(vpc)
    if attachment is None or hub.route_tables is None:
        return None
    name = attachment.route_table or DEFAULT_TABLE
    return name if any(table.name == name for table in hub.route_tables) else None


def teach(edit: Edit, hub_id: str, vpc: str, towards: str) -> None:
    """Lets packets of one attached VPC find another one in the tables of a transit gateway.

    The table is the one that the first VPC's attachment is associated with, else one that knows the
    way, else the first. It learns the other VPC by propagation, by static routes where a third
    VPC's blocks are in the way.
    """
    hub = hub_of(edit.plan, hub_id)
    if hub.route_tables is None:
        return
    name = table_name(hub, vpc)
    if name is None:
        name = _best_table(edit, hub, towards)
        attachment = hub.attachment(vpc)
        if attachment is not None:
            set_attachment(edit, hub_id, replace(attachment, route_table=name))
    plan = edit.plan
    blocks = [block(text) for text in vpc_named(plan, towards).cidrs]
    table = next(t for t in hub_of(plan, hub_id).route_tables or () if t.name == name)
    routes = tuple(_turned(route, blocks, towards) for route in table.routes)
    known = table.propagate if towards in table.propagate else (*table.propagate, towards)
    if _ambiguous(plan, hub, known, towards):
        there = [route.destination for route in routes]
        static = [TransitRoute(destination=str(b), target=towards) for b in blocks]
        routes = (*routes, *(route for route in static if route.destination not in there))
    set_table(edit, hub_id, replace(table, propagate=known, routes=routes))


def _best_table(edit: Edit, hub: TransitGateway, towards: str) -> str:
    tables = hub.route_tables or ()
    if not tables:
        new = TransitRouteTable(name=DEFAULT_TABLE, propagate=())
        edit.update(hub.id, route_tables=(new,))
        return DEFAULT_TABLE
    knowing = [t.name for t in tables if towards in t.propagate]
    return (knowing or [t.name for t in tables])[0]


def _turned(route: TransitRoute, blocks: list[Block], towards: str) -> TransitRoute:
    """A static route that is about nothing but the VPC, led to it."""
    part = block(route.destination)
    inside = any(whole.covers(part) for whole in blocks)
    return replace(route, target=towards) if inside else route


def _ambiguous(plan: Plan, hub: TransitGateway, propagated: tuple[str, ...], towards: str) -> bool:
    """Whether another VPC of the table has the same block."""
    blocks = set(vpc_named(plan, towards).cidrs)
    others = [name for name in propagated if name != towards and hub.attachment(name)]
    return any(not blocks.isdisjoint(vpc_named(plan, name).cidrs) for name in others)


def write_default_table(edit: Edit, hub_id: str) -> None:
    """Writes down the default table that AWS makes where none is written, so that it can have
    static routes: every attachment is associated with it and propagated to it.
    """
    hub = hub_of(edit.plan, hub_id)
    everybody = tuple(sorted(attachment.vpc for attachment in hub.attachments))
    table = TransitRouteTable(name=DEFAULT_TABLE, propagate=everybody)
    edit.update(hub_id, route_tables=(table,))


def set_table(edit: Edit, hub_id: str, new: TransitRouteTable) -> None:
    """Puts a table of a transit gateway in the place of the one of its name."""
    hub = hub_of(edit.plan, hub_id)
    tables = tuple(new if table.name == new.name else table for table in hub.route_tables or ())
    if tables != hub.route_tables:
        edit.update(hub_id, route_tables=tables)


def vpc_named(plan: Plan, vpc_id: str) -> Vpc:
    """The VPC with this id."""
    found = plan.resource(vpc_id)
    assert isinstance(found, Vpc)
    return found
