"""A line's way where no nice shape is free: a short one with few corners, along lanes beside what
stands about.

The lanes are a sparse grid: beside every edge of an obstacle, and through the middles of both ends.
A stretch is free where the test that all ways are held against says so, so that what is found here
is as good as any other way.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from lambdaplanner.diagram.items import Point
from lambdaplanner.diagram.obstacles import Screen, hits
from lambdaplanner.diagram.ways import LANE, Ends, Frame, Points

REACH = 320.0
"""How far beyond both ends a way is looked for."""
_BESIDE = (8.0, LANE)
"""How far beside an edge lanes run: between two cards of a column, and clear of everything."""
_APART = 4.0
"""Lanes nearer to one another than this are one."""
_BEND = 60.0
_EAGER = 2.0
"""How much nearness to the target counts: more finds a way sooner, and not always the shortest."""
_PATIENCE = 2_000
"""So many places are looked at; what is further is not found."""

_UP, _RIGHT, _DOWN, _LEFT = range(4)
_STEPS = ((0, -1), (1, 0), (0, 1), (-1, 0))

_Place = tuple[int, int, int]
"""Numbers of the two lanes, and the direction in which it was reached."""


class _Port(NamedTuple):
    """Where a line leaves a box, and in which direction."""

    at: Point
    heading: int


def searched_area(ends: Ends) -> Frame:
    """All that a search between two ends depends on."""
    hull = ends.source[0].joined(ends.target[0])
    return Frame(hull.left - REACH, hull.top - REACH, hull.right + REACH, hull.bottom + REACH)


def searched(ends: Ends, met: Collection[Screen]) -> Points | None:
    """A short way with few corners that runs through nothing; None where none is found."""
    source, target = ends.source[0], ends.target[0]
    area = searched_area(ends)
    xs, ys = _lanes(ends, met, area)
    blocks = (source, target)

    def free(one: Point, other: Point) -> bool:
        return not hits((one, other), blocks, met, 1)

    def open_ports(box: Frame) -> list[_Port]:
        return [port for port in _ports(box) if free(port.at, _step(port, xs, ys))]

    leaving, entering = open_ports(source), open_ports(target)
    if not leaving or not entering:
        return None
    goals = {
        (bisect_left(xs, port.at.x), bisect_left(ys, port.at.y), (port.heading + 2) % 4)
        for port in entering
    }
    found = _walk(xs, ys, leaving, goals, target, free)
    return None if found is None else _corners(found)


def _ports(box: Frame) -> Iterator[_Port]:
    yield _Port(Point(box.x, box.top), _UP)
    yield _Port(Point(box.right, box.y), _RIGHT)
    yield _Port(Point(box.x, box.bottom), _DOWN)
    yield _Port(Point(box.left, box.y), _LEFT)


def _step(port: _Port, xs: list[float], ys: list[float]) -> Point:
    """The first place on a port's way out."""
    dx, dy = _STEPS[port.heading]
    x = bisect_left(xs, port.at.x) + dx
    y = bisect_left(ys, port.at.y) + dy
    return Point(xs[min(max(x, 0), len(xs) - 1)], ys[min(max(y, 0), len(ys) - 1)])


def _lanes(ends: Ends, met: Iterable[Screen], area: Frame) -> tuple[list[float], list[float]]:
    """Every lane's place, from left to right and from top to bottom."""
    source, target = ends.source[0], ends.target[0]
    xs: set[float] = set()
    ys: set[float] = set()
    for box in (*ends.source, *ends.target):
        for by in _BESIDE:
            xs.update((box.left - by, box.right + by))
            ys.update((box.top - by, box.bottom + by))
    for screen in met:
        if screen.block is None:
            continue
        dx, dy = screen.dx, screen.dy
        inside = (area.left - dx, area.top - dy, area.right - dx, area.bottom - dy)
        for left, top, width, height in screen.block.within(*inside):
            for by in _BESIDE:
                xs.update((left + dx - by, left + width + dx + by))
                ys.update((top + dy - by, top + height + dy + by))
    kept_x = {side for box in (source, target) for side in (box.left, box.x, box.right)}
    kept_y = {side for box in (source, target) for side in (box.top, box.y, box.bottom)}
    return _thinned(xs, kept_x, area.left, area.right), _thinned(ys, kept_y, area.top, area.bottom)


def _thinned(lanes: Iterable[float], kept: set[float], low: float, high: float) -> list[float]:
    """The lanes within a span, sorted, without those beside another; those of the ends stay."""
    found: list[float] = []
    for lane in sorted({*lanes, *kept}):
        if lane in kept:
            while found and found[-1] not in kept and lane - found[-1] < _APART:
                found.pop()
            found.append(lane)
        elif low <= lane <= high and (not found or lane - found[-1] >= _APART):
            found.append(lane)
    return found


def _walk(
    xs: list[float],
    ys: list[float],
    ports: Iterable[_Port],
    goals: set[_Place],
    target: Frame,
    free: Callable[[Point, Point], bool],
) -> list[Point] | None:
    """A* from the ports to a goal; the points met on the way."""

    goal_x, goal_y = target.x, target.y

    def rest(x: float, y: float) -> float:
        return abs(x - goal_x) + abs(y - goal_y)

    cost: dict[_Place, float] = {}
    before: dict[_Place, _Place | None] = {}
    queue: list[tuple[float, int, _Place]] = []
    known: dict[tuple[int, int, int, int], bool] = {}
    for port in ports:
        place = (bisect_left(xs, port.at.x), bisect_left(ys, port.at.y), port.heading)
        cost[place], before[place] = 0.0, None
        heapq.heappush(queue, (_EAGER * rest(*port.at), len(cost), place))
    done: set[_Place] = set()
    while queue and len(done) < _PATIENCE:
        _, _, place = heapq.heappop(queue)
        if place in done:
            continue
        done.add(place)
        if place in goals and before[place] is not None:
            return _back(place, before, xs, ys)
        ix, iy, heading = place
        here = Point(xs[ix], ys[iy])
        starting = before[place] is None
        for turn in (heading,) if starting else (heading, (heading + 1) % 4, (heading + 3) % 4):
            dx, dy = _STEPS[turn]
            nx, ny = ix + dx, iy + dy
            if not (0 <= nx < len(xs) and 0 <= ny < len(ys)):
                continue
            key = (min(ix, nx), min(iy, ny), abs(dx), abs(dy))
            passable = known.get(key)
            there = Point(xs[nx], ys[ny])
            if passable is None:
                passable = known[key] = free(here, there)
            if not passable:
                continue
            following = (nx, ny, turn)
            paid = cost[place] + abs(there.x - here.x) + abs(there.y - here.y)
            paid += 0.0 if turn == heading else _BEND
            if paid < cost.get(following, float("inf")):
                cost[following], before[following] = paid, place
                heapq.heappush(queue, (paid + _EAGER * rest(*there), len(cost), following))
    return None


def _back(
    place: _Place, before: dict[_Place, _Place | None], xs: list[float], ys: list[float]
) -> list[Point]:
    points: list[Point] = []
    at: _Place | None = place
    while at is not None:
        points.append(Point(xs[at[0]], ys[at[1]]))
        at = before[at]
    return points[::-1]


def _corners(points: list[Point]) -> Points:
    """The same way without what lies in the middle of a stretch."""
    inner = [
        here
        for before, here, after in zip(points, points[1:], points[2:], strict=False)
        if not (before.x == here.x == after.x or before.y == here.y == after.y)
    ]
    return (points[0], *inner, points[-1])
