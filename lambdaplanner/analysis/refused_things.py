"""The one list of what AWS refuses to build: findings are made of it, and paths lean on nothing in
it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lambdaplanner.analysis import (
    refused_addresses,
    refused_blocks,
    refused_endpoints,
    refused_routes,
    refused_strangers,
    refused_twice,
)
from lambdaplanner.analysis.addressing import Addressing
from lambdaplanner.analysis.refusal import Refusal, Refusals

Source = Callable[[Addressing], Iterator[Refusal]]

SOURCES: tuple[Source, ...] = (
    refused_blocks.vpc_blocks,
    refused_blocks.subnet_blocks,
    refused_blocks.ipv6_blocks,
    refused_strangers.tables_and_acls,
    refused_strangers.of_things,
    refused_strangers.of_functions,
    refused_strangers.ipv6_without,
    refused_twice.gateways,
    refused_twice.peerings,
    refused_endpoints.without_service,
    refused_endpoints.inbound_only,
    refused_twice.gateway_endpoints,
    refused_twice.names_taken,
    refused_twice.two_of_a_zone,
    refused_addresses.fixed_addresses,
    refused_addresses.full_subnets,
    refused_addresses.public_addresses,
    refused_routes.dividing,
    refused_routes.wrong_targets,
)
"""Where the rows come from; a new kind is one more name here."""


_OF_ROUTES = frozenset({refused_routes.dividing, refused_routes.wrong_targets})
"""The sources that read what route tables hold; none reads what security groups do."""

Rows = Mapping[Source, tuple[Refusal, ...]]


def rows_of(plan: Addressing, before: Rows | None = None) -> Rows:
    """All that AWS refuses of a plan as it stands, by where it comes from; `before` is what it
    refused in a state from which this differs in the contents of tables and groups alone.
    """
    known = {} if before is None else {k: v for k, v in before.items() if k not in _OF_ROUTES}
    return {source: known[source] if source in known else tuple(source(plan)) for source in SOURCES}


def refusals_of(rows: Rows) -> Refusals:
    """The same as one list."""
    return Refusals(row for found in rows.values() for row in found)
