"""How a container looks: the frame of an AWS group, title rows with state and address bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from lambdaplanner.diagram.items import Box
from lambdaplanner.ui.canvas import badges, meter
from lambdaplanner.ui.canvas.look import CONTAINER_TITLE, FAR_TITLE, SUBTITLE, TAG, ZONE, Look

RADIUS = 8.0
BORDER = 1.25
ROW = 32.0
SECOND_ROW = 24.0
DETAIL_ROW = 14.0
CORNER = 28.0
"""Side of the coloured corner square with the icon."""
DASH = (5.0, 3.0)
BAND = 5
"""How opaque the ground of a column is, in percent."""
_HEADING_LEFT = 12.0
_BAR = 110.0
_SHORTEST_BAR = 56.0


def title_height(box: Box) -> float:
    """How high the title rows of a container are; what stands in it begins below."""
    rows = bool(box.meter) + bool(box.detail)
    return ROW + (SECOND_ROW + (rows - 1) * DETAIL_ROW if rows else 0.0)


def paint_frame(painter: QPainter, look: Look, box: Box) -> None:
    """Paints ground and border with the top left at the origin, in scene units."""
    inset = BORDER / 2
    body = QRectF(0, 0, box.rect.width, box.rect.height).adjusted(inset, inset, -inset, -inset)
    painter.setPen(look.pen(f"{box.tone}.border", BORDER, DASH if box.managed else ()))
    painter.setBrush(look.colour(f"{box.tone}.fill"))
    painter.drawRoundedRect(body, RADIUS, RADIUS)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.alpha(f"{box.tone}.accent", BAND))
    for heading in box.headings:
        painter.drawRoundedRect(QRectF(*heading.rect), RADIUS, RADIUS)


def paint_title(painter: QPainter, look: Look, box: Box) -> None:
    """Paints the title rows and headings, the container's top left at the origin."""
    paint_rows(painter, look, box)
    paint_headings(painter, look, box)


def paint_headings(painter: QPainter, look: Look, box: Box) -> None:
    """Paints the words over the columns in a container."""
    for text, (x, y, width, _), at_right in box.headings:
        words, wide = look.fit(text, ZONE, width - 2 * _HEADING_LEFT)
        left = width - wide - _HEADING_LEFT if at_right else _HEADING_LEFT
        look.text(painter, (x + left, y + 13), words, ZONE, f"{box.tone}.title")


def paint_rows(painter: QPainter, look: Look, box: Box) -> None:
    """Paints the title rows alone."""
    _corner(painter, look, box)
    right = _badges(painter, look, box)
    left = CORNER + 8
    room = right - left
    tag = look.text_width(box.tag, TAG) + 12 if box.tag else 0.0
    style = look.readable(CONTAINER_TITLE)
    # From afar the title comes first; near by, the word that tells what the colour does.
    beside = tag + 8 if tag and style == CONTAINER_TITLE else 0.0
    title, wide = look.fit(box.title, style, max(room - beside, 30), middle=True)
    baseline = 19.5 + (style.pixels - CONTAINER_TITLE.pixels) * 0.3
    look.text(painter, (left, baseline), title, style, f"{box.tone}.title")
    left += wide + 8
    if box.tag and right - left > 30:
        left += _tag(painter, look, box, left, right - left) + 8
    if box.detail:
        baseline = title_height(box) - (DETAIL_ROW + 1 if box.meter else 15)
        detail, _ = look.fit(box.detail, SUBTITLE, box.rect.width - CORNER - 18)
        look.text(painter, (CORNER + 8, baseline), detail, SUBTITLE, "muted")
    if box.meter:
        _second_row(painter, look, box)
    elif right - left > 30:
        subtitle, _ = look.fit(box.subtitle, SUBTITLE, right - left)
        look.text(painter, (left, 19), subtitle, SUBTITLE, "muted")


def paint_far_title(painter: QPainter, look: Look, box: Box) -> None:
    """Paints only icon and a large title, for the overview."""
    _corner(painter, look, box, ROW)
    title, _ = look.fit(box.title, FAR_TITLE, box.rect.width - ROW - 20, middle=True)
    look.text(painter, (ROW + 10, 26), title, FAR_TITLE, f"{box.tone}.title")


def _corner(painter: QPainter, look: Look, box: Box, side: float = CORNER) -> None:
    shape = QPainterPath()
    shape.moveTo(0, side)
    shape.lineTo(0, RADIUS)
    shape.arcTo(QRectF(0, 0, 2 * RADIUS, 2 * RADIUS), 180, -90)
    shape.lineTo(side, 0)
    shape.lineTo(side, side - 6)
    shape.arcTo(QRectF(side - 12, side - 12, 12, 12), 0, -90)
    shape.closeSubpath()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(f"{box.tone}.accent"))
    painter.drawPath(shape)
    inset = side * 0.18
    ink = look.colour("canvas" if look.theme.dark else "surface")
    look.icon(painter, box.kind, QRectF(inset, inset, side - 2 * inset, side - 2 * inset), ink)


def _tag(painter: QPainter, look: Look, box: Box, left: float, room: float) -> float:
    text, wide = look.fit(box.tag, TAG, room - 12)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.alpha(f"{box.tone}.accent", 14))
    painter.drawRoundedRect(QRectF(left, 7, wide + 12, 16), 8, 8)
    look.text(painter, (left + 6, 18.6), text, TAG, f"{box.tone}.title")
    return wide + 12


def _badges(painter: QPainter, look: Look, box: Box) -> float:
    """Paints the badges flush right; where they begin."""
    right = box.rect.width - 8
    taken = CORNER + 24 + look.text_width(box.title, CONTAINER_TITLE)
    taken += look.text_width(box.tag, TAG) + 20 if box.tag else 0
    placed = badges.place(look, box.badges, 0, max(right - taken, 24))
    if not placed:
        return right
    start = right - placed[-1][1] - placed[-1][2]
    for badge, x, wide in placed:
        badges.paint(painter, look, badge, (start + x, 7), wide)
    return start - 8


def _second_row(painter: QPainter, look: Look, box: Box) -> None:
    assert box.meter is not None
    left, right = CORNER + 8, box.rect.width - 10
    others = look.text_width(box.subtitle, SUBTITLE) + 10 + meter.width(look, box.meter, 0.0)
    bar = max(min(_BAR, right - left - others), _SHORTEST_BAR)
    wanted = meter.width(look, box.meter, bar)
    subtitle_room = max(right - left - wanted - 10, (right - left) * 0.25)
    subtitle, wide = look.fit(box.subtitle, SUBTITLE, subtitle_room)
    look.text(painter, (left, ROW + 9), subtitle, SUBTITLE, "muted")
    start = left + wide + 10 if subtitle else left
    meter.paint(painter, look, box.meter, QRectF(start, ROW - 5, right - start, 20), bar)
