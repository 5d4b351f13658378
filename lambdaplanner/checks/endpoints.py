"""Checks of VPC endpoints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lambdaplanner.analysis.answers import Answer, Obstacle
from lambdaplanner.analysis.ranges import block_range, joined, meet
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.nat import service_of
from lambdaplanner.checks.refused import refused
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.cidr import block

INTERFACE = "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html"
GATEWAY = "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html"
DNS = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html"
HTTPS = ((443, 443),)
DEFAULT_GROUP = "has the VPC's default group, which lets in its own members alone, and does"
ENDS = frozenset(
    {
        "LAMBDA_ROLE_LACKS_ENI_ACCESS",
        "NO_DNS_SUPPORT",
        "ENDPOINT_WITHOUT_DNS",
        "PROTOCOL_RESTRICTION",
        "ENI_ADDRESS_RESTRICTION",
    }
)
"""What keeps a function from sending by whatever way."""
GROUP_CODES = ("ENI_SG_RULES_MISMATCH", "SG_HAS_NO_RULES", "SG_REFERENCES_NOT_PRESERVED")


@check(
    "END-001",
    "error",
    "An interface endpoint lets a function that needs it not in",
    reference=INTERFACE,
)
def endpoint_shut(view: PlanAnalysis) -> Iterator[Draft]:
    """Its security groups must allow tcp 443 from the function's group or subnets. Told where an
    expectation asks for the service.
    """
    endpoints = {e.id: e for e in view.of(Endpoint) if e.is_interface}
    for function in view.attached:
        found: dict[str, Obstacle] = {}
        for _, answer in view.expected_of(function.id, of_services=True) if endpoints else ():
            found.update(_shut(endpoints, answer))
        for name, obstacle in found.items():
            who = "does" if endpoints[name].security_groups else DEFAULT_GROUP
            yield Draft(
                about=(name, function.id, *([obstacle.at] if obstacle.at in view.plan else [])),
                message=f'Interface endpoint "{name}" {who} not let function "{function.id}" in, '
                f"which is to reach {endpoints[name].service_name} through it.",
                fix=obstacle.fix,
            )


def _shut(endpoints: dict[str, Endpoint], answer: Answer) -> dict[str, Obstacle]:
    """The endpoints whose own groups stop the answer's paths, with what stops there."""
    found: dict[str, Obstacle] = {}
    for obstacle in (o for path in answer.paths for o in path.obstacles):
        at = None if obstacle.stop is None else obstacle.stop.station
        if at is None or at.id not in endpoints or obstacle.code not in GROUP_CODES:
            continue
        if obstacle.is_of_groups(at.id, "inbound"):
            found.setdefault(at.id, obstacle)
    return found


@check("END-002", "error", "Private DNS is wanted where a VPC's DNS is off", reference=DNS)
def private_dns_without_dns(view: PlanAnalysis) -> Iterator[Draft]:
    """An endpoint takes a service's name over only where both DNS attributes of the VPC are on."""
    for endpoint in view.of(Endpoint):
        vpc = view.vpc(endpoint.vpc)
        off = [
            name
            for name, on in (("dns_support", vpc.dns_support), ("dns_hostnames", vpc.dns_hostnames))
            if not on
        ]
        if off and (not endpoint.is_interface or endpoint.private_dns):
            yield Draft(
                about=(endpoint.id, vpc.id),
                message=f'Endpoint "{endpoint.id}" needs names to lead to it, but VPC "{vpc.id}" '
                f"has {' and '.join(off)} off.",
                fix=f'Switch {" and ".join(off)} of "{vpc.id}" on.',
            )


@check(
    "END-003",
    "warning",
    "An interface endpoint is not in every zone that uses it",
    reference=INTERFACE,
)
def endpoint_not_everywhere(view: PlanAnalysis) -> Iterator[Draft]:
    """Functions of the other zones cross zones, which is paid for, and lose the service when the
    endpoint's zone fails.
    """
    zones: dict[str, set[str]] = {}
    for function in view.attached:
        for name in function.subnets:
            place = view.subnet(name)
            zones.setdefault(place.vpc, set()).add(place.az)
    for endpoint in view.of(Endpoint):
        if not endpoint.is_interface or not endpoint.subnets:
            continue
        having = {view.subnet(name).az for name in endpoint.subnets}
        missing = sorted(zones.get(endpoint.vpc, set()) - having)
        if missing:
            yield Draft(
                about=(endpoint.id, *endpoint.subnets),
                message=f'Interface endpoint "{endpoint.id}" stands in '
                f"{', '.join(sorted(having))}, but functions of its VPC run in "
                f"{', '.join(missing)} too.",
                fix=f"Add a subnet in {', '.join(missing)}.",
            )


