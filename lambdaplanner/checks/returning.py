"""Check of the ways back: what a VPC sends to another one must be answered over a route of that
one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from lambdaplanner.analysis.compiled import ways_of
from lambdaplanner.analysis.ranges import ANY_HOST, Range, Ranges, block_range, joined
from lambdaplanner.analysis.routes import CompiledRoute, RoutingTable
from lambdaplanner.analysis.transit_tables import transit_table
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.peering import PEERING_ROUTES, blocks_of, said_ways
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import vpc_attachments
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.model.cidr import Block

_NAMED = 3
_BEYOND = 1 << 130
"""More than any address."""


class Unanswered(NamedTuple):
    """What a table sends over a peering or a transit gateway to VPCs of which none leads back."""

    table: RouteTable
    join: str
    peers: tuple[str, ...]
    ways: tuple[CompiledRoute, ...]

    @property
    def about(self) -> tuple[str, ...]:
        """The things that the finding names."""
        return (self.table.id, self.join, *self.peers[:_NAMED])


@check("NET-007", "error", "No route leads back to a joined VPC", reference=PEERING_ROUTES)
def one_sided_routes(view: PlanAnalysis) -> Iterator[Draft]:
    """Requests go over, and the replies get lost: the other VPC needs a route back in the table of
    at least one of its subnets. Of a route to several VPCs at a transit gateway one must answer, of
    a default route the VPC that the gateway's own default route leads to.
    """
    for found in unanswered(view):
        sent = said_ways(found.ways)
        named = ", ".join(f'"{peer}"' for peer in found.peers[:_NAMED])
        more = len(found.peers) - _NAMED
        if len(found.peers) > 1:
            named = f"any of the VPCs {named}" + (f" and {more} more" if more > 0 else "")
        else:
            named = f"VPC {named}"
        versions = {way.block.version for way in found.ways}
        back = (str(b) for b in blocks_of(view.vpc(found.table.vpc)) if b.version in versions)
        yield Draft(
            about=found.about,
            message=f'Route table "{found.table.id}" sends {sent} to {named} over "{found.join}", '
            "but no table of a subnet there leads back.",
            fix=f'Route {", ".join(back)} to "{found.join}" in the tables of {named}.',
        )


def unanswered(view: PlanAnalysis) -> Iterator[Unanswered]:
    """Every table with what it sends to other VPCs in vain, by where it goes."""
    ways_back = _WaysBack(view)
    for table in view.of(RouteTable):
        lost: dict[tuple[str, tuple[str, ...]], list[CompiledRoute]] = {}
        for route in table.routes if table.id in ways_back.homes else ():
            join = view.plan.find(route.target)
            if isinstance(join, Peering | TransitGateway):
                for way in ways_of(route, view.network.entries):
                    peers = ways_back.missing(table, join, way.block)
                    if peers:
                        lost.setdefault((join.id, peers), []).append(way)
        for (join_id, peers), ways in lost.items():
            yield Unanswered(table, join_id, peers, tuple(ways))


def joins_of(view: PlanAnalysis, one: str, other: str) -> list[str]:
    """What joins two VPCs; a reply may take another way than the request did."""
    hubs = view.of(TransitGateway)
    both = [hub.id for hub in hubs if hub.attachment(one) and hub.attachment(other)]
    return [*_peerings(view).get(frozenset((one, other)), ()), *both]


def _peerings(view: PlanAnalysis) -> dict[frozenset[str], list[str]]:
    key = ("peerings by pair",)
    if key not in view.network.memo:
        found: dict[frozenset[str], list[str]] = {}
        for peering in view.of(Peering):
            found.setdefault(frozenset(peering.vpcs), []).append(peering.id)
        view.network.memo[key] = found
    known: dict[frozenset[str], list[str]] = view.network.memo[key]
    return known


class _WaysBack:
    """What the tables of subnets lead back to, found when first asked for and kept for one run."""

    def __init__(self, view: PlanAnalysis) -> None:
        self.view = view
        self._indexes: dict[int, tuple[list[int], list[CompiledRoute]]] = {}

    @cached_property
    def homes(self) -> dict[str, list[Block]]:
        """Table -> the blocks of the subnets of its own VPC that it serves."""
        found: dict[str, list[Block]] = {}
        for subnet in self.view.of(Subnet):
            table = self.view.table(subnet.id)
            if table is not None and table.vpc == subnet.vpc:
                found.setdefault(table.id, []).extend(blocks_of(subnet))
        return found

    @cached_property
    def _back(self) -> dict[tuple[str, str, int], Ranges]:
        """VPC, target and IP version -> the destinations for which a table of one of its subnets
        leads there.
        """
        found: dict[tuple[str, str, int], list[Range]] = {}
        for name in self.homes:
            table = self.view.plan.resource(name)
            assert isinstance(table, RouteTable)
            for route in table.routes:
                for way in ways_of(route, self.view.network.entries):
                    key = (table.vpc, route.target, way.block.version)
                    found.setdefault(key, []).append(block_range(way.block))
        return {key: joined(ranges) for key, ranges in found.items()}

    def missing(
        self, table: RouteTable, join: Peering | TransitGateway, sent: Block
    ) -> tuple[str, ...]:
        """The VPCs that get what is sent over a join, if none of them leads back."""
        homes = [home for home in self.homes[table.id] if home.version == sent.version]
        silent: dict[str, None] = {}
        for peer in self._peers(table.vpc, join, sent) if homes else ():
            if peer not in silent and self.view.subnets_of(peer):
                joins = joins_of(self.view, peer, table.vpc)
                if any(self._leads(peer, name, homes) for name in joins):
                    return ()
                silent[peer] = None
        return tuple(silent)

    def _leads(self, vpc: str, target: str, homes: list[Block]) -> bool:
        for home in homes:
            ranges = self._back.get((vpc, target, home.version), ())
            at = bisect_right(ranges, (home.last, _BEYOND))
            if at and ranges[at - 1][1] >= home.first:
                return True
        return False

    # where a route leads ------------------------------------------------------------------------

    def _peers(self, vpc: str, join: Peering | TransitGateway, sent: Block) -> Iterator[str]:
        """The other VPCs that have some of what is sent."""
        if isinstance(join, Peering):
            if vpc in join.vpcs and sent.prefix:  # all that is not the peer's: NET-008
                peer = next(name for name in join.vpcs if name != vpc)
                if any(own.overlaps(sent) for own in blocks_of(self.view.vpc(peer))):
                    yield peer
            return
        entry = join.attachment(vpc)
        inner = None if entry is None else transit_table(self.view.network, join, entry)
        if inner is None:
            return
        attached = self._attached(join)
        default = None if sent.prefix else self._default(inner, sent.version)
        if default in attached:
            yield from (default,) if default != vpc else ()
            return
        for way in self._within(inner, sent):
            if way.target != vpc and way.target in attached and self._has(inner, way, sent):
                yield way.target

    def _attached(self, hub: TransitGateway) -> dict[str, None]:
        key = ("attached", hub.id)
        if key not in self.view.network.memo:
            self.view.network.memo[key] = dict.fromkeys(
                one.vpc for one in vpc_attachments(self.view.plan, hub)
            )
        found: dict[str, None] = self.view.network.memo[key]
        return found

    @staticmethod
    def _default(inner: RoutingTable, version: int) -> str | None:
        """Where a transit gateway's table leads what is for the internet."""
        if version == 4:
            return next((way.target for way in inner.winners(4, ANY_HOST)), None)
        whole = (w for w in inner.ways if w.block.version == version and not w.block.prefix)
        return next((way.target for way in whole), None)

    def _within(self, inner: RoutingTable, sent: Block) -> Iterator[CompiledRoute]:
        """The routes of a transit gateway's table that may decide about some of what is sent."""
        yield from inner.winners(sent.version, sent.first)
        starts, ways = self._index(inner)
        place = sent.version << 128
        low = bisect_left(starts, place + sent.first)
        for at in range(low, bisect_right(starts, place + sent.last)):
            yield ways[at]

    def _index(self, inner: RoutingTable) -> tuple[list[int], list[CompiledRoute]]:
        """The routes of a table by where they begin, those of IPv4 first."""
        found = self._indexes.get(id(inner))
        if found is None:
            ways = sorted(inner.ways, key=lambda way: (way.block.version, way.block.first))
            starts = [(way.block.version << 128) + way.block.first for way in ways]
            found = self._indexes[id(inner)] = (starts, ways)
        return found

    def _has(self, inner: RoutingTable, way: CompiledRoute, sent: Block) -> bool:
        """Whether the VPC that a route leads to has some of what is sent, and gets it."""
        part = way.block if sent.covers(way.block) else sent
        for own in blocks_of(self.view.vpc(way.target)):
            if own.overlaps(part):
                first = max(own.first, part.first)
                if any(won.target == way.target for won in inner.winners(own.version, first)):
                    return True
        return False
