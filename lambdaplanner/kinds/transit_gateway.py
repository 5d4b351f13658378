"""The hub that joins VPCs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from lambdaplanner.counting import count
from lambdaplanner.kinds.registry import ROUTE_TARGETS, ResourceKind
from lambdaplanner.kinds.route_table import BLACKHOLE, OUTSIDE
from lambdaplanner.model.fields import Boolean, Ref, Text, Texts
from lambdaplanner.model.nearness import suggestion
from lambdaplanner.model.network_fields import Cidr
from lambdaplanner.model.records import Record, Resource, attr
from lambdaplanner.model.structures import Keyed, Many

ATTACHED = ("vpc", "external-network", "transit-gateway")
"""What may be attached: a VPC by subnets, a network by VPN or Direct Connect, another transit
gateway by a peering, which stands in the attachments of both.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitAttachment(Record):
    """An attachment, mostly a VPC's: its interfaces' subnets, and the table that its packets are
    looked up in.
    """

    vpc: str = attr(Ref(ATTACHED), "Attached")
    subnets: tuple[str, ...] = attr(Many(Ref(("subnet",))), "Subnets", default=())
    route_table: str | None = attr(
        Text(), "Transit route table", default=None, help="Left out: the default table"
    )
    label: str = attr(Text(), "Label", default="", remark=True)
    origin: tuple[str, ...] = attr(Texts(), "Origin", default=(), remark=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitRoute(Record):
    """One static route of a transit gateway's table."""

    destination: str = attr(Cidr(), "Destination")
    target: str = attr(
        Ref(ATTACHED, words=(BLACKHOLE, OUTSIDE), when_removed=BLACKHOLE),
        "Target",
        help="What is attached, blackhole, or outside: leaves what the plan holds",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitRouteTable(Record):
    """A table inside a transit gateway; VPCs that propagate to it are known to it."""

    name: str = attr(Text(), "Name")
    propagate: tuple[str, ...] = attr(
        Many(Ref(("vpc", "external-network"))), "Propagated VPCs", default=()
    )
    routes: tuple[TransitRoute, ...] = attr(
        Keyed(TransitRoute, "destination", short="target"), "Routes", default=()
    )
    label: str = attr(Text(), "Label", default="", remark=True)
    origin: tuple[str, ...] = attr(Texts(), "Origin", default=(), remark=True)


MOST_TABLES = 20
"""AWS's quota for a transit gateway: https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-quotas.html
"""


@ROUTE_TARGETS.join
@dataclass(frozen=True, slots=True, kw_only=True)
class TransitGateway(Resource):
    """Attachments and tables; without tables one default table serves all.

    https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
    """

    kind: ClassVar[str] = "transit-gateway"
    security_group_referencing: bool = attr(Boolean(), "Security group referencing", default=False)
    attachments: tuple[TransitAttachment, ...] = attr(
        Keyed(TransitAttachment, "vpc"),
        "Attachments",
        default=(),
        nothing="Nothing is attached.",
    )
    route_tables: tuple[TransitRouteTable, ...] | None = attr(
        Keyed(TransitRouteTable, "name"),
        "Route tables",
        default=None,
        help="Left out: one default table, every attachment associated with and propagated to it",
        nothing="No table.",
    )

    def attachment(self, vpc: str) -> TransitAttachment | None:
        """The attachment of a VPC, if it has one."""
        return next((a for a in self.attachments if a.vpc == vpc), None)

    def complaints(self) -> Iterator[tuple[str | tuple[str, ...], str]]:
        names = {table.name for table in self.route_tables or ()}
        few = len(names) <= MOST_TABLES
        for attachment in self.attachments:
            table = attachment.route_table
            if table is not None and table not in names:
                yield (
                    ("attachments", attachment.vpc, "route_table"),
                    f'{attachment.vpc}: there is no transit route table "{table}"'
                    f"{suggestion(table, sorted(names)) if few else ''}",
                )


_FEW = 6
"""So many lines are always shown."""


def _rows(tgw: TransitGateway, whole: bool) -> tuple[str, ...]:
    """Its tables with the VPCs that each serves, and what they know where there is room or need."""
    lines: list[str] = []
    heads: list[str] = []
    for table in tgw.route_tables or ():
        served = ", ".join(a.vpc for a in tgw.attachments if a.route_table == table.name)
        heads.append(f"{table.name}: serves {served or 'nobody'}")
        lines.append(heads[-1])
        lines += [f"   {', '.join(table.propagate)} propagated"] if table.propagate else []
        lines += [f"   {route.destination} to {route.target}" for route in table.routes]
    return tuple(lines if whole or len(lines) <= _FEW else heads)


KIND = ResourceKind(
    slug="transit-gateway",
    section="transit_gateways",
    title="Transit gateway",
    plural="Transit gateways",
    stem="tgw",
    model=TransitGateway,
    description="The hub that joins many VPCs.",
    reference="https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html",
    tone="network",
    rows=_rows,
    addresses=lambda tgw, subnet: sum(subnet in a.subnets for a in tgw.attachments),
    summary=lambda tgw: count(len(tgw.attachments), "attachment"),
    group="Connections",
    rank=2,
    layer=91,
    where="a transit gateway stands in the region",
    joins=lambda tgw: tuple(a.vpc for a in tgw.attachments),
    join_line="attachment",
)