@check(
    "END-004",
    "error",
    "A gateway endpoint is not in the route table that needs it",
    reference=GATEWAY,
)
def endpoint_not_routed(view: PlanAnalysis) -> Iterator[Draft]:
    """It serves the subnets of the tables that it is associated with; a function that is to reach
    the service from another subnet goes by the internet, or not at all.
    """
    tables = {name: view.table(name) for name in view.plan.of(Subnet.kind)}
    used = {table.id: table for table in tables.values() if table is not None}
    idle: set[str] = set()
    region = view.network.region
    gateways = [e for e in view.of(Endpoint) if not e.is_interface and not e.refusal(region)]
    for endpoint in gateways:
        if not any(_leads_to(table, endpoint) for table in used.values()):
            idle.add(endpoint.id)
            yield Draft(
                about=(endpoint.id, *endpoint.route_tables),
                message=f'Gateway endpoint "{endpoint.id}" is in the route table of no subnet: '
                "nothing goes through it.",
                fix="Associate it with the route tables of the subnets that use it.",
            )
    for function in view.attached if gateways else ():
        for service, lost in _services_lost(view, function.id).items():
            for endpoint in gateways:
                if endpoint.id in idle or endpoint.service_name != service:
                    continue
                missing = [
                    name
                    for name in lost
                    if view.subnet(name).vpc == endpoint.vpc
                    and not _leads_to(tables[name], endpoint)
                ]
                if missing:
                    named = ", ".join(f'"{name}"' for name in missing)
                    yield Draft(
                        about=(endpoint.id, function.id, *missing),
                        message=f'Function "{function.id}" is to reach {service}, but the route '
                        f'tables of {named} have no gateway endpoint "{endpoint.id}", and no '
                        "other way leads there.",
                        fix="Associate the endpoint with these tables.",
                    )


def _leads_to(table: RouteTable | None, endpoint: Endpoint) -> bool:
    """Whether a table has a gateway endpoint: by association, or by a route of a prefix list."""
    return (
        table is not None
        and table.vpc == endpoint.vpc
        and (
            table.id in endpoint.route_tables
            or any(r.target == endpoint.id and "/" not in r.destination for r in table.routes)
        )
    )


def _services_lost(view: PlanAnalysis, function_id: str) -> dict[str, list[str]]:
    """Services that a function is to reach -> its subnets from which it does not, for want of a way
    and not only for its role, its names, its groups and the ACLs of its subnets.
    """
    found: dict[str, dict[str, None]] = {}
    for row, answer in view.expected_of(function_id, of_services=True):
        service = service_of(row.target)
        for path in answer.paths if service is not None else ():
            if path.via is None or path.into is not None or path.verdict != "unreachable":
                continue
            if any(_is_on_the_way(obstacle, path.via) for obstacle in path.obstacles):
                found.setdefault(service or "", {})[path.via] = None
    return {service: sorted(names) for service, names in found.items()}


def _is_on_the_way(obstacle: Obstacle, subnet: str) -> bool:
    """Whether another way out of a subnet would go round what blocks."""
    own = obstacle.stop is not None and obstacle.stop.border == subnet
    return not own and obstacle.code not in (*GROUP_CODES, *ENDS)


