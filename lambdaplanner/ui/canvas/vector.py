"""Paints a whole diagram in scene units and full detail: what pictures and printers get.

The window paints the same boxes and lines through sprites (`screen`); both call the same drawing
functions for every box.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from PySide6.QtGui import QPainter

from lambdaplanner.diagram.items import Box, Line
from lambdaplanner.ui.canvas import connector, container, leaf
from lambdaplanner.ui.canvas.card_stamps import CardStamps
from lambdaplanner.ui.canvas.covering import covering, runs
from lambdaplanner.ui.canvas.emphasis import Emphasis
from lambdaplanner.ui.canvas.grid import Bounds
from lambdaplanner.ui.canvas.look import Look
from lambdaplanner.ui.canvas.tree import DiagramTree, Place

Part = Literal["frame", "glow", "line", "label", "title", "leaf"]

_HINTS = (
    QPainter.RenderHint.Antialiasing
    | QPainter.RenderHint.TextAntialiasing
    | QPainter.RenderHint.SmoothPixmapTransform
)


class Step(NamedTuple):
    """One stroke of the whole: a part of a box or line, and what paints it with its top left (of a
    line: the plane's) at the painter's origin.
    """

    part: Part
    thing: Box | Line
    x: float
    y: float
    opacity: float
    drawing: Callable[[QPainter, Look, Any], None]


def paint_diagram(
    painter: QPainter,
    look: Look,
    tree: DiagramTree,
    area: Bounds | None = None,
    emphasis: Emphasis | None = None,
    stamps: CardStamps | None = None,
) -> None:
    """Paints what touches `area` (all where None): grounds, then lines, then titles and leaves.

    `stamps` makes pixels faster; leave it out where the painter makes vectors.
    """
    painter.setRenderHints(_HINTS)
    for step in steps(tree, area, emphasis, leaf.paint if stamps is None else stamps.paint):
        painter.setOpacity(step.opacity)
        paint_step(painter, look, step)
    painter.setOpacity(1.0)


def paint_step(painter: QPainter, look: Look, step: Step) -> None:
    """Paints one step where it belongs."""
    painter.translate(step.x, step.y)
    step.drawing(painter, look, step.thing)
    painter.translate(-step.x, -step.y)


def steps(
    tree: DiagramTree,
    area: Bounds | None = None,
    emphasis: Emphasis | None = None,
    leaves: Callable[[QPainter, Look, Box], None] = leaf.paint,
) -> Iterator[Step]:
    """All that is to be painted, from back to front."""
    seen = list(_visible(tree.root, 0.0, 0.0, area))
    lines = list(_lines(tree, seen, area))
    parts = runs(seen, [place for place, _, _ in seen], covering(tree.diagram))
    for run in parts[:-1]:
        inside = {id(place) for place, _, _ in run if place.box is not None}
        own = [line for line in lines if id(tree.line_homes.get(line.id)) in inside]
        lines = [line for line in lines if id(tree.line_homes.get(line.id)) not in inside]
        yield from _run(run, own, emphasis, leaves)
    yield from _run(parts[-1], lines, emphasis, leaves)


def _run(
    seen: Sequence[tuple[Place, float, float]],
    lines: list[Line],
    emphasis: Emphasis | None,
    leaves: Callable[[QPainter, Look, Box], None],
) -> Iterator[Step]:
    """Grounds, then lines, then titles and leaves of what covers nothing among itself."""
    for box, x, y in _boxes(seen):
        if box.shape == "container":
            yield Step("frame", box, x, y, _clear(emphasis, box), container.paint_frame)
    for line in lines:
        if emphasis and line.id in emphasis.lines:
            yield Step("glow", line, 0, 0, 1.0, connector.paint_glow)
    for line in lines:
        yield Step("line", line, 0, 0, _clear(emphasis, line), connector.paint)
    for line in lines:
        yield Step("label", line, 0, 0, _clear(emphasis, line), connector.paint_label)
    for box, x, y in _boxes(seen):
        inner = box.shape == "container"
        drawing = container.paint_title if inner else leaves
        yield Step("title" if inner else "leaf", box, x, y, _clear(emphasis, box), drawing)


def _boxes(seen: Sequence[tuple[Place, float, float]]) -> Iterator[tuple[Box, float, float]]:
    return ((place.box, x, y) for place, x, y in seen if place.box is not None)


def _clear(emphasis: Emphasis | None, thing: Box | Line) -> float:
    if emphasis is None:
        return 1.0
    if isinstance(thing, Box):
        return emphasis.box_opacity(thing.id)
    return emphasis.line_opacity(thing.id)


def _visible(
    place: Place, x: float, y: float, area: Bounds | None
) -> Iterator[tuple[Place, float, float]]:
    """Places to paint with their top left in the plane, containers before what stands in them."""
    if area is not None and not place.extent.moved(x, y).touches(area):
        return
    yield place, x, y
    for inner in sorted((*place.containers, *place.leaves), key=lambda one: one.order):
        assert inner.box is not None
        at = inner.box.rect
        yield from _visible(inner, x + at.x, y + at.y, area)


def _lines(
    tree: DiagramTree, seen: list[tuple[Place, float, float]], area: Bounds | None
) -> Iterator[Line]:
    lines = tree.diagram.lines
    if area is None:
        yield from lines.values()
        return
    for key in sorted(tree.line_grid.near(area)):
        yield lines[key]
    for place, _, _ in seen:
        yield from place.lines
