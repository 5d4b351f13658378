"""Where a subnet's packets go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lambdaplanner.counting import count
from lambdaplanner.kinds.aws_services import LIST_WEIGHTS
from lambdaplanner.kinds.registry import ROUTE_TARGETS, ResourceKind, Size
from lambdaplanner.model.fields import Boolean, Ref
from lambdaplanner.model.network_fields import CidrOr
from lambdaplanner.model.records import Record, Resource, attr
from lambdaplanner.model.structures import Keyed, Many

BLACKHOLE = "blackhole"
OUTSIDE = "outside"
"""The word for whatever leads out of what a plan holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Record):
    """One line of a route table: a block or prefix list, and where its packets go."""

    destination: str = attr(CidrOr(("prefix-list",), words=tuple(LIST_WEIGHTS)), "Destination")
    target: str = attr(
        Ref(ROUTE_TARGETS, words=(BLACKHOLE, OUTSIDE), when_removed=BLACKHOLE),
        "Target",
        help="A gateway, a peering, an appliance, blackhole, or outside (leaves the plan)",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteTable(Resource):
    """Routes beside the local ones, which AWS adds for every block of the VPC and which are not
    written.

    https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
    """

    kind: ClassVar[str] = "route-table"
    vpc: str = attr(Ref(("vpc",)), "VPC")
    main: bool = attr(
        Boolean(),
        "Main table",
        default=False,
        help="Serves the subnets of the VPC that name no table",
        drawn=True,
    )
    routes: tuple[Route, ...] = attr(
        Keyed(Route, "destination", short="target"), "Routes", default=()
    )
    propagate: tuple[str, ...] = attr(
        Many(Ref(("virtual-private-gateway",))),
        "Propagated from",
        default=(),
        help="Virtual private gateways whose networks the table learns",
    )
    gateway: str | None = attr(
        Ref(("internet-gateway", "virtual-private-gateway")),
        "Edge of",
        default=None,
        help="For what comes in by that gateway; the table then serves no subnet",
        nothing="Serves subnets",
    )


def _summary(table: RouteTable) -> str:
    routes = count(len(table.routes), "route") if table.routes else "no routes of its own"
    return f"Main, {routes}" if table.main else routes.capitalize()


KIND = ResourceKind(
    slug="route-table",
    section="route_tables",
    title="Route table",
    plural="Route tables",
    stem="routes",
    model=RouteTable,
    description="Says where a subnet's packets go; makes it public or private.",
    reference="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html",
    containers=("vpc",),
    home=lambda table: (table.vpc,),
    size=Size(168, 48),
    tone="neutral",
    summary=_summary,
    group="Network",
    rank=4,
    layer=45,
    where="a route table belongs to a VPC",
    moved=lambda _table, _vpc: {"main": False},
)
