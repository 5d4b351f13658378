"""Checks of NAT gateways: zones, connectivity, use and limits."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.checks.sharing import named, shared
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.subnet import Subnet

BASICS = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html"
NAT_PAGE = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html"
REGIONAL = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html"
QUOTAS = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html"
ADDRESSES_AT_MOST = 8


@check(
    "NAT-002",
    "warning",
    "A subnet's way out is a NAT gateway of another zone",
    reference=BASICS,
)
def nat_of_another_zone(view: PlanAnalysis) -> Iterator[Draft]:
    """When the gateway's zone fails, the subnet of the healthy zone has no way out either; and all
    that crosses zones is paid for. One finding where many subnets of a zone do so.
    """

    def say(cause: tuple[str, str, str], names: list[str]) -> Draft:
        nat, nat_zone, zone = cause
        alone = len(names) == 1
        if alone:
            said = f'"{nat}" in {nat_zone}: it loses its way out with that zone, and pays'
        else:
            said = f'"{nat}" of another zone: they lose their way out with that zone, and pay'
        return Draft(
            about=(*names, nat),
            message=f"{named(names, 'Subnet', 'Subnets')} in {zone} "
            f"{'leaves' if alone else 'leave'} by NAT gateway {said} for crossing zones.",
            fix=f"Route {'it' if alone else 'them'} to a NAT gateway in {zone}, or to a regional "
            "one.",
        )

    yield from shared(_leaving_by_another_zone(view), say)


def _leaving_by_another_zone(view: PlanAnalysis) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Each subnet with the gateway, its zone and the subnet's own."""
    for subnet in view.of(Subnet):
        nat = default_gateway(view, subnet)
        if nat is None or nat.subnet is None:
            continue
        zone = view.subnet(nat.subnet).az
        if view.subnet(nat.subnet).vpc == subnet.vpc and zone and subnet.az not in ("", zone):
            yield (nat.id, zone, subnet.az), subnet.id


@check("NAT-003", "warning", "One NAT gateway serves several zones", reference=BASICS)
def one_nat_for_several_zones(view: PlanAnalysis) -> Iterator[Draft]:
    """The only NAT gateway of a VPC takes the way out of every zone along when its own fails. One
    in each zone, or a regional one, does not.
    """
    zones: dict[str, set[str]] = {}
    for subnet in view.of(Subnet):
        nat = default_gateway(view, subnet)
        if nat is not None and nat.subnet is not None and view.home_of(nat) == subnet.vpc:
            zones.setdefault(nat.id, set()).update({subnet.az} - {""})
    for nat in view.of(NatGateway):
        served = zones.get(nat.id, set())
        if nat.subnet is None or len(served) < 2 or not _serves_alone(view, nat):
            continue
        yield Draft(
            about=(nat.id,),
            message=f'NAT gateway "{nat.id}" in {view.subnet(nat.subnet).az} is the only way out '
            f"of {len(served)} zones ({', '.join(sorted(served))}): without its own zone they all "
            "lose the internet.",
            fix="Add a NAT gateway in each zone, with a route table for each, or use a regional "
            "one.",
        )


@check(
    "NAT-006",
    "error",
    "A private NAT gateway leads to an internet gateway",
    reference=NAT_PAGE,
)
def private_nat_to_the_internet(view: PlanAnalysis) -> Iterator[Draft]:
    """The internet gateway drops what a private NAT gateway sends; it serves other networks only.
    A regional one cannot be private at all.
    """
    used = {nat.id for subnet in view.of(Subnet) if (nat := default_gateway(view, subnet))}
    for nat in view.of(NatGateway):
        if nat.connectivity != "private":
            continue
        if nat.subnet is None:
            yield Draft(
                about=(nat.id,),
                message=f'NAT gateway "{nat.id}" is regional and private; AWS makes regional ones '
                "public only.",
                fix="Make it public, or zonal.",
            )
        elif nat.id in used and _leaves_by_internet_gateway(view, nat.subnet):
            yield Draft(
                about=(nat.id, nat.subnet),
                message=f'NAT gateway "{nat.id}" is private, and its subnet "{nat.subnet}" leads '
                "to an internet gateway, which drops all that it sends there.",
                fix="Make it public with an elastic IP, or route its subnet to a transit gateway.",
            )


@check(
    "NAT-007",
    "error",
    "A route leads to a NAT gateway of another VPC",
    reference=BASICS,
)
def nat_of_another_vpc(view: PlanAnalysis) -> Iterator[Draft]:
    """A NAT gateway serves its own VPC, and what comes in over a transit gateway; never a peer."""
    for table in view.of(RouteTable):
        for route in table.routes:
            nat = view.plan.find(route.target)
            if isinstance(nat, NatGateway) and view.home_of(nat) != table.vpc:
                yield Draft(
                    about=(table.id, nat.id),
                    message=f'Route table "{table.id}" of VPC "{table.vpc}" sends '
                    f'{route.destination} to NAT gateway "{nat.id}" of VPC '
                    f'"{view.home_of(nat)}".',
                    fix=_own_gateway(view, table.vpc),
                )


