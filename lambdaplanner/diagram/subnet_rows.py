"""The rows of subnets in a VPC with the tables above them: a column for each zone, a row for each
group of siblings, public on top.
"""

from __future__ import annotations

from typing import NamedTuple

from lambdaplanner.diagram.arranging import GAP, Inside
from lambdaplanner.diagram.sibling_rows import sibling_rows
from lambdaplanner.diagram.structure import Node, grid
from lambdaplanner.kinds.route_table import RouteTable

PADDING = 32
"""Room for a lane between a subnet and the border."""
TOP = 56
BETWEEN = 40
"""Between subnets side by side: room for lines."""
_BELOW = 48
"""Between rows: room for lines and their labels."""
_UNDER_TABLES = 24
_DEPTHS = ((9, 3), (25, 5), (100, 10))
"""Up to so many subnets of one row and zone stand so many deep; then begins another column."""
_DEEPEST = 20

Slots = dict[str, tuple[int, int]]
Row = tuple[int, int]
"""A row of siblings, and how deep in it."""
Cells = dict[tuple[Row, str], list[Node]]
"""Subnets by row and zone."""


class Rows(NamedTuple):
    slots: Slots
    right: int
    bottom: int


def cells_of(inside: Inside, subnets: list[Node]) -> Cells:
    """Each row as deep as its fullest zone, to a limit; what is full grows a column."""
    seats = inside.structure.seats
    cells: Cells = {}
    for number, group in enumerate(sibling_rows(subnets, seats)):
        by_zone: dict[str, list[Node]] = {}
        for node in group.nodes:
            by_zone.setdefault(seats[node.id].zone, []).append(node)
        depth = _depth(max(len(nodes) for nodes in by_zone.values()))
        for zone, nodes in by_zone.items():
            for index, node in enumerate(nodes):
                cells.setdefault(((number, index % depth), zone), []).append(node)
    return cells


def tables_of(inside: Inside, cells: Cells) -> tuple[dict[Row, list[Node]], list[Node]]:
    """What stands above each row, and what stands at the side."""
    served = inside.structure.tables
    row_of = {node.id: row for (row, _), nodes in cells.items() for node in nodes}
    above: dict[Row, list[Node]] = {}
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


def rows_of(inside: Inside, cells: Cells, above: dict[Row, list[Node]]) -> Rows:
    columns, right = _columns(inside, cells)
    slots: Slots = {}
    y = TOP
    for row in sorted({row for row, _ in cells} | above.keys()):
        tables = above.get(row, [])
        heads = y
        if tables:
            y += max(inside.sizes[node.id].height for node in tables) + _UNDER_TABLES
        bottom = y
        for zone, (left, _) in columns.items():
            bottom = max(bottom, _cell(inside, cells.get((row, zone), []), left, y, slots))
        right = max(right, _heads(inside, tables, heads, slots, (PADDING + right) // 2))
        y = grid(bottom) + _BELOW
    return Rows(slots, right, y - _BELOW + PADDING)


def _depth(count: int) -> int:
    return next((depth for most, depth in _DEPTHS if count <= most), _DEEPEST)


def _columns(inside: Inside, cells: Cells) -> tuple[dict[str, tuple[int, int]], int]:
    """The left and the width of each zone's column, and the right of the last."""
    widths: dict[str, int] = {}
    for (_, zone), nodes in cells.items():
        widths[zone] = max(widths.get(zone, 0), _width(inside, nodes))
    columns, x = {}, PADDING
    for zone in sorted(widths):
        columns[zone] = (x, widths[zone])
        x += widths[zone] + BETWEEN
    return columns, max(PADDING, x - BETWEEN)


def _width(inside: Inside, nodes: list[Node]) -> int:
    return sum(grid(inside.sizes[node.id].width) + BETWEEN for node in nodes) - BETWEEN


def _cell(inside: Inside, nodes: list[Node], left: int, top: int, slots: Slots) -> int:
    """Puts subnets side by side; the bottom of the longest."""
    bottom = top
    for node in nodes:
        width, height = inside.sizes[node.id]
        slots[node.id] = (left, top)
        left += grid(width) + BETWEEN
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
    x = PADDING
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
