"""Fixes for findings about what joins VPCs."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from functools import partial

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.peering import blocks_of
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.returning import joins_of, unanswered
from lambdaplanner.commands.fields import remove_route, set_route
from lambdaplanner.commands.places import called
from lambdaplanner.fixes.findings.routes import without
from lambdaplanner.fixes.parts import building
from lambdaplanner.fixes.parts.retargeting import better_targets, destinations_of
from lambdaplanner.fixes.parts.transit_parts import reach_zone, teach
from lambdaplanner.fixes.registry import Fix, mends, subject
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.model.cidr import Block
from lambdaplanner.model.edit import Edit


@mends("NET-007")
def a_route_back(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The VPC's blocks in the tables of the other VPC's subnets; or no route there."""
    for found in unanswered(view):
        if found.about != finding.about:
            continue
        table, join = found.table, view.plan.resource(found.join)
        versions = {way.block.version for way in found.ways}
        own = [b for b in blocks_of(view.vpc(table.vpc)) if b.version in versions]
        named = said(own)
        for peer in found.peers:
            if isinstance(join, TransitGateway):
                yield from _back_over_hub(view, (table.vpc, peer), own, join)
                continue
            yield Fix(
                slug="route-back",
                label=f"Route {named} in the tables of {called(view.plan, peer)} to {join.title}",
                command=partial(_back, view, peer, own, join.id),
            )
        sent = {way.text for way in found.ways}
        yield from without(table, [route for route in table.routes if _is(route, join.id, sent)])


def _is(route: Route, target: str, destinations: Container[str]) -> bool:
    return route.target == target and route.destination in destinations


def _back(view: PlanAnalysis, peer: str, own: Sequence[Block], join: str, edit: Edit) -> None:
    for name in view.subnets_of(peer):
        for wanted in own:
            building.route_subnet(edit, name, str(wanted), join)


def _back_over_hub(
    view: PlanAnalysis, ends: tuple[str, str], own: Sequence[Block], hub: TransitGateway
) -> Iterator[Fix]:
    """From the zones in which the other VPC is attached; else from all its zones, attached there
    as well.
    """
    home, peer = ends
    attachment = hub.attachment(peer)
    zones = {view.subnet(name).az for name in (attachment.subnets if attachment else ())}
    near = [name for name in view.subnets_of(peer) if view.subnet(name).az in zones]

    def command(edit: Edit, names: Sequence[str]) -> None:
        teach(edit, hub.id, peer, home)
        for name in names:
            for wanted in own:
                building.route_subnet(edit, name, str(wanted), hub.id)
            if names is not near:
                reach_zone(edit, hub.id, name)

    for names, words in ((near, ""), (view.subnets_of(peer), ", attached in all its zones")):
        yield Fix(
            slug="route-back",
            label=f"Route {said(own)} in the tables of {called(view.plan, peer)} to "
            f"{hub.title}{words}",
            command=partial(command, names=names),
        )


def said(blocks: Sequence[Block]) -> str:
    """Blocks as a label names them."""
    return " and ".join(str(one) for one in blocks)


@mends("NET-008", "NET-009")
def what_a_peering_carries(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The other VPC's blocks in place of more; a direct peering with the VPC that is meant; or no
    such route.
    """
    table = subject(view, finding, RouteTable)
    peering = view.plan.resource(finding.about[1])
    assert isinstance(peering, Peering)
    peer = next(vpc for vpc in peering.vpcs if vpc != table.vpc)
    too_wide = _too_wide(view, table, peering, blocks_of(view.vpc(peer)))
    inside = list(dict.fromkeys(own for covered in too_wide.values() for own in covered))

    def narrowed(edit: Edit, *, back: bool) -> None:
        for route in too_wide:
            remove_route(edit, table.id, route.destination)
        for own in inside:
            set_route(edit, table.id, str(own), peering.id)
        if back:
            _back(view, peer, blocks_of(view.vpc(table.vpc)), peering.id, edit)

    for back, words in ((False, ""), (True, ", and back")) if inside else ():
        yield Fix(
            slug="narrow-route",
            label=f"Route {said(inside)} of {table.title} to {peering.title}{words}, in place of "
            f"{' and '.join(route.destination for route in too_wide)}",
            command=partial(narrowed, back=back),
        )
    theirs = (one for one in view.of(RouteTable) if one.vpc == peer)
    joins = joins_of(view, table.vpc, peer)
    answered = any(route.target in joins for one in theirs for route in one.routes)
    for route, covered in too_wide.items():
        for fix in better_targets(view, table, route):
            yield _keeping(fix, table, peering, covered) if covered and answered else fix
    yield from without(table, [route for route, covered in too_wide.items() if not covered])


def _too_wide(
    view: PlanAnalysis, table: RouteTable, peering: Peering, theirs: Sequence[Block]
) -> dict[Route, list[Block]]:
    """The routes of a table to a peering that name more than the other VPC has, each with what of
    it that VPC has.
    """
    found: dict[Route, list[Block]] = {}
    for route in table.routes:
        sent = destinations_of(view.plan, route) if route.target == peering.id else []
        if not all(any(own.covers(one) for own in theirs) for one in sent):
            pairs = ((one, own) for one in sent for own in theirs if one.overlaps(own))
            shared = (own if one.covers(own) else one for one, own in pairs)
            found[route] = list(dict.fromkeys(shared))
    return found


def _keeping(fix: Fix, table: RouteTable, peering: Peering, covered: Sequence[Block]) -> Fix:
    """Another target for a wide route, while what it rightly led over a peering is still led
    there.
    """
    there = {route.destination for route in table.routes}

    def command(edit: Edit) -> None:
        for own in covered:
            if str(own) not in there:
                set_route(edit, table.id, str(own), peering.id)
        fix.command(edit)

    label = f"{fix.label}, and only {said(covered)} to {peering.title}"
    return replace(fix, label=label, command=command)


@mends("NET-010")
def attached_in_the_zone(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """One of the zone's subnets in the attachment."""
    hub, _, subnet, *_ = finding.about
    assert isinstance(view.plan.resource(hub), TransitGateway)
    yield Fix(
        slug="attach-zone",
        label=f"Add {subnet} to the attachment to {hub}",
        command=partial(reach_zone, hub_id=hub, subnet_id=subnet),
    )
