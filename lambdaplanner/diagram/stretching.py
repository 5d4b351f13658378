"""A line while its ends are on the move: it keeps its way, and its outer stretches follow."""

from __future__ import annotations

from lambdaplanner.diagram.items import Point
from lambdaplanner.diagram.routing import Route
from lambdaplanner.diagram.ways import Frame, Points


def stretched(route: Route, source: Frame, target: Frame) -> Points:
    """The way of a route whose ends stand at `source` and `target` now."""
    points = route.points
    first = _followed(points[0], route.source_at, source)
    last = _followed(points[-1], route.target_at, target)
    if first == points[0] and last == points[-1]:
        return points
    if len(points) == 2:
        return _bent(first, last, upright=points[0].x == points[1].x)
    inner = list(points[1:-1])
    upright_start = points[0].x == points[1].x
    upright_end = points[-1].x == points[-2].x
    if len(inner) == 1 and upright_start == upright_end:
        return _bent(first, last, upright=upright_start)
    x, y = inner[0]
    inner[0] = Point(first.x, y) if upright_start else Point(x, first.y)
    x, y = inner[-1]
    inner[-1] = Point(last.x, y) if upright_end else Point(x, last.y)
    return (first, *inner, last)


def _followed(point: Point, old: Frame, new: Frame) -> Point:
    """A point on a border, where that border is now."""
    x, y = point
    left, right = new[0] - old[0], new[2] - old[2]
    top, bottom = new[1] - old[1], new[3] - old[3]
    return Point(
        x + (left if x - old[0] <= old[2] - x else right),
        y + (top if y - old[1] <= old[3] - y else bottom),
    )


def _bent(first: Point, last: Point, *, upright: bool) -> Points:
    """From one point to another with a step in the middle, if they are not in line."""
    if first.x == last.x or first.y == last.y:
        return (first, last)
    if upright:
        y = (first.y + last.y) // 2
        return (first, Point(first.x, y), Point(last.x, y), last)
    x = (first.x + last.x) // 2
    return (first, Point(x, first.y), Point(x, last.y), last)
