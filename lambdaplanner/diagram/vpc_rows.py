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
from lambdaplanner.diagram.sibling_rows import sibling_rows
from lambdaplanner.diagram.structure import REGION, Node, grid
from lambdaplanner.kinds import Size
from lambdaplanner.kinds.route_table import RouteTable

_PADDING = 32
"""Room for a lane between a subnet and the border."""
_TOP = 56
_BETWEEN = 40
"""Between subnets side by side: room for lines."""
_BELOW = 48
"""Between rows: room for lines and their labels."""
_UNDER_TABLES = 24
_LEAST = Size(400, 128)
_DEPTHS = ((9, 3), (25, 5), (100, 10))
"""Up to so many subnets of one row and zone stand so many deep; then begins another column."""
_DEEPEST = 20
_SIDE_BY_SIDE = 2
"""From so many VPCs on, narrow ones suit the picture."""
_LOOSE = frozenset({"security-group", "network-acl"})
"""Kinds that no line leads to."""

Slots = dict[str, tuple[int, int]]
_Row = tuple[int, int]
"""A row of siblings, and how deep in it."""
_Cells = dict[tuple[_Row, str], list[Node]]
"""Subnets by row and zone."""


class _Rows(NamedTuple):
    slots: Slots
    right: int
    bottom: int


class _Laid(NamedTuple):
    slots: Slots
    size: Size


def arrange_vpc(inside: Inside) -> Arranged:
    """Subnets by siblings and zone, tables above the row that they serve, the rest beside or
    below.
    """
    cells = _cells(inside, [node for node in inside.children if node.kind == "subnet"])
    inside, usual = _levelled(inside, cells), _levelled(inside.usual, cells)
    chosen, below = _chosen(usual, cells)
    rows, laid = chosen
    if usual.sizes != inside.sizes:
        rows, laid = _laid(inside, cells, below=below)
    least = inside.fixed or laid.size
    rects = settled(inside, laid.slots, least, GAP)
    size = size_around(inside, rects, _PADDING, laid.size)
    starts = top_starts(inside, _gateway_centre(inside, rows), title_reach(inside.container))
    return Arranged(
        {**rects, **on_edges(inside, size, starts)},
        size,
        usual=inside.fixed or chosen[1].size,
        row=_interfaces_at(inside, rows),
    )


def _levelled(inside: Inside, cells: _Cells) -> Inside:
    """Subnets in one row are as high as the highest, but for those that a hand placed."""
    sizes = dict(inside.sizes)
    tallest: dict[_Row, int] = {}
    for (row, _), nodes in cells.items():
        heights = (sizes[node.id].height for node in nodes)
        tallest[row] = max(tallest.get(row, 0), *heights)
    for (row, _), nodes in cells.items():
        for node in nodes:
            if node.id not in inside.placements:
                sizes[node.id] = Size(sizes[node.id].width, tallest[row])
    return inside._replace(sizes=sizes)


def _chosen(inside: Inside, cells: _Cells) -> tuple[tuple[_Rows, _Laid], bool]:
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


def _laid(inside: Inside, cells: _Cells, *, below: bool) -> tuple[_Rows, _Laid]:
    """Rows with all else."""
    above, aside = _tables(inside, cells)
    rows = _rows(inside, cells, above)
    loose = [node for node in aside if node.kind in _LOOSE]
    linked = [node for node in aside if node.kind not in _LOOSE]
    if not below or not loose or not rows.slots:
        return rows, _beside(inside, rows, [*linked, *loose])
    return rows, _below(inside, _beside(inside, rows, linked), loose)


def _interfaces_at(inside: Inside, rows: _Rows) -> int | None:
    """Where the first row with interfaces of functions begins."""
    arranged = inside.arranged
    found = [
        y
        for name, (_, y) in rows.slots.items()
        if name in arranged and arranged[name].row is not None
    ]
    return min(found, default=None)


def _beside(inside: Inside, rows: _Rows, nodes: list[Node]) -> _Laid:
    """All else in columns at the right of the rows."""
    slots, width = _side(inside, nodes, rows.bottom)
    left = rows.right + (_BETWEEN if rows.slots else 0)
    right = left + width if width else rows.right
    placed = {name: (left + x, y) for name, (x, y) in slots.items()}
    bottom = max((y + inside.sizes[name].height for name, (_, y) in placed.items()), default=0)
    bottom = max(grid(bottom) + _PADDING, rows.bottom)
    return _Laid({**rows.slots, **placed}, _least(inside, right + _PADDING, bottom))


def _below(inside: Inside, laid: _Laid, nodes: list[Node]) -> _Laid:
    """All else in lines below everything."""
    slots: Slots = {}
    x, y, bottom = _PADDING, laid.size.height, 0
    for node in nodes:
        width, height = inside.sizes[node.id]
        if x > _PADDING and x + width > laid.size.width - _PADDING:
            x, y = _PADDING, bottom + GAP
        slots[node.id] = (x, y)
        x = grid(x + width) + GAP
        bottom = max(bottom, grid(y + height))
    return _Laid({**laid.slots, **slots}, Size(laid.size.width, bottom + _PADDING))


