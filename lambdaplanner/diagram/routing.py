"""Finds each line's way: the first nice shape that runs through no other box, else the one that
runs through fewest.

A way is worked out in the coordinates of the innermost container around both ends, from nothing but
the boxes in it and in the containers that the line leaves and enters. So it moves with that
container, and only a box that comes into the area looked at (`Route.looked`) can change it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from lambdaplanner.diagram.connections import Connection
from lambdaplanner.diagram.gates import Approach, approaches, joined, legs
from lambdaplanner.diagram.items import Point, Rect
from lambdaplanner.diagram.rect_index import RectIndex
from lambdaplanner.diagram.structure import PLANE, Node
from lambdaplanner.diagram.ways import Ends, Frame, Points, detours, frame, simple_ways

MARGIN = 6.0
"""How near a line may come to a box that it passes."""
_TITLES = {"subnet": (None, 56.0), "vpc": (240.0, 32.0), "lambda-service-vpc": (None, 32.0)}
"""Width (None: whole) and height of titles, which lines into a container avoid."""

_ENDLESS = 1 << 30
_OVERHANG = {"vpc": 16.0}
"""What lanes above a container keep clear of: its gateways stand half out of it."""


class Route(NamedTuple):
    """A line's way in the coordinates of `home`, and what it depends on."""

    home: str
    points: Points
    looked: Frame
    source_chain: tuple[str, ...]
    """The source and its containers inside `home`, innermost first."""
    target_chain: tuple[str, ...]


class _Field(NamedTuple):
    """One container's boxes as obstacles."""

    boxes: RectIndex
    dx: float
    dy: float
    within: Frame | None
    skipped: tuple[str, ...]
    title: Frame | None


class Router:
    """Routes lines over boxes that stand where `rects` says, relative to their containers."""

    def __init__(
        self,
        nodes: Mapping[str, Node],
        rects: Mapping[str, Rect],
        index_of: Callable[[str], RectIndex],
    ) -> None:
        self._nodes = nodes
        self._rects = rects
        self._index_of = index_of
        self._approaches: dict[tuple[str, str], Approach] = {}

    def route(self, line: Connection) -> Route:
        """The way of a line as things stand."""
        home, sources, targets = self._chains(line)
        source_frames, source_fields = self._climb(sources)
        target_frames, target_fields = self._climb(targets)
        skipped = (sources[-1], targets[-1])
        fields = [_Field(self._index_of(home), 0.0, 0.0, None, skipped, None)]
        fields += source_fields
        fields += target_fields
        ends = Ends(source_frames, target_frames, line.way, line.slot)
        if line.way == "side" and len(targets) > 1:
            approach = self._approach((line.source, targets[1]), ends, fields)
            points, looked = _led_in(approach, target_frames, target_fields[-1])
        else:
            points, looked = _clearest(ends, fields)
        return Route(home, points, looked, sources, targets)

    def _approach(self, key: tuple[str, str], ends: Ends, fields: list[_Field]) -> Approach:
        """How to come from a box to the side of a container; the same for everything in that
        container.
        """
        found = self._approaches.get(key)
        if found is None:
            found = self._approaches[key] = _clearest_approach(ends, fields)
        return found

    def _chains(self, line: Connection) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """The innermost container around both ends, and each end with its containers within that.
        """
        sources, targets = self._outwards(line.source), self._outwards(line.target)
        home = PLANE
        while sources and targets and sources[-1] == targets[-1]:
            home = sources.pop()
            targets.pop()
        return home, tuple(sources), tuple(targets)

    def _outwards(self, name: str) -> list[str]:
        nodes = self._nodes
        chain = [name]
        while (name := nodes[name].parent) != PLANE:
            chain.append(name)
        return chain

    def _climb(self, chain: tuple[str, ...]) -> tuple[list[Frame], list[_Field]]:
        """The frames of a chain in the home's coordinates, and the insides of its containers as
        obstacles.
        """
        rects = self._rects
        x = y = 0.0
        frames: list[Frame] = []
        fields: list[_Field] = []
        for depth in range(len(chain) - 1, -1, -1):
            name = chain[depth]
            here = frame(rects[name], x, y)
            x, y = here.left, here.top
            if depth:
                kind = self._nodes[name].kind
                inside = (chain[depth - 1],)
                title = _title(kind, here)
                fields.append(_Field(self._index_of(name), x, y, here, inside, title))
                here = here._replace(top=here.top - _OVERHANG.get(kind, 0.0))
            frames.append(here)
        frames.reverse()
        return frames, fields


