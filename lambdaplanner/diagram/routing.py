"""Finds each line's way: the first nice shape that runs through no other box, else what a search
finds, else the shape that runs through fewest.

A way is worked out in the coordinates of the innermost container around both ends, from nothing but
the boxes in it and in the containers that the line leaves and enters. So it moves with that
container, and only a box that comes near a way that was tried can change it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from lambdaplanner.diagram.bending import bent
from lambdaplanner.diagram.connections import Connection
from lambdaplanner.diagram.gates import Approach, approaches, joined, legs
from lambdaplanner.diagram.items import Point, Rect
from lambdaplanner.diagram.obstacles import (
    Scenery,
    Screen,
    Surroundings,
    hits,
    inside,
    narrowed,
    screens,
)
from lambdaplanner.diagram.rect_index import RectIndex
from lambdaplanner.diagram.searching import searched, searched_area
from lambdaplanner.diagram.structure import PLANE, REGION, Node
from lambdaplanner.diagram.ways import Ends, Frame, Points, detours, simple_ways

_ENDLESS = 1 << 30


Ways = tuple[Points, ...]


class Route(NamedTuple):
    """A line's way in the coordinates of `home`, and what it depends on."""

    home: str
    points: Points
    tried: tuple[Ways, Ways]
    """Ways that were looked at to choose this one: those it shares with other lines, and its own;
    two corners of an area count as a way.
    """
    source_chain: tuple[str, ...]
    """The source and its containers inside `home`, innermost first."""
    target_chain: tuple[str, ...]
    source_at: Frame
    target_at: Frame


class _Passage(NamedTuple):
    """The containers that a line leaves and enters, innermost first, within `home`."""

    home: str
    outer: tuple[str, ...]
    inner: tuple[str, ...]
    around: Surroundings
    within: Surroundings
    met: list[Screen]
    """Obstacles, without those in the innermost container that is entered."""
    last: list[Screen]
    """Those in there."""


class Router:
    """Routes lines over boxes that stand where `rects` says, relative to their containers; lives
    as long as they stand there.
    """

    def __init__(
        self,
        nodes: Mapping[str, Node],
        rects: Mapping[str, Rect],
        index_of: Callable[[str], RectIndex],
        origin_of: Callable[[str], Point],
    ) -> None:
        self._scenery = Scenery(nodes, rects, index_of, origin_of)
        self._passages: dict[tuple[str, str], _Passage] = {}
        self._approaches: dict[tuple[str, str], Approach] = {}

    def route(self, line: Connection, *, search: bool = True) -> Route:
        """The way of a line as things stand; without a `search` where a hand still moves them."""
        led = self._bent(line) if line.bends else None
        if led is not None:
            return led
        scenery, source, target = self._scenery, line.source, line.target
        passage = self._passage(scenery.parent(source), scenery.parent(target))
        home, outer, inner, around, within, met, last = passage
        start, box = scenery.frame(source, around), scenery.frame(target, within)
        tried: tuple[Ways, Ways]
        if line.heading == "side" and inner:
            approach = self._approaches.get((source, inner[0]))
            if approach is None:
                ends = _ends(line, start, around, box, within)
                approach = _clearest_approach(ends, narrowed(met, source, source))
                self._approaches[source, inner[0]] = approach
            points, legs_tried, free = _led_in(approach, box, narrowed(last, target, target))
            tried = (approach.tried, legs_tried)
            if search and (approach.hits or not free):
                ends = _ends(line, start, around, box, within)
                points, area = _searched(ends, narrowed((*met, *last), source, target), points)
                tried = (approach.tried, (*legs_tried, area))
        else:
            ends = _ends(line, start, around, box, within)
            points, ways_tried = _clearest(
                ends, narrowed((*met, *last), source, target), search=search
            )
            tried = ((), ways_tried)
        return Route(home, points, tried, (source, *outer), (target, *inner), start, box)

    def _bent(self, line: Connection) -> Route | None:
        """A line that a hand led: it hangs on nothing but its ends. None where both ends are one
        point.
        """
        scenery = self._scenery
        outer = scenery.chain(scenery.parent(line.source))
        inner = scenery.chain(scenery.parent(line.target))
        start = scenery.frame(line.source, scenery.surroundings(outer))
        end = scenery.frame(line.target, scenery.surroundings(inner))
        region = scenery.surroundings((REGION,))
        spots = [Point(x + region.x, y + region.y) for x, y in line.bends]
        points = bent(start, end, spots)
        if len(points) < 2:
            return None
        return Route(
            PLANE, points, ((), ()), (line.source, *outer), (line.target, *inner), start, end
        )

    def oracle(self, line: Connection) -> Callable[[Points], int]:
        """Tells how much a way of a line runs through, in the coordinates of its `home`."""
        met: list[Screen] = []
        blocks: list[Frame] = []

        def judge(points: Points) -> int:
            if not blocks:
                scenery, source, target = self._scenery, line.source, line.target
                passage = self._passage(scenery.parent(source), scenery.parent(target))
                blocks.append(scenery.frame(source, passage.around))
                blocks.append(scenery.frame(target, passage.within))
                met.extend(narrowed((*passage.met, *passage.last), source, target))
            return hits(points, blocks, met, _ENDLESS)

        return judge

    def _passage(self, start: str, end: str) -> _Passage:
        """What all lines from one container's boxes to another's have in common."""
        found = self._passages.get((start, end))
        if found is None:
            scenery = self._scenery
            sources, targets = scenery.chain(start), scenery.chain(end)
            shared = 0
            for one, other in zip(reversed(sources), reversed(targets), strict=False):
                if one != other:
                    break
                shared += 1
            home = sources[-shared] if shared else PLANE
            outer = sources[: len(sources) - shared]
            inner = targets[: len(targets) - shared]
            around, within = scenery.surroundings(outer), scenery.surroundings(inner)
            fields = [scenery.field(home), *around.fields, *within.fields[1:]]
            met = screens(fields, (*outer, *inner))
            last = screens(within.fields[:1], (*outer, *inner))
            found = _Passage(home, outer, inner, around, within, met, last)
            self._passages[start, end] = found
        return found


