"""Fixes at gateways: NAT gateways in the wrong place or without an address, internet gateways that
know no public address.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lambdaplanner.analysis.packets import Station, Stop
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.commands.places import called
from lambdaplanner.fixes.obstacles.moving import into_private_subnets
from lambdaplanner.fixes.parts import building, transit_parts
from lambdaplanner.fixes.parts.egress import at_home, to_internet_gateway, ways_out
from lambdaplanner.fixes.parts.nat_ways import by_nat_gateway, wanted_by
from lambdaplanner.fixes.parts.services import ways_to_service
from lambdaplanner.fixes.registry import Fix, Met, clears
from lambdaplanner.fixes.stops import alike, origin_of, public_goal
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import EVERYTHING
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan

# NAT gateways -------------------------------------------------------------------------------------


@clears("NAT_IN_SOURCE_SUBNET")
def part_nat_and_subnet(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """A NAT gateway serves other subnets than its own."""
    nat = _nat(view, met)
    yield from _moved(view.plan, nat)
    yield from by_nat_gateway(view, wanted_by(view, alike(met)))


@clears("NAT_SUBNET_NOT_PUBLIC")
def make_nat_public(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """A public NAT gateway sends by its own subnet's routes."""
    nat = _nat(view, met)
    home = building.subnet_of(view.plan, nat.subnet or "")
    moves = list(_moved(view.plan, nat))
    opened = to_internet_gateway(view, wanted_by(view, alike(met)))
    if building.public_subnets(view.plan, home):
        yield from moves
        yield opened
    else:
        yield opened
        yield from moves
    yield from by_nat_gateway(view, _of_origins(view, alike(met)))


@clears("NAT_LACKS_ELASTIC_IP")
def give_an_elastic_ip(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """A public NAT gateway sends from an elastic IP."""
    nat = _nat(view, met)
    yield Fix(
        slug="add-elastic-ip",
        label=f"Give {nat.title} an elastic IP",
        command=lambda edit: edit.update(nat.id, elastic_ips=1),
    )
    yield from by_nat_gateway(view, _of_origins(view, alike(met)))


@clears("PRIVATE_NAT_TO_INTERNET")
def use_a_public_nat(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """A private NAT gateway has nothing that the internet could answer to."""
    nat = _nat(view, met)
    yield Fix(
        slug="make-nat-public",
        label=f"Make {nat.title} a public NAT gateway with an elastic IP",
        command=lambda edit: edit.update(
            nat.id, connectivity="public", elastic_ips=max(1, nat.elastic_ips)
        ),
    )
    yield from by_nat_gateway(view, _of_origins(view, alike(met)))


def _nat(view: PlanAnalysis, met: Met) -> NatGateway:
    nat = view.plan.resource(met.obstacle.at)
    assert isinstance(nat, NatGateway)
    return nat


def _of_origins(view: PlanAnalysis, stops: Sequence[Stop]) -> dict[str, tuple[str, ...]]:
    """The subnets of the senders behind a NAT gateway, to be routed to another one."""
    found = (origin_of(stop) for stop in stops)
    return {one.subnet: (EVERYTHING,) for one in found if one.subnet and one.vpc in view.plan}


def _moved(plan: Plan, nat: NatGateway) -> Iterator[Fix]:
    """The NAT gateway in a public subnet: one of its zone, else a new one there, else of another
    zone.
    """
    home = building.subnet_of(plan, nat.subnet or "")
    public = building.public_subnets(plan, home)
    here = [s for s in public if s.az == home.az]
    for place in here[:1]:
        yield _moved_to(nat, place)

    def command(edit: Edit) -> None:
        made = building.made_public_subnet(edit, home.vpc, home.az)
        edit.update(nat.id, subnet=made)
        edit.place(nat.id, None)

    yield Fix(
        slug="move-nat-gateway",
        label=f"Move {nat.title} to a new public subnet in {home.az}",
        command=command,
    )
    if not here:
        for place in public[:1]:
            yield _moved_to(nat, place)


def _moved_to(nat: NatGateway, place: Subnet) -> Fix:
    def command(edit: Edit) -> None:
        edit.update(nat.id, subnet=place.id)
        edit.place(nat.id, None)

    return Fix(
        slug="move-nat-gateway",
        label=f"Move {nat.title} to the public subnet {place.title}",
        command=command,
    )


# internet gateways --------------------------------------------------------------------------------


@clears("IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS")
def send_from_a_public_address(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """A function goes where a NAT gateway sends for it; anything else may get an address."""
    stops = alike(met)
    sender = stops[0].trip.sender
    if met.obstacle.direction == "return":
        yield from ways_out(view, stops)
        return
    if sender.vpc in view.plan and sender.vpc != stops[0].trip.vpc:
        yield from _by_another_entry(view, stops[0])
        yield from at_home(view, stops)
    thing = view.plan.find(met.answer.source)
    if isinstance(thing, Function) and sender.vpc == stops[0].trip.vpc:
        wrong = [stop.trip.subnet for stop in stops if stop.trip.subnet]
        yield from into_private_subnets(view, [thing], wrong)
    goal = public_goal(stops[0])
    if goal is not None and goal.service is not None:
        yield from ways_to_service(view, met.answer.source, stops, goal.service)
    if isinstance(view.plan.find(sender.id), Workload):
        yield _public_address(view.plan, sender.id)
    yield from by_nat_gateway(view, wanted_by(view, stops))


def _by_another_entry(view: PlanAnalysis, stop: Stop) -> Iterator[Fix]:
    """What came over a transit gateway into a public subnet, let into a private one of that zone
    instead, whose NAT gateway sends for it.
    """
    entry = stop.trip.subnet
    joining = transit_parts.hub_between(view.plan, stop.trip.sender.vpc, stop.trip.vpc)
    if joining is None or entry is None:
        return
    hub, place = transit_parts.hub_of(view.plan, joining), view.subnet(entry)
    attachment = hub.attachment(place.vpc)
    if attachment is None or entry not in attachment.subnets:
        return

    def command(edit: Edit) -> None:
        private = building.private_subnet(edit, place.vpc, place.az)
        subnets = tuple(private if name == entry else name for name in attachment.subnets)
        transit_parts.set_attachment(edit, hub.id, replace(attachment, subnets=subnets))
        transit_parts.replies_over(edit, hub.id, private, stop.trip.sender.subnet)

    yield Fix(
        slug="attach-in-private-subnet",
        label=f"Attach {called(view.plan, place.vpc)} to {hub.title} in a private subnet of "
        f"{place.az} with a NAT gateway instead of {place.title}",
        command=command,
    )


@clears("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS")
def be_known_outside(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """The internet reaches public addresses only."""
    stop = met.obstacle.stop
    goal = stop.goal if stop is not None else None
    if isinstance(goal, Station) and isinstance(view.plan.find(goal.id), Workload):
        yield _public_address(view.plan, goal.id)


def _public_address(plan: Plan, workload: str) -> Fix:
    return Fix(
        slug="give-public-address",
        label=f"Give {called(plan, workload)} a public address",
        command=lambda edit: edit.update(workload, public_ip=True),
    )
