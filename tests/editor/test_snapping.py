"""Coming to rest: neighbours first, then the grid."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.diagram.items import Point, Rect
from lambdaplanner.editor.snapping import GRID, Snapping

BOX = Rect(0, 0, 100, 40)


@given(st.integers(-500, 500), st.integers(-500, 500), st.integers(0, 7), st.integers(0, 7))
def test_without_neighbours_the_grid_of_the_container_counts(
    dx: int, dy: int, x: int, y: int
) -> None:
    snapped = Snapping([], Point(x, y)).move(BOX, dx, dy)
    assert (snapped.dx - x) % GRID == 0
    assert (snapped.dy - y) % GRID == 0
    assert abs(snapped.dx - dx) <= GRID / 2
    assert abs(snapped.dy - dy) <= GRID / 2
    assert snapped.guides == ()


def test_edges_and_centres_of_neighbours() -> None:
    snapping = Snapping([Rect(303, 200, 50, 51)])
    left = snapping.move(BOX, 300, 0)
    assert left.dx == 303
    assert left.guides[0].start == Point(303, 0)
    assert left.guides[0].end == Point(303, 251)
    assert snapping.move(BOX, 206, 0).dx == 203
    assert snapping.move(BOX, 280, 0).dx == 278
    assert snapping.move(BOX, 0, 203).dy in (205.5, 200)


def test_reach_is_in_screen_pixels() -> None:
    snapping = Snapping([Rect(303, 200, 50, 51)])
    assert snapping.move(BOX, 293, 0, zoom=1.0).dx != 303
    assert snapping.move(BOX, 293, 0, zoom=0.5).dx == 303


def test_single_edges() -> None:
    snapping = Snapping([Rect(303, 203, 50, 50)])
    assert snapping.edge_x(300) == 303
    assert snapping.edge_y(250) == 253
    assert snapping.edge_x(101) == 104
    assert snapping.edge_y(99) == 96
