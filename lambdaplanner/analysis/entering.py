"""What comes into a VPC by a gateway: delivered at once, or by the gateway's edge table to an
appliance first (aws.md 3.2, 3.6).
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.doubt_obstacles import not_known
from lambdaplanner.analysis.packets import Trip
from lambdaplanner.analysis.routes import LOCAL
from lambdaplanner.analysis.travel import Journey, Step, arrive, forwarded
from lambdaplanner.kinds import topology


def enter(journey: Journey, trip: Trip, gateway: str) -> Iterator[Trip]:
    """The packet stands inside a gateway of `trip.vpc`, bound for the goal."""
    network = journey.network
    table = topology.edge_table(network.things, gateway)
    if table is None or table.vpc != trip.vpc:
        yield from arrive(journey, trip)
        return
    doubt = network.doubts.of(table.id, "routes")
    if doubt is not None:
        yield trip.strayed(not_known(trip, doubt))
        return
    edge = network.table_in(table.id, table.vpc)
    for ranges, winners in edge.pieces(trip.packet.version, trip.packet.target):
        piece = trip.but(packet=trip.packet._replace(target=ranges), subnet=None)
        if all(way.target == LOCAL for way in winners):
            yield from arrive(journey, piece)
            continue
        for way in winners:
            yield from forwarded(journey, piece, Step(table.id, way))
