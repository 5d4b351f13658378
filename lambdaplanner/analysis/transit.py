"""Transit gateways on the way: zones, association, the gateway's own tables, the way on in the
next VPC (aws.md 8).
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

from lambdaplanner.analysis.alike import Followed, unlike
from lambdaplanner.analysis.beyond import into_network
from lambdaplanner.analysis.crossing import cross
from lambdaplanner.analysis.dividing import divided_by
from lambdaplanner.analysis.doubt_obstacles import not_known
from lambdaplanner.analysis.hops import Hop
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.obstacles import block
from lambdaplanner.analysis.packets import Obstacle, Trip
from lambdaplanner.analysis.places import places_of, zone_of
from lambdaplanner.analysis.refused import of_place
from lambdaplanner.analysis.routes import (
    DOUBTED,
    CompiledRoute,
)
from lambdaplanner.analysis.transit_tables import transit_table
from lambdaplanner.analysis.travel import Journey, Step, depart
from lambdaplanner.kinds.external_network import ExternalNetwork
from lambdaplanner.kinds.route_table import BLACKHOLE, OUTSIDE
from lambdaplanner.kinds.transit_gateway import (
    TransitAttachment,
    TransitGateway,
)
from lambdaplanner.kinds.vpc import Vpc


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
        yield trip.blocked(block(trip, step.table, "target-not-here", route=step.way.detail))
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
            yield stopped.strayed(block(trip, zoneless[0], "zone-not-known", gateway=gateway.id))
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
    return block(trip, gateway, "hub-not-in-zone", zone=zone)


def _inside(
    journey: Journey, trip: Trip, gateway: TransitGateway, attachment: TransitAttachment
) -> Iterator[Trip]:
    table = transit_table(journey.network, gateway, attachment)
    if table is None:
        stopped = trip.met(Hop(id=gateway.id, kind=gateway.kind))
        problem = block(trip, gateway.id, "hub-without-table", attached=attachment.vpc)
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
    if len(winners) == 1 and winners[0].target not in network.of(Vpc):
        beyond = _beyond_vpcs(journey, trip, gateway, winners[0])
        if beyond is not None:
            yield from beyond
            return
    if any(way.target == OUTSIDE for way in winners):
        yield trip.strayed(block(trip, gateway.id, "leaves-the-plan", route=winners[0].detail))
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
    onward = trip.but(vpc=following.vpc, relation=relation, brought=True, hubs=())
    # without one in this zone AWS chooses, and says not which
    done = Followed(journey, trip)
    for out, like in unlike(network, same_zone or places.all, trip.packet, journey.goal):
        if done.stands_for(out, like):
            continue
        if (yield from _smoothly(journey, onward.but(subnet=out))):
            done.note(out, like)


def _beyond_vpcs(
    journey: Journey, trip: Trip, gateway: TransitGateway, way: CompiledRoute
) -> Iterator[Trip] | None:
    """On to an external network, or into a peered transit gateway; None where the route leads to
    neither.
    """
    network = journey.network
    if gateway.attachment(way.target) is None or way.rank == DOUBTED:
        return None
    if way.target in network.of(ExternalNetwork):
        hop = Hop(id=gateway.id, kind=gateway.kind)
        return into_network(journey, trip, way.target, hop)
    peer = network.of(TransitGateway).get(way.target)
    return None if peer is None else _into_peer(journey, trip, gateway, peer)


def _into_peer(
    journey: Journey, trip: Trip, gateway: TransitGateway, peer: TransitGateway
) -> Iterator[Trip]:
    """Over a peering of transit gateways, which stands in both; no group is known beyond it."""
    entry = peer.attachment(gateway.id)
    if entry is None:
        yield trip.blocked(block(trip, gateway.id, "hub-peered-one-sided", peer=peer.id))
        return
    if peer.id in trip.hubs:
        yield trip.blocked(block(trip, peer.id, "hubs-in-a-circle"))
        return
    onward = trip.but(hubs=(*trip.hubs, gateway.id), relation="beyond", brought=True)
    yield from _inside(journey, onward, peer, entry)


def from_network(journey: Journey, trip: Trip, hub: str, name: str) -> Iterator[Trip]:
    """Into a transit gateway from an external network that is attached to it."""
    gateway = journey.network.of(TransitGateway)[hub]
    entry = gateway.attachment(name)
    assert entry is not None
    started = trip.but(vpc=name, subnet=None, brought=True, hubs=())
    doubt = journey.network.doubts.of(gateway.id, "attachments", "routes", "route_tables")
    if doubt is not None:
        yield started.strayed(not_known(started, doubt))
        return
    yield from _inside(journey, started, gateway, entry)


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
        return block(trip, gateway, "hub-no-route", goal, table=table)
    first = winners[0]
    if len(winners) > 1:
        sort = "hub-two-routes"
    elif first.rank == DOUBTED:
        sort = "hub-doubted"
    else:
        sort = "hub-blackhole" if first.target == BLACKHOLE else "hub-dead-attachment"
    targets = " and ".join(way.target for way in winners)
    return block(
        trip,
        gateway,
        sort,
        goal,
        table=table,
        text=first.text,
        target=first.target,
        targets=targets,
        route=first.detail,
    )
