"""What questions look at one by one, so that an edit of something else in the same table leaves
their results as they are (`reading`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from lambdaplanner.analysis.ranges import Ranges
from lambdaplanner.analysis.reading import Readings
from lambdaplanner.analysis.routes import CompiledRoute, RoutingTable, Winners
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.route_table import Route
from lambdaplanner.kinds.subnet import Subnet

PEERINGS = ":peerings"
"""What looks at pairs of VPCs come from, as routes to what is not on the plan are; no id has a
colon.
"""
NAT_GATEWAYS = ":nat-gateways"
"""Was read where a result depends on which NAT gateways there are."""
SUBNETS = ":subnets"
"""The same of subnets."""


def subnets_in(vpc: str) -> str:
    """The same of the subnets of one VPC."""
    return f"{SUBNETS}:{vpc}"


class State(Protocol):
    """A state of a plan, as looks ask it."""

    @property
    def things(self) -> topology.Things:
        """Its things."""

    @property
    def islands(self) -> Mapping[str, int]:
        """VPC -> a number that it has in common with those that it is joined with."""

    @property
    def leads_outside(self) -> bool:
        """Whether anything may lead to what is not on the plan."""

    def written_table(self, table_id: str, vpc_id: str) -> RoutingTable:
        """A written table as it works in a VPC."""

    def are_peered(self, one: str, other: str) -> bool:
        """Whether an active peering joins two VPCs."""


class PiecesOf(NamedTuple):
    """How a table divides some addresses, in the VPC of those that it serves."""

    source: str
    vpc: str
    version: int
    ranges: Ranges

    def told_by(self, state: State) -> object:
        """What one state of a plan says."""
        return state.written_table(self.source, self.vpc).pieces(self.version, self.ranges)


class WinnersOf(NamedTuple):
    """Which routes of a table win for an address."""

    source: str
    vpc: str
    version: int
    value: int

    def told_by(self, state: State) -> object:
        """What one state of a plan says."""
        return state.written_table(self.source, self.vpc).winners(self.version, self.value)


class ServiceOf(NamedTuple):
    """Which gateway endpoint serves an AWS service by a table."""

    source: str
    vpc: str
    service: str

    def told_by(self, state: State) -> object:
        """What one state of a plan says."""
        return state.written_table(self.source, self.vpc).service(self.service)


class ListedOf(NamedTuple):
    """The routes of AWS's own prefix lists in a table."""

    source: str
    vpc: str

    def told_by(self, state: State) -> object:
        """What one state of a plan says."""
        return state.written_table(self.source, self.vpc).listed


class DefaultsOf(NamedTuple):
    """The routes of a subnet's table for everything."""

    source: str
    subnet: str

    def told_by(self, state: State) -> tuple[Route, ...]:
        """What one state of a plan says."""
        subnet = state.things.of(Subnet.kind)[self.subnet]
        return tuple(topology.default_routes(state.things, subnet))


class Joined(NamedTuple):
    """Whether an active peering joins two VPCs."""

    source: str
    one: str
    other: str

    def told_by(self, state: State) -> bool:
        """What one state of a plan says."""
        return state.are_peered(self.one, self.other)


class Together(NamedTuple):
    """Whether anything may lead from one VPC to another: peerings and transit gateways, directly or
    through others, or what is not on the plan.
    """

    source: str
    one: str
    other: str

    def told_by(self, state: State) -> bool:
        """What one state of a plan says."""
        return state.islands[self.one] == state.islands[self.other] or state.leads_outside


class Reader(Protocol):
    """Who keeps what was read."""

    readings: Readings


class TableRead:
    """A written table as questions read it: what they look at is noted."""

    __slots__ = ("_reader", "_table", "_vpc", "id")

    def __init__(self, table: RoutingTable, vpc: str, reader: Reader) -> None:
        self.id = table.id
        self._table = table
        self._vpc = vpc
        self._reader = reader

    @property
    def ways(self) -> tuple[CompiledRoute, ...]:
        """All its routes."""
        self._reader.readings.note((self.id,))
        return self._table.ways

    @property
    def services(self) -> dict[str, str]:
        """AWS service -> the gateway endpoint that serves it here."""
        self._reader.readings.note((self.id,))
        return self._table.services

    @property
    def listed(self) -> tuple[CompiledRoute, ...]:
        """Its routes of AWS's own prefix lists."""
        self._reader.readings.saw(ListedOf(self.id, self._vpc))
        return self._table.listed

    def service(self, name: str) -> str | None:
        """The gateway endpoint that serves an AWS service here."""
        self._reader.readings.saw(ServiceOf(self.id, self._vpc, name))
        return self._table.service(name)

    def winners(self, version: int, value: int) -> Winners:
        """The routes that win for one address."""
        self._reader.readings.saw(WinnersOf(self.id, self._vpc, version, value))
        return self._table.winners(version, value)

    def pieces(self, version: int, ranges: Ranges) -> list[tuple[Ranges, Winners]]:
        """The addresses, divided by the routes that win for them."""
        self._reader.readings.saw(PiecesOf(self.id, self._vpc, version, ranges))
        return self._table.pieces(version, ranges)
