"""The VPC's door to the internet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lambdaplanner.kinds.registry import INTERNET, ROUTE_TARGETS, ResourceKind, Size
from lambdaplanner.model.fields import Ref
from lambdaplanner.model.records import Resource, attr


@ROUTE_TARGETS.join
@dataclass(frozen=True, slots=True, kw_only=True)
class InternetGateway(Resource):
    """Translates one to one between private addresses and the public addresses associated with
    them.

    https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html
    """

    kind: ClassVar[str] = "internet-gateway"
    vpc: str = attr(Ref(("vpc",)), "VPC")


KIND = ResourceKind(
    slug="internet-gateway",
    section="internet_gateways",
    title="Internet gateway",
    plural="Internet gateways",
    stem="igw",
    model=InternetGateway,
    description="Lets what has a public address talk to the internet; one for each VPC.",
    reference="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
    containers=("vpc",),
    home=lambda gateway: (gateway.vpc,),
    size=Size(150, 44),
    on_border=True,
    tone="network",
    group="Network",
    rank=2,
    layer=80,
    one_per_vpc=True,
    where="an internet gateway stands on the border of a VPC",
    leads_to=INTERNET,
)
