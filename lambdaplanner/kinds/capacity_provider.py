"""EC2 instances in a VPC that run functions: Lambda managed instances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lambdaplanner.counting import count
from lambdaplanner.kinds.registry import ResourceKind, Size, first_exchanged
from lambdaplanner.model.fields import Integer, Ref
from lambdaplanner.model.records import Resource, attr
from lambdaplanner.model.structures import Many

INSTANCES = 3
"""So many it begins with, one for each zone (aws.md 1.9)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityProvider(Resource):
    """Its instances take the addresses, and carry the traffic of the functions that run on them.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html
    """

    kind: ClassVar[str] = "capacity-provider"
    subnets: tuple[str, ...] = attr(Many(Ref(("subnet",)), at_least=1), "Subnets")
    security_groups: tuple[str, ...] = attr(
        Many(Ref(("security-group",))),
        "Security groups",
        default=(),
        help="Left out: the VPC's default group",
        nothing="The VPC's default group",
    )
    instances: int = attr(
        Integer(0, 100_000, "instances"),
        "Instances",
        default=INSTANCES,
        help="To plan for; each takes one address",
        amount=True,
    )

    def instances_in(self, subnet: str) -> int:
        """How many stand in a subnet, spread evenly; the remainder in those named first."""
        if subnet not in self.subnets:
            return 0
        each, more = divmod(self.instances, len(self.subnets))
        return each + (self.subnets.index(subnet) < more)


KIND = ResourceKind(
    slug="capacity-provider",
    section="capacity_providers",
    title="Capacity provider",
    plural="Capacity providers",
    stem="capacity",
    model=CapacityProvider,
    description="EC2 instances in the VPC that run functions: Lambda managed instances.",
    reference="https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html",
    containers=("subnet",),
    home=lambda provider: provider.subnets,
    size=Size(200, 56),
    tone="compute",
    addresses=lambda provider, subnet: provider.instances_in(subnet),
    summary=lambda provider: count(provider.instances, "instance"),
    group="Compute",
    rank=1,
    layer=25,
    where="a capacity provider stands in a subnet",
    moved=lambda provider, subnet: {"subnets": first_exchanged(provider.subnets, subnet.id)},
)
