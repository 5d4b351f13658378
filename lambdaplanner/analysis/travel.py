"""How packets travel: out of a subnet, by its routes, through what a route leads to, into a
subnet.

`depart` and `arrive` are the two ends of every leg; what lies between is one handler for each kind
of thing that a route can lead to (`forwarding.HANDLERS`). A leg divides where routes or filters
treat addresses differently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from lambdaplanner.analysis.advice import way_out
from lambdaplanner.analysis.crossing import admitted, cross
from lambdaplanner.analysis.dividing import divided_by
from lambdaplanner.analysis.doubt_obstacles import not_known
from lambdaplanner.analysis.doubts import Doubt
from lambdaplanner.analysis.hops import Hop
from lambdaplanner.analysis.learning import untold_behind
from lambdaplanner.analysis.managed import INTERNET_ID
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.obstacles import block, block_of, no_route
from lambdaplanner.analysis.packets import Goal, Outside, Station, Trip
from lambdaplanner.analysis.ranges import A_GLOBAL_IPV6, A_SERVICE, INTERNET, meet
from lambdaplanner.analysis.refused import of_association
from lambdaplanner.analysis.routes import LOCAL, CompiledRoute, Routes, Winners
from lambdaplanner.analysis.untold_blocks import untold_block
from lambdaplanner.analysis.vpc_blocks import LARGEST
from lambdaplanner.analysis.walk import Walk, place_of, state_of
from lambdaplanner.kinds.egress_only_internet_gateway import EgressOnlyInternetGateway
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.cidr import ANY_IPV4, Address


@dataclass(frozen=True, slots=True)
class Step:
    """The route that decided, and in which table."""

    table: str
    way: CompiledRoute


Handler = Callable[["Journey", Trip, Step], Iterator[Trip]]


@dataclass(frozen=True, slots=True)
class Journey:
    """What stays the same during a leg: the network, where the packet is to arrive, who forwards
    what, and what the walk has followed so far. Each question takes a fresh one.
    """

    network: Network
    goal: Goal
    handlers: Mapping[str, Handler]
    walk: Walk = field(default_factory=Walk, compare=False)

    def towards(self, goal: Goal) -> Journey:
        """The same network and walk, another goal."""
        return replace(self, goal=goal)


def depart(journey: Journey, trip: Trip) -> Iterator[Trip]:
    """The packet leaves an interface in `trip.subnet`.

    Where the walk has been in the same state before, the trip ends there as `merged`.
    """
    subnet = trip.subnet or ""
    table = journey.network.table_of(subnet)
    if _same_subnet(journey, trip):
        yield from deliver(journey, trip, table.id)
        return
    state = (trip.vpc, subnet, trip.packet)
    walk = journey.walk
    if state in trip.seen or walk.too_far(len(trip.seen)):
        stopped = trip.but(goal=journey.goal)
        yield trip.blocked(block(stopped, table.id, "circle"))
        return
    if walk.knows(state_of(trip, journey.goal), len(trip.seen)):
        yield trip.but(merged=True)
        return
    if not walk.goes_on(place_of(trip, journey.goal)):
        yield trip.blocked(block(trip.but(goal=journey.goal), table.id, "too-many-ways"))
        return
    seen = trip.but(seen=(*trip.seen, state), goal=journey.goal)
    for leaving in cross(journey.network, seen, subnet, outward=True):
        yield from _routed(journey, leaving, table)


def _same_subnet(journey: Journey, trip: Trip) -> bool:
    """Traffic inside one subnet meets neither a route table nor an ACL (aws.md 15)."""
    goal = journey.goal
    if isinstance(goal, Station):
        return goal.subnet == trip.subnet and goal.vpc == trip.vpc
    block = journey.network.subnet_block(trip.subnet or "", trip.packet.version)
    target = trip.packet.target
    return block is not None and meet(target, (block.first, block.last)) == target


def _routed(journey: Journey, trip: Trip, table: Routes) -> Iterator[Trip]:
    for problem in of_association(journey.network, trip, trip.subnet or "", table.id):
        trip = trip.blocked(problem)
    service = _service_route(journey, trip, table)
    if service is not None and _is_this_table(journey.network, trip):
        yield from forwarded(journey, trip, Step(table.id, service))
        return
    doubt = journey.network.doubts.of_routes(journey.network.of(Subnet)[trip.subnet or ""])
    for piece, winners in divided_by(journey.network, table, trip, journey.goal, table.id):
        if doubt is not None and not (winners and all(way.target == LOCAL for way in winners)):
            yield _unsure(piece, table, doubt)
            continue
        behind = _learned_perhaps(journey, trip, winners) or _inside_perhaps(
            journey, piece, winners
        )
        if behind is not None:
            yield _unsure(piece, table, behind)
            continue
        elsewhere = _listed_elsewhere(journey, trip, table, winners)
        if elsewhere is not None:
            hop = Hop(id=table.id, kind="route-table", by=elsewhere.taken)
            route = elsewhere.detail
            untold = block(piece, table.id, "list-not-known", journey.goal, route=route)
            yield piece.met(hop).strayed(untold)
            continue
        if not winners:
            yield _stranded(journey, piece, table)
        for way in winners:
            yield from forwarded(journey, piece, Step(table.id, way))


def _is_this_table(network: Network, trip: Trip) -> bool:
    """Whether it is known which table serves the subnet."""
    doubt = network.doubts.of_routes(network.of(Subnet)[trip.subnet or ""])
    return doubt is None or doubt.of == "routes"


def _service_route(journey: Journey, trip: Trip, table: Routes) -> CompiledRoute | None:
    """The route that a gateway endpoint adds for its service's addresses; more specific than any
    default route.
    """
    goal = journey.goal
    if not isinstance(goal, Outside) or goal.service is None or trip.direction == "return":
        return None
    if trip.packet.version == 6:  # gateway endpoints carry IPv4 (aws.md 7.1)
        return None
    endpoint = table.service(goal.service)
    if endpoint is None or trip.sender.kind == "nat-gateway":
        return None
    return CompiledRoute(ANY_IPV4, endpoint, goal.service)


def forwarded(journey: Journey, trip: Trip, step: Step) -> Iterator[Trip]:
    """On by a route, to whatever it leads to."""
    met = trip.met(Hop(id=step.table, kind="route-table", by=step.way.taken))
    target = journey.network.resources.get(step.way.target)
    if isinstance(target, Workload):
        journey.network.readings.note((target.id,))
    handler = journey.handlers.get(target.kind if target is not None else step.way.target)
    if handler is None:
        problem = block(trip, step.table, "target-not-here", route=step.way.detail)
        return iter((met.blocked(problem),))
    return handler(journey, met, step)


def _learned_perhaps(journey: Journey, trip: Trip, winners: Winners) -> Doubt | None:
    """The virtual private gateway that may have told the table of where the packet is bound, as
    nobody knows what it tells: but for what a written route names more closely than by all.
    """
    gateway = untold_behind(journey.network, trip.subnet or "")
    if gateway is None or any(way.block.prefix for way in winners):
        return None
    if winners and journey.goal.addresses in (INTERNET, A_SERVICE):
        return None
    return Doubt(gateway.id, "networks", "nobody told what is behind it")


def _inside_perhaps(journey: Journey, trip: Trip, winners: Winners) -> Doubt | None:
    """Why nobody knows whether what is sent there stays in the VPC, whose whole block is not told:
    but for what a written route names more closely than AWS lets a VPC's block be.
    """
    if any(way.target == LOCAL or way.block.prefix >= LARGEST for way in winners):
        return None
    return untold_block(journey.network, trip.vpc, trip.packet)


def _listed_elsewhere(
    journey: Journey, trip: Trip, table: Routes, winners: Winners
) -> CompiledRoute | None:
    """A route of AWS's own list that may take a public address, and leads to something else."""
    goal = journey.goal
    if not table.listed or not isinstance(goal, Outside) or not goal.public:
        return None
    if trip.packet.version == 6:
        return None
    if goal.service is not None or goal.addresses == INTERNET:
        return None
    targets = {way.target for way in winners}
    return next((way for way in table.listed if targets != {way.target}), None)


