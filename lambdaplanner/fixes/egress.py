"""Ways to the internet: the drafts for packets that have none from where they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambdaplanner.analysis.packets import Station, Stop
from lambdaplanner.analysis.routes import LOCAL
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.commands.places import subnets_of
from lambdaplanner.commands.routing import EVERYTHING
from lambdaplanner.fixes import building
from lambdaplanner.fixes.registry import Fix
from lambdaplanner.fixes.stops import origin_of
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan


def ways_out(view: PlanAnalysis, stops: Sequence[Stop]) -> Iterator[Fix]:
    """Routes to the internet for the subnets where packets were stopped, best first."""
    first = stops[0]
    sender = first.trip.sender
    if first.trip.direction == "return" or _is_known_outside(first, sender):
        yield to_internet_gateway(view, wanted_by(view, stops))
    if first.trip.direction == "return":
        return
    if sender.kind == NatGateway.kind and not sender.public:
        origins = [origin_of(stop).subnet for stop in stops if origin_of(stop).vpc == sender.vpc]
        yield from by_nat_gateway(view, {name: (EVERYTHING,) for name in origins if name})
    elif sender.kind != NatGateway.kind:
        yield from by_nat_gateway(view, wanted_by(view, stops))


def _is_known_outside(stop: Stop, sender: Station) -> bool:
    """Whether an internet gateway of this VPC knows a public address for the sender."""
    return sender.public and sender.vpc == stop.trip.vpc


Wanted = dict[str, tuple[str, ...]]
"""Subnet -> the destinations that it has to have routes for."""


def wanted_by(view: PlanAnalysis, stops: Sequence[Stop]) -> Wanted:
    """What the subnets need where packets were stopped."""
    found: Wanted = {}
    for stop in stops:
        name = stop.trip.subnet
        if name is not None:
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *destinations(view, stop))))
    return found


def destinations(view: PlanAnalysis, stop: Stop) -> tuple[str, ...]:
    """What has to be routed elsewhere for the packet to go on: the routes that it takes now where
    those are narrower, else everything.
    """
    packet = stop.trip.packet
    table = view.network.table_of(stop.trip.subnet or "")
    found = [
        way.text
        for _, winners in table.pieces(packet.version, packet.target)
        for way in winners
        if way.target != LOCAL and way.block.prefix > 0
    ]
    return tuple(dict.fromkeys(found)) or (EVERYTHING,)


# internet gateways --------------------------------------------------------------------------------


def to_internet_gateway(view: PlanAnalysis, wanted: Wanted) -> Fix:
    """Routes of subnets to the internet gateway of their VPC."""
    plan = view.plan
    vpcs = list(dict.fromkeys(view.subnet(name).vpc for name in wanted))
    there = [gateway for vpc in vpcs for gateway in plan.users(vpc, "vpc", InternetGateway.kind)]
    gateway = f"the internet gateway {there[0].title}" if there else "a new internet gateway"

    def command(edit: Edit) -> None:
        for name, blocks in wanted.items():
            home = building.subnet_of(edit.plan, name).vpc
            target = building.internet_gateway(edit, home)
            for destination in blocks:
                building.route_subnet(edit, name, destination, target)

    return Fix(
        slug="route-to-internet-gateway",
        label=f"Route {building.said_subnets(plan, list(wanted))} to {gateway}",
        command=command,
    )


# NAT gateways -------------------------------------------------------------------------------------


def by_nat_gateway(view: PlanAnalysis, wanted: Wanted) -> Iterator[Fix]:
    """Routes of subnets to NAT gateways: to those that are there, else to new ones."""
    if not wanted:
        return
    plan = view.plan
    there = {name: nats_for(plan, name) for name in wanted}
    if all(there.values()):
        yield _to_existing(plan, wanted, {name: found[0] for name, found in there.items()})
    served = all(
        found and building.serves_zone(plan, found[0], view.subnet(name).az)
        for name, found in there.items()
    )
    if not served:
        yield _to_new(view, wanted)


def nats_for(plan: Plan, subnet_id: str) -> list[NatGateway]:
    """The NAT gateways that work and that a subnet can use, those of its own zone first."""
    subnet = building.subnet_of(plan, subnet_id)
    found = building.working_nats(plan, subnet.vpc, subnet.az)
    return [nat for nat in found if nat.subnet != subnet_id]


def _to_existing(plan: Plan, wanted: Wanted, chosen: dict[str, NatGateway]) -> Fix:
    def command(edit: Edit) -> None:
        for name, blocks in wanted.items():
            for destination in blocks:
                building.route_subnet(edit, name, destination, chosen[name].id)

    gateways = [nat.title for nat in dict.fromkeys(chosen.values())]
    noun = "NAT gateway" if len(gateways) == 1 else "NAT gateways"
    return Fix(
        slug="route-to-nat-gateway",
        label=f"Route {building.said_subnets(plan, list(wanted))} to the {noun} "
        f"{' and '.join(gateways)}",
        command=command,
    )


def _to_new(view: PlanAnalysis, wanted: Wanted) -> Fix:
    plan = view.plan
    zones = list(dict.fromkeys(view.subnet(name).az for name in wanted))

    def command(edit: Edit) -> None:
        for name, blocks in wanted.items():
            nat = _nat_beside(edit, name)
            for destination in blocks:
                building.route_subnet(edit, name, destination, nat)

    noun = "a new NAT gateway" if len(zones) == 1 else "new NAT gateways"
    return Fix(
        slug="add-nat-gateway",
        label=f"Add {noun} in {' and '.join(zones)} and route "
        f"{building.said_subnets(plan, list(wanted))} there",
        command=command,
    )


def _nat_beside(edit: Edit, subnet_id: str) -> str:
    """A NAT gateway of the subnet's zone; a new one stands in a public subnet of that zone, of
    another one, or in a new one.
    """
    plan = edit.plan
    subnet = building.subnet_of(plan, subnet_id)
    zonal = [n for n in nats_for(plan, subnet_id) if building.serves_zone(plan, n, subnet.az)]
    if zonal:
        return zonal[0].id
    public = [
        other
        for other in subnets_of(plan, subnet.vpc)
        if other.id != subnet_id and building.is_public(plan, other)
    ]
    public.sort(key=lambda other: other.az != subnet.az)
    home = public[0].id if public else building.made_public_subnet(edit, subnet.vpc, subnet.az)
    return building.made_nat_gateway(edit, home)
