"""Routes drawn by hand: a subnet or a table is connected to where its packets shall go."""

from __future__ import annotations

from typing import Any

from lambdaplanner.commands.fields import set_route
from lambdaplanner.commands.places import called
from lambdaplanner.errors import EditError
from lambdaplanner.kinds import kind_of
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import (
    main_table,
    served_by,
    table_of,
    vpc_of,
)
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import APPLIANCES, Workload
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan


def destinations(plan: Plan, vpc: str, target: Any) -> tuple[str, ...]:
    """What a VPC's table sends to a target unless somebody says otherwise: everything, or a peer's
    blocks.
    """
    if isinstance(target, Peering):
        peers = [plan.resource(name) for name in target.vpcs if name != vpc]
        return tuple(text for peer in peers if isinstance(peer, Vpc) for text in peer.cidrs)
    return kind_of(target).default_routes


def can_route(plan: Plan, source_id: str, target_id: str) -> str | None:
    """Why a subnet's or a table's packets cannot be sent to a target; None where they can."""
    source, target = plan.resource(source_id), plan.resource(target_id)
    assert isinstance(source, Subnet | RouteTable)
    reason = _out_of_reach(plan, source.vpc, target)
    if reason is not None:
        return reason
    if isinstance(target, NatGateway) and target.subnet == source_id:
        return f"{target.title} stands in {source.title}; a NAT gateway serves other subnets"
    if isinstance(target, Workload):
        if target.type not in APPLIANCES:
            return f"{target.title} passes no packets on; an EC2 instance can"
        if source_id in target.subnets:
            return f"{target.title} stands in {source.title}; an appliance serves other subnets"
    return _routed_already(plan, source, target)


def _out_of_reach(plan: Plan, vpc: str, target: Any) -> str | None:
    if isinstance(target, Peering):
        return None if vpc in target.vpcs else f"{target.title} does not join {called(plan, vpc)}"
    if isinstance(target, TransitGateway):
        if target.attachment(vpc):
            return None
        return f"{called(plan, vpc)} is not attached to {target.title}; connect the VPC to it first"
    home = vpc_of(plan, target)
    return (
        None
        if home == vpc
        else f"{target.title} belongs to another VPC, {called(plan, home or '')}"
    )


def _routed_already(plan: Plan, source: Subnet | RouteTable, target: Any) -> str | None:
    table = source if isinstance(source, RouteTable) else table_of(plan, source)
    if table is None:
        return None
    if isinstance(target, Endpoint):
        there = table.id in target.route_tables
    else:
        routed = {(route.destination, route.target) for route in table.routes}
        there = all((d, target.id) in routed for d in destinations(plan, source.vpc, target))
    return f"{table.title} leads to {target.title} already" if there else None


def route(edit: Edit, source_id: str, target_id: str) -> str:
    """Sends a subnet's or a table's packets to a target; says what was done, tables made for it and
    routes replaced.
    """
    source = edit.plan.resource(source_id)
    said = ""
    if isinstance(source, Subnet):
        table_id, said = own_table(edit, source_id)
    else:
        table_id = source_id
    table, target = edit.plan.resource(table_id), edit.plan.resource(target_id)
    assert isinstance(table, RouteTable)
    if isinstance(target, Endpoint):
        edit.update(target_id, route_tables=(*target.route_tables, table_id))
        return f"{said}{table.title} leads to {target.title}"
    chosen = destinations(edit.plan, table.vpc, target)
    former = [
        f"{route.destination} to {called(edit.plan, route.target)}"
        for route in table.routes
        if route.destination in chosen and route.target != target_id
    ]
    for destination in chosen:
        set_route(edit, table_id, destination, target_id)
    instead = f", instead of {' and '.join(former)}" if former else ""
    return f"{said}{table.title} sends {' and '.join(chosen)} to {target.title}{instead}"


def own_table(edit: Edit, subnet_id: str) -> tuple[str, str]:
    """The table that serves this subnet alone, and what had to be done for it (a sentence, or
    nothing).

    The rule: a table that it names and no other subnet uses is its own. Else it gets a new one with
    the routes that it had until now, so that nothing changes for the others.
    """
    plan = edit.plan
    subnet = plan.resource(subnet_id)
    assert isinstance(subnet, Subnet)
    current = table_of(plan, subnet)
    named = subnet.route_table is not None
    others = _others(plan, current, subnet) if current else []
    if current is not None and named and not current.main and not others:
        return current.id, ""
    new_id = _table_for(edit, subnet, current)
    edit.update(subnet_id, route_table=new_id)
    if current is None:
        return new_id, f"{subnet.title} had no route table and got {new_id}. "
    if named and others:
        why = f"shares {current.title} with {others[0]}"
        why += f" and {len(others) - 1} more" if len(others) > 1 else ""
    else:
        why = f"used the main table {current.title}"
    return new_id, f"{subnet.title} {why}, so it got a table of its own, {new_id}. "


def _others(plan: Plan, table: RouteTable, subnet: Subnet) -> list[str]:
    users: list[Subnet] = plan.users(table.id, "route_table", Subnet.kind)
    return [other.title for other in users if other.id != subnet.id]


def _table_for(edit: Edit, subnet: Subnet, current: RouteTable | None) -> str:
    stem = f"{subnet.id}-routes"
    new_id = stem if stem not in edit.plan and len(stem) <= 64 else edit.new_id("routes")
    routes = current.routes if current else ()
    edit.add(RouteTable(id=new_id, vpc=subnet.vpc, routes=routes))
    if current is not None:
        endpoints: list[Endpoint] = edit.plan.users(current.id, "route_tables", Endpoint.kind)
        for endpoint in endpoints:
            edit.update(endpoint.id, route_tables=(*endpoint.route_tables, new_id))
    return new_id


def unroute(edit: Edit, source_id: str, target_id: str) -> str:
    """Takes a subnet's or a table's routes to a target out; a shared table stays as it is for the
    others.

    Raises EditError where there is no such route.
    """
    plan = edit.plan
    source, target = plan.resource(source_id), plan.resource(target_id)
    assert isinstance(source, Subnet | RouteTable)
    table = source if isinstance(source, RouteTable) else table_of(plan, source)
    if table is None or not _leads_to(table, target):
        raise EditError(f"{source.title} has no route to {target.title}")
    said = ""
    table_id = table.id
    if isinstance(source, Subnet):
        alone = main_table(plan, source.vpc) is table and served_by(plan, table) == (source,)
        if not alone:
            table_id, said = own_table(edit, source_id)
    if isinstance(target, Endpoint) and target.type == "gateway":
        now = edit.plan.resource(target_id)
        assert isinstance(now, Endpoint)
        left = tuple(name for name in now.route_tables if name != table_id)
        edit.update(target_id, route_tables=left)
    else:
        served = edit.plan.resource(table_id)
        assert isinstance(served, RouteTable)
        edit.update(table_id, routes=tuple(r for r in served.routes if r.target != target_id))
    return f"{said}{called(edit.plan, table_id)} no longer leads to {target.title}"


def _leads_to(table: RouteTable, target: Any) -> bool:
    if isinstance(target, Endpoint) and table.id in target.route_tables:
        return True
    return any(route.target == target.id for route in table.routes)
