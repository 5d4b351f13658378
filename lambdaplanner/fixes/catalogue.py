"""Every fix. Importing a module enters its fixers into the tables."""

from __future__ import annotations

from types import ModuleType

from lambdaplanner.fixes import (
    acls,
    attachment_fixes,
    beyond,
    endpoints,
    ends,
    for_acls,
    for_blocks,
    for_capacity,
    for_endpoints,
    for_filters,
    for_functions,
    for_joins,
    for_names,
    for_nats,
    for_networks,
    for_quotas,
    for_routes,
    for_zones,
    gateways,
    groups,
    ipv6,
    moving,
    refusals,
    routes,
)
from lambdaplanner.fixes.registry import BY_PROMISES, FOR_FINDINGS, FOR_OBSTACLES

MODULES: tuple[ModuleType, ...] = (
    attachment_fixes,
    moving,
    refusals,
    routes,
    gateways,
    groups,
    acls,
    endpoints,
    beyond,
    ipv6,
    ends,
    for_functions,
    for_zones,
    for_capacity,
    for_nats,
    for_networks,
    for_quotas,
    for_routes,
    for_blocks,
    for_joins,
    for_filters,
    for_acls,
    for_endpoints,
    for_names,
)
"""Where fixes are defined; a new module is one more name here."""

__all__ = ["BY_PROMISES", "FOR_FINDINGS", "FOR_OBSTACLES", "MODULES"]
