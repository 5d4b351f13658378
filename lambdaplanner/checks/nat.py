"""Checks of where NAT gateways stand, who uses them, and what they need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from lambdaplanner.analysis.ranges import ANY_HOST
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.checks.wording import listed
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.subnet import Subnet

NAT_PAGE = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html"
BASICS = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html"


class User(NamedTuple):
    """A subnet whose default route leads to a NAT gateway of its own VPC."""

    subnet: Subnet
    nat: NatGateway


def default_targets(view: PlanAnalysis, subnet_id: str) -> tuple[str, ...]:
    """Where a subnet's default route leads: one id, none, or several that AWS picks from."""
    table = view.network.table_of(subnet_id)
    return tuple(way.target for way in table.winners(4, ANY_HOST))


def users_of_gateways(view: PlanAnalysis) -> Iterator[User]:
    """Every subnet that has a NAT gateway of its VPC for its default route."""
    for subnet in view.of(Subnet):
        for target in default_targets(view, subnet.id):
            nat = view.plan.find(target)
            if isinstance(nat, NatGateway) and view.home_of(nat) == subnet.vpc:
                yield User(subnet, nat)


def zone_of(view: PlanAnalysis, nat: NatGateway) -> str | None:
    """The zone of a zonal gateway; a regional one has none."""
    return None if nat.subnet is None else view.subnet(nat.subnet).az


@check(
    "NAT-002",
    "warning",
    "A subnet's default route leads to a NAT gateway in another zone",
    reference=BASICS,
)
def gateway_of_another_zone(view: PlanAnalysis) -> Iterator[Draft]:
    """When that zone fails the subnet has no way out, and what it sends between the zones is
    charged. A regional gateway serves every zone.
    """
    for subnet, nat in users_of_gateways(view):
        zone = zone_of(view, nat)
        if zone is not None and zone != subnet.az:
            yield Draft(
                about=(subnet.id, nat.id),
                message=f'Subnet "{subnet.id}" in zone {subnet.az} goes out through NAT gateway '
                f'"{nat.id}" in zone {zone}: without that zone it has no way out, and what '
                "crosses between the zones is charged.",
                fix=f"Put a NAT gateway in zone {subnet.az} and route the subnet to that one, or "
                "use a regional NAT gateway.",
            )


@check(
    "NAT-003",
    "warning",
    "One NAT gateway serves several zones",
    reference=BASICS,
)
def single_gateway(view: PlanAnalysis) -> Iterator[Draft]:
    """The only public (or private) NAT gateway of a VPC stands in one zone: when that zone fails,
    none of them has a way out.
    """
    gateways: dict[tuple[str, str], list[NatGateway]] = defaultdict(list)
    for nat in view.of(NatGateway):
        gateways[view.home_of(nat), nat.connectivity].append(nat)
    zones: dict[str, dict[str, None]] = defaultdict(dict)
    for subnet, nat in users_of_gateways(view):
        zones[nat.id][subnet.az] = None
    for (vpc, connectivity), found in gateways.items():
        nat = found[0]
        zone, served = zone_of(view, nat), list(zones[nat.id])
        if len(found) == 1 and zone is not None and len(served) > 1:
            yield Draft(
                about=(nat.id,),
                message=f'NAT gateway "{nat.id}" in zone {zone} is the only {connectivity} one '
                f'of VPC "{vpc}" and serves subnets of zones {" and ".join(served)}: without '
                f"zone {zone} none of them has a way out.",
                fix="Put a NAT gateway in each of the zones, or use a regional one; or "
                "acknowledge this where the cost weighs more.",
            )


@check(
    "NAT-006",
    "error",
    "A private NAT gateway is routed to an internet gateway",
    reference=BASICS,
)
def private_gateway_to_internet(view: PlanAnalysis) -> Iterator[Draft]:
    """An internet gateway drops what a private NAT gateway sends, for it has no public address.
    Found where subnets have that NAT gateway for their default route.
    """
    users: dict[str, list[str]] = defaultdict(list)
    for subnet, nat in users_of_gateways(view):
        users[nat.id].append(subnet.id)
    for nat in view.of(NatGateway):
        if nat.connectivity != "private" or nat.subnet is None or nat.id not in users:
            continue
        for target in default_targets(view, nat.subnet):
            if isinstance(view.plan.find(target), InternetGateway):
                yield Draft(
                    about=(nat.id, nat.subnet, target),
                    message=f'Private NAT gateway "{nat.id}" sends what subnets '
                    f"{listed(users[nat.id])} send to the internet on to internet gateway "
                    f'"{target}", which drops it: the gateway has no public address.',
                    fix="Make its connectivity public, or route its subnet to a transit gateway.",
                )


@check(
    "NAT-007",
    "error",
    "A route leads to a NAT gateway of another VPC",
    reference=NAT_PAGE,
)
def gateway_of_another_vpc(view: PlanAnalysis) -> Iterator[Draft]:
    """A NAT gateway serves its own VPC, and others only by a transit gateway; it cannot be the
    target of their routes.
    """
    for table in view.of(RouteTable):
        for route in table.routes:
            nat = view.plan.find(route.target)
            if not isinstance(nat, NatGateway):
                continue
            home = view.home_of(nat)
            if home != table.vpc:
                yield Draft(
                    about=(table.id, nat.id),
                    message=f'Route table "{table.id}" of VPC "{table.vpc}" sends '
                    f'{route.destination} to NAT gateway "{nat.id}", which stands in VPC '
                    f'"{home}".',
                    fix=f'Route to a NAT gateway of VPC "{table.vpc}", or to a transit gateway '
                    f'that leads to "{home}".',
                )


@check("NAT-009", "info", "No route leads to a NAT gateway", reference=NAT_PAGE)
def unused_gateway(view: PlanAnalysis) -> Iterator[Draft]:
    """It is charged by the hour, whether anything uses it or not."""
    named = {route.target for table in view.of(RouteTable) for route in table.routes}
    for nat in view.of(NatGateway):
        if nat.id not in named:
            yield Draft(
                about=(nat.id,),
                message=f'No route leads to NAT gateway "{nat.id}", so nothing uses it, and it is '
                "charged by the hour all the same.",
                fix="Route private subnets of its VPC to it, or take it out.",
            )
