"""Checks of VPC endpoints."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.compiled import service_name
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.nat import service_of
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.endpoint import Endpoint

INTERFACE = "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html"
GATEWAY = "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html"
DNS = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html"
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
        for row, answer in view.expected_of(function.id):
            service = service_of(row.target)
            if service is None:
                continue
            found = _shut(endpoints, service, answer)
            for endpoint, at in found.items():
                yield Draft(
                    about=(endpoint, function.id, *([at] if at in view.plan else [])),
                    message=f'Interface endpoint "{endpoint}" does not let function '
                    f'"{function.id}" in, which is to reach {service} through it.',
                    fix="Allow inbound tcp 443 from the function's security group.",
                )


def _shut(endpoints: dict[str, Endpoint], service: str, answer: Answer) -> dict[str, str]:
    """The endpoints whose own groups stop the answer's paths, with what stops there."""
    found: dict[str, str] = {}
    for endpoint in endpoints.values():
        if service_name(endpoint.service) != service:
            continue
        own = (*endpoint.security_groups, f"default-sg:{endpoint.vpc}")
        for path in answer.paths:
            for obstacle in path.obstacles if path.into in endpoint.subnets else ():
                if obstacle.code in GROUP_CODES and obstacle.at in own:
                    found.setdefault(endpoint.id, obstacle.at)
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
    gateways = [endpoint for endpoint in view.of(Endpoint) if not endpoint.is_interface]
    served = {table.id for name in view.plan.of("subnet") if (table := view.table(name))}
    for endpoint in gateways:
        if served.isdisjoint(endpoint.route_tables) and not _named(view, endpoint):
            yield Draft(
                about=(endpoint.id, *endpoint.route_tables),
                message=f'Gateway endpoint "{endpoint.id}" is in the route table of no subnet: '
                "nothing goes through it.",
                fix="Associate it with the route tables of the subnets that use it.",
            )
    for function in view.attached:
        for row, answer in view.expected_of(function.id):
            service = service_of(row.target)
            if service is None or answer.verdict == "reachable":
                continue
            lost = {p.via for p in answer.paths if p.verdict != "reachable" and p.via is not None}
            tables = {name: view.table(name) for name in sorted(lost)}
            for endpoint in gateways:
                missing = [
                    name
                    for name, table in tables.items()
                    if (table is None or table.id not in endpoint.route_tables)
                    and view.subnet(name).vpc == endpoint.vpc
                ]
                if missing and service_name(endpoint.service) == service and endpoint.route_tables:
                    yield Draft(
                        about=(endpoint.id, function.id, *missing),
                        message=f'Function "{function.id}" is to reach {service}, but the route '
                        f"tables of {', '.join(missing)} have no gateway endpoint "
                        f'"{endpoint.id}", and no other way leads there.',
                        fix="Associate the endpoint with these tables.",
                    )


def _named(view: PlanAnalysis, endpoint: Endpoint) -> bool:
    return any(link.field == "routes" for link in view.plan.mentions_of(endpoint.id))


@check(
    "END-005",
    "info",
    "An interface endpoint takes a service's name from a NAT gateway",
    reference=INTERFACE,
)
def endpoint_shadows_nat(view: PlanAnalysis) -> Iterator[Draft]:
    """With private DNS the service is reached through the endpoint alone: where it has no interface
    anywhere, or lets nobody in, a working NAT gateway does not help.
    """
    for endpoint in view.of(Endpoint):
        if not (endpoint.is_interface and endpoint.private_dns):
            continue
        groups = [view.plan.find(name) for name in endpoint.security_groups]
        shut = bool(groups) and not any(getattr(group, "inbound", ()) for group in groups)
        if shut or not endpoint.subnets:
            why = "lets nobody in" if shut else "has no interface in any subnet"
            yield Draft(
                about=(endpoint.id, *endpoint.security_groups),
                message=f'Interface endpoint "{endpoint.id}" takes the name of {endpoint.service} '
                f'in VPC "{endpoint.vpc}", but {why}: nobody there reaches the service, not '
                "even through a NAT gateway.",
                fix="Give it subnets and a group that allows tcp 443, or switch private DNS off.",
            )


@check("END-006", "error", "Two endpoints take the name of one service", reference=INTERFACE)
def one_name_twice(view: PlanAnalysis) -> Iterator[Draft]:
    """AWS allows one interface endpoint with private DNS for each service in a VPC."""
    known: dict[tuple[str, str], str] = {}
    for endpoint in view.of(Endpoint):
        if not (endpoint.is_interface and endpoint.private_dns):
            continue
        key = endpoint.vpc, service_name(endpoint.service)
        first = known.setdefault(key, endpoint.id)
        if first != endpoint.id:
            yield Draft(
                about=(endpoint.id, first),
                message=f'Interface endpoints "{first}" and "{endpoint.id}" of VPC '
                f'"{endpoint.vpc}" both take the name of {endpoint.service}; AWS allows one.',
                fix="Switch private DNS off at one of them, or use one for all subnets.",
            )
