"""What lies under a point or in a rectangle, from the tree alone: some microseconds, no Qt."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.diagram.items import Line, Rect
from lambdaplanner.editor.pointer import Part
from lambdaplanner.ui.canvas.grid import Bounds
from lambdaplanner.ui.canvas.tree import DiagramTree, Place

TITLE_HEIGHT = 32.0
METER_HEIGHT = 24.0
_EDGE = 5.0


def box_at(tree: DiagramTree, x: float, y: float) -> str | None:
    """The id of the topmost box at a point: leaves before the containers around them."""
    for place in _around(tree, x, y):
        return place.box.id  # type: ignore[union-attr]
    return None


def boxes_at(tree: DiagramTree, x: float, y: float) -> list[str]:
    """Every box at a point, topmost first, down to the outermost container."""
    return [place.box.id for place in _around(tree, x, y)]  # type: ignore[union-attr]


def part_at(tree: DiagramTree, key: str, x: float, y: float, slack: float = _EDGE) -> Part:
    """Which part of a box a point hits. Only title and border take hold of a container."""
    box = tree.diagram.boxes[key]
    left, top = tree.places[key].origin()
    x, y = x - left, y - top
    width, height = box.rect.width, box.rect.height
    if box.shape != "container":
        return "badge" if box.badges and box.shape == "leaf" and y > height - 24 else "body"
    if min(x, y, width - x, height - y) <= slack:
        return "border"
    if y <= TITLE_HEIGHT:
        return "badge" if box.badges and x > width - 8 - 90 * len(box.badges) else "title"
    if box.meter and y <= TITLE_HEIGHT + METER_HEIGHT:
        return "meter" if x > width * 0.4 else "title"
    return "body"


def boxes_in(tree: DiagramTree, rect: Rect, *, touching: bool) -> list[str]:
    """Boxes wholly inside the rectangle, or all it touches; containers only if wholly inside."""
    area = Bounds(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height)
    found: list[str] = []
    for place in sorted(tree.grid.near(area), key=lambda one: one.order):
        _collect(place, area, 0.0, 0.0, touching, found)
    return found


def line_at(tree: DiagramTree, x: float, y: float, tolerance: float = 5.0) -> str | None:
    """The id of the nearest line within `tolerance` scene units of a point."""
    best, nearest = None, tolerance
    point = Bounds(x, y, x, y).grown(tolerance)
    for line in _lines_near(tree, point):
        distance = _distance(line, x, y)
        if distance <= nearest:
            best, nearest = line.id, distance
    return best


def _around(tree: DiagramTree, x: float, y: float) -> Iterator[Place]:
    near = tree.grid.near(Bounds(x, y, x, y))
    if len(near) > 1:
        near.sort(key=_depth_first, reverse=True)
    for place in near:
        yield from _descend(place, x, y)


def _depth_first(place: Place) -> tuple[bool, int]:
    return (
        not place.containers and not place.lines and place.box.shape != "container",  # type: ignore[union-attr]
        place.order,
    )  # type: ignore[union-attr]


def _descend(place: Place, x: float, y: float) -> Iterator[Place]:
    rect = place.box.rect  # type: ignore[union-attr]
    x, y = x - rect.x, y - rect.y
    left, top, right, bottom = place.extent
    if not (left <= x <= right and top <= y <= bottom):
        return
    for leaf in reversed(place.leaves):
        at = leaf.box.rect  # type: ignore[union-attr]
        if at.x <= x <= at.x + at.width and at.y <= y <= at.y + at.height:
            yield leaf
    for inner in reversed(place.containers):
        yield from _descend(inner, x, y)
    if 0 <= x <= rect.width and 0 <= y <= rect.height:
        yield place


def _collect(
    place: Place, area: Bounds, dx: float, dy: float, touching: bool, found: list[str]
) -> None:
    box = place.box
    assert box is not None
    left, top = dx + box.rect.x, dy + box.rect.y
    here = Bounds(left, top, left + box.rect.width, top + box.rect.height)
    inside = (
        area.left <= here.left
        and area.top <= here.top
        and here.right <= area.right
        and here.bottom <= area.bottom
    )
    if inside or (touching and box.shape != "container" and here.touches(area)):
        found.append(box.id)
    for child in (*place.containers, *place.leaves):
        _collect(child, area, left, top, touching, found)


def _lines_near(tree: DiagramTree, area: Bounds) -> Iterator[Line]:
    lines = tree.diagram.lines
    for key in tree.line_grid.near(area):
        yield lines[key]
    for place in tree.grid.near(area):
        yield from _inner_lines(place, area, 0.0, 0.0)


def _inner_lines(place: Place, area: Bounds, dx: float, dy: float) -> Iterator[Line]:
    rect = place.box.rect  # type: ignore[union-attr]
    dx, dy = dx + rect.x, dy + rect.y
    if not place.extent.moved(dx, dy).touches(area):
        return
    yield from place.lines
    for inner in place.containers:
        yield from _inner_lines(inner, area, dx, dy)


def _distance(line: Line, x: float, y: float) -> float:
    best = float("inf")
    for (ax, ay), (bx, by) in zip(line.points, line.points[1:], strict=False):
        run, rise = bx - ax, by - ay
        length = run * run + rise * rise
        part = (
            0.0 if not length else max(0.0, min(1.0, ((x - ax) * run + (y - ay) * rise) / length))
        )
        best = min(best, ((ax + part * run - x) ** 2 + (ay + part * rise - y) ** 2) ** 0.5)
    return best
