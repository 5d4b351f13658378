"""What lies under a point or in a rectangle of a diagram, from a grid over absolute rectangles."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from lambdaplanner.diagram.items import Box, Diagram, Line, Rect
from lambdaplanner.editor import handles
from lambdaplanner.editor.pointer import Handle, Part

TITLE_HEIGHT = 32.0
METER_HEIGHT = 24.0
EDGE_PIXELS = 5.0
LINE_END_PIXELS = 7.0
_CELL = 256.0
_MANY = 64


LineEnd = Literal["source", "target"]


def holds(rect: Rect, x: float, y: float) -> bool:
    """Whether a rectangle holds a point."""
    return rect.x <= x <= rect.x + rect.width and rect.y <= y <= rect.y + rect.height


def encloses(outer: Rect, inner: Rect) -> bool:
    """Whether a rectangle lies wholly in another."""
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.x + inner.width <= outer.x + outer.width
        and inner.y + inner.height <= outer.y + outer.height
    )


def touches(one: Rect, other: Rect) -> bool:
    """Whether two rectangles share a point."""
    return (
        one.x <= other.x + other.width
        and other.x <= one.x + one.width
        and one.y <= other.y + other.height
        and other.y <= one.y + one.height
    )


def overlaps(one: Rect, other: Rect, clear: float = 0.0) -> bool:
    """Whether two rectangles cover one another, or come nearer than `clear`."""
    return (
        one.x < other.x + other.width + clear
        and other.x < one.x + one.width + clear
        and one.y < other.y + other.height + clear
        and other.y < one.y + one.height + clear
    )


def around(rects: Iterable[Rect]) -> Rect | None:
    """The smallest rectangle around all; None for none."""
    found = list(rects)
    if not found:
        return None
    left, top = min(r.x for r in found), min(r.y for r in found)
    right, bottom = max(r.x + r.width for r in found), max(r.y + r.height for r in found)
    return Rect(left, top, right - left, bottom - top)


class HitTest:
    """One diagram, ready to be asked. Never changes; make another for another diagram."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self.rects: dict[str, Rect] = {}
        """Absolute rectangles by box."""
        self.children: dict[str | None, list[str]] = {}
        self._rank: dict[str, int] = {}
        self._cells: dict[tuple[int, int], list[str]] = {}
        self._large: list[str] = []
        for rank, box in enumerate(diagram.boxes.values()):
            self._put(box, rank)

    def _put(self, box: Box, rank: int) -> None:
        rect = box.rect
        parent = self.rects.get(box.parent) if box.parent is not None else None
        if parent is not None:
            rect = Rect(parent.x + rect.x, parent.y + rect.y, rect.width, rect.height)
        self.rects[box.id] = rect
        self._rank[box.id] = rank
        self.children.setdefault(box.parent, []).append(box.id)
        columns, rows = _span(rect.x, rect.width), _span(rect.y, rect.height)
        if len(columns) * len(rows) > _MANY:
            self._large.append(box.id)
            return
        for column in columns:
            for row in rows:
                self._cells.setdefault((column, row), []).append(box.id)

    def boxes_at(self, x: float, y: float) -> list[str]:
        """Every box at a point, topmost first: leaves, then the containers around them from the
        inside out.
        """
        near = (*self._large, *self._cells.get((int(x // _CELL), int(y // _CELL)), ()))
        rects = self.rects
        found = [name for name in near if holds(rects[name], x, y)]
        found.sort(key=self._rank.__getitem__, reverse=True)
        return found

    def box_at(self, x: float, y: float) -> str | None:
        """The topmost box at a point."""
        found = self.boxes_at(x, y)
        return found[0] if found else None

    def part_at(self, box_id: str, x: float, y: float, zoom: float = 1.0) -> Part:
        """Which part of a box a point of it hits. All but a container's body holds it."""
        rect = self.rects[box_id]
        slack = max(EDGE_PIXELS, min(EDGE_PIXELS / zoom, 12.0))
        return part_of(self.diagram.boxes[box_id], x - rect.x, y - rect.y, slack)

    def boxes_in(self, area: Rect, *, touching: bool) -> list[str]:
        """Boxes wholly inside a rectangle, or all that it touches; containers only if wholly
        inside.
        """
        boxes = self.diagram.boxes
        found = []
        for name in self._near(area):
            rect = self.rects[name]
            loose = touching and boxes[name].shape != "container" and touches(area, rect)
            if loose or encloses(area, rect):
                found.append(name)
        return sorted(found, key=self._rank.__getitem__)

    def _near(self, area: Rect) -> Iterable[str]:
        columns, rows = _span(area.x, area.width), _span(area.y, area.height)
        if len(columns) * len(rows) >= len(self._cells):
            return self.rects
        found = dict.fromkeys(self._large)
        for column in columns:
            for row in rows:
                found.update(dict.fromkeys(self._cells.get((column, row), ())))
        return found

    def covered(self, box_id: str) -> set[str]:
        """The boxes of the same container that a box covers, or that cover it."""
        boxes, rect = self.diagram.boxes, self.rects[box_id]
        parent = boxes[box_id].parent
        return {
            name
            for name in self._near(rect)
            if name != box_id and boxes[name].parent == parent and overlaps(rect, self.rects[name])
        }

    def nearest(self, x: float, y: float, reach: float, among: Iterable[str]) -> str | None:
        """The box of `among` nearest to a point, none beyond `reach`; of several that hold it the
        innermost.
        """
        wanted = among if isinstance(among, frozenset | set) else set(among)
        best, least = None, (reach, 0)
        for name in self._near(Rect(x - reach, y - reach, 2 * reach, 2 * reach)):
            if name in wanted:
                rect = self.rects[name]
                distance = max(
                    rect.x - x, x - rect.x - rect.width, rect.y - y, y - rect.y - rect.height, 0.0
                )
                if (distance, -self._rank[name]) <= least:
                    best, least = name, (distance, -self._rank[name])
        return best

    def line_at(self, x: float, y: float, tolerance: float = 6.0) -> str | None:
        """The line nearest to a point within `tolerance` scene units."""
        near: dict[str, None] = {}
        columns = _span(x - tolerance, 2 * tolerance)
        for row in _span(y - tolerance, 2 * tolerance):
            for column in columns:
                near.update(self._line_cells.get((column, row), {}))
        best, least = None, tolerance
        for name in near:
            distance = distance_to(self.diagram.lines[name], x, y, least)
            if distance <= least:
                best, least = name, distance
        return best

    @cached_property
    def _line_cells(self) -> dict[tuple[int, int], dict[str, None]]:
        """Lines by the cells that their segments touch; made when first asked for."""
        cells: dict[tuple[int, int], dict[str, None]] = {}
        for line in self.diagram.lines.values():
            for (ax, ay), (bx, by) in zip(line.points, line.points[1:], strict=False):
                for column in _span(min(ax, bx), abs(bx - ax)):
                    for row in _span(min(ay, by), abs(by - ay)):
                        cells.setdefault((column, row), {})[line.id] = None
        return cells

    def grip_at(self, box_id: str, x: float, y: float, zoom: float) -> Handle | None:
        """The grip to resize a box at a point; None for what has none."""
        box = self.diagram.boxes.get(box_id)
        if box is None or not handles.resizable(box):
            return None
        return handles.hit(handles.grips(self.rects[box_id], zoom), x, y, zoom)

    def port_at(self, box_id: str, x: float, y: float, zoom: float) -> Handle | None:
        """The start of a line beside a box at a point; never one that lies over a neighbour."""
        rect = self.rects.get(box_id)
        if rect is None or not self.own_ground(box_id, x, y):
            return None
        free = (port for port in handles.ports(rect, zoom) if self.own_ground(box_id, *port[1:]))
        return handles.hit(free, x, y, zoom)

    def own_ground(self, box_id: str, x: float, y: float) -> bool:
        """Whether nothing but a box and what is around it lies at a point."""
        top = self.box_at(x, y)
        return top is None or top == box_id or top in self.ancestors(box_id)

    def line_end_at(self, line: Line, x: float, y: float, zoom: float) -> LineEnd | None:
        """The end of a line at a point."""
        reach = LINE_END_PIXELS / zoom
        for end, (at_x, at_y) in (("source", line.points[0]), ("target", line.points[-1])):
            if max(abs(at_x - x), abs(at_y - y)) <= reach:
                return end  # type: ignore[return-value]
        return None

    def ancestors(self, box_id: str) -> list[str]:
        """The containers around a box, from the inside out."""
        found: list[str] = []
        box = self.diagram.boxes.get(box_id)
        while box is not None and box.parent is not None:
            found.append(box.parent)
            box = self.diagram.boxes.get(box.parent)
        return found

    def inside(self, box_id: str) -> set[str]:
        """A box and everything in it."""
        found: set[str] = set()
        waiting = [box_id]
        while waiting:
            name = waiting.pop()
            found.add(name)
            waiting += self.children.get(name, ())
        return found


def part_of(box: Box, x: float, y: float, slack: float) -> Part:
    """Which part of a box a point hits, counted from its corner; its border is `slack` broad."""
    width, height = box.rect.width, box.rect.height
    if box.shape != "container":
        on_badges = box.shape == "leaf" and box.badges and y > height - 24
        return "badge" if on_badges else "body"
    if min(x, y, width - x, height - y) <= slack:
        return "border"
    if y <= TITLE_HEIGHT:
        on_badges = bool(box.badges) and x > width - 8 - 90 * len(box.badges)
        return "badge" if on_badges else "title"
    if box.meter is not None and y <= TITLE_HEIGHT + METER_HEIGHT:
        return "meter" if x > width * 0.4 else "title"
    return "body"


def _span(start: float, length: float) -> range:
    return range(int(start // _CELL), int((start + length) // _CELL) + 1)


def distance_to(line: Line, x: float, y: float, reach: float) -> float:
    """How far a point is from a line; infinite where it is beyond `reach`."""
    best = float("inf")
    for (ax, ay), (bx, by) in zip(line.points, line.points[1:], strict=False):
        if x < min(ax, bx) - reach or x > max(ax, bx) + reach:
            continue
        run, rise = bx - ax, by - ay
        length = run * run + rise * rise
        part = 0.0
        if length:
            part = max(0.0, min(1.0, ((x - ax) * run + (y - ay) * rise) / length))
        best = min(best, ((ax + part * run - x) ** 2 + (ay + part * rise - y) ** 2) ** 0.5)
    return best
