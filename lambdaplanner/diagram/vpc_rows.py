"""The inside of a VPC: packets flow upwards, from private subnets over route tables to the gateways
on the top border.

A column for each zone, a row for each tier, public on top; the tables that serve a row stand right
above it; security groups and all else in a column at the right.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from lambdaplanner.diagram.arranging import (
    GAP,
    PADDING,
    TITLE_REACH,
    Arranged,
    Inside,
    on_edges,
    settled,
    size_around,
    snapped,
    top_starts,
)
from lambdaplanner.diagram.structure import Node, grid
from lambdaplanner.kinds import Size
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.topology import TIERS

_TOP = 72
_BETWEEN = 48
"""Between subnets side by side and between rows: room for lines and their labels."""
_UNDER_TABLES = 40

Slots = dict[str, tuple[int, int]]
_Row = tuple[int, int]
"""A tier, and which of its rows."""
_Cells = dict[tuple[_Row, str], list[Node]]
"""Subnets by row and zone."""


class _Rows(NamedTuple):
    slots: Slots
    right: int
    bottom: int
    centre: int


def arrange_vpc(inside: Inside) -> Arranged:
    """Subnets by tier and zone, tables above the row that they serve, the rest at the right."""
    subnets = [node for node in inside.children if node.kind == "subnet"]
    above, aside = _tables(inside, subnets)
    rows = _rows(inside, subnets, above)
    beside, width = _side(inside, aside, rows.bottom)
    least = inside.fixed or inside.container.size
    needed = rows.right + (_BETWEEN + width if width else 0) + PADDING
    total = max(least.width, grid(needed))
    side_left = total - PADDING - width
    shift = _shift(inside, rows.centre, total - needed)
    slots = {name: (x + shift, y) for name, (x, y) in rows.slots.items()}
    slots.update({name: (side_left + x, y) for name, (x, y) in beside.items()})
    rects = settled(inside, slots, Size(total, max(least.height, rows.bottom)), GAP)
    size = size_around(inside, rects, PADDING)
    if inside.fixed is None:
        size = Size(max(size.width, total), size.height)
    starts = top_starts(inside, rows.centre + shift, TITLE_REACH)
    return Arranged({**rects, **on_edges(inside, size, starts)}, size)


def _shift(inside: Inside, centre: int, slack: int) -> int:
    """How far to move the columns right: to the middle of the free room, or on until gateways are
    right above them.
    """
    edges = [inside.sizes[node.id].width + GAP for node in inside.children if node.edge]
    clear = TITLE_REACH + (sum(edges) - GAP) / 2 - centre if edges else 0
    return snapped(min(max(slack / 2, clear), slack) - 3)


def _tables(inside: Inside, subnets: list[Node]) -> tuple[dict[_Row, list[Node]], list[Node]]:
    """What stands above each row, and what stands at the side."""
    served = inside.structure.tables
    row_of = {node.id: row for (row, _), nodes in _cells(inside, subnets).items() for node in nodes}
    above: dict[_Row, list[Node]] = {}
    aside = []
    for node in inside.children:
        rows = [row_of[name] for name in served.get(node.id, ()) if name in row_of]
        if node.kind == "nat-gateway":
            rows = [min(row_of.values(), default=(0, 0))]
        if rows:
            above.setdefault(min(rows), []).append(node)
        elif node.kind != "subnet" and not node.edge:
            aside.append(node)
    aside.sort(key=lambda node: node.kind == RouteTable.kind)  # those that serve nothing, last
    return above, aside


def _rows(inside: Inside, subnets: list[Node], above: dict[_Row, list[Node]]) -> _Rows:
    cells = _cells(inside, subnets)
    columns, right = _columns(inside, cells)
    slots: Slots = {}
    y = _TOP
    for row in sorted({row for row, _ in cells} | above.keys()):
        tables = above.get(row, [])
        heads = y
        if tables:
            y += max(inside.sizes[node.id].height for node in tables) + _UNDER_TABLES
        bottom = y
        for zone, (left, width) in columns.items():
            nodes = cells.get((row, zone), [])
            left += (width - _width(inside, nodes)) // 2 // 8 * 8
            bottom = max(bottom, _cell(inside, nodes, left, y, slots))
        right = max(right, _heads(inside, tables, heads, slots, (PADDING + right) // 2))
        y = grid(bottom) + _BETWEEN
    return _Rows(slots, right, y - _BETWEEN + PADDING, (PADDING + right) // 2)


def _cells(inside: Inside, subnets: list[Node]) -> _Cells:
    """Each tier in as many rows as its fullest zone needs, several side by side only where there
    are many.
    """
    seats = inside.structure.seats
    by_seat: dict[tuple[int, str], list[Node]] = {}
    for node in subnets:
        seat = seats[node.id]
        by_seat.setdefault((TIERS.index(seat.tier), seat.zone), []).append(node)
    fullest: dict[int, int] = {}
    for (tier, _), nodes in by_seat.items():
        fullest[tier] = max(fullest.get(tier, 0), len(nodes))
    cells: _Cells = {}
    for (tier, zone), nodes in by_seat.items():
        abreast = 1 if fullest[tier] <= 3 else math.ceil(math.sqrt(fullest[tier] / 2))
        for start in range(0, len(nodes), abreast):
            cells[(tier, start // abreast), zone] = nodes[start : start + abreast]
    return cells


def _columns(inside: Inside, cells: _Cells) -> tuple[dict[str, tuple[int, int]], int]:
    """The left and the width of each zone's column, and the right of the last."""
    widths: dict[str, int] = {}
    for (_, zone), nodes in cells.items():
        widths[zone] = max(widths.get(zone, 0), _width(inside, nodes))
    columns, x = {}, PADDING
    for zone in sorted(widths):
        columns[zone] = (x, widths[zone])
        x += widths[zone] + _BETWEEN
    return columns, max(PADDING, x - _BETWEEN)


