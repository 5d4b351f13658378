"""Checks of VPC endpoints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.packets import Obstacle
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.refused import refused
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.aws_services import service_of
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.subnet import Subnet

INTERFACE = "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html"
GATEWAY = "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html"
DNS = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html"
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
        found: dict[str, tuple[Obstacle, str]] = {}
        for _, answer in view.expected_of(function.id, of_services=True) if endpoints else ():
            found.update(_shut(endpoints, answer))
        for name, (obstacle, whence) in found.items():
            who = "does" if endpoints[name].security_groups else DEFAULT_GROUP
            yield Draft(
                about=(name, function.id, *([obstacle.at] if obstacle.at in view.plan else [])),
                subject=function.id,
                message=f'Interface endpoint "{name}" {who} not let function "{function.id}" in'
                f"{whence}, "
                f"which is to reach {endpoints[name].service_name} through it.",
                fix=obstacle.fix,
            )


def _shut(endpoints: dict[str, Endpoint], answer: Answer) -> dict[str, tuple[Obstacle, str]]:
    """The endpoints whose own groups stop the answer's paths, with what stops there, and from which
    subnets where others get in.
    """
    found: dict[str, Obstacle] = {}
    stopped: dict[str, dict[str, None]] = {}
    for path in answer.paths:
        for obstacle in path.obstacles:
            at = None if obstacle.stop is None else obstacle.stop.station
            if at is None or at.id not in endpoints or obstacle.code not in GROUP_CODES:
                continue
            if obstacle.is_of_groups(at.id, "inbound"):
                found.setdefault(at.id, obstacle)
                stopped.setdefault(at.id, {})[path.via or ""] = None
    every = {path.via for path in answer.paths}
    return {
        name: (obstacle, "" if every <= stopped[name].keys() else _from(stopped[name]))
        for name, obstacle in found.items()
    }


def _from(subnets: Iterable[str]) -> str:
    return f" from {' and '.join(subnets)}"


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
        if off and (endpoint.is_gateway or (endpoint.is_interface and endpoint.private_dns)):
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
            zones.setdefault(place.vpc, set()).update({place.az} - {""})
    for endpoint in view.of(Endpoint):
        if not endpoint.is_interface or not endpoint.subnets:
            continue
        having = {view.subnet(name).az for name in endpoint.subnets}
        missing = sorted(zones.get(endpoint.vpc, set()) - having) if "" not in having else []
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
    region = view.network.region_of
    gateways = [e for e in view.of(Endpoint) if e.is_gateway and not e.refusal(region(e.vpc))]
    for endpoint in gateways:
        if not any(_leads_to(table, endpoint) for table in used.values()):
            idle.add(endpoint.id)
            if view.network.named_endpoints(endpoint.vpc, endpoint.service_name):
                continue  # the service's name leads to that one, in every subnet
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
                        subject=function.id,
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


@check(
    "END-011",
    "error",
    "An S3 endpoint for resolvers alone stands without a gateway endpoint",
    reference="https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html",
)
def inbound_only_alone(view: PlanAnalysis) -> Iterator[Draft]:
    """Names inside the VPC keep meaning the public addresses, and so the gateway endpoint, which
    has to be there.
    """
    return refused(view, "END-011")
