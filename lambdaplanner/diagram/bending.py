"""The way of a line that a hand led through points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambdaplanner.diagram.items import Point
from lambdaplanner.diagram.ways import Frame, Points

_INSET = 8.0


def bent(source: Frame, target: Frame, spots: Sequence[Point]) -> Points:
    """From the border of one box through all points to the border of the other, level and
    upright.
    """
    points = [*_from(source, spots[0])]
    for spot in spots[1:]:
        points += _corner(points[-1], spot)
        points.append(spot)
    ending = [*_from(target, points[-1])]
    points += ending[-2::-1]
    return _without_doubles(points)


def _from(box: Frame, spot: Point) -> Iterator[Point]:
    """Out of the nearest side of a box to a point."""
    if box.left + _INSET <= spot.x <= box.right - _INSET:
        yield Point(spot.x, box.top if spot.y < box.y else box.bottom)
    elif box.top + _INSET <= spot.y <= box.bottom - _INSET:
        yield Point(box.left if spot.x < box.x else box.right, spot.y)
    else:
        yield Point(box.left if spot.x < box.x else box.right, box.y)
        yield Point(spot.x, box.y)
    yield spot


def _corner(one: Point, other: Point) -> Iterator[Point]:
    if one.x != other.x and one.y != other.y:
        yield Point(other.x, one.y)


def _without_doubles(points: Sequence[Point]) -> Points:
    """The same way without points that follow themselves or lie in the middle of a stretch."""
    kept: list[Point] = []
    for point in points:
        if (
            len(kept) > 1
            and kept[-1] != point
            and (kept[-2].x == kept[-1].x == point.x or kept[-2].y == kept[-1].y == point.y)
        ):
            kept.pop()
        if not kept or kept[-1] != point:
            kept.append(point)
    return tuple(kept)
