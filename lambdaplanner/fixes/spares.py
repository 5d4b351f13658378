"""What lies there unused, and is used before anything like it is made: route tables that serve
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from lambdaplanner.kinds import topology
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.topology import EVERYTHING
from lambdaplanner.model.plan import Plan


def is_spare(plan: Plan, table: RouteTable) -> bool:
    """Whether a route table serves no subnet, not even as the main one of its VPC."""
    return not table.main and not topology.served_by(plan, table)


def spare_tables(plan: Plan, vpc: str) -> list[RouteTable]:
    """The route tables of a VPC that serve nothing and lead somewhere, in the order made."""
    return [
        table
        for table in plan.ordered(RouteTable.kind)
        if table.vpc == vpc and is_spare(plan, table)
        if table.routes or endpoints_of(plan, table)
    ]


def spare_leading_to(plan: Plan, vpc: str, target: str) -> str | None:
    """One that sends everything to a target."""
    wanted = Route(destination=EVERYTHING, target=target)
    return next((t.id for t in spare_tables(plan, vpc) if wanted in t.routes), None)


def spare_like(
    plan: Plan, vpc: str, routes: Iterable[Route], endpoints: frozenset[str]
) -> str | None:
    """One with just these routes and gateway endpoints."""
    wanted = frozenset(routes)
    fitting = (
        table.id
        for table in spare_tables(plan, vpc)
        if frozenset(table.routes) == wanted and endpoints_of(plan, table) == endpoints
    )
    return next(fitting, None)


def endpoints_of(plan: Plan, table: RouteTable | None) -> frozenset[str]:
    """The gateway endpoints that a table leads to."""
    if table is None:
        return frozenset()
    return frozenset(one.id for one in plan.users(table.id, "route_tables", Endpoint.kind))
