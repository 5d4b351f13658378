"""Fixes for findings about single routes: other targets, other destinations, or no such route."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambdaplanner.analysis.refused_routes import divided, not_carried
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.commands.fields import remove_route, set_route
from lambdaplanner.commands.places import subnets_of
from lambdaplanner.fixes.parts.retargeting import better_targets
from lambdaplanner.fixes.registry import Fix, mends, subject
from lambdaplanner.fixes.steps import for_each
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.route_table import BLACKHOLE, Route, RouteTable
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.cidr import block
from lambdaplanner.model.edit import Edit


@mends("NET-001")
def alive_again(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """What carries such packets in place of what is gone; else no such route."""
    table = subject(view, finding, RouteTable)
    targets = finding.about[1:] or (BLACKHOLE,)
    wrong = _meant(finding, [route for route in table.routes if route.target in targets])
    for route in wrong:
        yield from better_targets(view, table, route)
    yield from without(table, wrong)


def _meant(finding: Finding, routes: list[Route]) -> list[Route]:
    """Of the routes to one target, each with a finding of its own, the one that this one is about:
    findings name things, and a route is told apart by its destination alone.
    """
    return [route for route in routes if route.destination == finding.part] or routes


@mends("NET-021")
def undivided(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """No such route, so that the local one takes over; or one for a subnet's whole block."""
    table = subject(view, finding, RouteTable)
    target = finding.about[1] if len(finding.about) > 1 else BLACKHOLE
    wrong = _meant(finding, [r for r, _ in divided(view.network, table) if r.target == target])
    yield from without(table, wrong)
    if isinstance(view.plan.find(target), NatGateway | Workload):
        for route in wrong:
            yield from _for_a_whole_subnet(view, table, route)


def _for_a_whole_subnet(view: PlanAnalysis, table: RouteTable, route: Route) -> Iterator[Fix]:
    for subnet in subnets_of(view.plan, table.vpc):
        if block(subnet.cidr) != block(route.destination) and block(subnet.cidr).covers(
            block(route.destination)
        ):

            def command(edit: Edit, whole: str = subnet.cidr) -> None:
                remove_route(edit, table.id, route.destination)
                set_route(edit, table.id, whole, route.target)

            yield Fix(
                slug="route-whole-subnet",
                label=f"Route all of {subnet.title}, {subnet.cidr}, of {table.title} to "
                f"{route.target}",
                command=command,
            )


@mends("NET-022")
def carried(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """A target that carries such packets; else no such route."""
    table = subject(view, finding, RouteTable)
    target = finding.about[1]
    there = [r for r in table.routes if r.target == target and not_carried(view.network, r)]
    wrong = _meant(finding, there)
    endpoint = view.plan.find(target)
    if isinstance(endpoint, Endpoint) and endpoint.is_gateway:
        yield _associated(table, endpoint, wrong)
    else:
        for route in wrong:
            yield from better_targets(view, table, route)
    yield from without(table, wrong)


def _associated(table: RouteTable, endpoint: Endpoint, wrong: Sequence[Route]) -> Fix:
    def command(edit: Edit) -> None:
        for route in wrong:
            remove_route(edit, table.id, route.destination)
        tables = dict.fromkeys((*endpoint.route_tables, table.id))
        edit.update(endpoint.id, route_tables=tuple(tables))

    return Fix(
        slug="associate-endpoint",
        label=f"Associate {endpoint.title} with {table.title}, in place of the route by hand",
        command=command,
    )


def without(table: RouteTable, wrong: Sequence[Route]) -> Iterator[Fix]:
    """The table without one of the routes, and without all of them."""
    for route in wrong:
        yield Fix(
            slug="remove-route",
            label=f"Take the route {route.destination} out of {table.title}",
            command=for_each(
                (route.destination,), lambda edit, to: remove_route(edit, table.id, to)
            ),
        )
    if len(wrong) > 1:
        named = ", ".join(route.destination for route in wrong)
        yield Fix(
            slug="remove-routes",
            label=f"Take the routes {named} out of {table.title}",
            command=for_each(
                (route.destination for route in wrong),
                lambda edit, to: remove_route(edit, table.id, to),
            ),
        )
