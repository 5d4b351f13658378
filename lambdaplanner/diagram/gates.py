"""Ways into a container: all lines from one box into one subnet share their approach, and part only
at its side.

An approach ends in a lane beside the container, from where every height of that side can be reached
freely; a leg then leads from the lane to the box inside. Both are looked for on their own, so the
approach is found once for many lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lambdaplanner.diagram.items import Point
from lambdaplanner.diagram.ways import LANE, Frame, Points

_BESIDE = 8.0
"""Between two leaves one above the other, a leg runs in the middle."""


class Approach(NamedTuple):
    """A way to the lane at `lane`, beside `gate`, and how many boxes it runs through."""

    points: Points
    lane: float
    hits: int
    tried: tuple[Points, ...]


class Candidate(NamedTuple):
    """A way to a lane; `free` is the area between lane and gate that must be empty too, from the
    approach's end to the far end of the gate."""

    points: Points
    lane: float
    free: Frame


def approaches(source: list[Frame], target: list[Frame]) -> Iterator[Candidate]:
    """Ways from the source's side to a lane beside the container about the target, nicest first."""
    a, gate, outer = source[0], target[1], target[-1]
    hull = a.joined(source[-1])
    right = gate.x >= a.x
    lane = gate.left - LANE if right else gate.right + LANE
    out = Point(a.right, a.y)
    first = hull.right + LANE
    if right and outer.left - hull.right >= 2 * LANE:
        middle = (hull.right + outer.left) // 2
        yield _candidate((out, Point(middle, a.y)), middle, gate)
        yield _candidate((out, Point(lane, a.y)), lane, gate)
    start = (out, Point(first, a.y))
    inner_lanes = (gate.bottom + LANE, gate.top - LANE)
    outer_lanes = (outer.top - LANE, outer.bottom + LANE)
    for y in (*inner_lanes, *outer_lanes):
        yield _candidate((*start, Point(first, y), Point(lane, y)), lane, gate)
    beside = outer.left - LANE if right else outer.right + LANE
    for over in outer_lanes:
        for y in inner_lanes:
            way = (Point(first, over), Point(beside, over), Point(beside, y), Point(lane, y))
            yield _candidate((*start, *way), lane, gate)


def _candidate(points: Points, lane: float, gate: Frame) -> Candidate:
    y = points[-1].y
    top, bottom = min(gate.top, y), max(gate.bottom, y)
    if lane < gate.left:
        return Candidate(points, lane, Frame(lane, top, gate.left, bottom))
    return Candidate(points, lane, Frame(gate.right, top, lane, bottom))


def legs(lane: float, box: Frame) -> Iterator[Points]:
    """Ways from the lane to a box: straight into its side, else between its row and the next."""
    side = box.left if lane < box.left else box.right
    yield (Point(lane, box.y), Point(side, box.y))
    for y, end in ((box.top - _BESIDE, box.top), (box.bottom + _BESIDE, box.bottom)):
        yield (Point(lane, y), Point(box.x, y), Point(box.x, end))


def joined(approach: Points, leg: Points) -> Points:
    """One way of both, without corners that are none."""
    points = [*approach]
    if points[-1].y != leg[0].y and len(points) > 1 and points[-2].x == points[-1].x:
        points.pop()
    if points[-1] == leg[0]:
        return (*points, *leg[1:])
    return (*points, *leg)
