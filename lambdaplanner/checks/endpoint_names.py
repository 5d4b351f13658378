"""Check of endpoints that take a service's name from a NAT gateway."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lambdaplanner.analysis.ranges import block_range, joined, meet
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.endpoints import INTERFACE
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.aws_services import service_of
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.model.cidr import block

HTTPS = ((443, 443),)


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
        if not endpoint.answers_to(endpoint.service_name, view.network.region_of(vpc.id)):
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
