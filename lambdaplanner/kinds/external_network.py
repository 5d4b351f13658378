"""What is not in AWS, or not on this plan: a data centre, an office, another team's VPC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lambdaplanner.kinds.registry import ResourceKind, Size
from lambdaplanner.model.network_fields import ENDS, Cidr
from lambdaplanner.model.records import Resource, attr
from lambdaplanner.model.structures import Many


@ENDS.join
@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalNetwork(Resource):
    """An end of questions; what is behind it is taken to answer, and answers say so.

    https://docs.aws.amazon.com/vpn/latest/s2svpn/VPC_VPN.html
    """

    kind: ClassVar[str] = "external-network"
    cidrs: tuple[str, ...] = attr(Many(Cidr(), at_least=1), "CIDR blocks")


KIND = ResourceKind(
    slug="external-network",
    section="external_networks",
    title="External network",
    plural="External networks",
    stem="network",
    model=ExternalNetwork,
    description="A network that is not on this plan: a data centre, an office, a partner.",
    reference="https://docs.aws.amazon.com/vpn/latest/s2svpn/VPC_VPN.html",
    size=Size(168, 48),
    tone="neutral",
    summary=lambda network: ", ".join(network.cidrs),
    group="Connections",
    rank=4,
    layer=93,
    where="an external network stands in the region, beside the VPCs",
    begins=lambda _place, _variant: {"cidrs": ("192.168.0.0/16",)},
)
