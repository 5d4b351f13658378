"""Transit gateways on the way: zones, association, the gateway's own tables, the way on in the
next VPC (aws.md 8).
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

from lambdaplanner.analysis import obstacles
from lambdaplanner.analysis.alike import Followed, unlike
from lambdaplanner.analysis.crossing import cross
from lambdaplanner.analysis.dividing import divided_by
from lambdaplanner.analysis.doubt_obstacles import leaves_the_plan, not_known, zone_not_known
from lambdaplanner.analysis.hops import Hop
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.obstacles import block_of, block_to, name_of
from lambdaplanner.analysis.packets import Obstacle, Trip
from lambdaplanner.analysis.places import places_of, zone_of
from lambdaplanner.analysis.ranges import block_range
from lambdaplanner.analysis.refused import of_place
from lambdaplanner.analysis.routes import DOUBTED, PROPAGATED, WRITTEN, CompiledRoute, RoutingTable
from lambdaplanner.analysis.travel import Journey, Step, depart
from lambdaplanner.kinds.route_table import BLACKHOLE, OUTSIDE
from lambdaplanner.kinds.transit_gateway import (
    TransitAttachment,
    TransitGateway,
    TransitRouteTable,
)
from lambdaplanner.model import cidr

DEFAULT_TABLE = "default"
"""The name of the one table that a gateway has where none is written."""


def through_transit_gateway(journey: Journey, trip: Trip, step: Step) -> Iterator[Trip]:
    """In by the attachment of this zone, through the table it is associated with, out in another
    VPC.

    The ACL of the attachment's subnet judges what goes in, also where it goes in from that very
    subnet, and what goes on into other subnets; what comes out for that very subnet it does not
    (https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html).
    """
    network = journey.network
    gateway = network.of(TransitGateway)[step.way.target]
    attachment = gateway.attachment(trip.vpc)
    doubt = network.doubts.of(gateway.id, "attachments", "routes", "route_tables")
    if doubt is not None:
        stopped = trip.met(Hop(id=gateway.id, kind=gateway.kind, by="not all of it is known"))
        yield stopped.strayed(not_known(trip, doubt))
        return
    if attachment is None:
        yield trip.blocked(obstacles.not_attached_here(trip, step.table, step.way.detail))
        return
    zone = zone_of(network, trip.subnet)
    places = places_of(network, gateway, attachment)
    entries = places.entries(trip.subnet, zone)
    if not entries:
        stopped = trip.met(Hop(id=gateway.id, kind=gateway.kind))
        refused = [name for name in places.refused if zone_of(network, name) == zone]
        if refused:
            yield _not_made(network, stopped, gateway.id, attachment.vpc, refused)
        elif zoneless := [n for n in (trip.subnet, *places.all) if n and not zone_of(network, n)]:
            yield stopped.strayed(zone_not_known(trip, gateway.id, zoneless[0]))
        else:
            yield stopped.blocked(_no_zone(trip, gateway.id, zone or "this zone"))
    for entry in _unlike_entries(network, entries):
        for entered in cross(network, trip, entry, outward=False):
            yield from _inside(journey, entered, gateway, attachment)


def _not_made(network: Network, trip: Trip, gateway: str, vpc: str, places: Iterable[str]) -> Trip:
    """The trip, stopped by why AWS would not make an attachment's interfaces."""
    for name in places:
        for problem in of_place(network, trip, gateway, vpc, name):
            trip = trip.blocked(problem)
    return trip


def _unlike_entries(network: Network, entries: tuple[str, ...]) -> list[str]:
    """Of the subnets of an attachment all that an ACL guards, and the first of the others."""
    found: dict[str | None, str] = {}
    for name in entries:
        found.setdefault(name if network.acl_of(name) is not None else None, name)
    return list(found.values())


