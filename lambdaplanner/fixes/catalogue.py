"""Every fix. Importing a module enters its fixers into the tables."""

from __future__ import annotations

from types import ModuleType

from lambdaplanner.fixes.findings import acls as for_acls
from lambdaplanner.fixes.findings import beyond as for_beyond
from lambdaplanner.fixes.findings import blocks as for_blocks
from lambdaplanner.fixes.findings import capacity as for_capacity
from lambdaplanner.fixes.findings import endpoints as for_endpoints
from lambdaplanner.fixes.findings import filters as for_filters
from lambdaplanner.fixes.findings import functions as for_functions
from lambdaplanner.fixes.findings import joins as for_joins
from lambdaplanner.fixes.findings import names as for_names
from lambdaplanner.fixes.findings import nats as for_nats
from lambdaplanner.fixes.findings import networks as for_networks
from lambdaplanner.fixes.findings import quotas as for_quotas
from lambdaplanner.fixes.findings import routes as for_routes
from lambdaplanner.fixes.findings import zones as for_zones
from lambdaplanner.fixes.obstacles import (
    acls,
    beyond,
    endpoints,
    ends,
    gateways,
    groups,
    ipv6,
    moving,
    refusals,
    routes,
)
from lambdaplanner.fixes.obstacles import attachment as attachment_fixes
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
    for_beyond,
)
"""Where fixes are defined; a new module is one more name here."""

__all__ = ["BY_PROMISES", "FOR_FINDINGS", "FOR_OBSTACLES", "MODULES"]
