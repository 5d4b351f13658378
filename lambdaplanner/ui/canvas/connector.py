"""How a line between boxes looks, as vectors: its way with rounded corners, its arrowhead and
label.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from lambdaplanner.diagram.items import Line, Point
from lambdaplanner.diagram.text_widths import HEIGHT, PADDING, ROOM
from lambdaplanner.ui.canvas.look import BADGE, Look

CORNER = 8.0
ARROW = 8.0
"""Length of an arrowhead; it is almost as wide."""
CASING = 4.5
"""How much wider the casing of a tunnel is than its core."""
GLOW = 6.0


class Stroke(NamedTuple):
    """What a line is drawn with: theme colour, width in scene units, dashes in scene units."""

    colour: str
    width: float
    dash: tuple[float, ...]


def stroke(look: Look, line: Line) -> Stroke:
    """The stroke of a line's style, in the colour of its verdict where it has one."""
    theme = look.theme.line(line.style)
    width = theme.width
    dash = _IMPLIED if line.implied else _DASHES.get(line.style, ())
    return Stroke(look.theme.line_colour(line.style, line.tone), width, dash)


def paint(painter: QPainter, look: Look, line: Line) -> None:
    """Paints a line in absolute scene units."""
    if len(line.points) < 2:
        return
    drawn = stroke(look, line)
    path = _path(_shortened(line))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if line.style == "tunnel":
        pen = look.pen(drawn.colour, drawn.width + CASING)
        pen.setColor(look.alpha(drawn.colour, 22))
        painter.setPen(pen)
        painter.drawPath(path)
    in_widths = tuple(part / drawn.width for part in drawn.dash)
    painter.setPen(look.pen(drawn.colour, drawn.width, in_widths))
    painter.drawPath(path)
    if line.arrow:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(drawn.colour))
        painter.drawPolygon(arrowhead(line.points[-2], line.points[-1]))


def paint_glow(painter: QPainter, look: Look, line: Line) -> None:
    """Paints the halo of a line on a traced path, to be covered by the line itself."""
    if len(line.points) > 1:
        pen = look.pen("highlight", look.theme.line(line.style).width + GLOW)
        pen.setColor(look.alpha("highlight", 50))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_path(_shortened(line)))


def paint_label(painter: QPainter, look: Look, line: Line) -> None:
    """Paints the label on the pill that the layout gave it."""
    if not line.label or line.label_rect is None:
        return
    where = QRectF(*line.label_rect)
    text, wide = look.fit(line.label, BADGE, max(ROOM, where.width() - 2 * PADDING))
    painter.setPen(look.pen(look.theme.line_colour(line.style, line.tone), 0.8))
    painter.setBrush(look.colour("surface"))
    painter.drawRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), HEIGHT / 2, HEIGHT / 2)
    look.text(painter, (where.center().x() - wide / 2, where.top() + 11.6), text, BADGE, "text")


def arrowhead(before: Point, tip: Point) -> QPolygonF:
    """The triangle at `tip` of a line coming from `before`."""
    length = _length(before, tip) or 1.0
    along = ((tip.x - before.x) / length * ARROW, (tip.y - before.y) / length * ARROW)
    half = 0.46
    base = Point(tip.x - along[0], tip.y - along[1])
    return QPolygonF(
        [
            QPointF(*tip),
            QPointF(base.x - along[1] * half, base.y + along[0] * half),
            QPointF(base.x + along[1] * half, base.y - along[0] * half),
        ]
    )


def _shortened(line: Line) -> Sequence[Point]:
    """The way up to the arrowhead's base, so that no blunt end shows beside its tip."""
    if not line.arrow:
        return line.points
    before, tip = line.points[-2], line.points[-1]
    length = _length(before, tip)
    if length <= ARROW:
        return line.points
    part = (length - ARROW * 0.8) / length
    end = Point(before.x + (tip.x - before.x) * part, before.y + (tip.y - before.y) * part)
    return (*line.points[:-1], end)


def _path(points: Sequence[Point]) -> QPainterPath:
    path = QPainterPath(QPointF(*points[0]))
    for index in range(1, len(points) - 1):
        before, here, after = points[index - 1 : index + 2]
        radius = min(CORNER, _length(before, here) / 2, _length(here, after) / 2)
        path.lineTo(_towards(here, before, radius))
        path.quadTo(QPointF(*here), _towards(here, after, radius))
    path.lineTo(QPointF(*points[-1]))
    return path


def _towards(start: Point, goal: Point, distance: float) -> QPointF:
    length = _length(start, goal) or 1.0
    part = distance / length
    return QPointF(start.x + (goal.x - start.x) * part, start.y + (goal.y - start.y) * part)


def _length(start: Point, end: Point) -> float:
    return float(((end.x - start.x) ** 2 + (end.y - start.y) ** 2) ** 0.5)


_IMPLIED = (6.0, 5.0)
_DASHES: dict[str, tuple[float, ...]] = {
    "tunnel": (7.0, 4.0),
    "association": (2.0, 4.0),
    "peering": (9.0, 4.0, 2.0, 4.0),
}