def _unsure(trip: Trip, table: Routes, doubt: Doubt) -> Trip:
    """Nobody knows all routes of the table, so that any may be the one that is taken."""
    met = trip.met(Hop(id=table.id, kind="route-table", by="not all of it is known"))
    return met.strayed(not_known(trip, doubt))


def _stranded(journey: Journey, trip: Trip, table: Routes) -> Trip:
    goal = journey.goal
    hop = Hop(id=table.id, kind="route-table", by=f"no route to {block_of(goal)}")
    if trip.packet.version == 6:
        return trip.met(hop).blocked(block(trip, table.id, "no-ipv6-route"))
    said = ""
    if isinstance(goal, Outside) and goal.public and trip.direction == "forward":
        said = way_out(journey.network, trip, table.id, goal).sentence
    over_ipv6 = _way_out_over_ipv6(journey, trip, table)
    return trip.met(hop).blocked(no_route(trip, table.id, goal, said, over_ipv6))


def _way_out_over_ipv6(journey: Journey, trip: Trip, table: Routes) -> str:
    """The route by which IPv6 packets of the subnet go to the internet; empty where there is none,
    or something else is asked about.
    """
    goal = journey.goal
    public = isinstance(goal, Outside) and goal.public and goal.service is None
    if not public or journey.network.subnet_block(trip.subnet or "", 6) is None:
        return ""
    ways = table.winners(6, A_GLOBAL_IPV6)
    kinds = {getattr(journey.network.resources.get(way.target), "kind", "") for way in ways}
    return ways[0].detail if kinds == {EgressOnlyInternetGateway.kind} else ""


