"""Finds each line's way: the first nice shape that runs through no other box, else the one that
runs through fewest.

A way is worked out in the coordinates of the innermost container around both ends, from nothing but
the boxes in it and in the containers that the line leaves and enters. So it moves with that
container, and only a box that comes near a way that was tried can change it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from lambdaplanner.diagram.connections import Connection
from lambdaplanner.diagram.gates import Approach, approaches, joined, legs
from lambdaplanner.diagram.items import Point, Rect
from lambdaplanner.diagram.obstacles import Field, Scenery, hits, inside
from lambdaplanner.diagram.rect_index import RectIndex
from lambdaplanner.diagram.structure import PLANE, Node
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
        self._approaches: dict[tuple[str, str], Approach] = {}

    def route(self, line: Connection) -> Route:
        """The way of a line as things stand."""
        scenery = self._scenery
        home, sources, targets = self._chains(line)
        around, within = scenery.surroundings(sources[1:]), scenery.surroundings(targets[1:])
        source, target = scenery.frame(line.source, around), scenery.frame(line.target, within)
        ends = Ends([source, *around.frames], [target, *within.frames], line.way, line.slot)
        fields = [scenery.field(home), *around.fields, *within.fields]
        skipped = (*sources, *targets)
        if line.way == "side" and len(targets) > 1:
            key = (line.source, targets[1])
            approach = self._approaches.get(key)
            if approach is None:
                fields.remove(within.fields[0])
                passed = (*sources, *targets[1:])
                approach = self._approaches[key] = _clearest_approach(ends, fields, passed)
            points, tried = _led_in(approach, target, within.fields[0], line.target)
            looked = (approach.tried, tried)
        else:
            points, tried = _clearest(ends, fields, skipped)
            looked = ((), tried)
        return Route(home, points, looked, sources, targets)

    def _chains(self, line: Connection) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """The innermost container around both ends, and each end with its containers in that."""
        scenery = self._scenery
        sources = scenery.chain(scenery.parent(line.source))
        targets = scenery.chain(scenery.parent(line.target))
        shared = 0
        for one, other in zip(reversed(sources), reversed(targets), strict=False):
            if one != other:
                break
            shared += 1
        home = sources[-shared] if shared else PLANE
        return (
            home,
            (line.source, *sources[: len(sources) - shared]),
            (line.target, *targets[: len(targets) - shared]),
        )


def _clearest_approach(ends: Ends, fields: list[Field], passed: tuple[str, ...]) -> Approach:
    """The first approach that runs through nothing, else the one that runs through fewest; the
    same for every box in one container.
    """
    best: Approach | None = None
    tried: list[Points] = []
    blocks = (ends.source[0], ends.target[1])
    for points, lane, free in approaches(ends.source, ends.target):
        tried += (points, (Point(free.left, free.top), Point(free.right, free.bottom)))
        fewest = best.hits if best else _ENDLESS
        found = hits(points, blocks, fields, passed, fewest)
        if found < fewest:
            found += inside(free, fields, passed)
            if found < fewest:
                best = Approach(points, lane, found, ())
        if not found:
            break
    assert best is not None
    return best._replace(tried=tuple(tried))


def _led_in(approach: Approach, box: Frame, field: Field, name: str) -> tuple[Points, Ways]:
    """An approach with the leg to the box that the line is for."""
    tried: list[Points] = []
    chosen: Points | None = None
    for leg in legs(approach.lane, box):
        tried.append(leg)
        chosen = chosen or leg
        if not hits(leg, (box,), (field,), (name,), 1):
            chosen = leg
            break
    assert chosen is not None
    return joined(approach.points, chosen), tuple(tried)


def _clearest(ends: Ends, fields: list[Field], skipped: tuple[str, ...]) -> tuple[Points, Ways]:
    """The way to take, and all the ways that were looked at to choose it."""
    best: Points | None = None
    fewest = _ENDLESS
    tried: list[Points] = []
    blocks = (ends.source[0], ends.target[0])
    for shapes in (simple_ways, detours):
        for points in shapes(ends):
            tried.append(points)
            found = hits(points, blocks, fields, skipped, fewest)
            if not found:
                return points, tuple(tried)
            if found < fewest:
                best, fewest = points, found
    assert best is not None
    return best, tuple(tried)
