"""Ways to the internet: the drafts for packets that have none from where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from lambdaplanner.analysis.packets import Station, Stop
from lambdaplanner.analysis.routes import LOCAL
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.commands.places import subnets_of
from lambdaplanner.commands.routing import EVERYTHING
from lambdaplanner.errors import EditError
from lambdaplanner.fixes import building
from lambdaplanner.fixes.registry import Fix
from lambdaplanner.fixes.stops import origin_of
from lambdaplanner.fixes.transit_parts import hub_between, replies_over
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource


def ways_out(view: PlanAnalysis, stops: Sequence[Stop]) -> Iterator[Fix]:
    """Routes to the internet for the subnets where packets were stopped, best first."""
    if stops[0].trip.direction == "return":
        stops = [at_the_sender(stop) for stop in stops]
    first = stops[0]
    sender = first.trip.sender
    stops = [stop for stop in stops if _fares_like(stop.trip.sender, sender)]
    if first.trip.direction == "return" or _is_known_outside(first, sender):
        yield _to_the_gateway(view, stops)
    if first.trip.direction == "return":
        return
    if sender.kind == NatGateway.kind and not sender.public:
        origins = [origin_of(stop).subnet for stop in stops if origin_of(stop).vpc == sender.vpc]
        yield from by_nat_gateway(view, {name: (EVERYTHING,) for name in origins if name})
    elif sender.kind != NatGateway.kind:
        fixes = by_nat_gateway(view, wanted_by(view, stops))
        yield from (_with_replies(fix, view.plan, stops) for fix in fixes)


def _with_replies(fix: Fix, plan: Plan, stops: Sequence[Stop]) -> Fix:
    """The same for what came from another VPC, to which replies have to find back."""
    visits = [
        (hub, stop.trip.subnet, stop.trip.sender.subnet)
        for stop in stops
        if stop.trip.subnet and stop.trip.sender.vpc in plan
        if stop.trip.sender.vpc != stop.trip.vpc
        if (hub := hub_between(plan, stop.trip.sender.vpc, stop.trip.vpc)) is not None
    ]

    def command(edit: Edit) -> None:
        fix.command(edit)
        for hub, entry, origin in visits:
            replies_over(edit, hub, entry, origin)

    return replace(fix, command=command) if visits else fix


def at_the_sender(stop: Stop) -> Stop:
    """A reply where it starts: one that went astray has to leave by another way from there."""
    sender = stop.trip.sender
    return stop._replace(trip=stop.trip.but(vpc=sender.vpc, subnet=sender.subnet))


def _fares_like(one: Station, other: Station) -> bool:
    """Whether the same way out is right for two senders."""
    return (one.kind, one.public, one.vpc) == (other.kind, other.public, other.vpc)


def _is_known_outside(stop: Stop, sender: Station) -> bool:
    """Whether an internet gateway of this VPC knows a public address for the sender."""
    return sender.public and sender.vpc == stop.trip.vpc


def _to_the_gateway(view: PlanAnalysis, stops: Sequence[Stop]) -> Fix:
    """The way of what has a public address. Where others in its subnet go out by a NAT gateway,
    which a route to the internet gateway would take from them, it moves out instead.
    """
    workload = view.plan.find(stops[0].trip.sender.id)
    wanted = wanted_by(view, stops)
    relied_on = [name for name in wanted if _others_lead_out(view.plan, name, workload)]
    if isinstance(workload, Workload) and relied_on:
        return _into_public_subnets(view.plan, workload, relied_on)
    return to_internet_gateway(view, wanted)


def _others_lead_out(plan: Plan, subnet_id: str, workload: Resource | None) -> bool:
    """Whether others than a workload are in a subnet that have its NAT gateway as their way out."""
    if not building.leads_out(plan, building.subnet_of(plan, subnet_id)):
        return False
    functions = plan.users(subnet_id, "subnets", Function.kind)
    workloads = plan.users(subnet_id, "subnets", Workload.kind)
    return bool(functions) or any(w is not workload and not w.public_ip for w in workloads)


def _into_public_subnets(plan: Plan, workload: Workload, subnets: Sequence[str]) -> Fix:
    def command(edit: Edit) -> None:
        places = []
        for name in workload.subnets:
            old = building.subnet_of(edit.plan, name)
            public = name in subnets
            places.append(building.public_subnet(edit, old.vpc, old.az) if public else name)
        edit.update(workload.id, subnets=tuple(dict.fromkeys(places)), private_ip=None)
        edit.place(workload.id, None)

    return Fix(
        slug="move-to-public-subnets",
        label=f"Move {workload.title} out of {building.said_subnets(plan, list(subnets))} to "
        "public subnets of the same zones",
        command=command,
    )


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
    serving = (n for n in nats_for(plan, subnet_id) if building.serves_zone(plan, n, zone))
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
            nat = copy_of(copy, nat_for(Edit(copy), name))
            if nat.id not in plan and nat.subnet is not None:
                yield building.subnet_of(copy, nat.subnet).az
    except EditError:
        yield from (building.subnet_of(plan, name).az for name in wanted)


def copy_of(plan: Plan, nat_id: str) -> NatGateway:
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
    public = _public_subnets(plan, subnet)
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
    here = [other for other in _public_subnets(plan, subnet) if other.az == subnet.az]
    home = here[0].id if here else building.made_public_subnet(edit, subnet.vpc, subnet.az)
    return building.made_nat_gateway(edit, home)


def _public_subnets(plan: Plan, beside: Subnet) -> list[Subnet]:
    """The other public subnets of a VPC, those of the same zone first."""
    others = [s for s in subnets_of(plan, beside.vpc) if s.id != beside.id]
    public = [s for s in others if building.is_public(plan, s)]
    return sorted(public, key=lambda other: other.az != beside.az)
