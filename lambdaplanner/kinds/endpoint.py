"""A private way to an AWS service."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from lambdaplanner.kinds.aws_services import (
    ACROSS_REGIONS,
    GATEWAY_SERVICES,
    WITHOUT_PRIVATE_DNS,
    ServiceName,
    read_service,
)
from lambdaplanner.kinds.registry import ROUTE_TARGETS, ResourceKind, Size, first_exchanged
from lambdaplanner.model.fields import Boolean, Choice, Ref, Text
from lambdaplanner.model.records import Resource, attr
from lambdaplanner.model.structures import Many


@ROUTE_TARGETS.join
@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint(Resource):
    """A gateway endpoint is a route; an interface endpoint is an interface in each chosen subnet.

    https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html
    """

    kind: ClassVar[str] = "endpoint"
    vpc: str = attr(Ref(("vpc",)), "VPC")
    service: str = attr(
        Text(),
        "Service",
        default="",
        help="s3, dynamodb, secretsmanager ...",
        drawn=True,
        relevant=lambda endpoint: not endpoint.is_firewall,
    )
    type: str = attr(
        Choice(("gateway", "interface", "firewall")),
        "Type",
        titles={
            "gateway": "Gateway, by routes",
            "interface": "Interface, in subnets",
            "firewall": "Firewall, a route target in one subnet",
        },
        drawn=True,
    )
    route_tables: tuple[str, ...] = attr(
        Many(Ref(("route-table",))),
        "Route tables",
        default=(),
        help="Of a gateway endpoint",
        relevant=lambda endpoint: endpoint.is_gateway,
    )
    subnets: tuple[str, ...] = attr(
        Many(Ref(("subnet",))),
        "Subnets",
        default=(),
        help="Of an interface endpoint, or the one of a firewall endpoint",
        relevant=lambda endpoint: not endpoint.is_gateway,
    )
    security_groups: tuple[str, ...] = attr(
        Many(Ref(("security-group",))),
        "Security groups",
        default=(),
        help="Of an interface endpoint; left out: the VPC's default group",
        nothing="The VPC's default group",
        relevant=lambda endpoint: endpoint.is_interface,
    )
    private_dns: bool = attr(
        Boolean(),
        "Private DNS",
        default=True,
        help="The service's public name leads to this endpoint",
        relevant=lambda endpoint: endpoint.is_interface,
    )
    region: str | None = attr(
        Text(),
        "Region",
        default=None,
        help="Of the service; left out: the VPC's own",
        nothing="The VPC's own",
        relevant=lambda endpoint: endpoint.is_interface,
    )
    inbound_resolver_only: bool = attr(
        Boolean(),
        "Inbound resolver only",
        default=False,
        help="Of S3: the private names are for resolver endpoints alone, not for the VPC",
        relevant=lambda endpoint: endpoint.is_interface,
    )

    together: ClassVar[Mapping[str, Any]] = {
        "anyOf": [
            {"required": ["service"]},
            {"properties": {"type": {"const": "firewall"}}},
        ]
    }

    def complaints(self) -> Iterator[tuple[str, str]]:
        if not self.service and not self.is_firewall:
            yield "", '"service" is missing; text is due'

    @property
    def named(self) -> ServiceName:
        """The service, and its Region where that is said."""
        short, of = read_service(self.service)
        return ServiceName(short, of or self.region)

    @property
    def is_interface(self) -> bool:
        """Whether a service is behind its interfaces."""
        return self.type == "interface"

    @property
    def is_gateway(self) -> bool:
        """Whether it is a route to a service, and stands in no subnet."""
        return self.type == "gateway"

    @property
    def is_firewall(self) -> bool:
        """Whether it leads to AWS Network Firewall or a Gateway Load Balancer: a route target."""
        return self.type == "firewall"

    @property
    def service_name(self) -> str:
        """The short name of its service."""
        return read_service(self.service).short

    def refusal(self, region: str) -> str:
        """Why AWS makes no such endpoint in a Region, to go on with after its name; empty where it
        does.
        """
        service, of = self.named
        if self.is_firewall:
            return ""
        if self.is_interface:
            refused = of not in (None, region) and service not in ACROSS_REGIONS
            return f"is for {service} of {of}, which no endpoint in {region} serves" * refused
        if service not in GATEWAY_SERVICES:
            return (
                f"is a gateway endpoint for {service}, and AWS has such endpoints for S3, "
                "DynamoDB and S3 Express only"
            )
        if of not in (None, region):
            return f"is for {service} of {of}, and a gateway endpoint serves its own Region alone"
        return ""

    def serves(self, service: str, region: str) -> bool:
        """Whether it is made for a service by the name that this has in a Region.

        An interface endpoint of another Region answers to that Region's names.
        """
        short, of = self.named
        known = short == service and of in (None, region) and not self.is_firewall
        return known and not self.refusal(region)

    def answers_to(self, service: str, region: str) -> bool:
        """Whether the service's own name may lead to this interface endpoint (aws.md 7.2)."""
        inside = not (service == "s3" and self.inbound_resolver_only)
        named = self.is_interface and self.private_dns and service not in WITHOUT_PRIVATE_DNS
        named = named and inside
        return named and self.serves(service, region)


def _home(endpoint: Endpoint) -> tuple[str, ...]:
    return endpoint.subnets if endpoint.subnets and not endpoint.is_gateway else (endpoint.vpc,)


def _begins(place: Any, variant: str) -> dict[str, Any]:
    if place.kind == "vpc":
        return {"service": variant or "s3", "type": "gateway"}
    service = variant or "secretsmanager"
    return {"vpc": place.vpc, "service": service, "type": "interface"}


def _moved(endpoint: Endpoint, place: Any) -> dict[str, Any]:
    if place.kind == "vpc":
        return {"subnets": ()}
    return {"vpc": place.vpc, "subnets": first_exchanged(endpoint.subnets, place.id)}


def _refuses_move(endpoint: Endpoint, place: Any) -> str:
    if place.kind == "vpc" or not endpoint.is_gateway:
        return ""
    return f"{endpoint.title} is a gateway endpoint; it belongs to the VPC and stands in no subnet"


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
    size=Size(200, 64),
    tone="network",
    addresses=lambda e, subnet: int(not e.is_gateway and subnet in e.subnets),
    summary=lambda e: f"{e.service}, {e.type}" if e.service else e.type,
    group="Connections",
    rank=0,
    layer=20,
    where="an endpoint stands in a VPC or a subnet",
    begins=_begins,
    moved=_moved,
    refuses_move=_refuses_move,
)
