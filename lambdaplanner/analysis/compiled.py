"""What is made of single frozen records: compiled once each, however often the plan around them
changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from lambdaplanner.analysis.filters import Entries, Group, compile_group
from lambdaplanner.analysis.routes import (
    IMPLIED,
    LISTED,
    LOCAL,
    WRITTEN,
    CompiledRoute,
    RoutingTable,
)
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model import cidr
from lambdaplanner.model.records import Resource

V = TypeVar("V")
K = TypeVar("K")

_COMPILED_KEPT = 65_536


class Compiled:
    """What was made of frozen records, by identity; the records are held too, so that an identity
    stays its own.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], tuple[object, Any]] = {}

    def of(self, make: Callable[..., V], *records: Resource) -> V:
        """The value made of these very records."""
        key = (id(make), *[id(record) for record in records])
        known = self._known.get(key)
        if known is not None:
            value: V = known[1]
            return value
        if len(self._known) >= _COMPILED_KEPT:
            self._known.clear()
        value = make(*records)
        self._known[key] = (records, value)
        return value


compiled = Compiled()


def grouped(pairs: Iterable[tuple[K, str]]) -> dict[K, list[str]]:
    found: dict[K, list[str]] = {}
    for key, name in pairs:
        found.setdefault(key, []).append(name)
    for names in found.values():
        names.sort()
    return found


def local_ways(vpc: Vpc) -> tuple[CompiledRoute, ...]:
    texts = (*vpc.cidrs, *((vpc.ipv6_cidr,) if vpc.ipv6_cidr else ()))
    return tuple(CompiledRoute(cidr.block(text), LOCAL, text, IMPLIED) for text in texts)


def routing_table(table: RouteTable, vpc: Vpc) -> RoutingTable:
    """A written route table in its VPC, where neither prefix lists nor endpoints add to it."""
    ways = (way for route in table.routes for way in ways_of(route, _no_entries))
    return RoutingTable(table.id, (*ways, *local_ways(vpc)))


def ways_of(route: Route, entries: Entries) -> Iterable[CompiledRoute]:
    if "/" in route.destination:
        return (
            CompiledRoute(cidr.block(route.destination), route.target, route.destination, WRITTEN),
        )
    return [
        CompiledRoute(cidr.block(text), route.target, route.destination, LISTED)
        for text in entries(route.destination)
    ]


def _no_entries(_prefix_list: str) -> tuple[str, ...]:
    return ()


def plain_group(record: SecurityGroup) -> Group:
    return compile_group(record, _no_entries)


def names_prefix_list(record: SecurityGroup) -> bool:
    rules = (*record.inbound, *(record.outbound or ()))
    return any(rule.prefix_list is not None for rule in rules)
