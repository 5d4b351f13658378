"""What a line has to run around: the boxes beside its ends, in every container that it leaves,
crosses and enters.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from lambdaplanner.diagram.items import Point, Rect
from lambdaplanner.diagram.rect_index import Block, RectIndex
from lambdaplanner.diagram.structure import PLANE, Node
from lambdaplanner.diagram.ways import Frame, Points, frame

MARGIN = 6.0
"""How near a line may come to a box that it passes."""
_TITLES = {"subnet": (None, 56.0), "vpc": (240.0, 32.0), "lambda-service-vpc": (None, 32.0)}
"""Width (None: whole) and height of titles, which lines into a container avoid."""
_OVERHANG = {"vpc": 16.0}
"""What lanes above a container keep clear of: its gateways stand half out of it."""

_NEAR = MARGIN + 2
_NOWHERE = (math.inf, math.inf, -math.inf, -math.inf)


class Field(NamedTuple):
    """One container's boxes, moved by (dx, dy); those of a container that is entered only count
    `within` it, and so does its title.
    """

    boxes: RectIndex
    dx: float
    dy: float
    within: Frame | None = None
    title: Frame | None = None


class Screen(NamedTuple):
    """Some of a field's boxes, ready to be asked about many stretches of a line."""

    left: float
    """Nothing is met left of it, nor beyond the other three."""
    top: float
    right: float
    bottom: float
    block: Block | None
    dx: float
    dy: float
    within: Frame | None
    title: Frame | None
    keep: int
    """The set of boxes that count (see `Block`)."""


class Surroundings(NamedTuple):
    """The containers around one end of a line, within the container around both."""

    frames: list[Frame]
    """Innermost first."""
    fields: list[Field]
    """Innermost first."""
    x: float
    y: float
    """Where the innermost one's children count from."""


class Scenery:
    """Looks up surroundings, each once, as long as nothing moves."""

    def __init__(
        self,
        nodes: Mapping[str, Node],
        rects: Mapping[str, Rect],
        index_of: Callable[[str], RectIndex],
        origin_of: Callable[[str], Point],
    ) -> None:
        self._nodes = nodes
        self._rects = rects
        self._index_of = index_of
        self._origin_of = origin_of
        self._chains: dict[str, tuple[str, ...]] = {PLANE: ()}
        self._known: dict[tuple[str, ...], Surroundings] = {(): Surroundings([], [], 0.0, 0.0)}

    def chain(self, container: str) -> tuple[str, ...]:
        """A container and all around it, innermost first; nothing for the plane."""
        found = self._chains.get(container)
        if found is None:
            around = self.chain(self._nodes[container].parent)
            found = self._chains[container] = (container, *around)
        return found

    def parent(self, name: str) -> str:
        """The container of a box."""
        return self._nodes[name].parent

    def frame(self, name: str, around: Surroundings) -> Frame:
        """Where a box stands."""
        return frame(self._rects[name], around.x, around.y)

    def field(self, home: str) -> Field:
        """The boxes of the container around both ends."""
        return Field(self._index_of(home), 0.0, 0.0)

    def surroundings(self, chain: tuple[str, ...]) -> Surroundings:
        """The containers of a chain, innermost first, in the coordinates of the one around it."""
        found = self._known.get(chain)
        if found is None:
            outer = self.surroundings(chain[1:])
            name = chain[0]
            here = frame(self._rects[name], outer.x, outer.y)
            kind = self._nodes[name].kind
            origin = self._origin_of(name)
            x, y = here.left + origin.x, here.top + origin.y
            field = Field(self._index_of(name), x, y, here, title_of(kind, here))
            lanes = here._replace(top=here.top - _OVERHANG.get(kind, 0.0))
            found = self._known[chain] = Surroundings(
                [lanes, *outer.frames], [field, *outer.fields], x, y
            )
        return found


