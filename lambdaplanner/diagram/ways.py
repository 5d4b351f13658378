"""Orthogonal ways from border to border: the shapes that a line can take between two boxes, nicest
first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lambdaplanner.diagram.connections import LineHeading
from lambdaplanner.diagram.items import Point, Rect

LANE = 20.0
"""How far beside a box a line runs that passes it."""
_INSET = 8.0
_STEP = 8.0
_TRIED = 32
_BEND = 60.0
"""How much longer a way may be to save a corner."""

Points = tuple[Point, ...]


class Frame(NamedTuple):
    """A rectangle by its sides."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def x(self) -> float:
        """Its middle."""
        return (self.left + self.right) / 2

    @property
    def y(self) -> float:
        """Its middle."""
        return (self.top + self.bottom) / 2

    def joined(self, other: Frame) -> Frame:
        """Around both."""
        return Frame(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


class Ends(NamedTuple):
    """The two ends of a line, each from the box itself outwards to its container beside the
    other's.
    """

    source: list[Frame]
    target: list[Frame]
    heading: LineHeading
    slot: int


def frame(rect: Rect, dx: float, dy: float) -> Frame:
    """A rectangle moved, by its sides."""
    x, y = rect.x + dx, rect.y + dy
    return Frame(x, y, x + rect.width, y + rect.height)


def simple_ways(ends: Ends) -> Iterator[Points]:
    """Ways with at most two corners, in the order of preference of the line's kind."""
    for shape in _ORDER[ends.heading]:
        yield from shape(ends)


def detours(ends: Ends) -> Iterator[Points]:
    """Ways with three and four corners along lanes beside the ends and their containers, shortest
    first.
    """
    first, second = (_sideways, _upright) if ends.heading == "side" else (_upright, _sideways)
    yield from sorted(first(ends), key=_cost)[:_TRIED]
    yield from sorted(second(ends), key=_cost)[:_TRIED]


def _cost(points: Points) -> float:
    total = _BEND * len(points)
    x, y = points[0]
    for nx, ny in points[1:]:
        total += abs(nx - x) + abs(ny - y)
        x, y = nx, ny
    return total


def _hulls(ends: Ends) -> tuple[Frame, Frame]:
    """Each end with its outermost container, so far as the two do not overlap."""
    a, b = ends.source[0], ends.target[0]
    return (
        a if len(ends.source) == 1 else a.joined(ends.source[-1]),
        b if len(ends.target) == 1 else b.joined(ends.target[-1]),
    )


def _between(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float, float] | None:
    """Where to leave `a`, where to reach `b`, and their distance, for two spans one after the
    other.
    """
    if b[1] <= a[0]:
        return a[0], b[1], a[0] - b[1]
    if a[1] <= b[0]:
        return a[1], b[0], b[0] - a[1]
    return None


def _shared(
    a: tuple[float, float, float], b: tuple[float, float, float], slot: float
) -> float | None:
    """A coordinate that lies in both spans (low, high, middle): a middle if possible."""
    low, high = max(a[0], b[0]) + _INSET, min(a[1], b[1]) - _INSET
    if low > high:
        return None
    middles = (a[2] + slot, b[2]) if a[1] - a[0] <= b[1] - b[0] else (b[2] + slot, a[2])
    for wanted in middles:
        if low <= wanted <= high:
            return wanted
    return (low + high) // 2


def _straight_up(ends: Ends) -> Iterator[Points]:
    a, b = ends.source[0], ends.target[0]
    gap = _between((a.top, a.bottom), (b.top, b.bottom))
    if gap:
        x = _shared((a.left, a.right, a.x), (b.left, b.right, b.x), ends.slot * _STEP)
        if x is not None:
            yield (Point(x, gap[0]), Point(x, gap[1]))


def _straight_across(ends: Ends) -> Iterator[Points]:
    a, b = ends.source[0], ends.target[0]
    gap = _between((a.left, a.right), (b.left, b.right))
    if gap:
        y = _shared((a.top, a.bottom, a.y), (b.top, b.bottom, b.y), ends.slot * _STEP)
        if y is not None:
            yield (Point(gap[0], y), Point(gap[1], y))


def _up_and_over(ends: Ends) -> Iterator[Points]:
    a, b = ends.source[0], ends.target[0]
    gap = _between((a.top, a.bottom), (b.top, b.bottom))
    if not gap or gap[2] < 2 * _INSET:
        return
    x = a.x + ends.slot * _STEP
    for lane in _lanes(ends, upright=True, start=gap[0], end=gap[1]):
        yield (Point(x, gap[0]), Point(x, lane), Point(b.x, lane), Point(b.x, gap[1]))


def _across_and_over(ends: Ends) -> Iterator[Points]:
    a, b = ends.source[0], ends.target[0]
    gap = _between((a.left, a.right), (b.left, b.right))
    if not gap or gap[2] < 2 * _INSET:
        return
    y = a.y + ends.slot * _STEP
    for lane in _lanes(ends, upright=False, start=gap[0], end=gap[1]):
        yield (Point(gap[0], y), Point(lane, y), Point(lane, b.y), Point(gap[1], b.y))


def _lanes(ends: Ends, *, upright: bool, start: float, end: float) -> Iterator[float]:
    """Where to cross over: midway between the containers, else right beside one of them."""
    a, b = _hulls(ends)
    spans = (
        ((a.top, a.bottom), (b.top, b.bottom))
        if upright
        else ((a.left, a.right), (b.left, b.right))
    )
    outer = _between(*spans)
    first, last = (start, end) if outer is None else outer[:2]
    yield (first + last) // 2
    towards = 1 if end > start else -1
    if abs(last - first) > 2.5 * LANE:
        yield last - towards * LANE
        yield first + towards * LANE
    if outer is not None:
        for around in ends.target[1:-1]:
            edge = (around.top, around.bottom) if upright else (around.left, around.right)
            yield edge[0] - LANE if towards > 0 else edge[1] + LANE


def _up_then_across(ends: Ends) -> Iterator[Points]:
    a, b = ends.source[0], ends.target[0]
    up = a.top if b.y < a.top - _INSET else a.bottom if b.y > a.bottom + _INSET else None
    x = a.x + ends.slot * _STEP
    side = b.left if x < b.left - _INSET else b.right if x > b.right + _INSET else None
    if up is not None and side is not None:
        yield (Point(x, up), Point(x, b.y), Point(side, b.y))


def _across_then_up(ends: Ends) -> Iterator[Points]:
    a, b = ends.source[0], ends.target[0]
    side = a.left if b.x < a.left - _INSET else a.right if b.x > a.right + _INSET else None
    y = a.y + ends.slot * _STEP
    end = b.top if y < b.top - _INSET else b.bottom if y > b.bottom + _INSET else None
    if side is not None and end is not None:
        yield (Point(side, y), Point(b.x, y), Point(b.x, end))


def _through_rows(ends: Ends) -> Iterator[Points]:
    """Out of a side, between its own row and the next, to a lane beside the target, and in."""
    a, b = ends.source[0], ends.target[0]
    if a.right + 2 * LANE > b.left:
        return
    x1, x2, y = a.right + 2 * _INSET, b.left - LANE, a.y
    lanes = (a.bottom + _INSET, a.top - _INSET)
    for lane in lanes if b.y > a.y else reversed(lanes):
        way = (Point(a.right, y), Point(x1, y), Point(x1, lane), Point(x2, lane))
        yield (*way, Point(x2, b.y), Point(b.left, b.y))


def _hooked(ends: Ends) -> Iterator[Points]:
    """Out of the top or bottom, past what stands in the way, and into a side of the target."""
    a, b = ends.source[0], ends.target[0]
    gap = _between((a.top, a.bottom), (b.top, b.bottom))
    if not gap:
        return
    y = gap[0] - LANE if gap[1] < gap[0] else gap[0] + LANE
    sides = ((a.left - LANE, b.left), (a.right + LANE, b.right))
    for lane, side in sides if b.x <= a.x else reversed(sides):
        if (lane < side) == (side == b.left):
            way = (Point(a.x, gap[0]), Point(a.x, y), Point(lane, y))
            yield (*way, Point(lane, b.y), Point(side, b.y))


_ORDER = {
    "up": (
        _straight_up,
        _up_and_over,
        _across_then_up,
        _straight_across,
        _up_then_across,
        _across_and_over,
    ),
    "side": (
        _straight_across,
        _across_and_over,
        _through_rows,
        _up_then_across,
        _straight_up,
        _across_then_up,
        _up_and_over,
    ),
    "turn": (
        _straight_up,
        _up_then_across,
        _hooked,
        _up_and_over,
        _straight_across,
        _across_and_over,
        _across_then_up,
    ),
}


def _sideways(ends: Ends) -> Iterator[Points]:
    """Out of a side, along a lane over or under the target's surroundings, and into a side or an
    end.
    """
    a, b = ends.source[0], ends.target[0]
    hull, _ = _hulls(ends)
    y = a.y + ends.slot * _STEP
    right = b.x >= a.x
    for out, x1 in ((a.right, hull.right + LANE), (a.left, hull.left - LANE)):
        for lane in _over_and_under(ends.target):
            start = (Point(out, y), Point(x1, y), Point(x1, lane))
            for q in ends.target[1:] or ends.target:
                x2, side = (q.left - LANE, b.left) if right else (q.right + LANE, b.right)
                yield (*start, Point(x2, lane), Point(x2, b.y), Point(side, b.y))
            end = b.top if lane < b.top else b.bottom
            yield (*start, Point(b.x, lane), Point(b.x, end))
        if len(ends.source) == 1 and len(ends.target) == 1:
            continue
        break


def _over_and_under(frames: list[Frame]) -> list[float]:
    return [lane for q in frames[1:] or frames for lane in (q.bottom + LANE, q.top - LANE)]


def _upright(ends: Ends) -> Iterator[Points]:
    """Out of top or bottom, over to a lane beside one of the containers, along it, and in."""
    a, b = ends.source[0], ends.target[0]
    x = a.x + ends.slot * _STEP
    lane = LANE + ends.slot * _STEP / 2
    for out, y1 in ((a.top, a.top - lane), (a.bottom, a.bottom + lane)):
        for around in (*ends.source, *ends.target):
            for beside in (around.left - lane, around.right + lane):
                start = (Point(x, out), Point(x, y1), Point(beside, y1))
                side = b.left if beside < b.left else b.right if beside > b.right else None
                if side is not None:
                    yield (*start, Point(beside, b.y), Point(side, b.y))
                for end, y2 in ((b.top, b.top - LANE), (b.bottom, b.bottom + LANE)):
                    yield (*start, Point(beside, y2), Point(b.x, y2), Point(b.x, end))
