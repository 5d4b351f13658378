"""The one list of what AWS refuses to build: findings are made of it, and paths lean on nothing in
it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

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


def refusals_of(plan: Addressing) -> Refusals:
    """All that AWS refuses of a plan as it stands."""
    return Refusals(row for source in SOURCES for row in source(plan))