def title_of(kind: str, around: Frame) -> Frame | None:
    """The title of a container of that kind, which nothing should cover."""
    size = _TITLES.get(kind)
    if size is None:
        return None
    right = around.right if size[0] is None else min(around.right, around.left + size[0])
    return Frame(around.left, around.top, right, around.top + size[1])


def screens(fields: Iterable[Field], skipped: Collection[str]) -> list[Screen]:
    """What a line meets, without the boxes that it may cross."""
    found = []
    for boxes, dx, dy, within, title in fields:
        if title is not None and not boxes.blocks:
            found.append(Screen(*_NOWHERE, None, dx, dy, within, title, 0))
        for block in boxes.blocks:
            bits, keep = block.bits, -1
            for name in skipped:
                keep &= ~bits.get(name, 0)
            left, top, right, bottom = block.around
            left, top = left + dx - MARGIN, top + dy - MARGIN
            right, bottom = right + dx + MARGIN, bottom + dy + MARGIN
            found.append(Screen(left, top, right, bottom, block, dx, dy, within, title, keep))
            title = None
    return found


def narrowed(met: Iterable[Screen], source: str, target: str) -> list[Screen]:
    """The same without the two ends of a line."""
    found = []
    for screen in met:
        block = screen[4]
        if block is not None:
            mine = block.bits.get(source, 0) | block.bits.get(target, 0)
            if mine:
                screen = screen._replace(keep=screen[9] & ~mine)
        found.append(screen)
    return found


def hits(points: Points, ends: Collection[Frame], met: Collection[Screen], enough: int) -> int:
    """How many boxes and titles a way runs through; stops to count at `enough`.

    `ends` are boxes that it may touch but not cross.
    """
    total = 0
    x1, y1 = points[0]
    for x2, y2 in points[1:]:
        left, right = (x1, x2) if x1 < x2 else (x2, x1)
        top, bottom = (y1, y2) if y1 < y2 else (y2, y1)
        for end in ends:
            if end[0] < right and left < end[2] and end[1] < bottom and top < end[3]:
                total += 1
        for first_x, first_y, last_x, last_y, block, dx, dy, within, title, keep in met:
            if within is not None:
                if (
                    within[0] >= right
                    or left >= within[2]
                    or within[1] >= bottom
                    or top >= within[3]
                ):
                    continue
                if title is not None and _crosses(title, left, top, right, bottom):
                    total += 1
            if (
                block is not None
                and first_x < right
                and left < last_x
                and first_y < bottom
                and top < last_y
            ):
                found = keep & block.touching(
                    left - MARGIN - dx, top - MARGIN - dy, right + MARGIN - dx, bottom + MARGIN - dy
                )
                if found:
                    total += found.bit_count()
        if total >= enough:
            return total
        x1, y1 = x2, y2
    return total


def inside(area: Frame, met: Iterable[Screen]) -> int:
    """How many boxes share an area."""
    total = 0
    for _, _, _, _, block, dx, dy, _, _, keep in met:
        if block is not None:
            found = keep & block.touching(
                area.left - dx, area.top - dy, area.right - dx, area.bottom - dy
            )
            total += found.bit_count()
    return total


def _crosses(box: Frame, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether a stretch runs inside a box, not only along its border."""
    return box[0] < right and left < box[2] and box[1] < bottom and top < box[3]


def passes(ways: Iterable[Points], areas: Iterable[Rect], dx: float, dy: float) -> bool:
    """Whether a part of a way comes near one of the areas."""
    for area in areas:
        left, top = area.x + dx - _NEAR, area.y + dy - _NEAR
        right, bottom = left + area.width + 2 * _NEAR, top + area.height + 2 * _NEAR
        for way in ways:
            x1, y1 = way[0]
            for x2, y2 in way[1:]:
                if (
                    (x1 < right or x2 < right)
                    and (left < x1 or left < x2)
                    and (y1 < bottom or y2 < bottom)
                    and (top < y1 or top < y2)
                ):
                    return True
                x1, y1 = x2, y2
    return False
