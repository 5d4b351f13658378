"""Lines that a hand led through points."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from lambdaplanner.commands.layout import bend
from lambdaplanner.diagram.bending import bent
from lambdaplanner.diagram.builder import DiagramBuilder, build
from lambdaplanner.diagram.items import Point
from lambdaplanner.diagram.ways import Frame
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from tests.diagram.plans import template

LINE = "route:private-routes->nat"
NEAR = st.integers(-400, 400)


def test_a_bent_line_runs_through_its_points_and_follows_its_ends() -> None:
    plan = template("brief-network")
    builder = DiagramBuilder(plan)
    before = builder.update(None).lines[LINE]
    edit = Edit(plan)
    bend("private-routes", "nat", [(800, 300), (600, 200)])(edit)
    after = builder.update(edit.changes).lines[LINE]
    assert {Point(800, 300), Point(600, 200)} <= set(after.points)
    assert after == build(plan).lines[LINE]
    edit = Edit(plan)
    edit.place("customer", Placement(200, 0))
    moved = builder.update(edit.changes).lines[LINE]
    assert {Point(800, 300), Point(600, 200)} <= set(moved.points)
    assert moved == build(plan).lines[LINE]
    edit = Edit(plan)
    edit.place("customer", None)
    bend("private-routes", "nat", [])(edit)
    assert builder.update(edit.changes).lines[LINE] == before


@given(st.lists(st.tuples(NEAR, NEAR), min_size=1, max_size=4), NEAR, NEAR)
def test_a_bent_line_is_level_and_upright_from_border_to_border(
    spots: list[tuple[int, int]], x: int, y: int
) -> None:
    source, target = Frame(0, 0, 100, 50), Frame(x, y, x + 100, y + 50)
    points = bent(source, target, [Point(*spot) for spot in spots])
    assume(len(points) > 1)
    for one, other in pairwise(points):
        assert (one.x == other.x) != (one.y == other.y)
    for box, end in ((source, points[0]), (target, points[-1])):
        assert end.x in (box.left, box.right) or end.y in (box.top, box.bottom)
