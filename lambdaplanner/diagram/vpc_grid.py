"""Where VPCs stand in the region, and what joins them: in columns that are filled row by row, peers
beside each other, a hub in a corridor between those that lead to the internet and the rest.

How many columns follows from VPC to VPC in their order: the number stays the same until another
one suits the picture much better, so that a VPC more moves none of the others.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from lambdaplanner.diagram.arranging import Inside
from lambdaplanner.diagram.neighbours import in_line
from lambdaplanner.diagram.pages import AROUND, LEAST, MOST, OVER_REGION, Page, best, better
from lambdaplanner.diagram.structure import Node, Structure, grid
from lambdaplanner.diagram.vpc_gaps import (
    BESIDE_PEERING,
    BETWEEN,
    CORRIDOR,
    Bands,
    Cell,
    Slots,
    on_top,
    place_in_corridor,
    place_in_upright,
    place_peerings,
    side_by_side,
    widest,
)
from lambdaplanner.kinds import Size
from lambdaplanner.kinds.registry import INTERNET

_HUB_JOINS = 3
_AIR, _MOST_AIR = 40, 160
"""Steps in which gaps are widened, and the most."""
_NO_AIR = Size(0, 0)
_TRIED = 8
"""Up to so many VPCs every number of columns is tried, beyond only the next ones."""


class VpcGrid(NamedTuple):
    """Slots of VPCs and of what stands between them, and the right and bottom of it all."""

    slots: Slots
    right: int
    bottom: int


class _Way(NamedTuple):
    """In how many columns, and whether the corridor runs upright between bands side by side."""

    columns: int
    upright: bool


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
    bands = Bands(_split(order, hubs, structure), hubs, joined, inside.usual.sizes)
    bands = bands._replace(over=OVER_REGION if INTERNET in structure.nodes else 0)
    way = _way(order, bands, inside.aim)
    air = _air(_page(bands, _placed(bands, way)), way, bands, inside.aim)
    return _placed(bands._replace(sizes=inside.sizes), way, air, whole=True)


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


def _way(order: list[str], bands: Bands, aim: float) -> _Way:
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
        pages = {way: _page(first, _placed(first, way)) for way in dict.fromkeys([present, *ways])}
        chosen = best(list(pages.values()), aim)
        if better(chosen, pages[present], aim):
            present = next(way for way, page in pages.items() if page == chosen)
    return present


def _page(bands: Bands, placed: VpcGrid) -> Page:
    return Page(AROUND.width + placed.right, AROUND.height + bands.over + placed.bottom)


def _air(page: Page, way: _Way, bands: Bands, aim: float) -> Size:
    """How much wider gaps are than need be, in large steps, where a little brings a picture to the
    wanted proportion.
    """
    gaps = min(way.columns, max(len(band) for band in bands.vpcs)) - 1 + way.upright
    wide = math.ceil((page.height * aim * LEAST - page.width) / max(gaps, 1) / _AIR) * _AIR
    if gaps and 0 < wide <= _MOST_AIR:
        return Size(wide, 0)
    high = math.ceil((page.width / aim / MOST - page.height) / 2 / _AIR) * _AIR
    if bands.hubs and not way.upright and 0 < high <= _MOST_AIR:
        return Size(0, high)
    return Size(0, 0)


def _cells(bands: Bands, columns: int) -> dict[str, Cell]:
    """Row by row; where VPCs are peers, every second row runs back, so that those that follow one
    another are neighbours.
    """
    cells = {}
    for number, band in enumerate(bands.vpcs):
        for index, vpc in enumerate(band):
            row, column = divmod(index, columns)
            if row % 2 and bands.joined:
                column = columns - 1 - column
            cells[vpc] = Cell(number, row, column)
    return cells


def _placed(bands: Bands, way: _Way, air: Size = _NO_AIR, *, whole: bool = False) -> VpcGrid:
    """Where VPCs stand; `whole`: what stands between them too, which takes no further room."""
    cells = _cells(bands, way.columns)
    beside, above = _between(bands, cells)
    lefts, right = _lefts(bands, cells, beside, air.width, upright=way.upright)
    slots: Slots = {}
    top = bottom = corridor = 0
    for number, band in enumerate(bands.vpcs):
        if number and bands.hubs and not way.upright:
            corridor = bottom + CORRIDOR + air.height
            height = max(bands.sizes[node.id].height for node in bands.hubs)
            top = corridor + grid(height) + CORRIDOR + air.height
        ends: dict[int, int] = {}
        for vpc in band:
            cell = cells[vpc]
            y = ends.get(cell.column, top)
            if cell.row:
                y += above.get(cell, BETWEEN.height)
            slots[vpc] = (lefts[number, cell.column], y)
            ends[cell.column] = grid(y + bands.sizes[vpc].height)
        bottom = max([bottom, *ends.values()])
    if whole:
        place_peerings(bands, slots, cells)
        if bands.hubs and way.upright:
            place_in_upright(bands, cells, slots)
        elif bands.hubs:
            place_in_corridor(bands, cells, corridor, right, slots)
    return VpcGrid(slots, right, bottom)


def _between(
    bands: Bands, cells: Mapping[str, Cell]
) -> tuple[dict[tuple[int, int], int], dict[Cell, int]]:
    """The gaps that peerings widen: beside columns, and above VPCs."""
    beside: dict[tuple[int, int], int] = {}
    above: dict[Cell, int] = {}
    for name, (one, other) in bands.joined.items():
        if one not in cells or other not in cells:
            continue
        size = bands.sizes[name]
        first, second = sorted((cells[one], cells[other]))
        if side_by_side(first, second):
            gap = first.band, min(first.column, second.column)
            beside[gap] = max(beside.get(gap, 0), size.width + 2 * BESIDE_PEERING)
        elif on_top(first, second):
            above[second] = max(above.get(second, 0), size.height + 2 * BESIDE_PEERING)
    return beside, above


def _lefts(
    bands: Bands,
    cells: Mapping[str, Cell],
    beside: Mapping[tuple[int, int], int],
    air: int,
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
            x = rights[band] + grid(beside.get((band, column - 1), BETWEEN.width)) + air
        elif band and upright:
            x = rights[band - 1] + 2 * CORRIDOR + widest(bands) + air
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