def _no_zone(trip: Trip, gateway: str, zone: str) -> Obstacle:
    return block_to(
        trip,
        gateway,
        "TGW_ROUTE_AZ_RESTRICTION",
        f"{gateway} has no attachment of {trip.vpc} in {zone}, the zone of {trip.subnet}.",
        f"Add a subnet in {zone} to the attachment of {trip.vpc}.",
    )


def _inside(
    journey: Journey, trip: Trip, gateway: TransitGateway, attachment: TransitAttachment
) -> Iterator[Trip]:
    table = transit_table(journey.network, gateway, attachment)
    if table is None:
        stopped = trip.met(Hop(id=gateway.id, kind=gateway.kind))
        problem = block_to(
            trip,
            gateway.id,
            "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION",
            f"The attachment of {trip.vpc} to {gateway.id} is associated with no route table.",
            "Name a route table at the attachment.",
        )
        yield stopped.blocked(problem)
        return
    for piece, winners in divided_by(journey.network, table, trip, journey.goal, gateway.id):
        detail = f"{table.id}: {winners[0].detail}" if winners else f"{table.id}: no route"
        met = piece.met(Hop(id=gateway.id, kind=gateway.kind, by=detail))
        yield from _onward(journey, met, gateway, (table.id, winners))


def _onward(
    journey: Journey,
    trip: Trip,
    gateway: TransitGateway,
    found: tuple[str, tuple[CompiledRoute, ...]],
) -> Iterator[Trip]:
    network, winners = journey.network, found[1]
    if any(way.target == OUTSIDE for way in winners):
        yield trip.strayed(leaves_the_plan(trip, gateway.id, winners[0].detail))
        return
    following = gateway.attachment(winners[0].target) if len(winners) == 1 else None
    places = places_of(network, gateway, following) if following is not None else None
    sure = winners and winners[0].rank != DOUBTED
    if following is None or places is None or not sure or not (places.all or places.refused):
        problem = _no_way(journey, trip, gateway.id, found)
        yield trip.strayed(problem) if problem.in_doubt else trip.blocked(problem)
        return
    if not places.all:
        yield _not_made(network, trip, gateway.id, following.vpc, places.refused)
        return
    zone = zone_of(network, trip.subnet)
    same_zone = places.by_zone.get(zone) if zone else None
    kept = "transit" if gateway.security_group_referencing else "transit-off"
    relation = kept if trip.relation in ("vpc", "transit") else trip.relation
    onward = trip.but(vpc=following.vpc, relation=relation, brought=True)
    # without one in this zone AWS chooses, and says not which
    done = Followed(journey, trip)
    for out, like in unlike(network, same_zone or places.all, trip.packet, journey.goal):
        if done.stands_for(out, like):
            continue
        if (yield from _smoothly(journey, onward.but(subnet=out))):
            done.note(out, like)


def _smoothly(journey: Journey, trip: Trip) -> Generator[Trip, None, bool]:
    """On from a subnet; whether nothing was met that would be told otherwise of another subnet in
    which the packet fares the same.
    """
    smooth = True
    troubles = journey.walk.troubles
    for out in depart(journey, trip):
        same = out.obstacles == trip.obstacles and out.doubt is trip.doubt
        smooth = smooth and same and out.seen is not trip.seen
        yield out
    return smooth and journey.walk.troubles == troubles


def _no_way(
    journey: Journey, trip: Trip, gateway: str, found: tuple[str, tuple[CompiledRoute, ...]]
) -> Obstacle:
    table, winners = found
    goal = journey.goal
    if not winners:
        code = "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT"
        why = f"has no route to {name_of(goal)} ({block_of(goal)})"
    elif len(winners) > 1:
        code = "TGW_RTB_ROUTES_ARE_UNKNOWN"
        targets = " and ".join(way.target for way in winners)
        why = f"knows {winners[0].text} from {targets}; which one wins cannot be told"
    elif winners[0].rank == DOUBTED:
        code = "TGW_RTB_ROUTES_ARE_UNKNOWN"
        why = (
            f"knows {winners[0].text} from {winners[0].target} only if that was attached before "
            "the other VPC whose blocks overlap it, which a plan does not say"
        )
    else:
        code = "TGW_RTB_BAD_STATE_ROUTE"
        why = f"has the route {winners[0].detail}, which drops what it matches"
        if winners[0].target != BLACKHOLE:
            why = f"has the route {winners[0].detail}, but that VPC has no working attachment"
    fix = f"Add a route or a propagation for {block_of(goal)} to the table {table} of {gateway}."
    if code == "TGW_RTB_ROUTES_ARE_UNKNOWN":
        fix = f"Add a static route for {block_of(goal)} to the table {table} of {gateway}."
    return block_to(trip, gateway, code, f"The table {table} of {gateway} {why}.", fix)


