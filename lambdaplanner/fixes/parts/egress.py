"""Ways to the internet: the drafts for packets that have none from where they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lambdaplanner.analysis.packets import Station, Stop
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.commands.places import subnets_of
from lambdaplanner.fixes.parts import building
from lambdaplanner.fixes.parts.hubs import by_egress_vpc
from lambdaplanner.fixes.parts.nat_ways import Wanted, by_nat_gateway, wanted_by
from lambdaplanner.fixes.parts.transit_parts import hub_between, replies_over
from lambdaplanner.fixes.registry import Fix
from lambdaplanner.fixes.stops import origin_of
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.topology import EVERYTHING, has_internet_route
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan


def ways_out(view: PlanAnalysis, stops: Sequence[Stop]) -> Iterator[Fix]:
    """Routes to the internet for the subnets where packets were stopped, best first."""
    if stops[0].trip.direction == "return":
        stops = [at_the_sender(stop) for stop in stops]
    first = stops[0]
    sender = first.trip.sender
    stops = [stop for stop in stops if _fares_like(stop.trip.sender, sender)]
    if first.trip.direction == "return" or _is_known_outside(first, sender):
        yield from _to_the_gateway(view, stops)
    if first.trip.direction == "return":
        return
    if sender.kind == NatGateway.kind and not sender.public:
        origins = [origin_of(stop).subnet for stop in stops if origin_of(stop).vpc == sender.vpc]
        yield from by_nat_gateway(view, {name: (EVERYTHING,) for name in origins if name})
    elif sender.kind != NatGateway.kind:
        fixes = by_nat_gateway(view, wanted_by(view, stops))
        yield from (_with_replies(fix, view.plan, stops) for fix in fixes)
        if sender.vpc == first.trip.vpc:
            yield from by_egress_vpc(view, wanted_by(view, stops))
        yield from at_home(view, stops)


def at_home(view: PlanAnalysis, stops: Sequence[Stop]) -> Iterator[Fix]:
    """For what is in another VPC by now: a way out of the one where it began."""
    begun = [stop.trip.sender for stop in stops if stop.trip.sender.vpc != stop.trip.vpc]
    homes: Wanted = {
        one.subnet: (EVERYTHING,) for one in begun if one.subnet and one.vpc in view.plan
    }
    yield from by_nat_gateway(view, homes)


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


def _to_the_gateway(view: PlanAnalysis, stops: Sequence[Stop]) -> Iterator[Fix]:
    """The way of what has a public address: into public subnets, or a route for those that it is
    in, which takes others there from their NAT gateway.
    """
    workload = view.plan.find(stops[0].trip.sender.id)
    wanted = wanted_by(view, stops)
    if isinstance(workload, Workload) and wanted:
        yield _into_public_subnets(view.plan, workload, list(wanted))
    yield to_internet_gateway(view, wanted)


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
        f"{_public_places(plan, subnets)}",
        command=command,
    )


def _public_places(plan: Plan, subnets: Sequence[str]) -> str:
    """The public subnets of the same zones, as a label names them."""
    there = []
    for old in (building.subnet_of(plan, name) for name in subnets):
        beside = (
            s for s in subnets_of(plan, old.vpc) if s.az == old.az and has_internet_route(plan, s)
        )
        there.append(next((s.id for s in beside), None))
    known = [name for name in there if name is not None]
    if len(known) < len(there):
        return "public subnets of the same zones"
    noun = "subnet" if len(known) == 1 else "subnets"
    return f"the public {noun} {building.said_subnets(plan, known)}"


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
