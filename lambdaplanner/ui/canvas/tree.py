"""The diagram as a tree that paints and answers fast, and learns from one diagram to the next what
changed.

Places hold positions relative to their container, so moving a container touches nothing within.
Knows no Qt.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from lambdaplanner.diagram.items import Box, Diagram, Line, Rect
from lambdaplanner.ui.canvas.grid import Bounds, Grid

LINE_REACH = 10.0
"""How far arrowheads, casings and halos reach beside a line's points, in scene units."""
BOX_REACH = 6.0
"""How far shadows and halos reach beside a box."""
_ROOT_CELL = 1024.0
_LINE_CELL = 1024.0


class Place:
    """One box in the tree, or the plane itself (`box` is None). `drawn`, `drawn_lines` and
    `overview`
    are the painter's own notes."""

    __slots__ = (
        "box",
        "containers",
        "drawn",
        "drawn_lines",
        "extent",
        "leaves",
        "lines",
        "order",
        "overview",
        "parent",
    )

    def __init__(self, box: Box | None, parent: Place | None, order: int) -> None:
        self.box = box
        self.parent = parent
        self.order = order
        self.containers: list[Place] = []
        self.leaves: list[Place] = []
        self.lines: list[Line] = []
        """Lines between two things that stand directly in here; absolute points."""
        self.extent = _NOWHERE
        """Around itself and all within, relative to its own top left. The plane's only grows, until
        `DiagramTree.bounds` measures it."""
        self.drawn: Any = None
        self.drawn_lines: Any = None
        self.overview: Any = None

    def origin(self) -> tuple[float, float]:
        """Its top left in the plane."""
        x = y = 0.0
        place: Place | None = self
        while place is not None and place.box is not None:
            x, y = x + place.box.rect.x, y + place.box.rect.y
            place = place.parent
        return x, y

    def bounds(self) -> Bounds:
        """Its own box in the plane."""
        x, y = self.origin()
        rect = self.box.rect if self.box else Rect(0, 0, 0, 0)
        return Bounds(x, y, x + rect.width, y + rect.height)

    def reach(self) -> Bounds:
        """Itself and all within, in the plane."""
        return self.extent.moved(*self.origin())

    def redraw(self) -> None:
        """Says that it looks different, and so does what shows it small."""
        self.drawn = self.overview = None
        if self.parent is not None:
            self.parent.overview = None

    def redraw_lines(self) -> None:
        """Says that a line in here is different."""
        self.drawn_lines = self.overview = None

    def measure(self) -> None:
        """Works out `extent` from what stands directly in here."""
        box = self.box
        left, top, right, bottom = _NOWHERE
        if box is not None:
            left = top = -BOX_REACH
            right, bottom = box.rect.width + BOX_REACH, box.rect.height + BOX_REACH
        for leaf in self.leaves:
            rect = leaf.box.rect  # type: ignore[union-attr]
            left, top = min(left, rect.x - BOX_REACH), min(top, rect.y - BOX_REACH)
            right = max(right, rect.x + rect.width + BOX_REACH)
            bottom = max(bottom, rect.y + rect.height + BOX_REACH)
        for inner in self.containers:
            rect, extent = inner.box.rect, inner.extent  # type: ignore[union-attr]
            left, top = min(left, rect.x + extent.left), min(top, rect.y + extent.top)
            right = max(right, rect.x + extent.right)
            bottom = max(bottom, rect.y + extent.bottom)
        self.extent = Bounds(left, top, right, bottom)


class Seen(NamedTuple):
    """A visible place and the pixel of its top left."""

    place: Place
    x: int
    y: int


class DiagramTree:
    """Every box and line of a diagram where painters and hit tests find it."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Empties the tree."""
        self.diagram = Diagram()
        self.root = Place(None, None, -1)
        self.places: dict[str, Place] = {}
        self.grid: Grid[Place] = Grid(_ROOT_CELL)
        """What stands in no container, by its reach."""
        self.line_grid: Grid[str] = Grid(_LINE_CELL)
        """Lines that leave a container."""
        self.line_homes: dict[str, Place | None] = {}
        """Every line's container, None for those in `line_grid`."""

    def build(self, diagram: Diagram) -> None:
        """Shows another diagram from scratch."""
        self.clear()
        self.diagram = diagram
        places, root = self.places, self.root
        for order, (key, box) in enumerate(diagram.boxes.items()):
            parent = places.get(box.parent, root) if box.parent else root
            place = places[key] = Place(box, parent, order)
            (parent.containers if box.shape == "container" else parent.leaves).append(place)
        for place in reversed(places.values()):
            if place.containers or place.leaves or place.box.shape == "container":  # type: ignore[union-attr]
                place.measure()
            else:
                place.extent = _leaf_extent(place)
        self.root.measure()
        for place in (*root.containers, *root.leaves):
            self.grid.put(place, place.reach())
        for line in diagram.lines.values():
            self.put_line(line)

    def home(self, line: Line) -> Place | None:
        """The container in which a line and both its ends directly stand; None where there is no
        such.
        """
        source, target = self.places.get(line.source), self.places.get(line.target)
        if source is None or target is None or source.parent is not target.parent:
            return None
        parent = source.parent
        if parent is None or parent is self.root:
            return None
        left, top, right, bottom = parent.reach()
        for x, y in line.points:
            if not (left <= x <= right and top <= y <= bottom):
                return None
        return parent

    def put_line(self, line: Line) -> None:
        """Adds a line where it belongs."""
        home = self.home(line)
        self.line_homes[line.id] = home
        if home is not None:
            home.lines.append(line)
            home.redraw_lines()
        else:
            self.line_grid.put(line.id, line_bounds(line))

    def drop_line(self, line: Line) -> None:
        """Takes a line out."""
        home = self.line_homes.pop(line.id, None)
        if home is not None:
            home.lines = [one for one in home.lines if one.id != line.id]
            home.redraw_lines()
        else:
            self.line_grid.drop(line.id)

    def bounds(self) -> Bounds | None:
        """Around everything, lines too; None for an empty diagram."""
        self.root.measure()
        found = self.root.extent if self.places else None
        for key in self.line_grid:
            line = self.diagram.lines[key]
            if line.points:
                exact = line_bounds(line, reach=2.0)
                found = found.joined(exact) if found else exact
        return found


def line_bounds(line: Line, reach: float | None = None) -> Bounds:
    """Around a line with its arrowhead and label."""
    if not line.points:
        return _NOWHERE
    by = reach if reach is not None else LINE_REACH
    xs = [point.x for point in line.points]
    ys = [point.y for point in line.points]
    if line.label_rect is not None:
        x, y, width, height = line.label_rect
        xs += (x, x + width)
        ys += (y, y + height)
    return Bounds(min(xs) - by, min(ys) - by, max(xs) + by, max(ys) + by)


def reach_of(tree: DiagramTree, key: str) -> Bounds | None:
    """What of the plane a box or line covers; None for an unknown id."""
    place = tree.places.get(key)
    if place is not None:
        return place.bounds()
    line = tree.diagram.lines.get(key)
    return line_bounds(line) if line is not None else None


def _leaf_extent(place: Place) -> Bounds:
    rect = place.box.rect  # type: ignore[union-attr]
    return Bounds(-BOX_REACH, -BOX_REACH, rect.width + BOX_REACH, rect.height + BOX_REACH)


_NOWHERE = Bounds(float("inf"), float("inf"), float("-inf"), float("-inf"))