def _own_gateway(view: PlanAnalysis, vpc: str) -> str:
    there = any(
        view.home_of(nat) == vpc and topology.nat_works(view.plan, nat)
        for nat in view.of(NatGateway)
    )
    if there:
        return f'Route to a NAT gateway of "{vpc}", or to a transit gateway that leads there.'
    return f'Take the route out, or route to a NAT gateway of "{vpc}", which has none yet.'


@check("NAT-009", "info", "No route leads to a NAT gateway", reference=NAT_PAGE)
def unused_nat(view: PlanAnalysis) -> Iterator[Draft]:
    """It is paid for by the hour, and nothing goes through it."""
    named = {route.target for table in view.of(RouteTable) for route in table.routes}
    for nat in view.of(NatGateway):
        if nat.id not in named:
            yield Draft(
                about=(nat.id,),
                message=f'No route leads to NAT gateway "{nat.id}", which costs by the hour.',
                fix="Route private subnets to it, or take it out.",
            )


@check("NAT-012", "error", "A NAT gateway has too few or too many addresses", reference=QUOTAS)
def addresses_of_a_nat(view: PlanAnalysis) -> Iterator[Draft]:
    """A public one needs an elastic IP, and takes 8 at most (32 in each zone where it is
    regional).
    """
    for nat in view.of(NatGateway):
        most = 32 if nat.regional else ADDRESSES_AT_MOST
        if nat.connectivity == "public" and nat.elastic_ips == 0:
            yield Draft(
                about=(nat.id,),
                message=f'NAT gateway "{nat.id}" is public, but has no elastic IP to send from.',
                fix="Give it one elastic IP or more.",
            )
        elif nat.elastic_ips > most:
            yield Draft(
                about=(nat.id,),
                message=f'NAT gateway "{nat.id}" has {nat.elastic_ips} addresses; AWS gives '
                f"{most} at most.",
                fix=f"Take {most} or fewer, and add another gateway for more.",
            )


@check(
    "NAT-013",
    "warning",
    "More NAT gateways in a zone than the quota",
    reference=QUOTAS,
    reads="both",
)
def many_nats_in_a_zone(view: PlanAnalysis) -> Iterator[Draft]:
    """AWS allows 5 in each zone until somebody asks for more."""
    zones: dict[str, list[str]] = {}
    for nat in view.of(NatGateway):
        if nat.subnet is not None and view.subnet(nat.subnet).az:
            zones.setdefault(view.subnet(nat.subnet).az, []).append(nat.id)
    quota = view.plan.info.settings.quotas.nat_gateways_per_zone
    for zone, names in zones.items():
        if len(names) > quota:
            yield Draft(
                about=tuple(names),
                message=f"{len(names)} NAT gateways stand in {zone}; AWS's quota is {quota}.",
                fix="Ask AWS to raise the quota, or share gateways between subnets.",
            )


@check(
    "NAT-014", "info", "A regional NAT gateway could replace one in each zone", reference=REGIONAL
)
def one_regional_would_do(view: PlanAnalysis) -> Iterator[Draft]:
    """It follows the zones by itself, with a single route target, and needs no public subnets."""
    zones: dict[str, dict[str, str]] = {}
    for nat in view.of(NatGateway):
        if nat.subnet is not None and nat.connectivity == "public":
            place = view.subnet(nat.subnet)
            zones.setdefault(place.vpc, {}).setdefault(place.az or place.id, nat.id)
    for vpc, found in zones.items():
        if len(found) >= 3:
            yield Draft(
                about=(vpc, *found.values()),
                message=f'VPC "{vpc}" has a NAT gateway in each of {len(found)} zones; one '
                "regional gateway would serve them all.",
                fix="Consider a regional NAT gateway; it costs by the zone, too.",
            )


def default_gateway(view: PlanAnalysis, subnet: Subnet) -> NatGateway | None:
    """The NAT gateway that a subnet's default route names."""
    found = topology.default_target(view.plan, subnet)
    return found if isinstance(found, NatGateway) else None


def _leaves_by_internet_gateway(view: PlanAnalysis, subnet_id: str) -> bool:
    """Whether its default route leads there: routes of single blocks to it may be meant so."""
    target = topology.default_target(view.plan, view.subnet(subnet_id))
    return isinstance(target, InternetGateway)


def _serves_alone(view: PlanAnalysis, nat: NatGateway) -> bool:
    """Whether it is the only public NAT gateway of its VPC."""
    home = view.home_of(nat)
    return not any(
        other.id != nat.id and other.connectivity == "public" and view.home_of(other) == home
        for other in view.of(NatGateway)
    )