def _least(inside: Inside, width: int, height: int) -> Size:
    """What the contents need, and room for the title and what stands on the border beside it."""
    edges = [inside.sizes[node.id].width + GAP for node in inside.children if node.edge]
    needed = title_reach(inside.container) + sum(edges) if edges else 0
    return Size(max(_LEAST.width, grid(max(width, needed))), max(_LEAST.height, grid(height)))


def _gateway_centre(inside: Inside, rows: _Rows) -> int:
    """Above the middle of the table that leads there, else of the columns."""
    top = min((y for name, (_, y) in rows.slots.items()), default=0)
    tables = [
        rows.slots[node.id][0] + inside.sizes[node.id].width // 2
        for node in inside.children
        if node.kind == RouteTable.kind and node.id in rows.slots and rows.slots[node.id][1] == top
    ]
    return tables[0] if tables else (_PADDING + rows.right) // 2


def _tables(inside: Inside, cells: _Cells) -> tuple[dict[_Row, list[Node]], list[Node]]:
    """What stands above each row, and what stands at the side."""
    served = inside.structure.tables
    row_of = {node.id: row for (row, _), nodes in cells.items() for node in nodes}
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


def _rows(inside: Inside, cells: _Cells, above: dict[_Row, list[Node]]) -> _Rows:
    columns, right = _columns(inside, cells)
    slots: Slots = {}
    y = _TOP
    for row in sorted({row for row, _ in cells} | above.keys()):
        tables = above.get(row, [])
        heads = y
        if tables:
            y += max(inside.sizes[node.id].height for node in tables) + _UNDER_TABLES
        bottom = y
        for zone, (left, _) in columns.items():
            bottom = max(bottom, _cell(inside, cells.get((row, zone), []), left, y, slots))
        right = max(right, _heads(inside, tables, heads, slots, (_PADDING + right) // 2))
        y = grid(bottom) + _BELOW
    return _Rows(slots, right, y - _BELOW + _PADDING)


def _cells(inside: Inside, subnets: list[Node]) -> _Cells:
    """Each row as deep as its fullest zone, to a limit; what is full grows a column."""
    seats = inside.structure.seats
    cells: _Cells = {}
    for number, group in enumerate(sibling_rows(subnets, seats)):
        by_zone: dict[str, list[Node]] = {}
        for node in group.nodes:
            by_zone.setdefault(seats[node.id].zone, []).append(node)
        depth = _depth(max(len(nodes) for nodes in by_zone.values()))
        for zone, nodes in by_zone.items():
            for index, node in enumerate(nodes):
                cells.setdefault(((number, index % depth), zone), []).append(node)
    return cells


def _depth(count: int) -> int:
    return next((depth for most, depth in _DEPTHS if count <= most), _DEEPEST)


def _columns(inside: Inside, cells: _Cells) -> tuple[dict[str, tuple[int, int]], int]:
    """The left and the width of each zone's column, and the right of the last."""
    widths: dict[str, int] = {}
    for (_, zone), nodes in cells.items():
        widths[zone] = max(widths.get(zone, 0), _width(inside, nodes))
    columns, x = {}, _PADDING
    for zone in sorted(widths):
        columns[zone] = (x, widths[zone])
        x += widths[zone] + _BETWEEN
    return columns, max(_PADDING, x - _BETWEEN)


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
    """Puts tables side by side, each over the middle of those that it serves side by side from the
    first on; the right of the last.
    """
    row = sorted((slot[0], name) for name, slot in slots.items() if slot[1] > top)
    wanted = []
    for order, node in enumerate(tables):
        served = set(inside.structure.tables.get(node.id, ()))
        run = _first_run(row, served)
        centre = float(middle)
        if run:
            last = slots[run[-1]][0] + inside.sizes[run[-1]].width
            centre = (slots[run[0]][0] + last) / 2
        wanted.append((centre, order, node))
    x = _PADDING
    for centre, _, node in sorted(wanted, key=lambda one: one[:2]):
        width = inside.sizes[node.id].width
        x = max(x, round((centre - width / 2) / 4) * 4)
        slots[node.id] = (x, top)
        x = grid(x + width) + GAP
    return x - GAP if tables else 0


def _first_run(row: list[tuple[int, str]], served: set[str]) -> list[str]:
    """The first of a row's subnets that follow one another and are served."""
    run: list[str] = []
    for _, name in row:
        if name in served:
            run.append(name)
        elif run:
            break
    return run


def _side(inside: Inside, nodes: list[Node], bottom: int) -> tuple[Slots, int]:
    """The columns of all else, from their own left, and how wide they are; what is full grows a
    column.
    """
    slots: Slots = {}
    room = max(bottom - _PADDING, _LEAST.height * 3)
    x, y, widest = 0, _TOP, 0
    for node in nodes:
        width, height = inside.sizes[node.id]
        if y + height > room and y > _TOP:
            x, y, widest = x + widest + GAP, _TOP, 0
        slots[node.id] = (x, y)
        widest = max(widest, width)
        y = grid(y + height) + GAP
    return slots, grid(x + widest)
