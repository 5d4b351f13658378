"""The stateful firewall of network interfaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from lambdaplanner.kinds.aws_services import LIST_WEIGHTS
from lambdaplanner.kinds.registry import ResourceKind, Size
from lambdaplanner.kinds.rules import ALL, PORTS, PORTS_HELP, PROTOCOL, ignored_ports
from lambdaplanner.model.fields import Boolean, Ref, Text
from lambdaplanner.model.network_fields import Cidr, PortRange
from lambdaplanner.model.records import Record, Resource, attr
from lambdaplanner.model.structures import Many, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroupRule(Record):
    """Something allowed: a protocol, ports, and who is at the other end."""

    together: ClassVar[Mapping[str, Any]] = {
        "oneOf": [{"required": [key]} for key in ("cidr", "security_group", "prefix_list")]
    }
    protocol: str = attr(PROTOCOL, "Protocol", default=ALL)
    ports: PortRange | None = attr(PORTS, "Ports", default=None, help=PORTS_HELP)
    cidr: str | None = attr(Cidr(), "CIDR", default=None)
    security_group: str | None = attr(Ref(("security-group",)), "Security group", default=None)
    prefix_list: str | None = attr(
        Ref(("prefix-list",), words=tuple(LIST_WEIGHTS)),
        "Prefix list",
        default=None,
        help="One of the plan's own, or AWS's by name: aws:s3, aws:dynamodb, aws:cloudfront ...",
    )
    description: str = attr(Text(), "Description", default="")

    def complaints(self) -> Iterator[tuple[str, str]]:
        named = [
            key
            for key in ("cidr", "security_group", "prefix_list")
            if getattr(self, key) is not None
        ]
        if len(named) != 1:
            found = " and ".join(named) if named else "none"
            yield (
                "",
                f"exactly one of cidr, security_group and prefix_list is due, not {found}",
            )

    def notices(self) -> Iterator[tuple[str, str]]:
        return ignored_ports(self)


OUTBOUND_DEFAULT = (
    SecurityGroupRule(cidr="0.0.0.0/0", description="AWS's default"),
    SecurityGroupRule(cidr="::/0", description="AWS's default"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroup(Resource):
    """Rules that only allow; replies always pass.

    https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
    """

    kind: ClassVar[str] = "security-group"
    vpc: str = attr(Ref(("vpc",)), "VPC")
    default: bool = attr(
        Boolean(),
        "Default group",
        default=False,
        help="This is the VPC's default group: whatever names no group has it",
    )
    also_in: tuple[str, ...] = attr(
        Many(Ref(("vpc",))),
        "Also in",
        default=(),
        help="Further VPCs of the Region that it is associated with",
        nothing="Its own VPC alone",
        anywhere=True,
    )
    inbound: tuple[SecurityGroupRule, ...] = attr(
        Rows(SecurityGroupRule),
        "Inbound rules",
        default=(),
        help="Left out: nothing allowed in",
        nothing="Nothing may come in.",
        drawn=False,
    )
    outbound: tuple[SecurityGroupRule, ...] | None = attr(
        Rows(SecurityGroupRule),
        "Outbound rules",
        default=None,
        help="Left out: everything allowed out; an empty list: nothing",
        nothing="Nothing may leave.",
        drawn=False,
    )

    @property
    def vpcs(self) -> tuple[str, ...]:
        """The VPCs whose interfaces may have it, its own first."""
        return (self.vpc, *(name for name in self.also_in if name != self.vpc))

    @property
    def outbound_rules(self) -> tuple[SecurityGroupRule, ...]:
        """The rules out, AWS's default ones where none were given."""
        return OUTBOUND_DEFAULT if self.outbound is None else self.outbound


def _summary(group: SecurityGroup) -> str:
    out = "all" if group.outbound is None else str(len(group.outbound))
    return f"{'Default, ' if group.default else ''}{len(group.inbound)} in, {out} out"


KIND = ResourceKind(
    slug="security-group",
    section="security_groups",
    title="Security group",
    plural="Security groups",
    stem="sg",
    model=SecurityGroup,
    description="Says what an interface may send and receive; replies always pass.",
    reference="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",
    containers=("vpc",),
    home=lambda group: (group.vpc,),
    size=Size(168, 48),
    tone="security",
    summary=_summary,
    group="Security",
    rank=0,
    layer=50,
    where="a security group belongs to a VPC",
    moved=lambda _group, _vpc: {"default": False, "also_in": ()},
    alike=lambda group: group.vpc,
)
