"""Fixes of routes: of what is missing, leads nowhere, or leads somewhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lambdaplanner.analysis.packets import Outside, Station, Stop
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.commands.fields import remove_route
from lambdaplanner.commands.places import called
from lambdaplanner.fixes import leading
from lambdaplanner.fixes.obstacles.ipv6 import ways_out_by_ipv6
from lambdaplanner.fixes.parts.building import internet_gateway, said_subnets, subnet_of
from lambdaplanner.fixes.parts.egress import ways_out
from lambdaplanner.fixes.parts.joins import Gap, gaps, ways_between
from lambdaplanner.fixes.parts.nat_ways import destinations
from lambdaplanner.fixes.parts.services import ways_to_service
from lambdaplanner.fixes.registry import Fix, Met, clears
from lambdaplanner.fixes.spares import spare_tables
from lambdaplanner.fixes.stops import alike, origin_of, public_goal
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.topology import serves_zone
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan

LED_ASTRAY = (
    "NO_ROUTE_TO_DESTINATION",
    "SERVICE_ADDRESSES_UNKNOWN",
    "BAD_STATE_ROUTE",
    "UNSUPPORTED_COMPONENT",
    "NGW_REQUIRES_SOURCE_IN_VPC",
    "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
)
"""What routes that lead nowhere, or elsewhere, come to."""

# unused tables -----------------------------------------------------------------------------------


@clears(
    *LED_ASTRAY,
    "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS",
    "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS",
    "NO_PATH",
    "NO_IPV6_EGRESS",
    "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
    "NAT_IN_SOURCE_SUBNET",
    "NAT_SUBNET_NOT_PUBLIC",
    "NAT_LACKS_ELASTIC_IP",
    "PRIVATE_NAT_TO_INTERNET",
    "VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION",
)
def by_spare_tables(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """Route tables that serve nothing yet, for the subnets where packets are or began: whether one
    leads there, trying it tells.
    """
    stops = alike(met)
    here = [stop.trip.subnet for stop in stops]
    begun = [origin_of(stop).subnet for stop in stops]
    for places in dict.fromkeys((tuple(dict.fromkeys(here)), tuple(dict.fromkeys(begun)))):
        known = [name for name in places if name in view.plan]
        vpcs = {view.subnet(name).vpc for name in known if name is not None}
        if len(vpcs) == 1:
            yield from _given_spares(view.plan, [n for n in known if n], vpcs.pop())


MOST_SPARES = 4
"""Tables that are tried: more that serve nothing are no plan's."""


def _given_spares(plan: Plan, places: Sequence[str], vpc: str) -> Iterator[Fix]:
    """Each zone its own where there are several, else the same for all."""
    spares = spare_tables(plan, vpc)[:MOST_SPARES]
    by_zone = {name: _of_zone(plan, spares, name) for name in places}
    if len({table.id for table in by_zone.values() if table is not None}) > 1:
        chosen = {name: table.id for name, table in by_zone.items() if table is not None}
        if len(chosen) == len(by_zone):
            yield _given(plan, chosen)
    for table in spares:
        yield _given(plan, dict.fromkeys(places, table.id))


def _of_zone(plan: Plan, spares: Sequence[RouteTable], subnet_id: str) -> RouteTable | None:
    """The one that leads to a NAT gateway of the subnet's own zone."""
    zone = subnet_of(plan, subnet_id).az
    nats = [(table, plan.find(route.target)) for table in spares for route in table.routes]
    fitting = (t for t, n in nats if isinstance(n, NatGateway) and serves_zone(plan, n, zone))
    return next(fitting, None)


def _given(plan: Plan, chosen: Mapping[str, str]) -> Fix:
    def command(edit: Edit) -> None:
        for name, table in chosen.items():
            edit.update(name, route_table=table)

    tables = list(dict.fromkeys(chosen.values()))
    noun, verb = ("table", "serves") if len(tables) == 1 else ("tables", "serve")
    return Fix(
        slug="use-route-table",
        label=f"Give {said_subnets(plan, list(chosen))} the route {noun} "
        f"{' and '.join(called(plan, name) for name in tables)}, which {verb} nothing yet",
        command=command,
    )


# routes -------------------------------------------------------------------------------------------


