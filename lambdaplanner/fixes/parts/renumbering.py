"""Other blocks for what has some already: whatever names the old addresses names the new ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from lambdaplanner.kinds.network_acl import NetworkAcl
from lambdaplanner.kinds.prefix_list import PrefixList
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.cidr import Address, Block, address, block, read_address
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan


class Move(NamedTuple):
    """A block that becomes another one; what lies inside keeps its place, counted from the
    start.
    """

    old: Block
    new: Block


def rename_addresses(edit: Edit, vpc: str, moves: Sequence[Move]) -> None:
    """Lets routes, rules, entries and fixed addresses follow blocks of a VPC that have moved.

    What belongs to the VPC follows. What belongs to others, or to the region, follows only where no
    other VPC has such addresses, since it might mean those.
    """
    plan = edit.plan
    inner_first = sorted(moves, key=lambda move: -move.old.prefix)
    alone = not any(_is_elsewhere(plan, vpc, move.old) for move in moves)
    for resource in [plan.resource(name) for name in plan]:
        home = getattr(resource, "vpc", None)
        if isinstance(resource, Workload):
            home = getattr(plan.resource(resource.subnets[0]), "vpc", None)
        if home == vpc or alone:
            changed = _followed(resource, inner_first)
            if changed:
                edit.update(resource.id, **changed)
    if alone:
        rows = (
            replace(row, source=_moved_end(row.source, moves), target=_moved_end(row.target, moves))
            for row in plan.expectations
        )
        edit.set_expectations(tuple(rows))


def _is_elsewhere(plan: Plan, own: str, wanted: Block) -> bool:
    vpcs: list[Vpc] = plan.ordered(Vpc.kind)
    return any(
        block(text).overlaps(wanted)
        for vpc in vpcs
        if vpc.id != own
        for text in (*vpc.cidrs, vpc.ipv6_cidr)
        if text
    )


def _followed(resource: Any, moves: Sequence[Move]) -> dict[str, Any]:
    """The fields of a thing that name other addresses by now."""
    found: dict[str, Any]
    match resource:
        case SecurityGroup():
            found = {
                "inbound": _rows(resource.inbound, moves),
                "outbound": resource.outbound and _rows(resource.outbound, moves),
            }
        case NetworkAcl():
            found = {
                "inbound": _rows(resource.inbound, moves),
                "outbound": _rows(resource.outbound, moves),
            }
        case RouteTable():
            found = {"routes": _routes(resource.routes, moves)}
        case PrefixList():
            entries = (moved(text, moves) for text in resource.entries)
            found = {"entries": tuple(dict.fromkeys(entries))}
        case TransitGateway():
            tables = resource.route_tables
            found = {
                "route_tables": tables
                and tuple(replace(one, routes=_routes(one.routes, moves)) for one in tables)
            }
        case Workload(private_ip=str() as fixed):
            found = {"private_ip": _moved_address(fixed, moves)}
        case _:
            return {}
    return {name: value for name, value in found.items() if value != getattr(resource, name)}


def _rows(rows: Iterable[Any], moves: Sequence[Move]) -> tuple[Any, ...]:
    return tuple(
        row if row.cidr is None else replace(row, cidr=moved(row.cidr, moves)) for row in rows
    )


def _routes(routes: Iterable[Any], moves: Sequence[Move]) -> tuple[Any, ...]:
    """Routes with new destinations; of two to the same one the first stays."""
    found: dict[str, Route] = {}
    for route in routes:
        text = route.destination
        to = moved(text, moves) if "/" in text else text
        found.setdefault(to, replace(route, destination=to))
    return tuple(found.values())


def moved(text: str, moves: Sequence[Move]) -> str:
    """A block after moves: one that moved itself, or that lay inside; any other stays."""
    wanted = block(text)
    for old, new in moves:
        if wanted == old:
            return str(new)
        if old.covers(wanted) and not new.covers(wanted):
            first = wanted.first - old.first + new.first
            there = Block(wanted.version, first, wanted.prefix)
            return str(there) if new.covers(there) else text
    return text


def _moved_address(text: str, moves: Sequence[Move]) -> str:
    one = address(text)
    for old, new in moves:
        if old.holds(one) and not new.holds(one):
            there = Address(one.version, one.value - old.first + new.first)
            return str(there) if new.holds(there) else text
    return text


def _moved_end(text: str, moves: Sequence[Move]) -> str:
    try:
        read_address(text)
    except ValueError:
        return text
    return _moved_address(text, moves)