def transit_table(
    network: Network, gateway: TransitGateway, attachment: TransitAttachment
) -> RoutingTable | None:
    """The table in which an attachment's packets are looked up; None where it is associated with
    none.
    """
    key = ("transit", gateway.id, attachment.route_table)
    if key not in network.memo:
        network.memo[key] = _compile(network, gateway, attachment.route_table)
    found: RoutingTable | None = network.memo[key]
    return found


def _compile(network: Network, gateway: TransitGateway, name: str | None) -> RoutingTable | None:
    attached = {attachment.vpc for attachment in gateway.attachments}
    if gateway.route_tables is None:
        everybody = TransitRouteTable(name=DEFAULT_TABLE, propagate=tuple(sorted(attached)))
        return _table(network, everybody, attached)
    tables = {table.name: table for table in gateway.route_tables}
    written = tables.get(name or DEFAULT_TABLE)
    return None if written is None else _table(network, written, attached)


def _table(network: Network, table: TransitRouteTable, attached: set[str]) -> RoutingTable:
    ways = [
        CompiledRoute(cidr.block(route.destination), route.target, route.destination, WRITTEN)
        for route in table.routes
    ]
    known = [
        CompiledRoute(block, vpc, str(block), PROPAGATED)
        for vpc in dict.fromkeys(table.propagate)
        if vpc in attached
        for block in network.standing_blocks(vpc)
    ]
    overlapping = _overlapping(known)
    doubted = [way for way in known if way in overlapping and not _settled(way, ways, known)]
    sure = [way for way in known if way not in doubted]
    return RoutingTable(table.name, [*ways, *sure, *(w._replace(rank=DOUBTED) for w in doubted)])


def _overlapping(ways: list[CompiledRoute]) -> set[CompiledRoute]:
    """The propagated blocks that overlap one of another VPC: of those the gateway knows only the
    one attached first. One sweep, since blocks nest or are apart.
    """
    found: set[CompiledRoute] = set()
    around: list[CompiledRoute] = []
    for way in sorted(ways, key=lambda way: way.block):
        while around and not around[-1].block.covers(way.block):
            around.pop()
        others = [outer for outer in around if outer.target != way.target]
        found.update(others, [way] if others else ())
        around.append(way)
    return found


def _settled(way: CompiledRoute, written: list[CompiledRoute], known: list[CompiledRoute]) -> bool:
    """Whether packets go there, propagated or not: by a written route, the narrowest around it,
    and no other VPC's block is narrower than that one.
    """
    wider = [other for other in written if other.block.covers(way.block)]
    narrowest = max(wider, key=lambda other: other.block.prefix, default=None)
    if narrowest is None or narrowest.target != way.target:
        return False
    return not any(
        other.target != way.target
        and other.block.covers(way.block)
        and other.block.prefix > narrowest.block.prefix
        for other in known
    )


def doubted(table: RoutingTable) -> list[CompiledRoute]:
    """The propagated routes of which a plan does not say whether the gateway has them, where they
    would decide.
    """
    unsure = [way for way in table.ways if way.rank == DOUBTED]
    return [
        way
        for way in unsure
        if any(
            way in winners
            for _, winners in table.pieces(way.block.version, (block_range(way.block),))
        )
    ]