@clears(
    *LED_ASTRAY,
)
def lead_on(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """Routes from where the packet is to where it is bound."""
    nat = view.plan.find(met.obstacle.at)
    if isinstance(nat, NatGateway) and met.obstacle.code == "NO_ROUTE_TO_DESTINATION":
        yield from _for_regional_nat(view, met, nat)
        return
    yield from towards(view, met, alike(met))
    if met.obstacle.code == "BAD_STATE_ROUTE":
        yield from _without_dead_routes(view, alike(met))


def _without_dead_routes(view: PlanAnalysis, stops: Sequence[Stop]) -> Iterator[Fix]:
    """The tables without the routes that lead nowhere, so that wider ones decide."""
    dead = [
        (table, destination)
        for stop in stops
        if stop.trip.subnet is not None
        if (table := view.table(stop.trip.subnet)) is not None
        for destination in destinations(view, stop)
        if any(route.destination == destination for route in table.routes)
    ]

    def command(edit: Edit) -> None:
        for table, destination in dict.fromkeys((table.id, text) for table, text in dead):
            remove_route(edit, table, destination)

    if dead:
        named = dict.fromkeys(f"{text} of {table.title}" for table, text in dead)
        yield Fix(
            slug="remove-dead-route",
            label=f"Remove the route {' and '.join(named)}, so that a wider one decides",
            command=command,
        )


@clears(
    "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS",
    "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS",
    "NO_PATH",
)
def keep_inside(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """Routes for packets to another VPC that leave for the internet, go in circles, or end in a VPC
    of the same addresses; and a door for what comes from the internet.
    """
    stops = alike(met)
    if isinstance(view.plan.find(met.obstacle.at), Vpc):
        yield from _door(view, met)
        return
    yield from towards(view, met, [_from_origin(stop) for stop in stops])
    if any(stop.trip.clients for stop in stops):
        yield from towards(view, met, stops)


def _from_origin(stop: Stop) -> Stop:
    """The same packet in the subnet that it started in, before a NAT gateway took it."""
    origin = origin_of(stop)
    trip = stop.trip.but(sender=origin, vpc=origin.vpc, subnet=origin.subnet, clients=())
    return stop._replace(trip=trip)


def towards(view: PlanAnalysis, met: Met, stops: Sequence[Stop]) -> Iterator[Fix]:
    """The drafts that lead packets from where they stopped to where they are bound."""
    if not stops or stops[0].trip.subnet is None:
        return
    first = stops[0]
    if isinstance(first.goal, Outside):
        if public_goal(first) is None:
            return
        if first.trip.packet.version == 6:
            yield from ways_out_by_ipv6(view, stops)
            return
        if first.goal.service is not None and first.trip.direction == "forward":
            yield from ways_to_service(view, met.answer.source, stops, first.goal.service)
        yield from ways_out(view, stops)
    elif isinstance(first.goal, Station):
        if first.goal.vpc == first.trip.vpc:
            yield from _by_the_local_route(view, stops)
        used = [hop.id for hop in (*met.path.hops, *met.path.return_hops)]
        yield from ways_between(view, gaps(stops), used)


def _by_the_local_route(view: PlanAnalysis, stops: Sequence[Stop]) -> Iterator[Fix]:
    pairs = [
        (stop.trip.subnet, stop.goal.subnet)
        for stop in stops
        if isinstance(stop.goal, Station) and stop.trip.subnet and stop.goal.subnet
        if stop.goal.vpc == stop.trip.vpc
    ]

    def command(edit: Edit) -> None:
        for near, far in dict.fromkeys(pairs):
            leading.stay_local(edit, near, far)

    if pairs:
        near = said_subnets(view.plan, [pair[0] for pair in pairs])
        far = said_subnets(view.plan, [pair[1] for pair in pairs])
        yield Fix(
            slug="remove-route",
            label=f"Remove the routes of {near} that take packets to {far} out of the VPC's own "
            "routing",
            command=command,
        )


def _for_regional_nat(view: PlanAnalysis, met: Met, nat: NatGateway) -> Iterator[Fix]:
    """A regional NAT gateway leads to the internet and nowhere else."""
    stops = alike(met)
    vpc = nat.vpc or ""
    if stops and public_goal(stops[0]):
        yield Fix(
            slug="add-internet-gateway",
            label=f"Add an internet gateway to {vpc}",
            command=lambda edit: internet_gateway(edit, vpc),
        )
        return
    origins = [_from_origin(stop) for stop in stops]
    used = [hop.id for hop in met.path.hops]
    yield from ways_between(view, _gaps_to_target(met, origins), used)


def _gaps_to_target(met: Met, origins: Sequence[Stop]) -> list[Gap]:
    """Gaps from where it began to the target: on the way back the goal is who asked."""
    if met.obstacle.direction == "forward":
        return gaps(origins)
    into, via = met.path.into, met.path.via
    return [Gap(via, via, into)] if into and via else []


def _door(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """A VPC without internet gateway, to which something should come from the internet."""
    vpc = met.obstacle.at
    yield Fix(
        slug="add-internet-gateway",
        label=f"Add an internet gateway to {view.plan.resource(vpc).title}",
        command=lambda edit: internet_gateway(edit, vpc),
    )