def _width(inside: Inside, nodes: list[Node]) -> int:
    return sum(grid(inside.sizes[node.id].width) + _BETWEEN for node in nodes) - _BETWEEN


def _cell(inside: Inside, nodes: list[Node], left: int, top: int, slots: Slots) -> int:
    """Puts subnets side by side; the bottom of the longest."""
    bottom = top
    for node in nodes:
        width, height = inside.sizes[node.id]
        slots[node.id] = (left, top)
        left += grid(width) + _BETWEEN
        bottom = max(bottom, top + height)
    return bottom


def _heads(inside: Inside, tables: list[Node], top: int, slots: Slots, middle: int) -> int:
    """Puts tables side by side, each over the middle of what it serves; the right of the last."""
    wanted = []
    for order, node in enumerate(tables):
        centres = [
            slots[name][0] + inside.sizes[name].width / 2
            for name in inside.structure.tables.get(node.id, ())
            if name in slots and slots[name][1] > top
        ]
        centre = (min(centres) + max(centres)) / 2 if centres else middle
        wanted.append((centre, order, node))
    x = PADDING
    for centre, _, node in sorted(wanted, key=lambda one: one[:2]):
        width = inside.sizes[node.id].width
        x = max(x, round((centre - width / 2) / 4) * 4)
        slots[node.id] = (x, top)
        x = grid(x + width) + GAP
    return x - GAP if tables else 0


def _side(inside: Inside, nodes: list[Node], bottom: int) -> tuple[Slots, int]:
    """The column of all else, from its own left, and how wide it is; several where one would be too
    long.
    """
    slots: Slots = {}
    room = max(bottom, inside.container.size.height) - PADDING
    x, y, widest = 0, _TOP, 0
    for node in nodes:
        width, height = inside.sizes[node.id]
        if y + height > room and y > _TOP:
            x, y, widest = x + widest + GAP, _TOP, 0
        slots[node.id] = (x, y)
        widest = max(widest, width)
        y = grid(y + height) + GAP
    return slots, grid(x + widest)
