"""What lies under a point or in a rectangle, from the tree alone: some microseconds, no Qt."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.diagram.items import Line, Rect
from lambdaplanner.editor import handles
from lambdaplanner.editor.hit_test import EDGE_PIXELS, distance_to, part_of
from lambdaplanner.editor.pointer import Handle, Part
from lambdaplanner.ui.canvas.grid import Bounds
from lambdaplanner.ui.canvas.tree import DiagramTree, Place


def box_at(tree: DiagramTree, x: float, y: float) -> str | None:
    """The id of the topmost box at a point: leaves before the containers around them."""
    for place in _around(tree, x, y):
        return place.box.id  # type: ignore[union-attr]
    return None


def boxes_at(tree: DiagramTree, x: float, y: float) -> list[str]:
    """Every box at a point, topmost first, down to the outermost container."""
    return [place.box.id for place in _around(tree, x, y)]  # type: ignore[union-attr]


def part_at(tree: DiagramTree, key: str, x: float, y: float, slack: float = EDGE_PIXELS) -> Part:
    """Which part of a box a point hits. Only title and border take hold of a container."""
    left, top = tree.places[key].origin()
    return part_of(tree.diagram.boxes[key], x - left, y - top, slack)


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
        distance = distance_to(line, x, y, nearest)
        if distance <= nearest:
            best, nearest = line.id, distance
    return best


def _around(tree: DiagramTree, x: float, y: float) -> Iterator[Place]:
    near = tree.grid.near(Bounds(x, y, x, y))
    if len(near) > 1:
        near.sort(key=_depth_first, reverse=True)
    for place in near:
        yield from _descend(place, x, y)


def shown_ports(tree: DiagramTree, key: str, zoom: float) -> Iterator[tuple[Handle, float, float]]:
    """The starts of lines beside a box that lie over no neighbour, with their centres."""
    place = tree.places.get(key)
    if place is None or place.box is None:
        return
    own = {key}
    parent = place.box.parent
    while parent is not None:
        own.add(parent)
        above = tree.places[parent].box
        parent = None if above is None else above.parent
    for port in handles.ports(place.bounds().rect(), zoom):
        top = box_at(tree, port[1], port[2])
        if top is None or top in own:
            yield port


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
