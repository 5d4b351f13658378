"""Checks of routes, NAT gateways and internet gateways."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.route_table import BLACKHOLE, Route, RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import has_internet_route, vpcs_of
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.workload import Workload

NAT_TROUBLE = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html"
NAT_PAGE = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html"
GATEWAY_PAGE = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html"
ROUTES_PAGE = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html"


@check(
    "NAT-001",
    "error",
    "A public NAT gateway stands in a subnet that is not public",
    reference=NAT_TROUBLE,
)
def nat_in_private_subnet(view: PlanAnalysis) -> Iterator[Draft]:
    """It sends its own packets by its subnet's routes: without one to an internet gateway they go
    nowhere.
    """
    for nat in _public_gateways(view):
        if nat.subnet is None or view.is_public(nat.subnet):
            continue
        if has_internet_route(view.plan, view.subnet(nat.subnet)):  # through a firewall
            continue
        table = view.table(nat.subnet)
        named = "its main table" if table is None else f'route table "{table.id}"'
        yield Draft(
            about=(nat.id, nat.subnet, *([table.id] if table else [])),
            message=f'NAT gateway "{nat.id}" stands in subnet "{nat.subnet}", which has no route '
            "to an "
            f"internet gateway ({named}): it leads nothing to the internet.",
            fix=f'Move it to a public subnet, or route 0.0.0.0/0 of "{nat.subnet}" to an '
            "internet gateway.",
        )


@check(
    "NAT-004",
    "error",
    "A subnet routes to a NAT gateway that stands in that same subnet",
    reference=NAT_PAGE,
)
def nat_in_its_own_subnet(view: PlanAnalysis) -> Iterator[Draft]:
    """The gateway's own packets come back to it: a loop, and no service for that subnet."""
    for subnet in view.of(Subnet):
        table = view.table(subnet.id)
        if table is None:
            continue
        for route in table.routes:
            nat = view.plan.find(route.target)
            if isinstance(nat, NatGateway) and nat.subnet == subnet.id:
                yield Draft(
                    about=(subnet.id, nat.id, table.id),
                    message=f'Subnet "{subnet.id}" sends {route.destination} to NAT gateway '
                    f'"{nat.id}", '
                    "which stands in that same subnet: packets loop.",
                    fix=f'Take that route out of "{table.id}".'
                    if view.is_public(subnet.id)
                    else f'Move "{nat.id}" to a public subnet of its own.',
                )


@check(
    "NAT-005",
    "error",
    "A VPC has a public NAT gateway but no internet gateway",
    reference=NAT_TROUBLE,
)
def nat_without_internet_gateway(view: PlanAnalysis) -> Iterator[Draft]:
    """AWS refuses to make it: "Network vpc has no Internet gateway attached"."""
    served = {gateway.vpc for gateway in view.of(InternetGateway)}
    for nat in _public_gateways(view):
        vpc = view.home_of(nat)
        if vpc not in served:
            yield Draft(
                about=(nat.id, vpc),
                message=f'NAT gateway "{nat.id}" is public, but its VPC "{vpc}" has no internet '
                "gateway.",
                fix=f'Attach an internet gateway to "{vpc}"'
                + (f', and route subnet "{nat.subnet}" to it.' if nat.subnet else "."),
            )


@check("NET-001", "error", "A route leads to something that is not there", reference=ROUTES_PAGE)
def dead_routes(view: PlanAnalysis) -> Iterator[Draft]:
    """A blackhole, or a target that does not serve the VPC; packets die there, and no shorter
    prefix takes over.
    """
    for table in view.of(RouteTable):
        for route in table.routes:
            if route.target == BLACKHOLE:
                yield Draft(
                    about=(table.id,),
                    message=f'Route table "{table.id}" sends {route.destination} to a blackhole: '
                    "its target is gone.",
                    fix="Give the route a target, or take it out.",
                    part=route.destination,
                )
                continue
            why = _not_here(view, table, route)
            fix = f'Choose a target that serves VPC "{table.vpc}"'
            if isinstance(view.plan.find(route.target), TransitGateway):
                fix = (
                    f'Attach VPC "{table.vpc}" to {route.target}, or choose another target. Or '
                    "take the route out"
                )
            if why:
                yield Draft(
                    about=(table.id, route.target),
                    message=f'Route table "{table.id}" of VPC "{table.vpc}" sends '
                    f"{route.destination} to "
                    f'"{route.target}", {why}.',
                    fix=f"{fix}.",
                    part=route.destination,
                )


def _not_here(view: PlanAnalysis, table: RouteTable, route: Route) -> str:
    """Why a target cannot carry this VPC's packets; empty where it can, or where another check
    says so.
    """
    target = view.plan.find(route.target)
    match target:
        case Peering(vpcs=vpcs):
            return "" if table.vpc in vpcs else "a peering of other VPCs"
        case TransitGateway():
            return "" if target.attachment(table.vpc) else "to which the VPC is not attached"
        case None | InternetGateway() | NatGateway():
            return ""
    homes = vpcs_of(view.plan, target)
    if table.vpc in homes:
        return ""
    return (
        "which stands in another VPC"
        if len(homes) != 1 or isinstance(target, Workload)
        else (f'which belongs to VPC "{min(homes)}"')
    )


@check(
    "NET-002",
    "error",
    "A route leads to an internet gateway that is not attached to the VPC",
    reference=GATEWAY_PAGE,
)
def unattached_internet_gateway(view: PlanAnalysis) -> Iterator[Draft]:
    """A VPC can use its own internet gateway only; AWS refuses the route, or keeps it as a
    blackhole.
    """
    for table in view.of(RouteTable):
        for route in table.routes:
            gateway = view.plan.find(route.target)
            if isinstance(gateway, InternetGateway) and gateway.vpc != table.vpc:
                yield Draft(
                    about=(table.id, gateway.id),
                    message=f'Route table "{table.id}" of VPC "{table.vpc}" sends '
                    f"{route.destination} to internet "
                    f'gateway "{gateway.id}", which is attached to VPC "{gateway.vpc}".',
                    fix=f'Attach an internet gateway to "{table.vpc}" and route to that one.',
                )


def _public_gateways(view: PlanAnalysis) -> Iterator[NatGateway]:
    return (nat for nat in view.of(NatGateway) if nat.connectivity == "public")
