"""NAT gateways on the way: who may use one, where it must stand, and who replies come back to
(aws.md 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lambdaplanner.analysis.advice import by_internet_gateway
from lambdaplanner.analysis.crossing import cross
from lambdaplanner.analysis.doubt_obstacles import not_known
from lambdaplanner.analysis.gateways import past_internet_gateway
from lambdaplanner.analysis.hops import Hop, Translation
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.obstacles import block, no_route, regional_nat_stranded
from lambdaplanner.analysis.packets import Client, Obstacle, Outside, Station, Trip
from lambdaplanner.analysis.ranges import A_SERVICE, ANY_SERVICE
from lambdaplanner.analysis.refused import of_gateway, of_place
from lambdaplanner.analysis.routes import Routes
from lambdaplanner.analysis.travel import Journey, Step, depart, leave
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.route_table import BLACKHOLE, OUTSIDE
from lambdaplanner.kinds.subnet import Subnet


def through_nat(journey: Journey, trip: Trip, step: Step) -> Iterator[Trip]:
    """The gateway sends on under its own address, so that the far end sees and answers it."""
    nat = journey.network.of(NatGateway)[step.way.target]
    if trip.direction == "return":
        yield trip.blocked(
            block(trip, step.table, "reply-astray", journey.goal, route=step.way.detail)
        )
        return
    home = journey.network.home_of(nat)
    key = ("nat", nat.id)
    station = journey.network.memo.get(key)
    if station is None:
        station = journey.network.memo[key] = _station(journey.network, nat, home)
    problem = _refused(journey, trip, nat, home, step)
    if problem is not None:
        stopped = trip.met(station.arrival[0]).blocked(problem)
        yield _without_address(stopped, nat)
        return
    entering = [trip]
    if nat.subnet is not None:
        entering = cross(journey.network, trip, nat.subnet, outward=False)
    for entered in entering:
        change = Translation("source", trip.sender.spoken, station.spoken)
        hop = replace(station.arrival[0], translation=change)
        yield from _sent_on(journey, _translated(entered.met(hop), station), nat)


def _refused(
    journey: Journey, trip: Trip, nat: NatGateway, home: str, step: Step
) -> Obstacle | None:
    if home != trip.vpc:
        return block(trip, nat.id, "nat-foreign", home=home)
    if trip.packet.version == 6:
        return block(trip, nat.id, "ipv6-at-nat")
    refused = next(of_place(journey.network, trip, nat.id, home, nat.subnet or ""), None)
    if refused is not None:
        return refused
    if nat.subnet is not None and nat.subnet == trip.subnet:
        return block(trip, nat.id, "nat-in-source-subnet")
    if trip.sender.kind == nat.kind and trip.sender.vpc == home:
        return block(trip, nat.id, "nat-after-nat", route=step.way.detail)
    return None


def _station(network: Network, nat: NatGateway, home: str) -> Station:
    """The gateway as what sends and gets replies. An elastic IP that is missing is told once,
    before.
    """
    public = nat.connectivity == "public"
    used = "its elastic IP" if nat.elastic_ips == 1 else f"one of its {nat.elastic_ips} elastic IPs"
    detail = f"translates to {used}" if public else "translates to its private address"
    hop = Hop(id=nat.id, kind=nat.kind, by=detail)
    if nat.subnet is None:
        addresses, where = network.whole_vpc(home), f"an address of {nat.id} itself"
    else:
        addresses = network.free_addresses(nat.subnet)
        where = network.of(Subnet)[nat.subnet].cidr
    return Station(
        nat.id, nat.kind, home, nat.subnet, addresses, where, public=public, arrival=(hop,)
    )


def _translated(trip: Trip, station: Station) -> Trip:
    passed = trip.blocked(trip.matched_by_group) if trip.matched_by_group is not None else trip
    return passed.but(
        packet=trip.packet._replace(source=station.addresses),
        sender=station,
        clients=(*trip.clients, Client(trip.sender, trip.packet.source, trip.passed)),
        passed=(),
        vpc=station.vpc,
        subnet=station.subnet,
        relation="lost",
        brought=False,
    )


def _sent_on(journey: Journey, trip: Trip, nat: NatGateway) -> Iterator[Trip]:
    judged = _without_address(trip, nat)
    if nat.subnet is None:
        yield from _from_regional(journey, judged, nat)
        return
    problems = _not_public(journey, judged, nat)
    for problem in problems:
        judged = judged.blocked(problem)
    if not problems or not isinstance(journey.goal, Outside):
        yield from depart(journey, judged)
        return
    for leaving in cross(journey.network, judged, nat.subnet, outward=True):
        yield from leave(journey, leaving, Hop(id=nat.id, kind=nat.kind))


def _without_address(trip: Trip, nat: NatGateway) -> Trip:
    """AWS makes no public gateway without an elastic IP, whatever it is to carry."""
    if nat.connectivity == "public" and nat.elastic_ips == 0:
        return trip.blocked(block(trip, nat.id, "nat-lacks-address"))
    return trip


def _not_public(journey: Journey, trip: Trip, nat: NatGateway) -> list[Obstacle]:
    """Why a public NAT gateway's own subnet does not lead to the internet.

    To other VPCs it leads like a private one; only an internet gateway AWS asks for all the same.
    """
    network, goal, subnet = journey.network, journey.goal, nat.subnet or ""
    own = network.internet_gateways(trip.vpc)
    if nat.connectivity == "private":
        return []
    if not isinstance(goal, Outside) or not goal.public:
        return [] if own else [block(trip, nat.id, "nat-without-gateway", place=subnet)]
    table = network.table_of(subnet)
    doubt = network.doubts.of_routes(network.of(Subnet)[subnet])
    if doubt is not None:
        return [not_known(trip, doubt)]
    if goal.service is not None and _leads_some_there(network, trip, table, own):
        return []
    winners = table.winners(4, trip.packet.target[0][0])
    astray = sorted((way for way in winners if way.target not in own), key=lambda way: way.target)
    if winners and not astray:
        return []
    endpoints = network.of(Endpoint)
    if astray and all(w.target in endpoints and endpoints[w.target].is_firewall for w in astray):
        return []  # what it lets through goes on by the routes of its own subnet
    if astray and astray[0].target == OUTSIDE:
        return [block(trip, table.id, "leaves-the-plan", route=astray[0].detail)]
    private = "nat-astray" if astray else "nat-without-route"
    route = astray[0].detail if astray else ""
    said = by_internet_gateway(network, trip, table.id).sentence
    problems = [] if astray else [no_route(trip, table.id, goal, said)]
    problems += [block(trip, nat.id, private, place=subnet, route=route, table=table.id)]
    problems += [
        block(trip, table.id, "blackhole", route=way.detail)
        for way in astray
        if way.target == BLACKHOLE
    ]
    return problems


def _leads_some_there(network: Network, trip: Trip, table: Routes, own: list[str]) -> bool:
    """Whether routes to public blocks lead to an internet gateway of the VPC, no default route
    does, and what is bound for a service may be meant by them.
    """
    target = trip.packet.target
    if target == A_SERVICE:
        if table.winners(4, ANY_SERVICE):
            return False
        target = network.public_hosts
    return any(way.target in own for _, won in table.pieces(4, target) for way in won)


def _from_regional(journey: Journey, trip: Trip, nat: NatGateway) -> Iterator[Trip]:
    """A regional gateway's route table is AWS's own and leads to the internet gateway (aws.md 4.2);
    what else it may lead to a plan does not show.
    """
    goal = journey.goal
    gateways = journey.network.internet_gateways(trip.vpc)
    if not isinstance(goal, Outside) or not gateways:
        stopped = trip.blocked(regional_nat_stranded(trip, nat.id, trip.vpc, goal))
        if isinstance(goal, Outside):
            stopped = next(leave(journey, stopped, Hop(id=nat.id, kind=nat.kind)))
        yield stopped
        return
    for problem in of_gateway(journey.network, trip, gateways[0]):
        trip = trip.blocked(problem)
    known = f"elastic IP of {nat.id}"
    change = Translation("source", trip.sender.spoken, f"the {known}")
    hop = Hop(id=gateways[0], kind=InternetGateway.kind, by=known, translation=change)
    yield from past_internet_gateway(journey, trip.met(hop), hop)
