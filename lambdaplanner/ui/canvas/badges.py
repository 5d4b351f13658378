"""State marks: pills with a glyph whose shape differs by tone, since colour alone says nothing to
many.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from lambdaplanner.diagram.items import Badge
from lambdaplanner.ui.canvas.look import BADGE, Look

HEIGHT = 16.0
GAP = 4.0
_GLYPH = 10.0
_PADDING = 5.0


def width(look: Look, badge: Badge) -> float:
    """How wide the whole pill is."""
    text = look.text_width(badge.text, BADGE)
    return 2 * _PADDING + _GLYPH + (text + 4 if badge.text else 0)


def place(
    look: Look, badges: Sequence[Badge], left: float, room: float
) -> list[tuple[Badge, float, float]]:
    """Badges with their left edge and width in a row of width `room`.

    Texts go first where room is short, worst news last; glyphs stay as long as any fit.
    """
    widths = [width(look, badge) for badge in badges]
    shortest = 2 * _PADDING + _GLYPH
    for index in sorted(range(len(badges)), key=lambda i: (_URGENCY[badges[i].tone], -i)):
        over = sum(widths) + GAP * (len(widths) - 1) - room
        if over <= 0:
            break
        cut = widths[index] - over
        widths[index] = cut if cut >= shortest + 30 else min(widths[index], shortest)
    placed = []
    for badge, wide in zip(badges, widths, strict=True):
        if wide > room:
            break
        placed.append((badge, left, wide))
        left, room = left + wide + GAP, room - wide - GAP
    return placed


def paint(
    painter: QPainter, look: Look, badge: Badge, at: tuple[float, float], wide: float
) -> None:
    """Paints a pill with its top left `at`."""
    x, y = at
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(f"{badge.tone}.soft"))
    painter.drawRoundedRect(QRectF(x, y, wide, HEIGHT), HEIGHT / 2, HEIGHT / 2)
    glyph(painter, look, badge.tone, (x + _PADDING - 1, y + (HEIGHT - _GLYPH) / 2), _GLYPH)
    room = wide - 2 * _PADDING - _GLYPH - 3
    if badge.text and room > 0:
        text, _ = look.fit(badge.text, BADGE, room + 1)
        start = (x + _PADDING + _GLYPH + 2.5, y + 11.6)
        look.text(painter, start, text, BADGE, f"{badge.tone}.foreground")


def glyph(painter: QPainter, look: Look, tone: str, at: tuple[float, float], size: float) -> None:
    """Paints the shape of a tone in a square: check, triangle, crossed octagon, i, question
    mark or dash.
    """
    solid, cut = look.colour(f"{tone}.solid"), look.colour(f"{tone}.soft")
    painter.save()
    painter.translate(*at)
    painter.scale(size / 10, size / 10)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(solid)
    _SHAPES.get(tone, _dash)(painter, _pen(cut))
    painter.restore()


def _check(painter: QPainter, pen: QPen) -> None:
    painter.drawEllipse(QRectF(0, 0, 10, 10))
    painter.setPen(pen)
    painter.drawPolyline(_polygon(2.8, 5.2, 4.4, 6.8, 7.3, 3.5))


def _triangle(painter: QPainter, pen: QPen) -> None:
    join = QPen(painter.brush().color(), 1.6)
    join.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(join)
    painter.drawPolygon(_polygon(5, 1.1, 9.3, 8.8, 0.7, 8.8))
    painter.setPen(pen)
    painter.drawLine(QPointF(5, 3.6), QPointF(5, 5.9))
    painter.drawPoint(QPointF(5, 7.8))


def _octagon(painter: QPainter, pen: QPen) -> None:
    painter.drawPolygon(_polygon(3, 0, 7, 0, 10, 3, 10, 7, 7, 10, 3, 10, 0, 7, 0, 3))
    painter.setPen(pen)
    painter.drawLine(QPointF(3.3, 3.3), QPointF(6.7, 6.7))
    painter.drawLine(QPointF(6.7, 3.3), QPointF(3.3, 6.7))


def _letter(painter: QPainter, pen: QPen) -> None:
    painter.drawEllipse(QRectF(0, 0, 10, 10))
    painter.setPen(pen)
    painter.drawPoint(QPointF(5, 2.8))
    painter.drawLine(QPointF(5, 4.8), QPointF(5, 7.4))


def _question(painter: QPainter, pen: QPen) -> None:
    painter.drawEllipse(QRectF(0, 0, 10, 10))
    painter.setPen(pen)
    painter.drawPolyline(_polygon(3.5, 3.9, 3.9, 2.9, 5, 2.4, 6.2, 2.9, 6.4, 4, 5.6, 5, 5, 6))
    painter.drawPoint(QPointF(5, 7.8))


def _dash(painter: QPainter, pen: QPen) -> None:
    painter.drawRoundedRect(QRectF(0.8, 0.8, 8.4, 8.4), 2, 2)
    painter.setPen(pen)
    painter.drawLine(QPointF(3, 5), QPointF(7, 5))


def _pen(colour: QColor) -> QPen:
    pen = QPen(colour, 1.35)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _polygon(*numbers: float) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)])


_SHAPES = {
    "ok": _check,
    "warning": _triangle,
    "error": _octagon,
    "info": _letter,
    "muted": _dash,
    "unknown": _question,
}
_URGENCY = {"muted": 0, "info": 1, "unknown": 1, "ok": 2, "warning": 3, "error": 4}
