"""Checks of what joins VPCs: peerings, and routes over them and over transit gateways."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.cidr import Block, block

PEERING = "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html"
PEERING_ROUTES = "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html"
ATTACHMENTS = "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html"


@check("NET-006", "error", "VPCs that are joined have the same addresses", reference=PEERING)
def overlapping_vpcs(view: PlanAnalysis) -> Iterator[Draft]:
    """A peering of VPCs with any block in common never becomes active. A transit gateway takes
    such VPCs, but does not learn the second one's routes: a warning.
    """
    for peering in view.of(Peering):
        found = _overlap(view, *peering.vpcs[:2])
        if found:
            yield Draft(
                about=(peering.id, *peering.vpcs),
                message=f'Peering "{peering.id}" cannot become active: {found[0]} of '
                f'"{peering.vpcs[0]}" and {found[1]} of "{peering.vpcs[1]}" overlap.',
                fix="Give one of the VPCs other blocks.",
            )
    for gateway in view.of(TransitGateway):
        vpcs = [attachment.vpc for attachment in gateway.attachments]
        for one, other in combinations(vpcs, 2):
            found = _overlap(view, one, other)
            if found:
                yield Draft(
                    about=(gateway.id, one, other),
                    message=f'VPCs "{one}" ({found[0]}) and "{other}" ({found[1]}) at transit '
                    f'gateway "{gateway.id}" overlap: it cannot tell which of them is meant.',
                    fix="Give one of the VPCs other blocks, or put a private NAT gateway between.",
                    severity="warning",
                )


def _overlap(view: PlanAnalysis, one: str, other: str) -> tuple[str, str] | None:
    for first in _blocks(view.vpc(one)):
        for second in _blocks(view.vpc(other)):
            if first.overlaps(second):
                return str(first), str(second)
    return None


def _blocks(vpc: Vpc) -> list[Block]:
    texts = (*vpc.cidrs, *((vpc.ipv6_cidr,) if vpc.ipv6_cidr else ()))
    return [block(text) for text in texts]


@check("NET-007", "error", "No route leads back to a joined VPC", reference=PEERING_ROUTES)
def one_sided_routes(view: PlanAnalysis) -> Iterator[Draft]:
    """Requests go over, and the replies get lost: the other VPC needs a route back in the table of
    at least one of its subnets.
    """
    for table, route, peer in (*_over_peerings(view), *_over_hubs(view)):
        mine = _blocks(view.vpc(table.vpc))
        towards = [own for own in mine if own.version == block(route.destination).version]
        back = [
            block(other.destination)
            for name in view.subnets_of(peer)
            if (theirs := view.table(name)) is not None
            for other in theirs.routes
            if other.target == route.target and "/" in other.destination
        ]
        if not any(way.overlaps(own) for way in back for own in towards):
            yield Draft(
                about=(table.id, route.target, peer),
                message=f'Route table "{table.id}" sends {route.destination} to VPC "{peer}" over '
                f'"{route.target}", but no table of a subnet there leads back.',
                fix=f"Route {towards[0] if towards else view.vpc(table.vpc).cidr} to "
                f'"{route.target}" in the tables of "{peer}".',
            )


@check("NET-008", "error", "A peering is to carry what it cannot", reference=PEERING)
def through_a_peering(view: PlanAnalysis) -> Iterator[Draft]:
    """Neither transit to a third VPC nor the other's internet gateway, NAT gateway or gateway
    endpoint: only what is for the other VPC's own addresses.
    """
    for table, route, peer in _over_peerings(view):
        theirs = _blocks(view.vpc(peer))
        wanted = block(route.destination)
        if not any(own.overlaps(wanted) for own in theirs) or wanted.prefix == 0:
            yield Draft(
                about=(table.id, route.target),
                message=f'Route table "{table.id}" sends {route.destination} over peering '
                f'"{route.target}", which carries only what is for VPC "{peer}" '
                f"({', '.join(str(own) for own in theirs)}).",
                fix="Peer with the VPC that is meant, use gateways of the own VPC, or a transit "
                "gateway.",
            )


@check(
    "NET-009", "warning", "A peering route is wider than the other VPC", reference=PEERING_ROUTES
)
def wide_peering_route(view: PlanAnalysis) -> Iterator[Draft]:
    """What the other VPC does not have is dropped there, in place of taking another way."""
    for table, route, peer in _over_peerings(view):
        wanted = block(route.destination)
        if wanted.prefix and any(
            wanted.covers(own) and wanted.prefix < own.prefix for own in _blocks(view.vpc(peer))
        ):
            yield Draft(
                about=(table.id, route.target),
                message=f'Route table "{table.id}" sends {route.destination} over peering '
                f'"{route.target}", more than VPC "{peer}" has '
                f"({', '.join(str(own) for own in _blocks(view.vpc(peer)))}).",
                fix="Route the blocks of the other VPC, or of the subnets that are meant.",
            )


def _over_peerings(view: PlanAnalysis) -> Iterator[tuple[RouteTable, Route, str]]:
    """Routes of CIDR blocks over a working end of a peering, with the VPC at the other end."""
    for table in view.of(RouteTable):
        for route in table.routes:
            peering = view.plan.find(route.target)
            if (
                isinstance(peering, Peering)
                and table.vpc in peering.vpcs
                and "/" in route.destination
            ):
                peer = next(vpc for vpc in peering.vpcs if vpc != table.vpc)
                yield table, route, peer


def _over_hubs(view: PlanAnalysis) -> Iterator[tuple[RouteTable, Route, str]]:
    """Routes over a transit gateway to another VPC's own addresses, with that VPC."""
    for table in view.of(RouteTable):
        for route in table.routes:
            gateway = view.plan.find(route.target)
            if not isinstance(gateway, TransitGateway) or "/" not in route.destination:
                continue
            wanted = block(route.destination)
            for attachment in gateway.attachments if wanted.prefix else ():
                peer = view.vpc(attachment.vpc)
                if peer.id != table.vpc and any(wanted.overlaps(b) for b in _blocks(peer)):
                    yield table, route, peer.id


@check(
    "NET-010",
    "error",
    "A subnet routes to a transit gateway that has no attachment in its zone",
    reference=ATTACHMENTS,
)
def no_attachment_in_the_zone(view: PlanAnalysis) -> Iterator[Draft]:
    """Packets enter a transit gateway by the attachment's subnet of their own zone, or not at
    all.
    """
    for gateway in view.of(TransitGateway):
        zones = {
            attachment.vpc: {view.subnet(name).az for name in attachment.subnets}
            for attachment in gateway.attachments
        }
        for vpc, having in zones.items():
            missing: dict[str, list[str]] = {}
            for name in view.subnets_of(vpc):
                table, zone = view.table(name), view.subnet(name).az
                if table is None or zone in having:
                    continue
                if any(route.target == gateway.id for route in table.routes):
                    missing.setdefault(zone, []).append(name)
            for zone, names in missing.items():
                named = ", ".join(f'"{name}"' for name in names)
                yield Draft(
                    about=(gateway.id, vpc, *names),
                    message=f'Subnets {named} in {zone} route to transit gateway "{gateway.id}", '
                    f'but VPC "{vpc}" is attached to it by no subnet of that zone.',
                    fix=f'Add a subnet in {zone} to the attachment of "{vpc}".',
                )
