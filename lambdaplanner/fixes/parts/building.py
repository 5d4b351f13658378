"""Parts that several fixes build with: ways out of a VPC, and subnets that have one.

Each takes what is there and works, and makes only what is missing; all raise EditError where there
is no room for it. They look at the plan as it stands in the edit, so they may follow one another.
"""

from __future__ import annotations

from lambdaplanner.commands.addresses import free_subnet_block
from lambdaplanner.commands.fields import set_route
from lambdaplanner.commands.places import called, subnets_of
from lambdaplanner.commands.routing import own_table
from lambdaplanner.errors import EditError
from lambdaplanner.fixes.spares import endpoints_of, spare_leading_to, spare_like
from lambdaplanner.kinds.egress_only_internet_gateway import EgressOnlyInternetGateway
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import (
    EVERYTHING,
    has_internet_route,
    leads_out,
    nat_works,
    served_by,
    serves_zone,
    table_of,
    vpc_of,
)
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.cidr import block
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan

LONGEST_ID = 64


def subnet_of(plan: Plan, subnet_id: str) -> Subnet:
    """The subnet with this id. Raises EditError where it is none."""
    found = plan.find(subnet_id)
    if not isinstance(found, Subnet):
        raise EditError(f'there is no subnet "{subnet_id}"')
    return found


def zone_word(plan: Plan, zone: str) -> str:
    """What tells a zone from the others of the region, for names: ``a`` of ``eu-west-1a``."""
    return zone.removeprefix(plan.info.region) or zone


def free_id(edit: Edit, wish: str, stem: str) -> str:
    """The id that is wished for, with a number where it is taken; one of the stem where it is too
    long.
    """
    if len(wish) > LONGEST_ID - len("-999"):
        return edit.new_id(stem)
    number = 1
    while (found := wish if number == 1 else f"{wish}-{number}") in edit.plan:
        number += 1
    return found


# what is there ------------------------------------------------------------------------------------


def working_nats(plan: Plan, vpc: str, zone: str | None = None) -> list[NatGateway]:
    """The NAT gateways of a VPC that work: those that serve the zone themselves first."""
    found = [
        nat
        for nat in plan.ordered(NatGateway.kind)
        if vpc_of(plan, nat) == vpc and nat_works(plan, nat)
    ]
    return sorted(found, key=lambda nat: zone is not None and not serves_zone(plan, nat, zone))


def public_subnets(plan: Plan, beside: Subnet) -> list[Subnet]:
    """The other subnets of a VPC that send everything to its internet gateway, those of the same
    zone first.
    """
    others = [s for s in subnets_of(plan, beside.vpc) if s.id != beside.id]
    public = [s for s in others if has_internet_route(plan, s)]
    return sorted(public, key=lambda s: s.az != beside.az)


# gateways and subnets, existing or made -----------------------------------------------------------


def internet_gateway(edit: Edit, vpc: str) -> str:
    """The internet gateway of a VPC."""
    there = edit.plan.users(vpc, "vpc", InternetGateway.kind)
    if there:
        return str(min(gateway.id for gateway in there))
    new_id = edit.new_id("igw")
    edit.add(InternetGateway(id=new_id, vpc=vpc))
    return new_id


def egress_only_gateway(edit: Edit, vpc: str) -> str:
    """The egress-only internet gateway of a VPC."""
    there = edit.plan.users(vpc, "vpc", EgressOnlyInternetGateway.kind)
    if there:
        return str(there[0].id)
    new_id = edit.new_id("eigw")
    edit.add(EgressOnlyInternetGateway(id=new_id, vpc=vpc))
    return new_id


def public_subnet(edit: Edit, vpc: str, zone: str) -> str:
    """A public subnet in this zone of a VPC."""
    there = [
        s for s in subnets_of(edit.plan, vpc) if s.az == zone and has_internet_route(edit.plan, s)
    ]
    return there[0].id if there else made_public_subnet(edit, vpc, zone)


def made_public_subnet(edit: Edit, vpc: str, zone: str) -> str:
    """A new public subnet in the next free block, with the VPC's public route table or one of its
    own.
    """
    gateway = internet_gateway(edit, vpc)
    table = _public_table(edit.plan, vpc) or spare_leading_to(edit.plan, vpc, gateway)
    new_id = _made_subnet(edit, vpc, zone, "public")
    if table is not None:
        edit.update(new_id, route_table=table)
    else:
        _own_routes(edit, new_id, gateway)
    return new_id


def _public_table(plan: Plan, vpc: str) -> str | None:
    for subnet in subnets_of(plan, vpc):
        if has_internet_route(plan, subnet) and subnet.route_table is not None:
            return subnet.route_table
    return None


def _own_routes(edit: Edit, subnet_id: str, target: str) -> None:
    """A table for a new subnet with its default route: one that serves nothing yet, else one with
    nothing else in it.
    """
    spare = spare_leading_to(edit.plan, subnet_of(edit.plan, subnet_id).vpc, target)
    if spare is not None:
        edit.update(subnet_id, route_table=spare)
        return
    new_id = free_id(edit, f"{subnet_id}-routes", "routes")
    routes = (Route(destination=EVERYTHING, target=target),)
    edit.add(RouteTable(id=new_id, vpc=subnet_of(edit.plan, subnet_id).vpc, routes=routes))
    edit.update(subnet_id, route_table=new_id)


def _made_subnet(edit: Edit, vpc_id: str, zone: str, word: str, prefix: int | None = None) -> str:
    plan = edit.plan
    vpc = plan.resource(vpc_id)
    assert isinstance(vpc, Vpc)
    cidr = free_subnet_block(plan, vpc, prefix)
    if cidr is None:
        raise EditError(f"{', '.join(vpc.cidrs)} has no free block left for another subnet")
    new_id = free_id(edit, f"{word}-{zone_word(plan, zone)}", word)
    edit.add(Subnet(id=new_id, vpc=vpc_id, az=zone, cidr=cidr))
    return new_id


