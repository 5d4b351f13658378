"""Checks of AWS's services: what of them a plan names, and whether there is such a thing."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.service_gateways import mended
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.endpoint import Endpoint

GATEWAY = "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html"


@check(
    "END-007",
    "error",
    "An endpoint is for a service that has none, or for another Region's",
    reference=GATEWAY,
)
def endpoint_refused(view: PlanAnalysis) -> Iterator[Draft]:
    """Gateway endpoints exist for S3, DynamoDB and S3 Express, and serve the Region that they stand
    in; interface endpoints of another Region exist for a few services. Nothing goes through one
    that AWS does not make.
    """
    for endpoint in view.of(Endpoint):
        refusal = endpoint.refusal(view.network.region)
        if refusal:
            yield Draft(
                about=(endpoint.id, *endpoint.route_tables),
                message=f'"{endpoint.id}" {refusal}: nothing goes through it.',
                fix=f"{mended(endpoint)}.",
            )
