"""Network address translation run by AWS for a private subnet's way out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from lambdaplanner.kinds.registry import ROUTE_TARGETS, ResourceKind, Size
from lambdaplanner.model.fields import Choice, Integer, Ref
from lambdaplanner.model.records import Resource, attr


@ROUTE_TARGETS.join
@dataclass(frozen=True, slots=True, kw_only=True)
class NatGateway(Resource):
    """Zonal in a subnet, or regional in a VPC; public with elastic IPs, or private.

    https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
    """

    kind: ClassVar[str] = "nat-gateway"
    together: ClassVar[Mapping[str, Any]] = {
        "if": {"properties": {"mode": {"const": "regional"}}, "required": ["mode"]},
        "then": {"required": ["vpc"], "properties": {"subnet": False}},
        "else": {"required": ["subnet"]},
    }
    subnet: str | None = attr(
        Ref(("subnet",)),
        "Subnet",
        default=None,
        help="Where a zonal gateway stands",
        relevant=lambda nat: not nat.regional,
        anywhere=True,
    )
    vpc: str | None = attr(
        Ref(("vpc",)),
        "VPC",
        default=None,
        help="Where a regional gateway stands",
        relevant=lambda nat: nat.regional,
    )
    mode: str = attr(
        Choice(("zonal", "regional")),
        "Mode",
        default="zonal",
        titles={"zonal": "Zonal, in a subnet", "regional": "Regional, in the VPC"},
        drawn=True,
    )
    connectivity: str = attr(
        Choice(("public", "private")),
        "Connectivity",
        default="public",
        titles={"public": "Public", "private": "Private"},
        drawn=True,
    )
    elastic_ips: int = attr(
        Integer(0, 64, "addresses"),
        "Elastic IPs",
        default=1,
        help="Each carries 55,000 connections to one destination; of a regional gateway, those in "
        "each zone",
        relevant=lambda nat: nat.connectivity == "public",
    )

    @property
    def regional(self) -> bool:
        """Whether it serves every zone and stands in no subnet."""
        return self.mode == "regional"

    def complaints(self) -> Iterator[tuple[str, str]]:
        if self.regional and self.subnet is not None:
            yield (
                "subnet",
                "a regional NAT gateway stands in no subnet; leave subnet out and give vpc",
            )
        if self.regional and self.vpc is None:
            yield "", '"vpc" is missing; a regional NAT gateway stands in a VPC'
        if not self.regional and self.subnet is None:
            yield "", '"subnet" is missing; a zonal NAT gateway stands in a subnet'


def _home(gateway: NatGateway) -> tuple[str, ...]:
    place = gateway.vpc if gateway.regional else gateway.subnet
    return (place,) if place else ()


def _addresses(gateway: NatGateway, subnet: str) -> int:
    if gateway.regional or gateway.subnet != subnet:
        return 0
    return max(1, gateway.elastic_ips)


def _summary(gateway: NatGateway) -> str:
    parts = [gateway.connectivity]
    if gateway.regional:
        parts.append("regional")
    if gateway.connectivity == "public" and gateway.elastic_ips != 1:
        parts.append(f"{gateway.elastic_ips} elastic IPs")
    return ", ".join(parts).capitalize()


def _begins(place: Any, _variant: str) -> dict[str, Any]:
    return {"mode": "regional"} if place.kind == "vpc" else {}


def _refuses(place: Any, variant: str) -> str:
    if place.kind == "vpc" and variant != "regional":
        return "a NAT gateway stands in a subnet, and needs a public one to reach the internet"
    return ""


def _moved(_nat: NatGateway, place: Any) -> dict[str, Any]:
    return {} if place.kind == "vpc" else {"vpc": None, "mode": "zonal"}


def _refuses_move(nat: NatGateway, place: Any) -> str:
    zonal = place.kind == "vpc" and not nat.regional
    return "a zonal NAT gateway stands in a subnet" if zonal else ""


def _passes_on(nat: NatGateway) -> str:
    """A regional one has a table of AWS's own, with a route to the internet gateway.

    https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
    """
    return "internet-gateway" if nat.regional and nat.connectivity == "public" else ""


KIND = ResourceKind(
    slug="nat-gateway",
    section="nat_gateways",
    title="NAT gateway",
    plural="NAT gateways",
    stem="nat",
    model=NatGateway,
    description="Gives private subnets a way out to the internet; stands in a public subnet.",
    reference="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html",
    containers=("subnet", "vpc"),
    home=_home,
    size=Size(200, 64),
    tone="network",
    addresses=_addresses,
    summary=_summary,
    group="Network",
    rank=3,
    layer=40,
    where="a NAT gateway stands in a subnet",
    begins=_begins,
    refuses=_refuses,
    moved=_moved,
    refuses_move=_refuses_move,
    passes_on=_passes_on,
)
