"""NAT gateways on the way: who may use one, where it must stand, and who replies come back to
(aws.md 4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lambdaplanner.analysis import gateway_obstacles, obstacles
from lambdaplanner.analysis.advice import by_internet_gateway
from lambdaplanner.analysis.crossing import cross
from lambdaplanner.analysis.doubt_obstacles import leaves_the_plan, not_known
from lambdaplanner.analysis.gateways import past_internet_gateway
from lambdaplanner.analysis.hops import Hop, Translation
from lambdaplanner.analysis.network import Network
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
        yield trip.blocked(obstacles.reply_lost(trip, step.table, step.way.detail, journey.goal))
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
        return gateway_obstacles.foreign_nat(trip, nat.id, home)
    if trip.packet.version == 6:
        return obstacles.no_ipv6_through(trip, nat.id, "a NAT gateway carries IPv4")
    refused = next(of_place(journey.network, trip, nat.id, home, nat.subnet or ""), None)
    if refused is not None:
        return refused
    if nat.subnet is not None and nat.subnet == trip.subnet:
        return gateway_obstacles.nat_in_source_subnet(trip, nat.id)
    if trip.sender.kind == nat.kind and trip.sender.vpc == home:
        return gateway_obstacles.nat_after_nat(trip, nat.id, step.way.detail)
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
        return trip.blocked(gateway_obstacles.nat_lacks_address(trip, nat.id))
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
        none = f"has no internet gateway in {trip.vpc}"
        return [] if own else [gateway_obstacles.nat_not_public(trip, nat.id, subnet, none)]
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
        return [leaves_the_plan(trip, table.id, astray[0].detail)]
    leads = f"follows {astray[0].detail}" if astray else "has no route to the internet"
    said = by_internet_gateway(network, trip, table.id).sentence
    problems = [] if astray else [obstacles.no_route(trip, table.id, goal, said)]
    problems += [gateway_obstacles.nat_not_public(trip, nat.id, subnet, f"{leads} ({table.id})")]
    problems += [
        obstacles.blackhole(trip, table.id, way.detail) for way in astray if way.target == BLACKHOLE
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
        stopped = trip.blocked(
            gateway_obstacles.regional_nat_stranded(trip, nat.id, trip.vpc, goal)
        )
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
