"""Fixes at transit gateways: zones, associations, and what their tables know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambdaplanner.analysis.packets import Station, Stop
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.commands.links import can_connect, connect
from lambdaplanner.commands.places import called, subnets_of
from lambdaplanner.fixes.obstacles.routes import towards
from lambdaplanner.fixes.parts import building, transit_parts
from lambdaplanner.fixes.parts.hubs import egress_vpcs, lead_through
from lambdaplanner.fixes.parts.joins import gaps, ways_between
from lambdaplanner.fixes.registry import Fix, Met, clears
from lambdaplanner.fixes.stops import alike, public_goal
from lambdaplanner.kinds.topology import EVERYTHING
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.model.edit import Edit


@clears("TGW_ROUTE_AZ_RESTRICTION")
def attach_in_the_zone(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """A transit gateway takes packets from zones where the attachment has an interface."""
    hub = _hub(view, met)
    places = [stop.trip.subnet for stop in alike(met) if stop.trip.subnet]

    def command(edit: Edit) -> None:
        for name in places:
            transit_parts.reach_zone(edit, hub.id, name)

    if places:
        zones = list(dict.fromkeys(view.subnet(name).az for name in places))
        yield Fix(
            slug="attach-in-zone",
            label=f"Add {building.said_subnets(view.plan, places)} to the attachment to "
            f"{hub.title}, for {' and '.join(zones)}",
            command=command,
        )


@clears(
    "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION",
    "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT",
    "TGW_RTB_BAD_STATE_ROUTE",
    "TGW_RTB_ROUTES_ARE_UNKNOWN",
)
def teach_the_table(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """A transit gateway's table has to know the VPC that packets are bound for, and the other way
    round; or the VPC through which they get to the internet.
    """
    hub, stops = _hub(view, met), alike(met)
    if not stops:
        return
    first = stops[0]
    if isinstance(first.goal, Station):
        yield from _to_vpc(view, hub, first.trip.vpc, first.goal.vpc)
        used = [hop.id for hop in (*met.path.hops, *met.path.return_hops)]
        yield from ways_between(view, gaps(stops), used)
    elif public_goal(first):
        if first.trip.direction == "forward":
            yield from _to_internet(view, hub, stops)
        yield from towards(view, met, stops)


def _hub(view: PlanAnalysis, met: Met) -> TransitGateway:
    hub = view.plan.resource(met.obstacle.at)
    assert isinstance(hub, TransitGateway)
    return hub


def _to_vpc(view: PlanAnalysis, hub: TransitGateway, vpc: str, goal: str) -> Iterator[Fix]:
    """The goal's VPC in the table of the packet's VPC, attached first where it is not."""
    plan = view.plan
    missing = hub.attachment(goal) is None
    if missing and can_connect(plan, goal, hub.id) is not None:
        return

    def command(edit: Edit) -> None:
        if missing:
            connect(edit, goal, hub.id)
        for subnet in subnets_of(edit.plan, goal):
            transit_parts.reach_zone(edit, hub.id, subnet.id)
        transit_parts.teach(edit, hub.id, vpc, goal)
        transit_parts.teach(edit, hub.id, goal, vpc)

    ends = f"{called(plan, vpc)} and {called(plan, goal)}"
    yield Fix(
        slug="attach-to-transit-gateway" if missing else "propagate-to-transit-table",
        label=f"Attach {called(plan, goal)} to {hub.title}, and let its tables know {ends}"
        if missing
        else f"Let the tables of {hub.title} know the ways between {ends}",
        command=command,
    )


# the internet through another VPC -----------------------------------------------------------------


def _to_internet(view: PlanAnalysis, hub: TransitGateway, stops: Sequence[Stop]) -> Iterator[Fix]:
    """Everything else to an attached VPC whose attachment leads to a NAT gateway that works."""
    spoke = stops[0].trip.vpc
    origins = [s.trip.sender.subnet or s.trip.subnet for s in stops]
    for egress in egress_vpcs(view.plan, hub, spoke):
        yield _known_there(view, hub, (spoke, egress), [o for o in origins if o])


def _known_there(
    view: PlanAnalysis, hub: TransitGateway, vpcs: tuple[str, str], origins: Sequence[str]
) -> Fix:
    plan, (spoke, egress) = view.plan, vpcs
    return Fix(
        slug="route-through-egress-vpc",
        label=f"Route {EVERYTHING} of {called(plan, spoke)} in {hub.title} to "
        f"{called(plan, egress)}, whose NAT gateway leads to the internet, and replies back",
        command=lambda edit: lead_through(edit, hub.id, vpcs, origins),
    )
