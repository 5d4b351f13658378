"""Ways out by NAT gateways: those that are there, new ones, and which serves a subnet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lambdaplanner.analysis.packets import Stop
from lambdaplanner.analysis.routes import LOCAL
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.errors import EditError
from lambdaplanner.fixes.parts import building
from lambdaplanner.fixes.registry import Fix
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.topology import EVERYTHING
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan

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


def by_nat_gateway(view: PlanAnalysis, wanted: Wanted) -> Iterator[Fix]:
    """Routes of subnets to NAT gateways: to those that are there, else to new ones; last to one in
    each zone.
    """
    if not wanted:
        return
    plan = view.plan
    there = {name: nats_for(plan, name) for name in wanted}
    if all(there.values()):
        yield _to_existing(plan, wanted, {name: found[0] for name, found in there.items()})
    else:
        yield _to_new(plan, wanted, _nearest_nat)
    served = {name for name in wanted if _own_zone(plan, name)}
    if served != set(wanted):
        yield _to_new(plan, wanted, _nat_in_zone)


def nats_for(plan: Plan, subnet_id: str) -> list[NatGateway]:
    """The NAT gateways that work and that a subnet can use, those of its own zone first."""
    subnet = building.subnet_of(plan, subnet_id)
    found = building.working_nats(plan, subnet.vpc, subnet.az)
    return [nat for nat in found if nat.subnet != subnet_id]


def _own_zone(plan: Plan, subnet_id: str) -> NatGateway | None:
    """A NAT gateway for a subnet that serves its zone itself."""
    zone = building.subnet_of(plan, subnet_id).az
    serving = (n for n in nats_for(plan, subnet_id) if topology.serves_zone(plan, n, zone))
    return next(serving, None)


def _to_existing(plan: Plan, wanted: Wanted, chosen: dict[str, NatGateway]) -> Fix:
    gateways = [nat.title for nat in {nat.id: nat for nat in chosen.values()}.values()]
    noun = "NAT gateway" if len(gateways) == 1 else "NAT gateways"
    return Fix(
        slug="route-to-nat-gateway",
        label=f"Route {building.said_subnets(plan, list(wanted))} to the {noun} "
        f"{' and '.join(gateways)}",
        command=lambda edit: _route(edit, wanted, lambda _edit, name: chosen[name].id),
    )


NatFor = Callable[[Edit, str], str]
"""The NAT gateway for a subnet, made where it has to be."""


def _route(edit: Edit, wanted: Wanted, nat_for: NatFor) -> None:
    for name, blocks in wanted.items():
        nat = nat_for(edit, name)
        for destination in blocks:
            building.route_subnet(edit, name, destination, nat)


def _to_new(plan: Plan, wanted: Wanted, nat_for: NatFor) -> Fix:
    zones = list(dict.fromkeys(_zones_of_new(plan, wanted, nat_for)))
    noun = "a NAT gateway" if len(zones) == 1 else "NAT gateways"
    return Fix(
        slug="add-nat-gateway",
        label=f"Add {noun} in {' and '.join(zones)} and route "
        f"{building.said_subnets(plan, list(wanted))} there",
        command=lambda edit: _route(edit, wanted, nat_for),
    )


def _zones_of_new(plan: Plan, wanted: Wanted, nat_for: NatFor) -> Iterator[str]:
    """Where the new NAT gateways come to stand; found out on a copy, where it can be done at
    all.
    """
    copy = plan.copy()
    try:
        for name in wanted:
            nat = nat_of(copy, nat_for(Edit(copy), name))
            if nat.id not in plan and nat.subnet is not None:
                yield building.subnet_of(copy, nat.subnet).az
    except EditError:
        yield from (building.subnet_of(plan, name).az for name in wanted)


def nat_of(plan: Plan, nat_id: str) -> NatGateway:
    """The NAT gateway with this id."""
    nat = plan.resource(nat_id)
    assert isinstance(nat, NatGateway)
    return nat


def _nearest_nat(edit: Edit, subnet_id: str) -> str:
    """A NAT gateway of the subnet's zone, else a new one in a public subnet of that zone; without
    one, whatever NAT gateway or public subnet the VPC has, else both new.
    """
    plan = edit.plan
    subnet = building.subnet_of(plan, subnet_id)
    own = _own_zone(plan, subnet_id)
    if own is not None:
        return own.id
    public = building.public_subnets(plan, subnet)
    here = [other for other in public if other.az == subnet.az]
    anywhere = nats_for(plan, subnet_id)
    if anywhere and not here:
        return anywhere[0].id
    if public:
        return building.made_nat_gateway(edit, public[0].id)
    return _nat_in_zone(edit, subnet_id)


def _nat_in_zone(edit: Edit, subnet_id: str) -> str:
    """A NAT gateway of the subnet's own zone; a new one stands in a public subnet of that zone."""
    plan = edit.plan
    subnet = building.subnet_of(plan, subnet_id)
    own = _own_zone(plan, subnet_id)
    if own is not None:
        return own.id
    here = [other for other in building.public_subnets(plan, subnet) if other.az == subnet.az]
    home = here[0].id if here else building.made_public_subnet(edit, subnet.vpc, subnet.az)
    return building.made_nat_gateway(edit, home)
