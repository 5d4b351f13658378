"""Two VPCs, joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lambdaplanner.kinds.registry import ROUTE_TARGETS, ResourceKind, Size
from lambdaplanner.model.fields import Ref
from lambdaplanner.model.records import Resource, attr
from lambdaplanner.model.structures import Many


@ROUTE_TARGETS.join
@dataclass(frozen=True, slots=True, kw_only=True)
class Peering(Resource):
    """A connection between exactly two VPCs; not transitive, and no way to the other's gateways.

    https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
    """

    kind: ClassVar[str] = "peering"
    vpcs: tuple[str, ...] = attr(Many(Ref(("vpc",)), at_least=2, at_most=2), "VPCs", anywhere=True)


KIND = ResourceKind(
    slug="peering",
    section="peerings",
    title="VPC peering",
    plural="VPC peerings",
    stem="peering",
    model=Peering,
    description="Joins two VPCs whose addresses do not overlap.",
    reference="https://docs.aws.amazon.com/vpc/latest/peering/what-is-vpc-peering.html",
    size=Size(150, 44),
    tone="network",
    summary=lambda peering: " and ".join(peering.vpcs),
    group="Connections",
    rank=1,
    layer=90,
    where="a peering stands between VPCs",
    joins=lambda peering: peering.vpcs,
)