def nat_gateway(edit: Edit, vpc: str, zone: str) -> str:
    """A NAT gateway that works and serves this zone of a VPC itself."""
    there = [n for n in working_nats(edit.plan, vpc) if serves_zone(edit.plan, n, zone)]
    return there[0].id if there else made_nat_gateway(edit, public_subnet(edit, vpc, zone))


def made_nat_gateway(edit: Edit, subnet_id: str) -> str:
    """A new public NAT gateway in a subnet."""
    zone = subnet_of(edit.plan, subnet_id).az
    new_id = free_id(edit, f"nat-{zone_word(edit.plan, zone)}", "nat")
    edit.add(NatGateway(id=new_id, subnet=subnet_id))
    return new_id


def private_subnet(edit: Edit, vpc: str, zone: str, prefix: int | None = None) -> str:
    """A private subnet with a way out to the internet in this zone of a VPC."""
    there = [s for s in subnets_of(edit.plan, vpc) if s.az == zone and leads_out(edit.plan, s)]
    return there[0].id if there else made_private_subnet(edit, vpc, zone, prefix)


def made_private_subnet(edit: Edit, vpc: str, zone: str, prefix: int | None = None) -> str:
    """A new private subnet (of this prefix length where there is room), its default route to a NAT
    gateway of its zone.
    """
    nat = nat_gateway(edit, vpc, zone)
    new_id = _made_subnet(edit, vpc, zone, "private", prefix)
    _own_routes(edit, new_id, nat)
    return new_id


# routes -------------------------------------------------------------------------------------------


def route_subnet(edit: Edit, subnet_id: str, destination: str, target: str) -> str:
    """Routes what a subnet sends to a destination; gives the table that says so.

    A table that others share is changed where they only win by it: they had no such route, or one
    that leads nowhere. Else the subnet gets a table of its own, with the routes that it had: the
    one that has just these and serves nothing, where there is one. Where the destination was routed
    to another VPC, that VPC's own blocks still are.
    """
    plan = edit.plan
    subnet = subnet_of(plan, subnet_id)
    table = table_of(plan, subnet)
    kept = _inside_the_former(plan, table, destination) if table is not None else {}
    if table is not None and for_all(plan, table, subnet_id, destination, target):
        table_id = table.id
    elif spare := _spare_for(plan, subnet, {**kept, destination: target}):
        edit.update(subnet_id, route_table=spare)
        return spare
    else:
        table_id, _ = own_table(edit, subnet_id)
    set_route(edit, table_id, destination, target)
    for part, former in kept.items():
        set_route(edit, table_id, part, former)
    return table_id


def _spare_for(plan: Plan, subnet: Subnet, new: dict[str, str]) -> str | None:
    """The table that serves nothing and has the routes of a subnet, but for some new ones."""
    table = table_of(plan, subnet)
    former = table.routes if table is not None else ()
    routes = [route for route in former if route.destination not in new]
    routes += [Route(destination=to, target=target) for to, target in new.items()]
    return spare_like(plan, subnet.vpc, routes, endpoints_of(plan, table))


def _inside_the_former(plan: Plan, table: RouteTable, destination: str) -> dict[str, str]:
    """What a route to other VPCs is rightly there for, where it names more than their blocks."""
    there = {route.destination: route.target for route in table.routes}
    former = plan.find(there.get(destination))
    if "/" not in destination:
        return {}
    match former:
        case Peering(vpcs=vpcs) if table.vpc in vpcs:
            others = [name for name in vpcs if name != table.vpc]
        case TransitGateway():
            others = [one.vpc for one in former.attachments if one.vpc != table.vpc]
        case _:
            return {}
    own = [block(text) for text in _cidrs(plan, table.vpc)]
    wide = block(destination)
    return {
        text: former.id
        for name in others
        for text in _cidrs(plan, name)
        if text not in there
        and wide != block(text)
        and wide.covers(block(text))
        and not any(mine.overlaps(block(text)) for mine in own)
    }


def _cidrs(plan: Plan, vpc: str) -> tuple[str, ...]:
    found = plan.resource(vpc)
    return found.cidrs if isinstance(found, Vpc) else ()


def for_all(plan: Plan, table: RouteTable, subnet_id: str, destination: str, target: str) -> bool:
    """Whether a route is right for everybody whom the table of a subnet serves."""
    others = [s for s in served_by(plan, table) if s.id != subnet_id]
    if not others:
        return True
    found = plan.find(target)
    if Route(destination=destination, target=target) in table.routes:
        return True
    if isinstance(found, InternetGateway):
        return False
    if isinstance(found, NatGateway) and found.subnet in [s.id for s in others]:
        return False
    former = [route.target for route in table.routes if route.destination == destination]
    return not any(has_place_in(plan, name, table.vpc) for name in former)


def has_place_in(plan: Plan, target: str, vpc: str) -> bool:
    """Whether a route's target is something that a VPC has: not a blackhole, nor another VPC's."""
    found = plan.find(target)
    match found:
        case None:
            return False
        case Peering(vpcs=vpcs):
            return vpc in vpcs
        case TransitGateway():
            return found.attachment(vpc) is not None
    return vpc_of(plan, found) == vpc


def said_subnets(plan: Plan, subnets: list[str]) -> str:
    """Subnets as a label names them: ``private-a and private-b``."""
    names = [called(plan, name) for name in dict.fromkeys(subnets)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
