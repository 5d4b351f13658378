"""Paints a whole diagram in scene units and full detail: what pictures and printers get.

The window paints the same boxes and lines through sprites (`screen`); both call the same drawing
functions for every box.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QPainter

from lambdaplanner.diagram.items import Line
from lambdaplanner.ui.canvas import connector, container, leaf
from lambdaplanner.ui.canvas.card_stamps import CardStamps
from lambdaplanner.ui.canvas.emphasis import Emphasis
from lambdaplanner.ui.canvas.grid import Bounds
from lambdaplanner.ui.canvas.look import Look
from lambdaplanner.ui.canvas.tree import DiagramTree, Place

_HINTS = (
    QPainter.RenderHint.Antialiasing
    | QPainter.RenderHint.TextAntialiasing
    | QPainter.RenderHint.SmoothPixmapTransform
)


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
    seen = list(_visible(tree.root, 0.0, 0.0, area))
    for place, x, y in seen:
        if place.box is not None and place.box.shape == "container":
            _at(painter, x, y, container.paint_frame, look, place, emphasis)
    lines = list(_lines(tree, seen, area))
    for line in lines:
        if emphasis and line.id in emphasis.lines:
            connector.paint_glow(painter, look, line)
    for line in lines:
        painter.setOpacity(emphasis.line_opacity(line.id) if emphasis else 1.0)
        connector.paint(painter, look, line)
    for line in lines:
        painter.setOpacity(emphasis.line_opacity(line.id) if emphasis else 1.0)
        connector.paint_label(painter, look, line)
    leaves = leaf.paint if stamps is None else stamps.paint
    for place, x, y in seen:
        if place.box is not None:
            drawing = container.paint_title if place.box.shape == "container" else leaves
            _at(painter, x, y, drawing, look, place, emphasis)
    painter.setOpacity(1.0)


def _at(painter, x, y, drawing, look, place, emphasis) -> None:  # type: ignore[no-untyped-def]
    box = place.box
    painter.setOpacity(emphasis.box_opacity(box.id) if emphasis else 1.0)
    painter.translate(x, y)
    drawing(painter, look, box)
    painter.translate(-x, -y)


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
