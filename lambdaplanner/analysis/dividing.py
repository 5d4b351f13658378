"""How a route table divides what is bound for a goal: each piece with the routes that win for it.

The addresses of an AWS service are not in a plan. A default route takes them all, as it takes the
internet: narrower routes beside it are those of partners and offices as a rule, and say nothing of
the service. Where no default route leads on, a narrower one to public addresses may take some of
the service's, or all, or none.
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.advice import way_out
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.obstacles import block
from lambdaplanner.analysis.packets import Goal, Obstacle, Outside, Trip
from lambdaplanner.analysis.ranges import A_SERVICE, ANY_SERVICE, Ranges
from lambdaplanner.analysis.refused_routes import aws_list
from lambdaplanner.analysis.routes import LOCAL, CompiledRoute, Routes, Winners
from lambdaplanner.kinds.aws_services import list_service
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.route_table import BLACKHOLE

_NAMED = 3


def divided_by(
    network: Network, table: Routes, trip: Trip, goal: Goal, at: str
) -> Iterator[tuple[Trip, Winners]]:
    """The parts of a trip that a table treats differently; `at` is what obstacles name."""
    if trip.direction == "forward" and isinstance(goal, Outside) and goal.service is not None:
        yield from _to_a_service(network, table, trip, goal, at)
        return
    for ranges, winners in table.pieces(trip.packet.version, trip.packet.target):
        yield _piece(trip, ranges), winners


def _piece(trip: Trip, ranges: Ranges) -> Trip:
    return trip.but(packet=trip.packet._replace(target=ranges))


def _to_a_service(
    network: Network, table: Routes, trip: Trip, goal: Outside, at: str
) -> Iterator[tuple[Trip, Winners]]:
    target, version = trip.packet.target, trip.packet.version
    anywhere = target == A_SERVICE
    default = table.winners(version, ANY_SERVICE) if anywhere else ()
    listed = _own_list(table, goal.service or "") if anywhere and version == 4 else ()
    own = tuple(way for way in listed if not _passed_by(network, trip, way))
    if own or any(way.target != BLACKHOLE for way in default):
        yield trip, own or default
        return
    if listed and trip.sender.kind != NatGateway.kind:
        yield trip, listed
        return
    known = network.public_hosts_of(version) if anywhere else target
    pieces = [
        (ranges, winners)
        for ranges, winners in table.pieces(version, known)
        if winners and _may_be_its(winners) and _targets(winners) != _targets(default)
    ]
    if not pieces:
        yield trip, default
        return
    doubt = _doubt(network, trip, goal, at, [winners for _, winners in pieces])
    covered = bool(default) or _covers(pieces, target)
    if default:
        yield trip.but(doubt=doubt), default
    for ranges, winners in pieces:
        piece = _piece(trip, ranges)
        yield piece.but(doubt=doubt) if covered else piece.narrowed(piece.packet, doubt), winners


def _own_list(table: Routes, service: str) -> Winners:
    """The routes of AWS's own prefix list of the service, which has all its addresses."""
    written = (*table.ways, *table.listed)
    ways = (way for way in written if aws_list(way.text) and list_service(way.text) == service)
    return tuple({way.target: way for way in ways}.values())


def _passed_by(network: Network, trip: Trip, way: CompiledRoute) -> bool:
    """Whether a route to a gateway endpoint takes nothing, as if the endpoint were associated: AWS
    does not make it, or a NAT gateway sends, which no such endpoint serves.
    """
    endpoint = network.of(Endpoint).get(way.target)
    if endpoint is None:
        return False
    refused = endpoint.refusal(network.region_of(endpoint.vpc))
    return trip.sender.kind == NatGateway.kind or bool(refused)


def _may_be_its(winners: Winners) -> bool:
    """Whether routes may be meant for a service: neither the VPC's own blocks nor AWS's list of
    another one.
    """
    return not any(way.target == LOCAL or aws_list(way.text) for way in winners)


def _targets(winners: Winners) -> set[str]:
    return {way.target for way in winners}


def _covers(pieces: list[tuple[Ranges, Winners]], target: Ranges) -> bool:
    """Whether routes take all the addresses, and so need no wider one."""
    return _count(target) == sum(_count(ranges) for ranges, _ in pieces)


def _count(ranges: Ranges) -> int:
    return sum(high - low + 1 for low, high in ranges)


def _doubt(network: Network, trip: Trip, goal: Outside, at: str, found: list[Winners]) -> Obstacle:
    ways = list(dict.fromkeys(way.detail for winners in found for way in winners))
    more = len(ways) - _NAMED
    named = ", ".join(ways[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    table = network.table_of(trip.subnet or "").id
    advice = way_out(network, trip, table, goal).sentence
    return block(trip, at, "routes-cover-some", goal, routes=named, advice=advice)
