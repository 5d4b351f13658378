"""Where the children of one container stand: the user's places as they are, automatic ones for the
rest.

Every child has an automatic slot, worked out as if nobody had placed anything, so placing one thing
leaves the others where they are. Where a placed thing covers the slot of an interface, the
interface steps aside, and so does everything in a container that is arranged by hand for the most
part; in others, things that a hand moves over each other stay where they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lambdaplanner.diagram.items import Point, Rect
from lambdaplanner.diagram.pages import AIM
from lambdaplanner.diagram.rect_index import RectIndex
from lambdaplanner.diagram.structure import Node, Structure, grid
from lambdaplanner.kinds import Size
from lambdaplanner.model.geometry import Placement

PADDING = 24
GAP = 16
"""Between leaves."""
TITLE_REACH = 232
"""Gateways on the top border of a container leave so much at its left to the title, more where it
is long.
"""
_CLEAR = 8
_TRIES = 64


class Inside(NamedTuple):
    """One container's contents, ready to be arranged."""

    container: Node
    children: list[Node]
    sizes: Mapping[str, Size]
    placements: Mapping[str, Placement]
    structure: Structure
    aim: float = AIM
    """The wanted width by height of the whole picture."""
    arranged: Mapping[str, Arranged] = {}
    """The containers among the children."""

    @property
    def usual(self) -> Inside:
        """The same as if nobody had placed anything in the containers here: what chooses between
        ways to arrange them, so that no place of a thing in there does.
        """
        usual = {name: arranged.usual for name, arranged in self.arranged.items()}
        return self._replace(sizes={**self.sizes, **usual})

    @property
    def fixed(self) -> Size | None:
        """The size that the user gave the container."""
        return fixed_size(self.placements.get(self.container.id))


class Arranged(NamedTuple):
    """Rectangles relative to where placements count from, and the size of what holds them."""

    rects: dict[str, Rect]
    size: Size
    origin: Point = Point(0, 0)
    """Where the children's placements count from, relative to the container's top left."""
    usual: Size = Size(0, 0)
    """The size that it would have if nobody had placed anything in it."""
    row: int | None = None
    """Where the first automatic row with interfaces begins; None where there is none."""


def fixed_size(placement: Placement | None) -> Size | None:
    """The size in a placement, where it has one."""
    if placement is None or placement.width is None or placement.height is None:
        return None
    return Size(placement.width, placement.height)


def snapped(length: float) -> int:
    """The length at the nearest step of the grid."""
    return round(length / 8) * 8


def settled(
    inside: Inside, slots: Mapping[str, tuple[int, int]], room: Size, gap: int = GAP
) -> dict[str, Rect]:
    """The rectangle of every child with a slot: placed ones as placed, others in their slot or
    aside of what covers it.
    """
    placements, sizes = inside.placements, inside.sizes
    rects: dict[str, Rect] = {}
    placed: dict[str, Rect] = {}
    for name, (x, y) in slots.items():
        placement = placements.get(name)
        if placement is None:
            rects[name] = Rect(x, y, *sizes[name])
        else:
            rects[name] = placed[name] = Rect(placement.x, placement.y, *sizes[name])
    if not placed or len(placed) == len(rects):
        return rects
    index = RectIndex(placed)
    mostly_placed_by_hand = 2 * len(placed) > len(rects)
    nodes = inside.structure.nodes
    covered = [
        name
        for name, rect in rects.items()
        if (mostly_placed_by_hand or nodes[name].kind == "eni")
        and name not in placed
        and _touches(index, rect)
    ]
    if covered:
        taken = [rect for name, rect in rects.items() if name in placed or name not in covered]
        for name in covered:
            rects[name] = _aside(rects[name], taken, room, gap)
            taken.append(rects[name])
    return rects


def _touches(index: RectIndex, rect: Rect) -> bool:
    x, y, w, h = rect
    return bool(index.touching(x, y, x + w, y + h))


def _aside(wanted: Rect, taken: list[Rect], room: Size, gap: int) -> Rect:
    """The nearest free place: below, else to the right within the room, else below all the same."""
    below = _pushed_down(wanted, taken, gap)
    if below.y + below.height <= room.height:
        return below
    starts = sorted({grid(rect.x + rect.width + gap) for rect in taken})[:_TRIES]
    for x in starts:
        if wanted.x < x and x + wanted.width <= room.width:
            beside = _pushed_down(wanted._replace(x=x), taken, gap)
            if beside.y + beside.height <= room.height:
                return beside
    return below


def _pushed_down(wanted: Rect, taken: list[Rect], gap: int) -> Rect:
    x, y, w, h = wanted
    column = sorted(
        (r.y, r.y + r.height) for r in taken if r.x < x + w + _CLEAR and x < r.x + r.width + _CLEAR
    )
    for top, bottom in column:
        if top < y + h + _CLEAR and y < bottom + _CLEAR:
            y = grid(bottom + gap)
    return wanted._replace(y=y)


def title_reach(container: Node) -> int:
    """How much of a container's top border its title takes."""
    return max(TITLE_REACH, container.title_room)


def size_around(inside: Inside, rects: Mapping[str, Rect], padding: int, least: Size) -> Size:
    """The user's size, else what holds every child, and not less than the least."""
    if inside.fixed is not None:
        return inside.fixed
    width, height = least
    for x, y, w, h in rects.values():
        width = max(width, grid(x + w + padding))
        height = max(height, grid(y + h + padding))
    return Size(width, height)


def on_edges(inside: Inside, size: Size, starts: Mapping[str, int]) -> dict[str, Rect]:
    """The rectangles of what stands across a border; `starts` counts along it, the user's places
    win.
    """
    rects: dict[str, Rect] = {}
    for node in inside.children:
        if not node.edge:
            continue
        width, height = inside.sizes[node.id]
        placement = inside.placements.get(node.id)
        if placement is not None:
            x, y = placement.x, placement.y
        elif node.edge == "top":
            x, y = min(starts[node.id], max(8, size.width - width - 8)), -height // 2
        else:
            x, y = size.width - width // 2, min(starts[node.id], max(8, size.height - height - 8))
        rects[node.id] = Rect(x, y, width, height)
    return rects


def top_starts(inside: Inside, centre: int, least: int) -> dict[str, int]:
    """Where things across the top border begin: side by side about `centre`, from `least` on."""
    edges = [node.id for node in inside.children if node.edge == "top"]
    total = sum(inside.sizes[name].width + GAP for name in edges) - GAP
    x = max(least, round(centre - total / 2))
    starts = {}
    for name in edges:
        starts[name] = x
        x += grid(inside.sizes[name].width + GAP)
    return starts
