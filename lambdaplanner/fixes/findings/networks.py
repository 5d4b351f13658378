"""Fixes for findings about route tables as a whole, and what belongs together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.commands.fields import make_main, remove_route, set_route
from lambdaplanner.fixes.parts.building import free_id
from lambdaplanner.fixes.registry import Fix, mends, subject
from lambdaplanner.fixes.steps import updating
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.egress_only_internet_gateway import EgressOnlyInternetGateway
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.model.edit import Edit


def _routes_to(table: RouteTable, targets: tuple[str, ...]) -> list[Route]:
    return [route for route in table.routes if route.target in targets]


@mends("NET-003")
def a_private_main_table(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The subnets that it serves keep it as their own; a table without routes is the main one."""
    table = subject(view, finding, RouteTable)
    served = [s.id for s in topology.served_by(view.plan, table) if s.route_table is None]

    def command(edit: Edit) -> None:
        for name in served:
            edit.update(name, route_table=table.id)
        new_id = free_id(edit, f"{table.vpc}-main-routes", "routes")
        edit.add(RouteTable(id=new_id, vpc=table.vpc))
        make_main(edit, new_id)

    yield Fix(
        slug="private-main-table",
        label=f"Make a table without routes the main one of {table.vpc}, and keep {table.title} "
        "for its subnets",
        command=command,
    )


@mends("NET-012")
def without_what_is_unused(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Nothing would miss it."""
    name = finding.about[0]
    yield Fix(
        slug="remove",
        label=f"Take {view.plan.resource(name).title} out",
        command=lambda edit: edit.remove(name),
    )


@mends("NET-011")
def one_way_for_both(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The route of the second list leads where that of the first does, or goes."""
    table = view.plan.find(finding.about[0])
    if not isinstance(table, RouteTable):
        yield _written_alone(view, finding)
        return
    first, second = finding.about[1:3]
    target = next(route.target for route in table.routes if route.destination == first)
    yield Fix(
        slug="same-target",
        label=f"Route {second} of {table.title} to {target} as well",
        command=partial(set_route, table_id=table.id, destination=second, target=target),
    )
    yield Fix(
        slug="remove-route",
        label=f"Take the route to {second} out of {table.title}",
        command=partial(remove_route, table_id=table.id, destination=second),
    )


def _written_alone(view: PlanAnalysis, finding: Finding) -> Fix:
    """The transit gateway's table without the propagation that the written route hides."""
    hub = view.plan.resource(finding.about[0])
    assert isinstance(hub, TransitGateway)
    hidden, target = finding.about[1:3]
    tables = tuple(
        replace(table, propagate=tuple(vpc for vpc in table.propagate if vpc != hidden))
        if any(route.target == target for route in table.routes)
        else table
        for table in hub.route_tables or ()
    )
    return Fix(
        slug="keep-written-route",
        label=f"Keep the written route of {hub.title} to {target}, without what "
        f"{hidden} propagates",
        command=updating(hub.id, route_tables=tables),
    )


@mends("NET-023")
def one_gateway(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The first stays, and the routes of the others lead to it."""
    vpc, first, *others = finding.about
    assert isinstance(view.plan.resource(first), InternetGateway | EgressOnlyInternetGateway)

    yield _keeping(first, tuple(others), view.plan.users(vpc, "vpc", RouteTable.kind))


@mends("NET-029")
def one_peering(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The first stays, and the routes of the others lead to it."""
    later, first, *more = finding.about
    yield _keeping(first, (later, *more), view.of(RouteTable))


def _keeping(first: str, others: tuple[str, ...], tables: Iterable[RouteTable]) -> Fix:
    """Of things of which AWS takes one, one stays, and these tables' routes lead to it."""

    def command(edit: Edit) -> None:
        for table in tables:
            for route in _routes_to(table, others):
                set_route(edit, table.id, route.destination, first)
        edit.remove(*others)

    return Fix(
        slug="keep-one",
        label=f"Keep {first}, in place of {' and '.join(others)}",
        command=command,
    )


@mends("NET-025")
def one_main_table(_view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Any of them; the first by id is what serves now."""
    for name in sorted(finding.about[1:]):
        yield Fix(
            slug="make-main",
            label=f"Let {name} be the main route table of {finding.about[0]}",
            command=partial(make_main, table_id=name),
        )


@mends("NET-026", "END-009")
def of_one_vpc(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Without the stranger."""
    name, *strangers = finding.about
    stranger = strangers[-1]

    yield Fix(
        slug="remove-stranger",
        label=f"Take {stranger} away from {view.plan.resource(name).title}",
        command=lambda edit: edit.update(name, **_without(edit.plan.resource(name), stranger)),
    )


def _without(thing: Any, stranger: str) -> dict[str, Any]:
    """The fields of a thing that lose the stranger."""
    if isinstance(thing, TransitGateway):
        kept = [
            replace(a, subnets=tuple(n for n in a.subnets if n != stranger))
            for a in thing.attachments
            if a.vpc != stranger
        ]
        return {"attachments": tuple(kept)}
    if isinstance(thing, Subnet):
        fields = ("route_table", "network_acl")
        return {field: None for field in fields if getattr(thing, field) == stranger}
    return {
        field: tuple(name for name in getattr(thing, field) if name != stranger)
        for field in ("subnets", "security_groups", "route_tables")
        if hasattr(thing, field)
    }
