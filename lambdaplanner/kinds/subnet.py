"""A range of a VPC's addresses in one availability zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lambdaplanner.kinds.registry import ResourceKind, Size
from lambdaplanner.model.fields import Choice, Integer, Ref, Text
from lambdaplanner.model.network_fields import Cidr
from lambdaplanner.model.records import Resource, attr

RESERVED_ADDRESSES = 5
"""AWS keeps the first four addresses and the last of every subnet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subnet(Resource):
    """Public or private by its routes alone, never by a flag.

    https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
    """

    kind: ClassVar[str] = "subnet"
    vpc: str = attr(Ref(("vpc",)), "VPC", anywhere=True)
    az: str = attr(
        Text(),
        "Availability zone",
        default="",
        help="Its name or its id; left out: not decided",
        nothing="Not decided",
        drawn=True,
    )
    cidr: str = attr(Cidr((4,)), "IPv4 CIDR")
    ipv6_cidr: str | None = attr(Cidr((6,)), "IPv6 CIDR", default=None, nothing="No IPv6")
    route_table: str | None = attr(
        Ref(("route-table",)),
        "Route table",
        default=None,
        help="Left out: the VPC's main table",
        nothing="The VPC's main table",
    )
    network_acl: str | None = attr(
        Ref(("network-acl",)),
        "Network ACL",
        default=None,
        help="Left out: the default one, everything allowed",
        nothing="The VPC's default ACL",
    )
    reserved_ips: int = attr(
        Integer(0, 65536, "addresses"),
        "Reserved addresses",
        default=0,
        help="Addresses used by things that are not on the diagram",
        amount=True,
    )
    public_access: str | None = attr(
        Choice(("bidirectional", "egress")),
        "Public access",
        default=None,
        help="An exclusion from Block Public Access: both ways, or out alone",
        nothing="As its VPC",
    )


KIND = ResourceKind(
    slug="subnet",
    section="subnets",
    title="Subnet",
    plural="Subnets",
    stem="subnet",
    model=Subnet,
    description="A range of the VPC's addresses in one zone; its routes make it public or private.",
    reference="https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html",
    containers=("vpc",),
    home=lambda subnet: (subnet.vpc,),
    shape="container",
    size=Size(330, 220),
    tone="isolated",
    addresses=lambda subnet, subnet_id: subnet.reserved_ips if subnet.id == subnet_id else 0,
    summary=lambda subnet: f"{subnet.cidr}  {subnet.az}",
    group="Network",
    rank=1,
    layer=1,
)