def deliver(journey: Journey, trip: Trip, table: str) -> Iterator[Trip]:
    """The router of `trip.vpc` hands the packet to the interface that has the address."""
    goal = journey.goal
    if isinstance(goal, Outside):
        yield from _nobody_there(journey, trip)
    elif goal.vpc != trip.vpc:
        yield trip.blocked(block(trip, table, "delivered-elsewhere", goal))
    else:
        yield from arrive(journey, trip)


def arrive(journey: Journey, trip: Trip) -> Iterator[Trip]:
    """The packet enters the goal's subnet, from `trip.subnet` (None: from a gateway), and meets
    its groups.
    """
    goal = journey.goal
    assert isinstance(goal, Station)
    entering = [trip]
    if goal.subnet is not None and goal.subnet != trip.subnet:
        entering = cross(journey.network, trip, goal.subnet, outward=False)
    for entered in entering:
        inside = admitted(journey.network, entered, goal)
        yield inside.met(*goal.arrival).but(arrived=True)


def leave(journey: Journey, trip: Trip, gateway: Hop) -> Iterator[Trip]:
    """The packet goes out by a gateway to a goal outside."""
    goal = journey.goal
    assert isinstance(goal, Outside)
    yield trip.met(*beyond(goal, gateway)).but(arrived=True, exit=gateway)


def beyond(goal: Outside, gateway: Hop | None) -> tuple[Hop, ...]:
    """What lies behind the gateway by which a packet leaves; an endpoint leads to its service
    without the internet.
    """
    if gateway is None or gateway.kind != Endpoint.kind:
        return goal.arrival
    return tuple(hop for hop in goal.arrival if hop.id != INTERNET_ID)


def _nobody_there(journey: Journey, trip: Trip) -> Iterator[Trip]:
    """An address inside a VPC that no interface on the plan holds."""
    goal, network = journey.goal, journey.network
    assert isinstance(goal, Outside)
    address = Address(trip.packet.version, trip.packet.target[0][0])
    subnet = network.subnet_at(trip.vpc, address)
    entering = [trip]
    if subnet is not None and subnet != trip.subnet:
        entering = cross(network, trip, subnet, outward=False)
    for entered in entering:
        untold = network.doubts.of(trip.vpc, "subnets") if subnet is None else None
        if untold is not None:
            yield entered.strayed(not_known(entered, untold))
            continue
        sort = "unknown-in-vpc" if subnet is None else "unknown-in-subnet"
        problem = block(entered, goal.text, sort, goal, place=subnet, vpc=trip.vpc)
        yield entered.blocked(problem).but(delivered_subnet=subnet)
