"""A customer's virtual private cloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lambdaplanner.kinds.registry import ResourceKind, Size
from lambdaplanner.model.fields import Boolean, Choice, Text
from lambdaplanner.model.network_fields import Cidr
from lambdaplanner.model.records import Resource, attr
from lambdaplanner.model.structures import Many


@dataclass(frozen=True, slots=True, kw_only=True)
class Vpc(Resource):
    """A private network with one or more blocks.

    https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
    """

    kind: ClassVar[str] = "vpc"
    cidr: str = attr(Cidr((4,)), "IPv4 CIDR")
    secondary_cidrs: tuple[str, ...] = attr(Many(Cidr((4,))), "Secondary CIDRs", default=())
    ipv6_cidr: str | None = attr(Cidr((6,)), "IPv6 CIDR", default=None, nothing="No IPv6")
    dns_support: bool = attr(
        Boolean(),
        "DNS support",
        default=True,
        help="enableDnsSupport: the resolver at the VPC's base + 2",
    )
    dns_hostnames: bool = attr(
        Boolean(),
        "DNS hostnames",
        default=True,
        help="enableDnsHostnames: needed by private DNS of endpoints",
    )

    region: str | None = attr(
        Text(),
        "Region",
        default=None,
        help="Left out: the plan's",
        nothing="The plan's",
        drawn=True,
    )
    account: str = attr(
        Text(),
        "Account",
        default="",
        help="Whose it is: any name; left out: one account for all",
        nothing="One account for all",
    )
    public_access: str | None = attr(
        Choice(("bidirectional", "egress")),
        "Public access",
        default=None,
        help="An exclusion from Block Public Access: both ways, or out alone",
        nothing="As the plan's setting says",
    )

    def region_in(self, default: str) -> str:
        """Its Region, where the plan's is `default`."""
        return self.region or default

    @property
    def cidrs(self) -> tuple[str, ...]:
        """Every IPv4 block, the primary one first."""
        return (self.cidr, *self.secondary_cidrs)


def _summary(vpc: Vpc) -> str:
    said = [*vpc.cidrs, vpc.ipv6_cidr, vpc.region, vpc.account and f"account {vpc.account}"]
    return ", ".join(text for text in said if text)


KIND = ResourceKind(
    slug="vpc",
    section="vpcs",
    title="VPC",
    plural="VPCs",
    stem="vpc",
    model=Vpc,
    description="A customer's private network; everything with a private address stands in one.",
    reference="https://docs.aws.amazon.com/vpc/latest/userguide/configure-your-vpc.html",
    shape="container",
    size=Size(760, 520),
    tone="vpc",
    summary=_summary,
    group="Network",
    rank=0,
    layer=0,
)
