"""Route tables compiled for longest-prefix lookup: a dictionary for each prefix length, over
integers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple, Protocol

from lambdaplanner.analysis.hops import RouteTaken
from lambdaplanner.analysis.ranges import (
    A_GLOBAL_IPV6,
    ANY_HOST,
    ANY_SERVICE,
    GLOBAL_PREFIX,
    Ranges,
    joined,
)
from lambdaplanner.model.cidr import Block

LOCAL = "local"

WRITTEN, IMPLIED, LISTED, PROPAGATED, LEARNED, DOUBTED = range(6)
"""Classes of routes to the same block, the winning one first (aws.md 3.1): written with a CIDR,
the local route, by a prefix list, propagated by a VPC, learned from beyond AWS; last what may be
propagated or not, which nobody can tell from a plan (aws.md 8).
"""


class CompiledRoute(NamedTuple):
    """One compiled route: a block, where it leads, and how it was written."""

    block: Block
    target: str
    text: str
    """The destination as written: a CIDR or the id of a prefix list."""
    rank: int = WRITTEN

    @property
    def taken(self) -> RouteTaken:
        """The route that is taken where this wins."""
        return RouteTaken(self.text, self.target)

    @property
    def detail(self) -> str:
        """The route as a person reads it: ``0.0.0.0/0 -> nat``."""
        return str(self.taken)


Winners = tuple[CompiledRoute, ...]
"""The routes that win for an address: none, one, or several where AWS picks one of two prefix
lists at random.
"""


class _Family:
    """The routes of one IP version."""

    __slots__ = ("_lengths", "_starts", "bits")

    def __init__(self, bits: int, ways: Iterable[CompiledRoute]) -> None:
        self.bits = bits
        by_prefix: dict[int, dict[int, Winners]] = {}
        starts: set[int] = set()
        for way in ways:
            found = by_prefix.setdefault(way.block.prefix, {})
            key = way.block.first >> (bits - way.block.prefix)
            found[key] = _stronger(found.get(key, ()), way)
            starts.add(way.block.first)
        self._lengths = [(bits - p, by_prefix[p]) for p in sorted(by_prefix, reverse=True)]
        self._starts = sorted(starts)

    def winners(self, value: int) -> Winners:
        if value >= ANY_HOST and self.bits == 32:
            return self._lengths[-1][1].get(0, ()) if self._has_default() else ()
        if self.bits == 128 and value in (ANY_HOST, ANY_SERVICE):
            return self._for_all_public()
        for shift, ways in self._lengths:
            found = ways.get(value >> shift)
            if found is not None:
                return found
        return ()

    def _for_all_public(self) -> Winners:
        """The routes of the narrowest block that has every public IPv6 address."""
        for shift, ways in self._lengths:
            found = ways.get(A_GLOBAL_IPV6 >> shift)
            if found is not None and self.bits - shift <= GLOBAL_PREFIX:
                return found
        return ()

    def _has_default(self) -> bool:
        return bool(self._lengths) and self._lengths[-1][0] == self.bits

    def pieces(self, ranges: Ranges) -> list[tuple[Ranges, Winners]]:
        parts: dict[Winners, list[tuple[int, int]]] = {}
        for low, high in ranges:
            while low <= high:
                winners = self.winners(low)
                end = self._end(low, high, winners)
                parts.setdefault(winners, []).append((low, end))
                low = end + 1
        return [(joined(found), winners) for winners, found in parts.items()]

    def _end(self, low: int, high: int, winners: Winners) -> int:
        """The last address up to which the same routes win: no other route starts and this one
        does not end.
        """
        if low == high:
            return low
        at = bisect_right(self._starts, low)
        if at < len(self._starts):
            high = min(high, self._starts[at] - 1)
        return min(high, winners[0].block.last) if winners else high


def _stronger(known: Winners, way: CompiledRoute) -> Winners:
    if not known or way.rank < known[0].rank:
        return (way,)
    if way.rank > known[0].rank or any(other.target == way.target for other in known):
        return known
    return (*known, way)


class Routes(Protocol):
    """A route table as packets meet it."""

    id: str

    @property
    def ways(self) -> tuple[CompiledRoute, ...]:
        """All its routes."""

    @property
    def services(self) -> dict[str, str]:
        """AWS service -> the gateway endpoint that serves it here."""

    @property
    def listed(self) -> tuple[CompiledRoute, ...]:
        """Routes of AWS's own prefix lists, for the services that these are called by."""

    def service(self, name: str) -> str | None:
        """The gateway endpoint that serves an AWS service here."""

    def winners(self, version: int, value: int) -> Winners:
        """The routes that win for one address."""

    def pieces(self, version: int, ranges: Ranges) -> list[tuple[Ranges, Winners]]:
        """The addresses, divided by the routes that win for them."""


class RoutingTable:
    """A route table as it works in one VPC, its local routes included."""

    __slots__ = ("_families", "id", "listed", "services", "ways")

    def __init__(
        self,
        table_id: str,
        ways: Iterable[CompiledRoute],
        services: dict[str, str] | None = None,
        listed: tuple[CompiledRoute, ...] = (),
    ) -> None:
        self.id = table_id
        self.ways = tuple(ways)
        self.services = services or {}
        """AWS service -> the gateway endpoint that serves it here."""
        self.listed = listed
        """Routes of AWS's own prefix lists, whose blocks no plan has: they are for the service
        that the list is called by, and win by their length.
        """
        self._families = {
            4: _Family(32, [way for way in self.ways if way.block.version == 4]),
            6: _Family(128, [way for way in self.ways if way.block.version == 6]),
        }

    def service(self, name: str) -> str | None:
        """The gateway endpoint that serves an AWS service here."""
        return self.services.get(name)

    def winners(self, version: int, value: int) -> Winners:
        """The routes that win for one address."""
        return self._families[version].winners(value)

    def pieces(self, version: int, ranges: Ranges) -> list[tuple[Ranges, Winners]]:
        """The addresses, divided by the routes that win for them."""
        return self._families[version].pieces(ranges)
