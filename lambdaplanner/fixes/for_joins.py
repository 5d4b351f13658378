"""Fixes for findings about what joins VPCs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.commands.addresses import overlapping
from lambdaplanner.commands.fields import remove_route, set_route
from lambdaplanner.commands.places import subnets_of
from lambdaplanner.fixes import building
from lambdaplanner.fixes.building import free_id
from lambdaplanner.fixes.registry import Fix, mends, subject
from lambdaplanner.fixes.steps import for_each
from lambdaplanner.fixes.transit_parts import reach_zone
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.model.cidr import block
from lambdaplanner.model.edit import Edit


@mends("NET-007")
def a_route_back(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The VPC's blocks in the tables of the other VPC's subnets; or no route there."""
    table = subject(view, finding, RouteTable)
    join, peer = finding.about[1], finding.about[2]
    blocks = view.vpc(table.vpc).cidrs

    def command(edit: Edit) -> None:
        for subnet in subnets_of(edit.plan, peer):
            for text in blocks:
                building.route_subnet(edit, subnet.id, text, join)

    yield Fix(
        slug="route-back",
        label=f"Route {' and '.join(blocks)} in the tables of {peer} to {join}",
        command=command,
    )
    yield from _without(table, join)


@mends("NET-008", "NET-009")
def what_a_peering_carries(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The other VPC's blocks in place of more; a direct peering with the VPC that is meant; or no
    such route.
    """
    table = subject(view, finding, RouteTable)
    join = finding.about[1]
    peering = view.plan.resource(join)
    assert isinstance(peering, Peering)
    peer = next(vpc for vpc in peering.vpcs if vpc != table.vpc)
    blocks = view.vpc(peer).cidrs
    wrong = [route for route in table.routes if route.target == join]

    def narrowed(edit: Edit) -> None:
        for route in wrong:
            if route.destination not in blocks:
                remove_route(edit, table.id, route.destination)
        for text in blocks:
            set_route(edit, table.id, text, join)

    yield Fix(
        slug="narrow-route",
        label=f"Route only {' and '.join(blocks)} of {table.title} to {join}",
        command=narrowed,
    )
    yield from _direct(view, table, wrong)
    yield from _without(table, join)


def _direct(view: PlanAnalysis, table: RouteTable, wrong: list[Route]) -> Iterator[Fix]:
    """A peering with the third VPC whose blocks the routes name."""
    own = view.vpc(table.vpc)
    for vpc in view.plan.ordered("vpc"):
        texts = {route.destination for route in wrong if "/" in route.destination}
        named = [
            text
            for text in texts
            if any(
                block(text) == block(cidr) or block(text).covers(block(cidr)) for cidr in vpc.cidrs
            )
            and block(text).prefix
        ]
        if vpc.id == own.id or not named or overlapping(own, vpc):
            continue

        def command(edit: Edit, far: str = vpc.id, to: tuple[str, ...] = tuple(named)) -> None:
            new_id = free_id(edit, f"{own.id}-{far}-peering", "peering")
            edit.add(Peering(id=new_id, vpcs=(own.id, far)))
            for text in to:
                set_route(edit, table.id, text, new_id)
            for subnet in subnets_of(edit.plan, far):
                for cidr in own.cidrs:
                    building.route_subnet(edit, subnet.id, cidr, new_id)

        yield Fix(
            slug="peer-directly",
            label=f"Peer {own.title} with {vpc.title}, and route both ways",
            command=command,
        )


def _without(table: RouteTable, join: str) -> Iterator[Fix]:
    wrong = [route.destination for route in table.routes if route.target == join]
    yield Fix(
        slug="remove-route",
        label=f"Take the routes to {join} out of {table.title}",
        command=for_each(wrong, lambda edit, to: remove_route(edit, table.id, to)),
    )


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