def _title(kind: str, around: Frame) -> Frame | None:
    size = _TITLES.get(kind)
    if size is None:
        return None
    right = around.right if size[0] is None else min(around.right, around.left + size[0])
    return Frame(around.left, around.top, right, around.top + size[1])


def _clearest_approach(ends: Ends, fields: list[_Field]) -> Approach:
    """The first approach that runs through nothing, else the one that runs through fewest."""
    best: Approach | None = None
    looked: Frame | None = None
    for points, lane, free in approaches(ends.source, ends.target):
        looked = _around(
            (*points, Point(free.left, free.top), Point(free.right, free.bottom)), looked
        )
        fewest = best.hits if best else _ENDLESS
        hits = _hits(points, ends, fields, fewest)
        if hits < fewest:
            hits += _inside(free, fields)
            if hits < fewest:
                best = Approach(points, lane, hits, looked)
        if not hits:
            break
    assert best is not None
    assert looked is not None
    return best._replace(looked=looked)


def _inside(area: Frame, fields: list[_Field]) -> int:
    """How many boxes lie in an area beside a container."""
    return sum(
        name not in field.skipped
        for field in fields
        for name in field.boxes.touching(
            area.left - field.dx, area.top - field.dy, area.right - field.dx, area.bottom - field.dy
        )
    )


def _led_in(approach: Approach, target: list[Frame], inside: _Field) -> tuple[Points, Frame]:
    """An approach with the leg to the box that the line is for."""
    box = target[0]
    looked = approach.looked
    chosen: Points | None = None
    for leg in legs(approach.lane, box):
        looked = _around(leg, looked)
        chosen = chosen or leg
        if not _hits(leg, Ends([box], [box], "side", 0), [inside], 1):
            chosen = leg
            break
    assert chosen is not None
    return joined(approach.points, chosen), looked


def _clearest(ends: Ends, fields: list[_Field]) -> tuple[Points, Frame]:
    """The way to take, and around all the ways that were looked at to choose it."""
    best: Points | None = None
    fewest = _ENDLESS
    looked: Frame | None = None
    for points in simple_ways(ends):
        looked = _around(points, looked)
        hits = _hits(points, ends, fields, fewest)
        if not hits:
            return points, looked
        if hits < fewest:
            best, fewest = points, hits
    for points in detours(ends):
        looked = _around(points, looked)
        hits = _hits(points, ends, fields, fewest)
        if not hits:
            return points, looked
        if hits < fewest:
            best, fewest = points, hits
    assert best is not None
    assert looked is not None
    return best, looked


def _around(points: Points, looked: Frame | None) -> Frame:
    if looked is None:
        left, top = right, bottom = points[0]
    else:
        left, top, right, bottom = looked
    for x, y in points:
        if x < left:
            left = x
        elif x > right:
            right = x
        if y < top:
            top = y
        elif y > bottom:
            bottom = y
    return Frame(left, top, right, bottom)


def _hits(points: Points, ends: Ends, fields: list[_Field], enough: int) -> int:
    """How many boxes and titles a way runs through; stops to count at `enough`."""
    total = 0
    source, target = ends.source[0], ends.target[0]
    x1, y1 = points[0]
    for x2, y2 in points[1:]:
        left, right = (x1, x2) if x1 < x2 else (x2, x1)
        top, bottom = (y1, y2) if y1 < y2 else (y2, y1)
        total += _crosses(source, left, top, right, bottom) + _crosses(
            target, left, top, right, bottom
        )
        for boxes, dx, dy, within, skipped, title in fields:
            if within is not None and not _crosses(within, left, top, right, bottom):
                continue
            if title is not None and _crosses(title, left, top, right, bottom):
                total += 1
            for name in boxes.touching(
                left - MARGIN - dx, top - MARGIN - dy, right + MARGIN - dx, bottom + MARGIN - dy
            ):
                if name not in skipped:
                    total += 1
        if total >= enough:
            return total
        x1, y1 = x2, y2
    return total


def _crosses(box: Frame, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether a stretch runs inside a box, not only along its border."""
    return box[0] < right and left < box[2] and box[1] < bottom and top < box[3]
