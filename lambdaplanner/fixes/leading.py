"""Routes from one subnet towards another, and routes that stand in the way of the local one."""

from __future__ import annotations

from lambdaplanner.commands.fields import remove_route
from lambdaplanner.commands.routing import own_table
from lambdaplanner.fixes.parts.building import has_place_in, route_subnet, subnet_of
from lambdaplanner.kinds.prefix_list import PrefixList
from lambdaplanner.kinds.route_table import Route
from lambdaplanner.kinds.topology import served_by, table_of
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.cidr import Block, block
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan


def lead(edit: Edit, subnet_id: str, towards: str, target: str) -> None:
    """Lets what a subnet sends towards another one go to a target.

    Routes that are about nothing but the VPC of the other one get the target; where none covers all
    of it, the block of that VPC gets a route. Wider ones stay as they are. Blocks that a prefix
    list routes somewhere else get routes of their own, which win (aws.md 3.1).
    """
    wanted = block(subnet_of(edit.plan, towards).cidr)
    whole = _block_of_vpc(edit.plan, towards)
    for part, route in _listed(edit.plan, subnet_id):
        if whole.covers(part) and part.overlaps(wanted) and route.target != target:
            route_subnet(edit, subnet_id, str(part), target)
    routes = _routes(edit.plan, subnet_id)
    narrow = [(part, r) for part, r in routes if whole.covers(part) and part.overlaps(wanted)]
    for _, route in narrow:
        if route.target != target:
            route_subnet(edit, subnet_id, route.destination, target)
    if any(part.covers(wanted) for part, _ in narrow):
        return
    if leads_to(edit.plan, subnet_id, towards) == target:
        return
    route_subnet(edit, subnet_id, str(whole), target)


def leads_to(plan: Plan, subnet_id: str, towards: str) -> str | None:
    """The target of the longest route of a subnet that covers another one."""
    wanted = block(subnet_of(plan, towards).cidr)
    covering = [(part, r) for part, r in _routes(plan, subnet_id) if part.covers(wanted)]
    if not covering:
        return None
    return max(covering, key=lambda found: found[0].prefix)[1].target


def _routes(plan: Plan, subnet_id: str) -> list[tuple[Block, Route]]:
    """The routes of a subnet's table that name a block."""
    table = table_of(plan, subnet_of(plan, subnet_id))
    routes = table.routes if table is not None else ()
    return [(block(r.destination), r) for r in routes if "/" in r.destination]


def _listed(plan: Plan, subnet_id: str) -> list[tuple[Block, Route]]:
    """The blocks that a subnet's table routes by prefix lists."""
    table = table_of(plan, subnet_of(plan, subnet_id))
    return [
        (block(text), route)
        for route in (table.routes if table is not None else ())
        if isinstance(found := plan.find(route.destination), PrefixList)
        for text in found.entries
    ]


def _block_of_vpc(plan: Plan, subnet_id: str) -> Block:
    """The block of its VPC that a subnet lies in; its own where it lies in none."""
    subnet = subnet_of(plan, subnet_id)
    vpc = plan.resource(subnet.vpc)
    assert isinstance(vpc, Vpc)
    wanted = block(subnet.cidr)
    return next((block(text) for text in vpc.cidrs if block(text).covers(wanted)), wanted)


def off_the_local_way(plan: Plan, subnet_id: str, towards: str) -> list[Route]:
    """The routes of a subnet that take packets for another subnet of its VPC away from the local
    route.
    """
    wanted = block(subnet_of(plan, towards).cidr)
    whole = _block_of_vpc(plan, towards)
    routes = _routes(plan, subnet_id)
    return [r for part, r in routes if whole.covers(part) and part.overlaps(wanted)]


def stay_local(edit: Edit, subnet_id: str, towards: str) -> list[str]:
    """Takes out the routes that send packets for another subnet of the VPC somewhere else than by
    the local route; gives their destinations.

    Where others are served by the same table and the route leads to something of the VPC, the
    subnet gets a table of its own first.
    """
    plan = edit.plan
    subnet = subnet_of(plan, subnet_id)
    wrong = off_the_local_way(plan, subnet_id, towards)
    table = table_of(plan, subnet)
    if table is None or not wrong:
        return []
    shared = len(served_by(plan, table)) > 1
    table_id = table.id
    if shared and any(has_place_in(plan, route.target, subnet.vpc) for route in wrong):
        table_id, _ = own_table(edit, subnet_id)
    for route in wrong:
        remove_route(edit, table_id, route.destination)
    return [route.destination for route in wrong]
