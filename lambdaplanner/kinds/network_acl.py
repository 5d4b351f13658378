"""The stateless firewall of subnets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from lambdaplanner.kinds.registry import ResourceKind, Size
from lambdaplanner.kinds.rules import ALL, PORTS, PORTS_HELP, PROTOCOL, ignored_ports
from lambdaplanner.model.fields import Boolean, Choice, Integer, Ref
from lambdaplanner.model.network_fields import CidrAlone, PortRange
from lambdaplanner.model.records import Record, Resource, attr
from lambdaplanner.model.structures import Keyed


@dataclass(frozen=True, slots=True, kw_only=True)
class AclEntry(Record):
    """One numbered rule; the lowest number that matches decides."""

    number: int = attr(Integer(1, 32766), "Number")
    action: str = attr(Choice(("allow", "deny")), "Action")
    protocol: str = attr(PROTOCOL, "Protocol", default=ALL)
    ports: PortRange | None = attr(PORTS, "Ports", default=None, help=PORTS_HELP)
    cidr: str | None = attr(
        CidrAlone(), "CIDR", default=None, help="The other end; left out: 0.0.0.0/0 and ::/0"
    )

    def notices(self) -> Iterator[tuple[str, str]]:
        return ignored_ports(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkAcl(Resource):
    """Judges every packet that enters or leaves a subnet, replies too; what no rule names is
    denied.

    https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
    """

    kind: ClassVar[str] = "network-acl"
    vpc: str = attr(Ref(("vpc",)), "VPC")
    default: bool = attr(
        Boolean(),
        "Default ACL",
        default=False,
        help="This is the VPC's default ACL: subnets that name none have it",
    )
    inbound: tuple[AclEntry, ...] = attr(
        Keyed(AclEntry, "number", ordered_by_key=True),
        "Inbound rules",
        default=(),
        nothing="Every packet in is denied.",
    )
    outbound: tuple[AclEntry, ...] = attr(
        Keyed(AclEntry, "number", ordered_by_key=True),
        "Outbound rules",
        default=(),
        nothing="Every packet out is denied.",
    )


def _begins(_vpc: Any, _variant: str) -> dict[str, Any]:
    """Everything passes until somebody says otherwise, as with AWS's default one."""
    everything = (AclEntry(number=100, action="allow"),)
    return {"inbound": everything, "outbound": everything}


def _summary(acl: NetworkAcl) -> str:
    return f"{'Default, ' if acl.default else ''}{len(acl.inbound)} in, {len(acl.outbound)} out"


KIND = ResourceKind(
    slug="network-acl",
    section="network_acls",
    title="Network ACL",
    plural="Network ACLs",
    stem="acl",
    model=NetworkAcl,
    description="Judges each packet that enters or leaves a subnet, replies too.",
    reference="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
    containers=("vpc",),
    home=lambda acl: (acl.vpc,),
    size=Size(168, 48),
    tone="security",
    summary=_summary,
    group="Security",
    rank=1,
    layer=60,
    where="a network ACL belongs to a VPC",
    begins=_begins,
    moved=lambda _acl, _vpc: {"default": False},
    alike=lambda acl: acl.vpc,
)
