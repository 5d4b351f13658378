"""The VPC's side of a VPN or of Direct Connect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lambdaplanner.kinds.registry import ROUTE_TARGETS, ResourceKind, Size
from lambdaplanner.model.fields import Ref
from lambdaplanner.model.records import Resource, attr
from lambdaplanner.model.structures import Many


@ROUTE_TARGETS.join
@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualPrivateGateway(Resource):
    """Carries what its own VPC and the networks behind it send each other, and nothing else.

    https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html
    """

    kind: ClassVar[str] = "virtual-private-gateway"
    vpc: str = attr(Ref(("vpc",)), "VPC")
    networks: tuple[str, ...] | None = attr(
        Many(Ref(("external-network",))),
        "Networks behind it",
        default=None,
        help="Left out: not told, and what goes there is unknown",
        nothing="Not told",
    )


KIND = ResourceKind(
    slug="virtual-private-gateway",
    section="virtual_private_gateways",
    title="Virtual private gateway",
    plural="Virtual private gateways",
    stem="vgw",
    model=VirtualPrivateGateway,
    description="Joins a VPC to networks outside of AWS, by VPN or Direct Connect.",
    reference="https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html",
    containers=("vpc",),
    home=lambda gateway: (gateway.vpc,),
    size=Size(150, 44),
    on_border=True,
    tone="network",
    group="Connections",
    rank=3,
    layer=82,
    one_per_vpc=True,
    where="a virtual private gateway stands on the border of a VPC",
    joins=lambda gateway: gateway.networks or (),
    join_line="network",
)
