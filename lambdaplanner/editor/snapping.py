"""Where a dragged rectangle likes to come to rest: neighbours' edges and centres first, else the
grid.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lambdaplanner.diagram.items import Point, Rect
from lambdaplanner.editor.transient import Guide

GRID = 8
_REACH_PIXELS = 6.0


class Snapped(NamedTuple):
    """How far to move, and the guides that say why."""

    dx: float
    dy: float
    guides: tuple[Guide, ...] = ()


class _Mark(NamedTuple):
    """A place on one axis that can be aligned to, and how far its neighbour reaches on
    the other.
    """

    at: float
    low: float
    high: float


class Snapping:
    """The neighbours at the start of a drag, sorted once; asked at each move."""

    def __init__(self, neighbours: Iterable[Rect], origin: Point = Point(0, 0)) -> None:
        rects = list(neighbours)
        self._origin = origin
        self._across = sorted(
            _Mark(x, r.y, r.y + r.height) for r in rects for x in _stops(r.x, r.width)
        )
        self._down = sorted(
            _Mark(y, r.x, r.x + r.width) for r in rects for y in _stops(r.y, r.height)
        )

    def move(self, rect: Rect, dx: float, dy: float, zoom: float = 1.0) -> Snapped:
        """Where a rectangle comes to rest that is dragged by (dx, dy)."""
        reach = _REACH_PIXELS / zoom
        x, y = rect.x + dx, rect.y + dy
        right = _best(self._across, _stops(x, rect.width), reach)
        down = _best(self._down, _stops(y, rect.height), reach)
        to_x = x + right[0] if right else _on_grid(x, self._origin.x)
        to_y = y + down[0] if down else _on_grid(y, self._origin.y)
        guides = []
        if right:
            low, high = min(right[1].low, to_y), max(right[1].high, to_y + rect.height)
            guides.append(Guide(Point(right[1].at, low), Point(right[1].at, high)))
        if down:
            low, high = min(down[1].low, to_x), max(down[1].high, to_x + rect.width)
            guides.append(Guide(Point(low, down[1].at), Point(high, down[1].at)))
        return Snapped(to_x - rect.x, to_y - rect.y, tuple(guides))

    def edge_x(self, x: float, zoom: float = 1.0) -> float:
        """Where a vertical edge comes to rest."""
        found = _best(self._across, (x,), _REACH_PIXELS / zoom)
        return x + found[0] if found else _on_grid(x, self._origin.x)

    def edge_y(self, y: float, zoom: float = 1.0) -> float:
        """Where a horizontal edge comes to rest."""
        found = _best(self._down, (y,), _REACH_PIXELS / zoom)
        return y + found[0] if found else _on_grid(y, self._origin.y)


def _stops(start: float, length: float) -> tuple[float, float, float]:
    return start, start + length / 2, start + length


def _on_grid(value: float, origin: float) -> float:
    return round((value - origin) / GRID) * GRID + origin


def _best(
    marks: Sequence[_Mark], stops: Iterable[float], reach: float
) -> tuple[float, _Mark] | None:
    best: tuple[float, _Mark] | None = None
    for stop in stops:
        at = bisect_left(marks, (stop,))
        for mark in marks[max(0, at - 1) : at + 1]:
            off = mark.at - stop
            if abs(off) <= reach and (best is None or abs(off) < abs(best[0])):
                best = off, mark
    return best
