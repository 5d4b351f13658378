"""The tables of transit gateways, compiled: what is propagated, and what of it nobody can be sure
of (aws.md 8).
"""

from __future__ import annotations

from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.ranges import block_range
from lambdaplanner.analysis.routes import (
    DOUBTED,
    LEARNED,
    PROPAGATED,
    WRITTEN,
    CompiledRoute,
    RoutingTable,
)
from lambdaplanner.analysis.vpc_blocks import widest
from lambdaplanner.kinds.external_network import ExternalNetwork
from lambdaplanner.kinds.transit_gateway import (
    TransitAttachment,
    TransitGateway,
    TransitRouteTable,
)
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model import cidr

DEFAULT_TABLE = "default"
"""The name of the one table that a gateway has where none is written."""


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
        hubs = network.of(TransitGateway)  # nothing is propagated over a peering
        known = tuple(sorted(name for name in attached if name not in hubs))
        everybody = TransitRouteTable(name=DEFAULT_TABLE, propagate=known)
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
        if vpc in attached and vpc in network.of(Vpc)
        for block in network.standing_blocks(vpc)
    ]
    learned = [
        CompiledRoute(cidr.block(text), name, text, LEARNED)
        for name in dict.fromkeys(table.propagate)
        if name in attached and name in network.of(ExternalNetwork)
        for text in network.of(ExternalNetwork)[name].cidrs
    ]
    overlapping = _overlapping(known)
    doubted = [way for way in known if way in overlapping and not _settled(way, ways, known)]
    sure = [way for way in known if way not in doubted]
    unsure = [way._replace(rank=DOUBTED) for way in doubted]
    for vpc in dict.fromkeys(way.target for way in known):
        if network.doubts.of(vpc, "cidr") is not None:  # it may propagate a wider one
            around = widest(network.of(Vpc)[vpc].cidr)
            between = [w for w in (*ways, *sure) if w.target != vpc and around.covers(w.block)]
            wavering = [w for w in sure if w.target == vpc and _any_covers(between, w.block)]
            sure = [w for w in sure if w not in wavering]
            unsure += [w._replace(rank=DOUBTED) for w in wavering]
            unsure.append(CompiledRoute(around, vpc, str(around), DOUBTED))
    return RoutingTable(table.name, [*ways, *sure, *learned, *unsure])


def _any_covers(ways: list[CompiledRoute], block: cidr.Block) -> bool:
    return any(way.block.covers(block) for way in ways)


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
