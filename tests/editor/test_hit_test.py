"""What lies where, against looking at every box."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.diagram.items import Badge, Box, Diagram, Line, Meter, Point, Rect
from lambdaplanner.editor.handles import resizable
from lambdaplanner.editor.hit_test import (
    HitTest,
    around,
    encloses,
    holds,
    touches,
)


def box(name: str, parent: str | None, rect: Rect, shape: str = "leaf", **more: object) -> Box:
    """A box with only what matters here."""
    return Box(id=name, kind="x", parent=parent, rect=rect, shape=shape, title=name, **more)  # type: ignore[arg-type]


RECTS = st.builds(
    Rect, st.integers(-600, 600), st.integers(-600, 600), st.integers(1, 900), st.integers(1, 900)
)


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    boxes: dict[str, Box] = {}
    for number, rect in enumerate(draw(st.lists(RECTS, max_size=12))):
        containers = [None, *(b.id for b in boxes.values() if b.shape == "container")]
        shape = draw(st.sampled_from(["container", "leaf"]))
        name = f"b{number}"
        boxes[name] = box(name, draw(st.sampled_from(containers)), rect, shape)
    return Diagram(boxes)


def absolute(diagram: Diagram, name: str) -> Rect:
    """A box's rectangle, added up from its containers."""
    one = diagram.boxes[name]
    if one.parent is None:
        return one.rect
    outer = absolute(diagram, one.parent)
    return Rect(outer.x + one.rect.x, outer.y + one.rect.y, one.rect.width, one.rect.height)


@given(diagrams(), st.integers(-900, 900), st.integers(-900, 900))
def test_points_hit_what_holds_them_in_front_first(diagram: Diagram, x: int, y: int) -> None:
    hits = HitTest(diagram)
    expected = [name for name in diagram.boxes if holds(absolute(diagram, name), x, y)][::-1]
    assert hits.boxes_at(x, y) == expected
    assert hits.box_at(x, y) == (expected[0] if expected else None)


@given(diagrams(), RECTS, st.booleans())
def test_rectangles_take_what_they_enclose_or_touch(
    diagram: Diagram, area: Rect, touching: bool
) -> None:
    def taken(name: str) -> bool:
        rect = absolute(diagram, name)
        leaf = diagram.boxes[name].shape != "container"
        return encloses(area, rect) or (touching and leaf and touches(area, rect))

    hits = HitTest(diagram)
    assert hits.boxes_in(area, touching=touching) == [n for n in diagram.boxes if taken(n)]


@given(diagrams(), st.integers(-900, 900), st.integers(-900, 900), st.integers(0, 200))
def test_nearest_is_within_reach_and_none_is_nearer(
    diagram: Diagram, x: int, y: int, reach: int
) -> None:
    def distance(name: str) -> float:
        r = absolute(diagram, name)
        return max(r.x - x, x - r.x - r.width, r.y - y, y - r.y - r.height, 0)

    found = HitTest(diagram).nearest(x, y, reach, diagram.boxes)
    distances = [distance(name) for name in diagram.boxes if distance(name) <= reach]
    assert (found is None) == (not distances)
    if found is not None:
        assert distance(found) == min(distances)


def a_container(**more: object) -> HitTest:
    """One container of 400 by 300 at (100, 100), with a leaf."""
    return HitTest(
        Diagram(
            {
                "c": box("c", None, Rect(100, 100, 400, 300), "container", **more),
                "l": box("l", "c", Rect(50, 80, 100, 60), badges=(Badge("ok", "internet"),)),
            }
        )
    )


def test_parts_of_a_container() -> None:
    hits = a_container(badges=(Badge("ok", "x"),), meter=Meter(1, 2, 3, "1", "ok"))
    assert hits.part_at("c", 102, 250) == "border"
    assert hits.part_at("c", 150, 115) == "title"
    assert hits.part_at("c", 470, 115) == "badge"
    assert hits.part_at("c", 470, 145) == "meter"
    assert hits.part_at("c", 150, 145) == "title"
    assert hits.part_at("c", 300, 300) == "body"
    assert hits.part_at("l", 160, 190) == "body"
    assert hits.part_at("l", 160, 235) == "badge"


def test_the_border_is_easier_to_hit_from_afar() -> None:
    hits = a_container()
    assert hits.part_at("c", 108, 300) == "body"
    assert hits.part_at("c", 108, 300, zoom=0.5) == "border"


def test_grips_and_ports_keep_their_size_on_screen() -> None:
    hits = a_container()
    assert hits.grip_at("c", 505, 405, 1.0) == "se"
    assert hits.grip_at("c", 312, 100, 0.5) == "n"
    assert hits.grip_at("c", 312, 100, 1.0) is None
    assert hits.grip_at("l", 250, 240, 1.0) is None
    assert hits.grip_at("gone", 0, 0, 1.0) is None
    assert hits.port_at("c", 88, 250, 1.0) == "port-w"
    assert hits.port_at("c", 76, 250, 0.5) == "port-w"
    assert hits.port_at("gone", 0, 0, 1.0) is None


def test_what_can_have_another_size() -> None:
    rect = Rect(0, 0, 1, 1)
    assert resizable(box("a", None, rect, "container"))
    assert resizable(box("a", None, rect, "note"))
    assert not resizable(box("a", None, rect, "leaf"))
    assert not resizable(box("a", None, rect, "container", managed=True))


def test_lines_are_hit_near_their_way() -> None:
    ways = {"a": (Point(0, 0), Point(100, 0), Point(100, 50)), "b": (Point(0, 20), Point(80, 20))}
    lines = {
        name: Line(id=name, source="x", target="y", style="route", points=points)
        for name, points in ways.items()
    }
    hits = HitTest(Diagram({}, lines))
    assert hits.line_at(50, 4) == "a"
    assert hits.line_at(104, 30) == "a"
    assert hits.line_at(50, 17) == "b"
    assert hits.line_at(50, 10) is None
    assert hits.line_at(50, 10, 12) in ("a", "b")


WAYS = st.lists(
    st.builds(Point, st.integers(-600, 600), st.integers(-600, 600)), min_size=2, max_size=4
)


@given(
    st.lists(WAYS, max_size=6), st.integers(-700, 700), st.integers(-700, 700), st.integers(1, 400)
)
def test_the_nearest_line_is_found_wherever_it_runs(
    ways: list[list[Point]], x: int, y: int, reach: int
) -> None:
    def distance(points: list[Point]) -> float:
        found: list[float] = []
        for (ax, ay), (bx, by) in pairwise(points):
            length = (bx - ax) ** 2 + (by - ay) ** 2
            part = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length if length else 0
            part = max(0, min(1, part))
            found.append(
                ((ax + part * (bx - ax) - x) ** 2 + (ay + part * (by - ay) - y) ** 2) ** 0.5
            )
        return min(found)

    lines = {
        str(n): Line(id=str(n), source="x", target="y", style="route", points=tuple(points))
        for n, points in enumerate(ways)
    }
    found = HitTest(Diagram({}, lines)).line_at(x, y, reach)
    distances = {name: distance(list(line.points)) for name, line in lines.items()}
    if found is None:
        assert all(one > reach - 1e-6 for one in distances.values())
    else:
        assert distances[found] <= reach
        assert distances[found] <= min(distances.values()) + 1e-6


def test_families() -> None:
    hits = a_container()
    assert hits.ancestors("l") == ["c"]
    assert hits.ancestors("c") == []
    assert hits.inside("c") == {"c", "l"}
    assert around([]) is None
    assert around([Rect(0, 0, 1, 1), Rect(5, 5, 1, 1)]) == Rect(0, 0, 6, 6)
