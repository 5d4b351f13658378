"""The check of what goes to AWS services through NAT gateways and could go for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.nat import default_gateway
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.aws_services import service_of
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.nat_gateway import NatGateway

ENDPOINTS = "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html"
FREE_SERVICES = ("s3", "dynamodb")


@check(
    "NAT-010",
    "info",
    "S3 and DynamoDB are reached through a NAT gateway",
    reference=ENDPOINTS,
)
def services_through_nat(view: PlanAnalysis) -> Iterator[Draft]:
    """A gateway endpoint costs nothing and spares the NAT gateway's price for each gigabyte. Told
    where the plan says that a function uses one of the two.
    """
    for service in FREE_SERVICES:
        users = {row.source for row in view.plan.expectations if service_of(row.target) == service}
        for function in view.attached:
            if function.id not in users:
                continue
            nats = [
                nat
                for name in function.subnets
                if (nat := _by_default(view, name)) and not _spared(view, name, service)
            ]
            if nats:
                yield Draft(
                    about=(function.id, *dict.fromkeys(nat.id for nat in nats)),
                    message=f'Function "{function.id}" uses {service} through a NAT gateway; '
                    "a gateway endpoint would carry that for nothing.",
                    fix=_free_way(view, function, service),
                )


def _free_way(view: PlanAnalysis, function: Function, service: str) -> str:
    for vpc in view.places(function).vpcs:
        for endpoint in view.network.endpoints(vpc, service):
            if endpoint.is_gateway and not endpoint.refusal(view.network.region_of(vpc)):
                return f"Associate gateway endpoint {endpoint.id} with its route tables."
    return f"Add a gateway endpoint for {service} to its route tables."


def _spared(view: PlanAnalysis, subnet_id: str, service: str) -> bool:
    """Whether an endpoint takes the service's traffic before the NAT gateway does: a gateway
    endpoint by its route, an interface endpoint by the service's name.
    """
    if service in view.network.table_of(subnet_id).services:
        return True
    vpc = view.vpc(view.subnet(subnet_id).vpc)
    named = view.network.named_endpoints(vpc.id, service)
    return vpc.dns_support and vpc.dns_hostnames and bool(named)


def _by_default(view: PlanAnalysis, subnet_id: str) -> NatGateway | None:
    return default_gateway(view, view.subnet(subnet_id))
