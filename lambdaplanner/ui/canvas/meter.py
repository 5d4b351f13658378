"""The address bar of a subnet: taken, wanted, free, and by how much the wanted overflow."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter

from lambdaplanner.diagram.items import Meter
from lambdaplanner.ui.canvas import badges
from lambdaplanner.ui.canvas.look import SUBTITLE, Look

_BAR = 8.0
_GLYPH = 11.0


def width(look: Look, meter: Meter, bar: float) -> float:
    """How wide bar, glyph and text are together."""
    return look.text_width(meter.text, SUBTITLE) + 6 + _glyph_room(meter) + bar


def paint(painter: QPainter, look: Look, meter: Meter, where: QRectF, bar: float) -> None:
    """Paints text and bar, flush right in `where`; the text gives way where room is short."""
    left = where.right() - bar
    middle = where.center().y()
    text_room = left - 6 - where.left() - _glyph_room(meter)
    text, wide = look.fit(meter.text, SUBTITLE, text_room)
    colour = f"{meter.tone}.foreground" if _glyph_room(meter) else "muted"
    if text_room > 20:
        look.text(painter, (left - 6 - wide, middle + 4), text, SUBTITLE, colour)
        if _glyph_room(meter):
            at = (left - 6 - wide - _glyph_room(meter), middle - _GLYPH / 2)
            badges.glyph(painter, look, meter.tone, at, _GLYPH)
    _bar(painter, look, meter, QRectF(left, middle - _BAR / 2, bar, _BAR))


def _glyph_room(meter: Meter) -> float:
    return _GLYPH + 4 if meter.tone in ("warning", "error") else 0.0


def _bar(painter: QPainter, look: Look, meter: Meter, where: QRectF) -> None:
    wanted = meter.used + meter.demand
    scale = where.width() / max(meter.total, wanted, 1)
    capacity = QRectF(where.left(), where.top(), meter.total * scale, where.height())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("meter_track"))
    painter.drawRoundedRect(capacity if wanted > meter.total else where, 2.5, 2.5)
    used = min(meter.used, meter.total) * scale
    if used:
        painter.setBrush(look.colour("meter_used"))
        painter.drawRoundedRect(
            QRectF(where.left(), where.top(), max(used, 2.0), where.height()), 2.5, 2.5
        )
    inside = min(wanted, meter.total) * scale - used
    if inside > 0:
        _hatched(
            painter,
            look,
            meter.tone,
            QRectF(where.left() + used, where.top(), inside, where.height()),
        )
    if wanted > meter.total:
        _overflow(painter, look, QRectF(where).adjusted(capacity.width(), 0, 0, 0))


def _hatched(painter: QPainter, look: Look, tone: str, rect: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(f"{tone}.solid"))
    painter.drawRoundedRect(
        QRectF(rect.left(), rect.top(), max(rect.width(), 2.0), rect.height()), 2, 2
    )
    painter.setPen(look.pen(f"{tone}.soft", 1.1))
    painter.drawLines(_diagonals(rect, 4.0))


def _overflow(painter: QPainter, look: Look, rect: QRectF) -> None:
    """What does not fit: outside the bar, taller than it, crossed, behind the line of the limit."""
    over = rect.adjusted(0, -2, 0, 2)
    painter.setPen(look.pen("error.solid", 1.2))
    painter.setBrush(look.colour("error.soft"))
    painter.drawRect(over)
    painter.setPen(look.pen("error.solid", 0.9))
    painter.drawLines(_diagonals(over, 3.5) + _diagonals(over, 3.5, rising=False))
    painter.setPen(look.pen("text", 1.6))
    painter.drawLine(QLineF(over.left(), over.top() - 1.5, over.left(), over.bottom() + 1.5))


def _diagonals(rect: QRectF, step: float, *, rising: bool = True) -> list[QLineF]:
    """Slanted lines cut to the rectangle by arithmetic: SVG has no clip from Qt."""
    lines = []
    height = rect.height()
    offset = step - height
    while offset < rect.width():
        low, high = max(offset, 0.0), min(offset + height, rect.width())
        if high - low > 0.5:
            bottom, top = (
                rect.bottom() - (low - offset),
                rect.bottom() - (high - offset),
            )
            if not rising:
                bottom, top = rect.top() + (low - offset), rect.top() + (high - offset)
            lines.append(QLineF(rect.left() + low, bottom, rect.left() + high, top))
        offset += step
    return lines
