"""A private way to an AWS service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lambdaplanner.kinds.registry import ResourceKind, Size
from lambdaplanner.model.fields import Boolean, Choice, Ref, Text
from lambdaplanner.model.records import Resource, attr
from lambdaplanner.model.structures import Many

GATEWAY_SERVICES = frozenset({"s3", "s3express", "dynamodb"})
"""Services that AWS has gateway endpoints for (AWS.md 7.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint(Resource):
    """A gateway endpoint is a route; an interface endpoint is an interface in each chosen subnet.

    https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html
    """

    kind: ClassVar[str] = "endpoint"
    vpc: str = attr(Ref(("vpc",)), "VPC")
    service: str = attr(Text(), "Service", help="s3, dynamodb, secretsmanager ...")
    type: str = attr(Choice(("gateway", "interface")), "Type")
    route_tables: tuple[str, ...] = attr(
        Many(Ref(("route-table",))),
        "Route tables",
        default=(),
        help="Of a gateway endpoint",
    )
    subnets: tuple[str, ...] = attr(
        Many(Ref(("subnet",))), "Subnets", default=(), help="Of an interface endpoint"
    )
    security_groups: tuple[str, ...] = attr(
        Many(Ref(("security-group",))),
        "Security groups",
        default=(),
        help="Of an interface endpoint; left out: the VPC's default group",
    )
    private_dns: bool = attr(
        Boolean(),
        "Private DNS",
        default=True,
        help="The service's public name leads to this endpoint",
    )

    @property
    def is_interface(self) -> bool:
        """Whether it has interfaces in subnets."""
        return self.type == "interface"


def _home(endpoint: Endpoint) -> tuple[str, ...]:
    return endpoint.subnets if endpoint.is_interface and endpoint.subnets else (endpoint.vpc,)


KIND = ResourceKind(
    slug="endpoint",
    section="endpoints",
    title="VPC endpoint",
    plural="VPC endpoints",
    stem="endpoint",
    model=Endpoint,
    description="A private way to an AWS service, without the internet.",
    reference="https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html",
    containers=("vpc", "subnet"),
    home=_home,
    size=Size(200, 56),
    tone="network",
    addresses=lambda e, subnet: int(e.is_interface and subnet in e.subnets),
    summary=lambda e: f"{e.service}, {e.type}",
)
