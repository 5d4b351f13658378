"""What stands between VPCs: peerings in the gaps between neighbours, hubs in a corridor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lambdaplanner.diagram.structure import Node, grid
from lambdaplanner.kinds import Size

BETWEEN = Size(64, 72)
BESIDE_PEERING = 36
CORRIDOR = 56
"""Above and below a hub."""
_STACKED = 20

Slots = dict[str, tuple[int, int]]


class Cell(NamedTuple):
    band: int
    row: int
    column: int


class Bands(NamedTuple):
    """VPCs above and below the corridor, and the hubs in it."""

    vpcs: list[list[str]]
    hubs: list[Node]
    joined: Mapping[str, tuple[str, str]]
    """The two VPCs of each peering."""
    sizes: Mapping[str, Size]
    over: int = 0
    """How high what stands over the region is."""


def side_by_side(one: Cell, other: Cell) -> bool:
    return one[:2] == other[:2] and abs(one.column - other.column) == 1


def on_top(one: Cell, other: Cell) -> bool:
    return one.band == other.band and one.column == other.column and abs(one.row - other.row) == 1


def widest(bands: Bands) -> int:
    joined = [*(node.id for node in bands.hubs), *bands.joined]
    return max(grid(bands.sizes[name].width) for name in joined)


def _across(bands: Bands, cells: Mapping[str, Cell]) -> list[str]:
    """Peerings of VPCs on either side of the corridor."""
    return [
        name
        for name, (one, other) in bands.joined.items()
        if one in cells and other in cells and cells[one].band != cells[other].band
    ]


def place_in_upright(bands: Bands, cells: Mapping[str, Cell], slots: Slots) -> None:
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
        y += grid(size.height) + BETWEEN.height


def place_in_corridor(
    bands: Bands, cells: Mapping[str, Cell], y: int, right: int, slots: Slots
) -> None:
    """Hubs side by side in the middle of the corridor, beside them peerings across it."""
    total = sum(bands.sizes[node.id].width + BETWEEN.width for node in bands.hubs)
    x = max(0, (right - total + BETWEEN.width) // 2 // 8 * 8)
    taken = []
    for node in bands.hubs:
        slots[node.id] = (x, y)
        taken.append((x, x + bands.sizes[node.id].width))
        x += grid(bands.sizes[node.id].width) + BETWEEN.width
    for name in _across(bands, cells):
        width = bands.sizes[name].width
        lower = max(bands.joined[name], key=lambda vpc: cells[vpc])
        x = slots[lower][0] + (bands.sizes[lower].width - width) // 2 // 8 * 8
        for left, end in sorted(taken):
            if left < x + width + _STACKED and x < end + _STACKED:
                x = grid(end + BESIDE_PEERING)
        slots[name] = (x, y)
        taken.append((x, x + width))


def place_peerings(bands: Bands, slots: Slots, cells: Mapping[str, Cell]) -> None:
    """Between their VPCs, one below the other or side by side where there are several."""
    seen: dict[tuple[Cell, Cell], int] = {}
    for name, (one, other) in bands.joined.items():
        if one not in cells or other not in cells:
            continue
        first, second = sorted((one, other), key=lambda vpc: (slots[vpc], vpc))
        pair = cells[first], cells[second]
        number = seen[pair] = seen.get(pair, -1) + 1
        place = None
        if side_by_side(*pair):
            place = _beside(bands, slots, first, second, bands.sizes[name], number)
        elif on_top(*pair):
            place = _above(bands, slots, first, second, bands.sizes[name], number)
        if place is not None:
            slots[name] = place


def _beside(
    bands: Bands, slots: Slots, first: str, second: str, size: Size, number: int
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
    bands: Bands, slots: Slots, first: str, second: str, size: Size, number: int
) -> tuple[int, int] | None:
    """In the gap between one and the one below it; None where there is no room."""
    upper, lower = sorted((first, second), key=lambda vpc: slots[vpc][1])
    width = min(bands.sizes[first].width, bands.sizes[second].width)
    x = slots[upper][0] + (width - size.width) // 2 // 4 * 4 + number * (size.width + _STACKED)
    bottom = slots[upper][1] + bands.sizes[upper].height
    y = (bottom + slots[lower][1] - size.height) // 2 // 8 * 8
    return (x, y) if x + size.width <= slots[upper][0] + width else None
