"""Which lines join the boxes, and what each means.

A line's id says what it stands for, so that a tool can take it out of the plan:

    association:SUBNET->TABLE    the subnet names the table
    main:SUBNET->TABLE           the subnet names none, and this is its VPC's main table
    route:TABLE->TARGET          every route to that target, or a gateway endpoint's
    gateway:GATEWAY->internet    what an internet gateway is for
    gateway:NAT->GATEWAY         what a regional NAT gateway hands on
    peering:VPC->PEERING         one side of a peering
    attachment:VPC->TGW          a transit gateway attachment
    tunnel:FUNCTION->vpc-to-vpc-nat
    tunnel:vpc-to-vpc-nat->eni:FUNCTION@SUBNET   a function's attachment to one subnet
    tunnel:group:FIRST->vpc-to-vpc-nat           the same of functions that share a card
    tunnel:vpc-to-vpc-nat->group:FIRST@SUBNET
    default:lambda-service-vpc->internet         default networking of unattached functions
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from lambdaplanner.diagram.items import LineStyle
from lambdaplanner.diagram.structure import SERVICE, SERVICE_NAT, Structure
from lambdaplanner.kinds import KINDS, kind_of, topology
from lambdaplanner.kinds.registry import INTERNET
from lambdaplanner.kinds.route_table import BLACKHOLE, OUTSIDE, RouteTable
from lambdaplanner.model.geometry import Spot
from lambdaplanner.model.interfaces import line_key
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource

_LABEL = 20
"""So many letters of destinations are written on a line."""

LineHeading = Literal["up", "side", "turn"]
"""How a line likes to run: vertically, horizontally, or up and then into the target's side."""


class Connection(NamedTuple):
    """A line without its way."""

    id: str
    source: str
    target: str
    style: LineStyle
    label: str = ""
    arrow: bool = True
    heading: LineHeading = "up"
    slot: int = 0
    """Which of the lines that leave the same side it is, counted from the middle; keeps them apart.
    """
    implied: bool = False
    """It holds because nobody said otherwise."""
    bends: tuple[Spot, ...] = ()
    """Where a hand led it, in the region's coordinates."""


def connections_of(plan: Plan, structure: Structure) -> dict[str, Connection]:
    """Every line of a plan by id; one whose end is not drawn is left out."""
    nodes = structure.nodes
    found = {
        one.id: one for one in _all(plan, structure) if one.source in nodes and one.target in nodes
    }
    if plan.bends:
        for name, one in found.items():
            bends = plan.bends.get(line_key(one.source, one.target))
            if bends is not None:
                found[name] = one._replace(bends=bends)
    return found


def _all(plan: Plan, structure: Structure) -> Iterator[Connection]:
    for subnet, seat in structure.seats.items():
        if seat.table is not None:
            own = plan.resource(subnet).route_table is not None  # type: ignore[attr-defined]
            name = "association" if own else "main"
            line = _connection(name, subnet, seat.table, "association", heading="turn")
            yield line._replace(implied=not own)
    for table in plan.ordered("route-table"):
        yield from _routes(table)
    for endpoint in plan.ordered("endpoint"):
        if endpoint.is_gateway:
            for name in endpoint.route_tables:
                yield _connection(
                    "route", name, endpoint.id, "route", endpoint.service, heading="side"
                )
    for kind, row in KINDS.items():
        for gateway in plan.ordered(kind) if row.leads_to else ():
            yield _connection("gateway", gateway.id, row.leads_to, "route", heading="turn")
        for thing in plan.ordered(kind) if row.passes_on else ():
            beyond = row.passes_on(thing) if row.passes_on else ""
            for gateway in _beside(plan, thing, beyond) if beyond else ():
                yield _connection("gateway", thing.id, gateway, "route", heading="turn")
    yield from _functions(plan, structure)
    for name, vpcs in structure.joins.items():
        kind = kind_of(plan.resource(name)).join_line
        for vpc in dict.fromkeys(vpcs):
            yield _connection(kind, vpc, name, "peering", arrow=False)


def _connection(
    kind: str,
    source: str,
    target: str,
    style: LineStyle,
    label: str = "",
    *,
    arrow: bool = True,
    heading: LineHeading = "up",
) -> Connection:
    return Connection(f"{kind}:{source}->{target}", source, target, style, label, arrow, heading)


def _beside(plan: Plan, thing: Resource, kind: str) -> list[str]:
    """The things of a kind in the VPC that a thing stands in."""
    vpc = topology.vpc_of(plan, thing)
    return [one.id for one in plan.ordered(kind) if topology.vpc_of(plan, one) == vpc]


def _routes(table: RouteTable) -> Iterator[Connection]:
    by_target: dict[str, list[str]] = {}
    for route in table.routes:
        if route.target not in (BLACKHOLE, OUTSIDE):
            by_target.setdefault(route.target, []).append(route.destination)
    for gateway in table.propagate:
        by_target.setdefault(gateway, []).append("propagated")
    slots = _spread(len(by_target))
    for slot, (target, destinations) in zip(slots, by_target.items(), strict=True):
        line = _connection("route", table.id, target, "route", _named(destinations))
        yield line._replace(slot=slot)


def _named(destinations: Sequence[str]) -> str:
    """All of them where they are short, else the first and how many more."""
    whole = ", ".join(destinations)
    if len(destinations) == 1 or len(whole) <= _LABEL:
        return whole
    return f"{destinations[0]} +{len(destinations) - 1}"


def _spread(count: int) -> list[int]:
    """Numbers around 0, one for each: 0, or -1 and 1, or -2, 0 and 2."""
    return list(range(1 - count, count, 2))


def _functions(plan: Plan, structure: Structure) -> Iterator[Connection]:
    functions = plan.ordered("function")
    folds = structure.folds
    for function in functions:
        fold = folds.get(function.id)
        if function.attached and (fold is None or fold.first == function.id):
            label = "" if fold is None else f"\u00d7{len(fold.members)}"
            card = structure.card_of(function.id)
            yield _connection("tunnel", card, SERVICE_NAT, "tunnel", label, heading="side")
            for interface in structure.interfaces.get(function.id, ()):
                yield _connection("tunnel", SERVICE_NAT, interface, "tunnel", label, heading="side")
        if function.managed:
            provider = function.capacity_provider or ""
            yield _connection("runs", function.id, provider, "tunnel", heading="side")
    if any(function.has_default_networking for function in functions):
        yield _connection(
            "default", SERVICE, INTERNET, "route", "default networking", heading="turn"
        )
