"""The VPC's way out for IPv6."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lambdaplanner.kinds.registry import INTERNET, ROUTE_TARGETS, ResourceKind, Size
from lambdaplanner.model.fields import Ref
from lambdaplanner.model.records import Resource, attr


@ROUTE_TARGETS.join
@dataclass(frozen=True, slots=True, kw_only=True)
class EgressOnlyInternetGateway(Resource):
    """Lets IPv6 connections out and only their replies in.

    https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html
    """

    kind: ClassVar[str] = "egress-only-internet-gateway"
    vpc: str = attr(Ref(("vpc",)), "VPC")


KIND = ResourceKind(
    slug="egress-only-internet-gateway",
    section="egress_only_internet_gateways",
    title="Egress-only internet gateway",
    plural="Egress-only internet gateways",
    stem="eigw",
    model=EgressOnlyInternetGateway,
    description="Lets IPv6 connections out to the internet, and nothing in.",
    reference="https://docs.aws.amazon.com/vpc/latest/userguide/egress-only-internet-gateway.html",
    containers=("vpc",),
    home=lambda gateway: (gateway.vpc,),
    size=Size(150, 44),
    on_border=True,
    tone="network",
    group="Network",
    rank=5,
    layer=81,
    one_per_vpc=True,
    where="an egress-only internet gateway stands on the border of a VPC",
    leads_to=INTERNET,
    default_routes=("::/0",),
)
