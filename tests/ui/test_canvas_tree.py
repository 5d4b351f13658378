"""The tree behind the canvas: going from one diagram to the next equals building it afresh."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.diagram.items import Box, Diagram, Line, Point, Rect
from lambdaplanner.ui.canvas import hit_test
from lambdaplanner.ui.canvas.grid import Bounds, Grid
from lambdaplanner.ui.canvas.reconcile import reconcile
from lambdaplanner.ui.canvas.tree import DiagramTree
from tests.benchmarks.diagrams import diagram, moved
from tests.effort import examples


def _tree(shown: Diagram) -> DiagramTree:
    tree = DiagramTree()
    tree.build(shown)
    return tree


def _shape(tree: DiagramTree) -> object:
    """All that painters and hit tests read."""
    places = {
        key: (
            place.box,
            place.parent.box.id if place.parent and place.parent.box else None,
            [one.box.id for one in place.containers if one.box],
            [one.box.id for one in place.leaves if one.box],
            {line.id: line for line in place.lines},
            place.extent,
        )
        for key, place in tree.places.items()
    }
    roots = [place.box.id for place in (*tree.root.containers, *tree.root.leaves) if place.box]
    everywhere = Bounds(-1e6, -1e6, 1e6, 1e6)
    near = sorted(place.box.id for place in tree.grid.near(everywhere) if place.box)
    return places, roots, near, sorted(tree.line_grid.near(everywhere)), tree.bounds()


_KEYS = ("a", "b", "c", "d", "e", "f")
_numbers = st.integers(0, 400)


@st.composite
def _diagrams(draw: st.DrawFn) -> Diagram:
    boxes: dict[str, Box] = {}
    for key in draw(st.permutations(_KEYS))[: draw(st.integers(0, len(_KEYS)))]:
        homes = [None, *(one for one, box in boxes.items() if box.shape == "container")]
        boxes[key] = Box(
            id=key,
            kind="function",
            parent=draw(st.sampled_from(homes)),
            rect=Rect(draw(_numbers), draw(_numbers), draw(_numbers) + 1, draw(_numbers) + 1),
            shape="container" if key in "abc" else draw(st.sampled_from(("leaf", "note"))),
            title=draw(st.sampled_from(("one", "two"))),
        )
    lines: dict[str, Line] = {}
    for key in draw(st.lists(st.sampled_from(("l1", "l2", "l3")), unique=True)):
        if boxes:
            ends = st.sampled_from(sorted(boxes))
            points = tuple(Point(draw(_numbers), draw(_numbers)) for _ in range(2))
            lines[key] = Line(
                id=key, source=draw(ends), target=draw(ends), style="route", points=points
            )
    return Diagram(boxes, lines)


@examples(200)
@given(st.lists(_diagrams(), min_size=2, max_size=4))
def test_any_way_between_diagrams_ends_as_if_built_afresh(steps: list[Diagram]) -> None:
    tree = _tree(steps[0])
    for step in steps[1:]:
        reconcile(tree, step)
        assert _shape(tree) == _shape(_tree(step))


@examples(200)
@given(_diagrams(), _diagrams(), st.booleans())
def test_naming_what_differs_gives_the_same_tree(
    before: Diagram, after: Diagram, keep_keys: bool
) -> None:
    if keep_keys:
        after = Diagram(
            {key: replace(box, rect=Rect(7, 9, 60, 50)) for key, box in before.boxes.items()},
            {key: replace(line, tone="ok") for key, line in before.lines.items()},
        )
    touched = {
        key
        for kept, new in ((before.boxes, after.boxes), (before.lines, after.lines))
        for key in kept.keys() | new.keys()
        if kept.get(key) != new.get(key)
    }
    if keep_keys or touched & (before.boxes.keys() ^ after.boxes.keys()):
        tree = _tree(before)
        reconcile(tree, after, touched)
        assert _shape(tree) == _shape(_tree(after))


@examples(100)
@given(_diagrams(), _diagrams())
def test_all_that_differs_is_repainted(before: Diagram, after: Diagram) -> None:
    tree = _tree(before)
    old = {key: tree.places[key].bounds() for key in before.boxes}
    dirty = reconcile(tree, after)
    for key, box in after.boxes.items():
        now = tree.places[key].bounds()
        if before.boxes.get(key) != box:
            assert any(_covers(area, now) for area in dirty)
    for key in before.boxes.keys() - after.boxes.keys():
        assert any(_covers(area, old[key]) for area in dirty)


def _covers(outer: Bounds, inner: Bounds) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and outer.right >= inner.right
        and outer.bottom >= inner.bottom
    )


def test_the_same_diagram_repaints_nothing() -> None:
    shown = diagram(100)
    assert reconcile(_tree(shown), Diagram(dict(shown.boxes), dict(shown.lines))) == []


def test_moving_a_container_leaves_the_pictures_of_its_children() -> None:
    shown = diagram(60)
    tree = _tree(shown)
    picture = object()
    tree.places["c1-3"].drawn = picture
    reconcile(tree, moved(shown, "c1", 30, 10))
    assert tree.places["c1-3"].drawn is picture
    assert tree.places["c1-3"].origin() == tuple(
        a + b for a, b in zip(_tree(shown).places["c1-3"].origin(), (30, 10), strict=True)
    )


def test_another_title_drops_the_picture_of_the_box_and_of_the_overview() -> None:
    shown = diagram(20)
    tree = _tree(shown)
    tree.places["c0-1"].drawn = tree.places["c0"].overview = object()
    boxes = {**shown.boxes, "c0-1": replace(shown.boxes["c0-1"], title="other")}
    reconcile(tree, Diagram(boxes, shown.lines))
    assert tree.places["c0-1"].drawn is None
    assert tree.places["c0"].overview is None


def test_a_leaf_is_hit_before_the_container_around_it() -> None:
    tree = _tree(diagram(40))
    x, y = tree.places["c1-6"].origin()
    assert hit_test.box_at(tree, x + 5, y + 5) == "c1-6"
    assert hit_test.boxes_at(tree, x + 5, y + 5) == ["c1-6", "c1"]
    assert hit_test.box_at(tree, x - 5, y + 5) == "c1"
    assert hit_test.box_at(tree, -500, -500) is None


@examples(100)
@given(_diagrams(), _numbers, _numbers)
def test_a_hit_lies_under_the_point_and_nothing_under_it_is_missed(
    shown: Diagram, x: int, y: int
) -> None:
    tree = _tree(shown)
    under = {
        key
        for key, place in tree.places.items()
        if (at := place.bounds()).left <= x <= at.right and at.top <= y <= at.bottom
    }
    assert set(hit_test.boxes_at(tree, x, y)) == under
    assert (hit_test.box_at(tree, x, y) is None) == (not under)


def test_a_marquee_takes_what_is_wholly_inside_and_leaves_it_touches() -> None:
    tree = _tree(diagram(20))
    area = Rect(10, 60, 200, 80)
    assert hit_test.boxes_in(tree, area, touching=False) == ["c0-0"]
    wide = Rect(10, 60, 220, 80)
    assert hit_test.boxes_in(tree, wide, touching=True) == ["c0-0", "c0-1"]
    assert "c0" in hit_test.boxes_in(tree, Rect(-10, -10, 900, 600), touching=False)


def test_a_line_is_hit_within_its_tolerance() -> None:
    shown = diagram(20)
    tree = _tree(shown)
    start = shown.lines["l0-0"].points[0]
    assert hit_test.line_at(tree, start.x + 6, start.y + 2) == "l0-0"
    assert hit_test.line_at(tree, start.x + 6, start.y + 9, tolerance=3) is None


def test_only_title_and_border_take_hold_of_a_container() -> None:
    tree = _tree(diagram(40))
    left, top = tree.places["c1"].origin()
    parts = [(300, 12), (300, 300), (2, 300), (700, 44), (780, 12)]
    found = [hit_test.part_at(tree, "c1", left + x, top + y) for x, y in parts]
    assert found == ["title", "body", "border", "meter", "badge"]


@given(st.lists(st.tuples(_numbers, _numbers, _numbers, _numbers), max_size=30), _numbers, _numbers)
def test_a_grid_finds_what_a_search_through_all_finds(
    rects: list[tuple[int, int, int, int]], x: int, y: int
) -> None:
    grid: Grid[int] = Grid(64.0)
    bounds = {i: Bounds(a, b, a + c, b + d) for i, (a, b, c, d) in enumerate(rects)}
    for item, at in bounds.items():
        grid.put(item, at)
    for item in list(bounds)[::3]:
        grid.put(item, bounds[item].moved(100, -50))
        bounds[item] = bounds[item].moved(100, -50)
    for item in list(bounds)[::4]:
        grid.drop(item)
        del bounds[item]
    area = Bounds(x, y, x + 90, y + 40)
    assert set(grid.near(area)) == {item for item, at in bounds.items() if at.touches(area)}
