"""The inside of a VPC: packets flow upwards, from private subnets over route tables to the gateways
on the top border.

A column for each zone, a row for each group of siblings, public on top; the tables that serve a row
stand right above it; what lines lead to in a column at the right, and security groups with the rest
below that or below everything, whichever suits the picture better.
"""

from __future__ import annotations

from typing import NamedTuple

from lambdaplanner.diagram.arranging import (
    GAP,
    Arranged,
    Inside,
    on_edges,
    settled,
    size_around,
    title_reach,
    top_starts,
)
from lambdaplanner.diagram.pages import Page, better
from lambdaplanner.diagram.structure import REGION, Node, grid
from lambdaplanner.diagram.subnet_rows import (
    BETWEEN,
    PADDING,
    TOP,
    Cells,
    Row,
    Rows,
    Slots,
    cells_of,
    rows_of,
    tables_of,
)
from lambdaplanner.kinds import Size
from lambdaplanner.kinds.route_table import RouteTable

_LEAST = Size(400, 128)
_SIDE_BY_SIDE = 2
"""From so many VPCs on, narrow ones suit the picture."""
_LOOSE = frozenset({"security-group", "network-acl"})
"""Kinds that no line leads to."""


class _Laid(NamedTuple):
    slots: Slots
    size: Size


def arrange_vpc(inside: Inside) -> Arranged:
    """Subnets by siblings and zone, tables above the row that they serve, the rest beside or
    below.
    """
    cells = cells_of(inside, [node for node in inside.children if node.kind == "subnet"])
    inside, usual = _levelled(inside, cells), _levelled(inside.usual, cells)
    chosen, below = _chosen(usual, cells)
    rows, laid = chosen
    if usual.sizes != inside.sizes:
        rows, laid = _laid(inside, cells, below=below)
    least = inside.fixed or laid.size
    rects = settled(inside, laid.slots, least, GAP)
    size = size_around(inside, rects, PADDING, laid.size)
    starts = top_starts(inside, _gateway_centre(inside, rows), title_reach(inside.container))
    return Arranged(
        {**rects, **on_edges(inside, size, starts)},
        size,
        usual=inside.fixed or chosen[1].size,
        row=_interfaces_at(inside, rows),
    )


def _levelled(inside: Inside, cells: Cells) -> Inside:
    """Subnets in one row are as high as the highest, but for those that a hand placed."""
    sizes = dict(inside.sizes)
    tallest: dict[Row, int] = {}
    for (row, _), nodes in cells.items():
        heights = (sizes[node.id].height for node in nodes)
        tallest[row] = max(tallest.get(row, 0), *heights)
    for (row, _), nodes in cells.items():
        for node in nodes:
            if node.id not in inside.placements:
                sizes[node.id] = Size(sizes[node.id].width, tallest[row])
    return inside._replace(sizes=sizes)


def _chosen(inside: Inside, cells: Cells) -> tuple[tuple[Rows, _Laid], bool]:
    """What suits the picture better, and whether that has groups and ACLs below everything."""
    beside, below = _laid(inside, cells, below=False), _laid(inside, cells, below=True)
    if below[1].slots == beside[1].slots:
        return beside, False
    vpcs = sum(
        inside.structure.nodes[name].kind == "vpc" for name in inside.structure.children[REGION]
    )
    usual, other = (beside, below) if vpcs < _SIDE_BY_SIDE else (below, beside)
    pages = [Page.of_alike(way[1].size, vpcs, inside.aim) for way in (usual, other)]
    found = other if better(pages[1], pages[0], inside.aim) else usual
    return found, found is below


def _laid(inside: Inside, cells: Cells, *, below: bool) -> tuple[Rows, _Laid]:
    """Rows with all else."""
    above, aside = tables_of(inside, cells)
    rows = rows_of(inside, cells, above)
    loose = [node for node in aside if node.kind in _LOOSE]
    linked = [node for node in aside if node.kind not in _LOOSE]
    if not below or not loose or not rows.slots:
        return rows, _beside(inside, rows, [*linked, *loose])
    return rows, _below(inside, _beside(inside, rows, linked), loose)


def _interfaces_at(inside: Inside, rows: Rows) -> int | None:
    """Where the first row with interfaces of functions begins."""
    arranged = inside.arranged
    found = [
        y
        for name, (_, y) in rows.slots.items()
        if name in arranged and arranged[name].row is not None
    ]
    return min(found, default=None)


def _beside(inside: Inside, rows: Rows, nodes: list[Node]) -> _Laid:
    """All else in columns at the right of the rows."""
    slots, width = _side(inside, nodes, rows.bottom)
    left = rows.right + (BETWEEN if rows.slots else 0)
    right = left + width if width else rows.right
    placed = {name: (left + x, y) for name, (x, y) in slots.items()}
    bottom = max((y + inside.sizes[name].height for name, (_, y) in placed.items()), default=0)
    bottom = max(grid(bottom) + PADDING, rows.bottom)
    return _Laid({**rows.slots, **placed}, _least(inside, right + PADDING, bottom))


def _below(inside: Inside, laid: _Laid, nodes: list[Node]) -> _Laid:
    """All else in lines below everything."""
    slots: Slots = {}
    x, y, bottom = PADDING, laid.size.height, 0
    for node in nodes:
        width, height = inside.sizes[node.id]
        if x > PADDING and x + width > laid.size.width - PADDING:
            x, y = PADDING, bottom + GAP
        slots[node.id] = (x, y)
        x = grid(x + width) + GAP
        bottom = max(bottom, grid(y + height))
    return _Laid({**laid.slots, **slots}, Size(laid.size.width, bottom + PADDING))


def _least(inside: Inside, width: int, height: int) -> Size:
    """What the contents need, and room for the title and what stands on the border beside it."""
    edges = [inside.sizes[node.id].width + GAP for node in inside.children if node.edge]
    needed = title_reach(inside.container) + sum(edges) if edges else 0
    return Size(max(_LEAST.width, grid(max(width, needed))), max(_LEAST.height, grid(height)))


def _gateway_centre(inside: Inside, rows: Rows) -> int:
    """Above the middle of the table that leads there, else of the columns."""
    top = min((y for name, (_, y) in rows.slots.items()), default=0)
    tables = [
        rows.slots[node.id][0] + inside.sizes[node.id].width // 2
        for node in inside.children
        if node.kind == RouteTable.kind and node.id in rows.slots and rows.slots[node.id][1] == top
    ]
    return tables[0] if tables else (PADDING + rows.right) // 2


def _side(inside: Inside, nodes: list[Node], bottom: int) -> tuple[Slots, int]:
    """The columns of all else, from their own left, and how wide they are; what is full grows a
    column.
    """
    slots: Slots = {}
    room = max(bottom - PADDING, _LEAST.height * 3)
    x, y, widest = 0, TOP, 0
    for node in nodes:
        width, height = inside.sizes[node.id]
        if y + height > room and y > TOP:
            x, y, widest = x + widest + GAP, TOP, 0
        slots[node.id] = (x, y)
        widest = max(widest, width)
        y = grid(y + height) + GAP
    return slots, grid(x + widest)
