"""Where VPCs stand in the region, and what joins them: in columns that are filled row by row, peers
beside each other, a hub in a corridor between those that lead to the internet and the rest.

How many columns follows from VPC to VPC in their order: the number stays the same until another
one suits the picture much better, so that a VPC more moves none of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from lambdaplanner.diagram.arranging import Inside
from lambdaplanner.diagram.neighbours import in_line
from lambdaplanner.diagram.pages import AROUND, Page, best, better
from lambdaplanner.diagram.structure import Node, Structure, grid
from lambdaplanner.kinds import Size

_BETWEEN = Size(64, 72)
_BESIDE_PEERING = 36
_CORRIDOR = 56
"""Above and below a hub."""
_HUB_JOINS = 3
_STACKED = 20
_TRIED = 8
"""Up to so many VPCs every number of columns is tried, beyond only the next ones."""

Slots = dict[str, tuple[int, int]]


class VpcGrid(NamedTuple):
    """Slots of VPCs and of what stands between them, and the right and bottom of it all."""

    slots: Slots
    right: int
    bottom: int


class _Cell(NamedTuple):
    band: int
    row: int
    column: int


class _Way(NamedTuple):
    """In how many columns, and whether the corridor runs upright between bands side by side."""

    columns: int
    upright: bool


class _Bands(NamedTuple):
    """VPCs above and below the corridor, and the hubs in it."""

    vpcs: list[list[str]]
    hubs: list[Node]
    joined: Mapping[str, tuple[str, str]]
    """The two VPCs of each peering."""
    sizes: Mapping[str, Size]


def vpc_grid(inside: Inside, vpcs: Sequence[str], things: Iterable[Node]) -> VpcGrid:
    """The slots of VPCs, of peerings whose VPCs are neighbours, and of hubs, from (0, 0) on."""
    structure = inside.structure
    joins = {
        node: [
            vpc for vpc in dict.fromkeys(structure.joins.get(node.id, ())) if vpc in inside.sizes
        ]
        for node in things
    }
    hubs = [node for node, joined in joins.items() if len(joined) >= _HUB_JOINS]
    joined = {node.id: (two[0], two[1]) for node, two in joins.items() if len(two) == 2}
    order = in_line(vpcs, joined.values())
    bands = _Bands(_split(order, hubs, structure), hubs, joined, inside.usual.sizes)
    way = _way(order, bands, inside.aim)
    return _placed(bands._replace(sizes=inside.sizes), way)


def _split(order: list[str], hubs: list[Node], structure: Structure) -> list[list[str]]:
    """One band, or those that lead to the internet over the rest where there is a hub."""
    if not hubs:
        return [order]
    nodes = structure.nodes
    leading = {nodes[name].parent for name in structure.gateways}
    above = [vpc for vpc in order if vpc in leading]
    below = [vpc for vpc in order if vpc not in leading]
    if above and below:
        return [above, below]
    half = -(-len(order) // 2)
    return [order[:half], order[half:]]


def _way(order: list[str], bands: _Bands, aim: float) -> _Way:
    """How to place them, found for one VPC after the other."""
    present = _Way(1, upright=False)
    known: set[str] = set()
    for count, vpc in enumerate(order, 1):
        known.add(vpc)
        first = bands._replace(vpcs=[[v for v in band if v in known] for band in bands.vpcs])
        near = range(1, count + 1)
        if count > _TRIED:
            near = range(max(1, present.columns - 1), present.columns + 2)
        ways = [_Way(columns, upright=False) for columns in near]
        if all(first.vpcs[1:]) and bands.hubs:
            ways += [_Way(columns, upright=True) for columns in near]
        pages = {way: _page(_placed(first, way)) for way in dict.fromkeys([present, *ways])}
        chosen = best(list(pages.values()), aim)
        if better(chosen, pages[present], aim):
            present = next(way for way, page in pages.items() if page == chosen)
    return present


def _page(placed: VpcGrid) -> Page:
    return Page(AROUND.width + placed.right, AROUND.height + placed.bottom)


def _cells(bands: _Bands, columns: int) -> dict[str, _Cell]:
    """Row by row; where VPCs are peers, every second row runs back, so that those that follow one
    another are neighbours.
    """
    cells = {}
    for number, band in enumerate(bands.vpcs):
        for index, vpc in enumerate(band):
            row, column = divmod(index, columns)
            if row % 2 and bands.joined:
                column = columns - 1 - column
            cells[vpc] = _Cell(number, row, column)
    return cells


def _placed(bands: _Bands, way: _Way) -> VpcGrid:
    cells = _cells(bands, way.columns)
    beside, above = _between(bands, cells)
    lefts, right = _lefts(bands, cells, beside, upright=way.upright)
    slots: Slots = {}
    top = bottom = corridor = 0
    for number, band in enumerate(bands.vpcs):
        if number and bands.hubs and not way.upright:
            corridor = bottom + _CORRIDOR
            height = max(bands.sizes[node.id].height for node in bands.hubs)
            top = corridor + grid(height) + _CORRIDOR
        ends: dict[int, int] = {}
        for vpc in band:
            cell = cells[vpc]
            y = ends.get(cell.column, top)
            if cell.row:
                y += above.get(cell, _BETWEEN.height)
            slots[vpc] = (lefts[number, cell.column], y)
            ends[cell.column] = grid(y + bands.sizes[vpc].height)
        bottom = max([bottom, *ends.values()])
    _place_peerings(bands, slots, cells)
    if bands.hubs and way.upright:
        _place_in_upright(bands, cells, slots)
    elif bands.hubs:
        _place_in_corridor(bands, cells, corridor, right, slots)
    return VpcGrid(slots, right, bottom)


def _between(
    bands: _Bands, cells: Mapping[str, _Cell]
) -> tuple[dict[tuple[int, int], int], dict[_Cell, int]]:
    """The gaps that peerings widen: beside columns, and above VPCs."""
    beside: dict[tuple[int, int], int] = {}
    above: dict[_Cell, int] = {}
    for name, (one, other) in bands.joined.items():
        if one not in cells or other not in cells:
            continue
        size = bands.sizes[name]
        first, second = sorted((cells[one], cells[other]))
        if _side_by_side(first, second):
            gap = first.band, min(first.column, second.column)
            beside[gap] = max(beside.get(gap, 0), size.width + 2 * _BESIDE_PEERING)
        elif _on_top(first, second):
            above[second] = max(above.get(second, 0), size.height + 2 * _BESIDE_PEERING)
    return beside, above


def _side_by_side(one: _Cell, other: _Cell) -> bool:
    return one[:2] == other[:2] and abs(one.column - other.column) == 1


def _on_top(one: _Cell, other: _Cell) -> bool:
    return one.band == other.band and one.column == other.column and abs(one.row - other.row) == 1


def _lefts(
    bands: _Bands,
    cells: Mapping[str, _Cell],
    beside: Mapping[tuple[int, int], int],
    *,
    upright: bool,
) -> tuple[dict[tuple[int, int], int], int]:
    """Where the columns of each band begin, narrow bands in the middle; the right of the widest."""
    widths: dict[tuple[int, int], int] = {}
    for vpc, (band, _, column) in cells.items():
        known = widths.get((band, column), 0)
        widths[band, column] = max(known, grid(bands.sizes[vpc].width))
    lefts: dict[tuple[int, int], int] = {}
    rights: dict[int, int] = {}
    for band, column in sorted(widths):
        x = 0
        if band in rights:
            x = rights[band] + grid(beside.get((band, column - 1), _BETWEEN.width))
        elif band and upright:
            x = rights[band - 1] + 2 * _CORRIDOR + _widest(bands)
        lefts[band, column] = x
        rights[band] = x + widths[band, column]
    right = max(rights.values(), default=0)
    if upright:
        return lefts, right
    moved = {
        (band, column): x + (right - rights[band]) // 2 // 8 * 8
        for (band, column), x in lefts.items()
    }
    return moved, right


def _widest(bands: _Bands) -> int:
    joined = [*(node.id for node in bands.hubs), *bands.joined]
    return max(grid(bands.sizes[name].width) for name in joined)


def _across(bands: _Bands, cells: Mapping[str, _Cell]) -> list[str]:
    """Peerings of VPCs on either side of the corridor."""
    return [
        name
        for name, (one, other) in bands.joined.items()
        if one in cells and other in cells and cells[one].band != cells[other].band
    ]


def _place_in_upright(bands: _Bands, cells: Mapping[str, _Cell], slots: Slots) -> None:
    """Hubs and peerings one below the other in a corridor between bands side by side."""
    left, end = (
        max(slots[vpc][0] + grid(bands.sizes[vpc].width) for vpc in bands.vpcs[0]),
        min(slots[vpc][0] for vpc in bands.vpcs[1]),
    )
    bottom = min(
        max(slots[vpc][1] + bands.sizes[vpc].height for vpc in band) for band in bands.vpcs
    )
    names = [*(node.id for node in bands.hubs), *_across(bands, cells)]
    y = max(0, bottom // 3 // 8 * 8)
    for name in names:
        size = bands.sizes[name]
        slots[name] = ((left + end - size.width) // 2 // 4 * 4, y)
        y += grid(size.height) + _BETWEEN.height


def _place_in_corridor(
    bands: _Bands, cells: Mapping[str, _Cell], y: int, right: int, slots: Slots
) -> None:
    """Hubs side by side in the middle of the corridor, beside them peerings across it."""
    total = sum(bands.sizes[node.id].width + _BETWEEN.width for node in bands.hubs)
    x = max(0, (right - total + _BETWEEN.width) // 2 // 8 * 8)
    taken = []
    for node in bands.hubs:
        slots[node.id] = (x, y)
        taken.append((x, x + bands.sizes[node.id].width))
        x += grid(bands.sizes[node.id].width) + _BETWEEN.width
    for name in _across(bands, cells):
        width = bands.sizes[name].width
        lower = max(bands.joined[name], key=lambda vpc: cells[vpc])
        x = slots[lower][0] + (bands.sizes[lower].width - width) // 2 // 8 * 8
        for left, end in sorted(taken):
            if left < x + width + _STACKED and x < end + _STACKED:
                x = grid(end + _BESIDE_PEERING)
        slots[name] = (x, y)
        taken.append((x, x + width))


def _place_peerings(bands: _Bands, slots: Slots, cells: Mapping[str, _Cell]) -> None:
    """Between their VPCs, one below the other or side by side where there are several."""
    seen: dict[tuple[_Cell, _Cell], int] = {}
    for name, (one, other) in bands.joined.items():
        if one not in cells or other not in cells:
            continue
        first, second = sorted((one, other), key=lambda vpc: (slots[vpc], vpc))
        pair = cells[first], cells[second]
        number = seen[pair] = seen.get(pair, -1) + 1
        place = None
        if _side_by_side(*pair):
            place = _beside(bands, slots, first, second, bands.sizes[name], number)
        elif _on_top(*pair):
            place = _above(bands, slots, first, second, bands.sizes[name], number)
        if place is not None:
            slots[name] = place


def _beside(
    bands: _Bands, slots: Slots, first: str, second: str, size: Size, number: int
) -> tuple[int, int] | None:
    """In the gap between two side by side, a third down; None where there is no room."""
    left = slots[first][0] + bands.sizes[first].width
    x = (left + slots[second][0] - size.width) // 2 // 4 * 4
    top = max(slots[first][1], slots[second][1])
    bottom = min(slots[vpc][1] + bands.sizes[vpc].height for vpc in (first, second))
    start = top + (bottom - top) // 3 // 8 * 8
    y = start + number * grid(size.height + _STACKED)
    return (x, y) if y + size.height <= bottom else None


def _above(
    bands: _Bands, slots: Slots, first: str, second: str, size: Size, number: int
) -> tuple[int, int] | None:
    """In the gap between one and the one below it; None where there is no room."""
    upper, lower = sorted((first, second), key=lambda vpc: slots[vpc][1])
    width = min(bands.sizes[first].width, bands.sizes[second].width)
    x = slots[upper][0] + (width - size.width) // 2 // 4 * 4 + number * (size.width + _STACKED)
    bottom = slots[upper][1] + bands.sizes[upper].height
    y = (bottom + slots[lower][1] - size.height) // 2 // 8 * 8
    return (x, y) if x + size.width <= slots[upper][0] + width else None
