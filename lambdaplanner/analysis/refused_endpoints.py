"""Endpoints that AWS does not make: for a service that has none of the type, for another Region
(aws.md 7).
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.addressing import Addressing
from lambdaplanner.analysis.refusal import Refusal
from lambdaplanner.kinds.aws_services import GATEWAY_SERVICES
from lambdaplanner.kinds.endpoint import Endpoint


def without_service(plan: Addressing) -> Iterator[Refusal]:
    """Gateway endpoints exist for three services, and serve their own Region."""
    for endpoint in plan.of(Endpoint).values():
        why = endpoint.refusal(plan.region_of(endpoint.vpc))
        if why:
            yield Refusal(
                "END-007",
                endpoint.id,
                "UNSUPPORTED_COMPONENT",
                (endpoint.id, *endpoint.route_tables),
                f'"{endpoint.id}" {why}: nothing goes through it.',
                _mended(endpoint),
                ((endpoint.id,),),
            )


def _mended(endpoint: Endpoint) -> str:
    service = endpoint.service_name
    if service in GATEWAY_SERVICES or endpoint.is_interface:
        return f'Make "{endpoint.id}" one for {service} of the plan\'s own Region.'
    return f'Make "{endpoint.id}" an interface endpoint.'


def inbound_only(plan: Addressing) -> Iterator[Refusal]:
    """An S3 interface endpoint whose names are for resolver endpoints alone needs a gateway
    endpoint beside it, which the VPC's own names then mean (aws.md 7.2).
    """
    endpoints = plan.of(Endpoint).values()
    having = {e.vpc for e in endpoints if e.is_gateway and e.service_name == "s3"}
    for endpoint in endpoints:
        only = endpoint.is_interface and endpoint.private_dns and endpoint.inbound_resolver_only
        if only and endpoint.service_name == "s3" and endpoint.vpc not in having:
            yield Refusal(
                "END-011",
                endpoint.id,
                "UNSUPPORTED_COMPONENT",
                (endpoint.id, endpoint.vpc),
                f'"{endpoint.id}" gives its private names to resolver endpoints alone, and VPC '
                f'"{endpoint.vpc}" has no gateway endpoint for S3: AWS refuses it.',
                f'Add a gateway endpoint for S3 to "{endpoint.vpc}", or switch '
                f'inbound_resolver_only of "{endpoint.id}" off.',
                ((endpoint.id,),),
            )
