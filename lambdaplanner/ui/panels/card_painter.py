"""Paints the card of a finding as widgets of the theme look."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from lambdaplanner.ui import icons
from lambdaplanner.ui.panels import card_layout
from lambdaplanner.ui.panels.card_face import Face, Spot
from lambdaplanner.ui.panels.card_layout import WRAPPED, CardLayout
from lambdaplanner.ui.theme import Theme

_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class CardState(NamedTuple):
    """What hands do at a card: `focus` is -1 for the card itself, None where the keyboard is
    elsewhere; spots count from 0."""

    jumped_to: bool = False
    focus: int | None = None
    hover: int = -1
    pressed: int = -1


def paint_card(
    painter: QPainter, face: Face, layout: CardLayout, size: QRect, state: CardState, theme: Theme
) -> None:
    """Paints it from the painter's origin; `size` is the card's own rectangle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("divider"), 1))
    painter.setBrush(theme.brush("surface"))
    painter.drawRoundedRect(QRectF(size).adjusted(0.5, 0.5, -0.5, -0.5), 7.5, 7.5)
    _paint_pill(painter, layout.pill, face, theme)
    _write(painter, layout.id, face.id, card_layout.id_font(), theme, "text", _MIDDLE)
    written = [(one.text, one.colour) for one in face.paragraphs]
    if face.note:
        written.append((face.note, "text"))
    for (text, colour), rect in zip(written, layout.texts, strict=True):
        _write(painter, rect, text, card_layout.text_font(), theme, colour, WRAPPED)
    for at, place in enumerate(layout.places):
        hovered, pressed = state.hover == at, state.pressed == at
        _paint_ground(painter, place.rect, place.spot, theme, hovered=hovered, pressed=pressed)
        _paint_spot(painter, place.rect, place.spot, theme)
        if state.focus == at:
            _paint_ring(painter, place.rect, 1 if place.spot.look == "tool" else 2, 6, theme)
    if state.focus == -1:
        _paint_ring(painter, size, 2, 8, theme)
    elif state.jumped_to:
        _paint_ring(painter, size, 2, 8, theme, "selection")


def _write(
    painter: QPainter, rect: QRect, text: str, font: QFont, theme: Theme, colour: str, how: int
) -> None:
    painter.setFont(font)
    painter.setPen(theme.colour(colour))
    painter.drawText(rect, how, text)


def _paint_pill(painter: QPainter, rect: QRect, face: Face, theme: Theme) -> None:
    tone = face.state.tone
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.brush(f"{tone}.soft"))
    painter.drawRoundedRect(QRectF(rect), 11, 11)
    glyph = "blocked" if tone == "muted" else tone
    _draw_icon(painter, rect.topLeft() + QPoint(6, 4), glyph, theme.hex(f"{tone}.solid"), 14)
    room = rect.adjusted(24, 0, 0, 0)
    font = card_layout.pill_font()
    _write(painter, room, face.state.text, font, theme, f"{tone}.foreground", _MIDDLE)


def _paint_ground(
    painter: QPainter, rect: QRect, spot: Spot, theme: Theme, *, hovered: bool, pressed: bool
) -> None:
    if not (hovered or pressed):
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(
        theme.brush("accent_soft" if spot.look != "tool" else "pressed" if pressed else "hover")
    )
    painter.drawRoundedRect(rect, 6, 6)


def _paint_spot(painter: QPainter, rect: QRect, spot: Spot, theme: Theme) -> None:
    if spot.look == "quiet":
        font = card_layout.text_font()
        _write(painter, rect, spot.text, font, theme, "accent_text", _CENTRE)
        return
    tint = theme.hex(spot.tint)
    if spot.look == "tool":
        _draw_icon(painter, rect.topLeft() + QPoint(7, 6), spot.icon, tint, 16)
        room = rect.adjusted(25, 0, 0, 0)
        font = card_layout.text_font()
        _write(painter, room, spot.text, font, theme, "text", _MIDDLE)
        return
    _draw_icon(painter, rect.topLeft() + QPoint(4, 4), spot.icon, tint, 15)
    room = rect.adjusted(23, 0, 0, 0)
    font = card_layout.text_font()
    middle = Qt.TextElideMode.ElideMiddle
    text = QFontMetrics(font).elidedText(spot.text, middle, rect.width() - 32)
    _write(painter, room, text, font, theme, "accent_text", _MIDDLE)


def _draw_icon(painter: QPainter, place: QPoint, name: str, tint: str, side: int) -> None:
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    painter.drawPixmap(QPointF(place), icons.sprite(name, tint, side, ratio))


def _paint_ring(
    painter: QPainter, rect: QRect, width: int, radius: int, theme: Theme, colour: str = "focus"
) -> None:
    half = width / 2
    painter.setPen(QPen(theme.colour(colour), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = QRectF(rect).adjusted(half, half, -half, -half)
    painter.drawRoundedRect(inner, radius, radius)