@check(
    "END-005",
    "info",
    "An interface endpoint takes a service's name from a NAT gateway",
    reference=INTERFACE,
)
def endpoint_shadows_nat(view: PlanAnalysis) -> Iterator[Draft]:
    """With private DNS the service is reached through the endpoint alone: where it has no interface
    anywhere, or lets none of the VPC's functions in, a working NAT gateway does not help. Of
    functions that are to reach the service END-001 says so.
    """
    named = [e for e in view.of(Endpoint) if e.is_interface and e.private_dns]
    callers = _callers(view, {endpoint.vpc for endpoint in named})
    for endpoint in named:
        vpc = view.vpc(endpoint.vpc)
        if not (vpc.dns_support and vpc.dns_hostnames):
            continue
        if not endpoint.answers_to(endpoint.service_name, view.network.region):
            continue
        if not endpoint.subnets:
            why, who = "has no interface in any subnet", "nobody there reaches"
            fix = f"Give {endpoint.id} subnets"
        elif (known := callers.get(vpc.id)) and _shuts_out(view, endpoint, known):
            why, who = "lets no function of it in", "they do not reach"
            fix = _letting_in(endpoint, vpc.cidr)
        else:
            continue
        yield Draft(
            about=(endpoint.id, *endpoint.security_groups),
            message=f'Interface endpoint "{endpoint.id}" takes the name of {endpoint.service} '
            f'in VPC "{vpc.id}", but {why}: {who} the service, not even through a NAT gateway.',
            fix=f"{fix}, or switch its private DNS off.",
        )


class Callers(NamedTuple):
    """What the functions of a VPC come from, and what they are expected to reach."""

    groups: set[str]
    subnets: dict[str, None]
    services: set[str]


def _callers(view: PlanAnalysis, vpcs: set[str]) -> dict[str, Callers]:
    """The functions of each of these VPCs that has any, and a route to a NAT gateway for them."""
    found: dict[str, Callers] = {}
    for function in view.attached if vpcs else ():
        vpc = view.places(function).vpcs[0]
        if vpc not in vpcs:
            continue
        mine = found.setdefault(vpc, Callers(set(), {}, set()))
        groups = view.network.groups_of(function.security_groups, vpc)
        mine.groups.update(group.id for group in groups)
        mine.subnets.update(dict.fromkeys(function.subnets))
        targets = (service_of(row.target) for row, _ in view.expected_of(function.id))
        mine.services.update(target for target in targets if target)
    return {
        vpc: mine
        for vpc, mine in found.items()
        if any(_has_nat(view, view.table(name)) for name in mine.subnets)
    }


def _letting_in(endpoint: Endpoint, block_of_vpc: str) -> str:
    wanted = f"inbound tcp 443 from {block_of_vpc}"
    if not endpoint.security_groups:
        return f"Give {endpoint.id} a security group that allows {wanted}"
    return f"Allow {wanted} in {endpoint.security_groups[0]}"


def _has_nat(view: PlanAnalysis, table: RouteTable | None) -> bool:
    routes = () if table is None else table.routes
    return any(isinstance(view.plan.find(route.target), NatGateway) for route in routes)


def _shuts_out(view: PlanAnalysis, endpoint: Endpoint, callers: Callers) -> bool:
    """Whether no rule of the endpoint's groups is for any of the callers."""
    if endpoint.service_name in callers.services:
        return False
    homes = joined([block_range(block(view.subnet(name).cidr)) for name in callers.subnets])
    for group in view.network.groups_of(endpoint.security_groups, endpoint.vpc):
        for rule in group.inbound:
            if rule.speaks("tcp", HTTPS) and (
                rule.group in callers.groups
                or any(meet(homes, part) for version, part in rule.blocks if version == 4)
            ):
                return False
    return True


@check("END-006", "error", "Two endpoints take the name of one service", reference=INTERFACE)
def one_name_twice(view: PlanAnalysis) -> Iterator[Draft]:
    """AWS allows one interface endpoint with private DNS for each service in a VPC. Either of two
    may be the one that stands.
    """
    return refused(view, "END-006")


@check("END-008", "error", "A route table has two endpoints of one service", reference=GATEWAY)
def one_table_twice(view: PlanAnalysis) -> Iterator[Draft]:
    """A gateway endpoint is a route for its service's prefix list, and a table holds one such
    route: the endpoint made first has it.
    """
    return refused(view, "END-008")


@check("END-009", "error", "An interface endpoint is twice in one zone", reference=INTERFACE)
def one_zone_twice(view: PlanAnalysis) -> Iterator[Draft]:
    """AWS takes one subnet of each zone for an interface endpoint."""
    return refused(view, "END-009")