def _ends(
    line: Connection, source: Frame, around: Surroundings, target: Frame, within: Surroundings
) -> Ends:
    return Ends([source, *around.frames], [target, *within.frames], line.heading, line.slot)


def _clearest_approach(ends: Ends, met: list[Screen]) -> Approach:
    """The first approach that runs through nothing, else the one that runs through fewest; the
    same for every box in one container.
    """
    best: Approach | None = None
    tried: list[Points] = []
    blocks = (ends.source[0], ends.target[1])
    for points, lane, free in approaches(ends.source, ends.target):
        tried += (points, (Point(free.left, free.top), Point(free.right, free.bottom)))
        fewest = best.hits if best else _ENDLESS
        found = hits(points, blocks, met, fewest)
        if found < fewest:
            found += inside(free, met)
            if found < fewest:
                best = Approach(points, lane, found, ())
        if not found:
            break
    assert best is not None
    return best._replace(tried=tuple(tried))


def _led_in(approach: Approach, box: Frame, met: list[Screen]) -> tuple[Points, Ways, bool]:
    """An approach with the leg to the box that the line is for, and whether that leg is free."""
    tried: list[Points] = []
    for leg in legs(approach.lane, box):
        tried.append(leg)
        if not hits(leg, (box,), met, 1):
            return joined(approach.points, leg), tuple(tried), True
    return joined(approach.points, tried[0]), tuple(tried), False


def _searched(ends: Ends, met: list[Screen], otherwise: Points) -> tuple[Points, Points]:
    """The way that a search finds, else another; and the area that this depends on."""
    area = searched_area(ends)
    corners = (Point(area.left, area.top), Point(area.right, area.bottom))
    return searched(ends, met) or otherwise, corners


def _clearest(ends: Ends, met: list[Screen], *, search: bool) -> tuple[Points, Ways]:
    """The way to take, and all the ways that were looked at to choose it."""
    best: Points | None = None
    fewest = _ENDLESS
    tried: list[Points] = []
    blocks = (ends.source[0], ends.target[0])
    for shapes in (simple_ways, detours):
        for points in shapes(ends):
            tried.append(points)
            found = hits(points, blocks, met, fewest)
            if not found:
                return points, tuple(tried)
            if found < fewest:
                best, fewest = points, found
    assert best is not None
    if not search:
        return best, tuple(tried)
    best, area = _searched(ends, met, best)
    return best, (*tried, area)
