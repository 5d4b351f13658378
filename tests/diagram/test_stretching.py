"""Lines while their ends are on the move."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.diagram.items import Point
from lambdaplanner.diagram.routing import Route
from lambdaplanner.diagram.stretching import stretched
from lambdaplanner.diagram.ways import Frame, Points

SOURCE, TARGET = Frame(0, 0, 100, 40), Frame(300, 200, 400, 240)
WAYS: list[Points] = [
    (Point(100, 20), Point(200, 20), Point(200, 220), Point(300, 220)),
    (Point(100, 20), Point(350, 20), Point(350, 200)),
    (Point(50, 40), Point(50, 120), Point(350, 120), Point(350, 200)),
    (
        Point(100, 20),
        Point(140, 20),
        Point(140, 90),
        Point(280, 90),
        Point(280, 220),
        Point(300, 220),
    ),
]


def _moved(frame: Frame, dx: int, dy: int) -> Frame:
    return Frame(frame.left + dx, frame.top + dy, frame.right + dx, frame.bottom + dy)


def _route(points: Points) -> Route:
    return Route("", points, ((), ()), ("a",), ("b",), SOURCE, TARGET)


@pytest.mark.parametrize("points", WAYS)
@given(st.tuples(*[st.integers(-300, 300)] * 4))
def test_a_line_stays_orthogonal_and_at_its_ends(
    points: Points, by: tuple[int, int, int, int]
) -> None:
    a, b = by[:2], by[2:]
    way = stretched(_route(points), _moved(SOURCE, *a), _moved(TARGET, *b))
    assert way[0] == (points[0].x + a[0], points[0].y + a[1])
    assert way[-1] == (points[-1].x + b[0], points[-1].y + b[1])
    assert all(p.x == q.x or p.y == q.y for p, q in pairwise(way))


def test_a_straight_line_gets_a_step_where_its_ends_part() -> None:
    target = Frame(300, 0, 400, 40)
    route = Route("", (Point(100, 20), Point(300, 20)), ((), ()), (), (), SOURCE, target)
    assert stretched(route, SOURCE, _moved(target, 0, 60)) == (
        Point(100, 20),
        Point(200, 20),
        Point(200, 80),
        Point(300, 80),
    )


def test_a_line_whose_ends_stay_is_the_same() -> None:
    assert stretched(_route(WAYS[0]), SOURCE, TARGET) is WAYS[0]


def test_an_end_follows_the_border_that_it_is_on() -> None:
    wider = SOURCE._replace(right=160)
    assert stretched(_route(WAYS[0]), wider, TARGET)[0] == Point(160, 20)
