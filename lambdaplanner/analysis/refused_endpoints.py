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
        why = endpoint.refusal(plan.region)
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
