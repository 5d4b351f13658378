"""A Lambda function and its attachment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from lambdaplanner.kinds.capacity_provider import CapacityProvider
from lambdaplanner.kinds.registry import SERVICE_VPC, ResourceKind, Size
from lambdaplanner.kinds.role_policies import VPC_ACCESS_POLICY, Rights, interface_rights
from lambdaplanner.model.fields import Boolean, Integer, Ref, Text
from lambdaplanner.model.network_fields import ENDS
from lambdaplanner.model.records import Resource, attr
from lambdaplanner.model.structures import Many


@ENDS.join
@dataclass(frozen=True, slots=True, kw_only=True)
class Function(Resource):
    """Runs in the Lambda service VPC; with subnets it is attached to their VPC.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
    """

    kind: ClassVar[str] = "function"
    memory_mb: int = attr(Integer(1, 1_000_000, "MB"), "Memory", default=128, amount=True)
    timeout_s: int = attr(Integer(1, 1_000_000, "s"), "Timeout", default=3, amount=True)
    concurrency: int = attr(
        Integer(0, 10_000_000, "invocations"),
        "Concurrency target",
        default=1,
        help="Simultaneous invocations to plan for",
        amount=True,
    )
    role_policies: tuple[str, ...] = attr(
        Many(Text()),
        "Role policies",
        default=(),
        help=f"Names or ARNs of managed policies, or single actions; an attached function needs "
        f"{VPC_ACCESS_POLICY}",
    )
    subnets: tuple[str, ...] = attr(
        Many(Ref(("subnet",))),
        "Subnets",
        default=(),
        help="None: Lambda's default networking",
        nothing="Not attached to a VPC",
    )
    security_groups: tuple[str, ...] = attr(
        Many(Ref(("security-group",))),
        "Security groups",
        default=(),
        help="Left out: the VPC's default group",
        nothing="The VPC's default group",
    )
    connections_per_environment: int | None = attr(
        Integer(1, 1000, "connections"),
        "Connections per environment",
        default=None,
        help="Simultaneous connections of one execution environment; left out: the plan's setting",
        nothing="The plan's setting",
        amount=True,
    )
    ipv6: bool = attr(
        Boolean(),
        "IPv6",
        default=False,
        help="Ipv6AllowedForDualStack: needs dual-stack subnets",
    )
    capacity_provider: str | None = attr(
        Ref(("capacity-provider",)),
        "Capacity provider",
        default=None,
        help="Runs on its instances, in place of subnets and groups of its own",
        nothing="None: Lambda's own instances",
        anywhere=True,
    )

    @property
    def attached(self) -> bool:
        """Whether it is attached to a VPC."""
        return bool(self.subnets)

    @property
    def managed(self) -> bool:
        """Whether it runs on the instances of a capacity provider."""
        return self.capacity_provider is not None

    @property
    def has_default_networking(self) -> bool:
        """Whether it is in no VPC at all, and Lambda's own network is its way out."""
        return not self.subnets and not self.managed

    def on(self, provider: CapacityProvider) -> Function:
        """The function as packets know it that runs on a provider's instances: what it has of its
        own of subnets and groups counts for nothing.
        """
        return replace(self, subnets=provider.subnets, security_groups=provider.security_groups)

    @property
    def interface_rights(self) -> Rights:
        """Whether its role lets Lambda create network interfaces; for instances of a capacity
        provider another role does.
        """
        if self.managed:
            return "allowed"
        return interface_rights(self.role_policies)

    @property
    def may_create_interfaces(self) -> bool:
        """The same where what nobody can tell is taken for granted."""
        return self.interface_rights != "refused"


def _attachment(function: Function) -> object:
    """What AWS makes one interface in each subnet for; None for a function without a VPC.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
    """
    if not function.subnets or function.managed:
        return None
    return frozenset(function.subnets), frozenset(function.security_groups)


KIND = ResourceKind(
    slug="function",
    section="functions",
    title="Lambda function",
    plural="Lambda functions",
    stem="function",
    model=Function,
    description="Runs in the Lambda service VPC; connect it to a VPC to reach what is there.",
    reference="https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html",
    containers=(SERVICE_VPC,),
    size=Size(200, 64),
    tone="compute",
    summary=lambda f: f"concurrency {f.concurrency:,}",
    begins=lambda _place, _variant: {"subnets": ()},  # attached afterwards, with its role
    group="Compute",
    layer=10,
    places=(SERVICE_VPC, "subnet", None),
    where="a function runs in the Lambda service VPC; drop it there, or on a subnet to attach it",
    alike=_attachment,
    joined_together=True,
)
