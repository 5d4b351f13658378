"""How a leaf looks: a card with its icon in a tinted square, title, second line and badges; and a
note.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF, QTextLayout, QTextOption

from lambdaplanner.diagram.items import ROW, Box, rows_height
from lambdaplanner.ui.canvas import badges
from lambdaplanner.ui.canvas.look import (
    BODY,
    LEAF_TITLE,
    MICRO,
    SUBTITLE,
    Look,
    TextStyle,
)

_GROWN = 2
"""How much larger a title is, in scene units, from where on it stands alone."""
RADIUS = 7.0
SHADOW = 3.0
"""How far the shadow of a card reaches over its box, in scene units."""
PILE = 3.0
"""How far each card of a pile lies off the one above it, right and down."""
_ROWS = 56.0
_WORD = 24.0
"""Where there is less room a text says nothing."""
_LEAST_HEAD = 40.0
_FOLD = 14.0
_LINE = 16.0


def paint(painter: QPainter, look: Look, box: Box) -> None:
    """Paints a leaf or a note with its top left at the origin, in scene units."""
    paint_card(painter, look, box)
    paint_words(painter, look, box)


def card_key(box: Box) -> tuple[object, ...]:
    """What `paint_card` depends on; boxes with equal keys can share its picture."""
    kind = (box.shape, box.kind, box.tone, box.managed, bool(box.members))
    return (*kind, box.rect.width, box.rect.height)


def paint_card(painter: QPainter, look: Look, box: Box) -> None:
    """Paints what boxes of one kind and size have in common: card and icon."""
    if box.shape == "note":
        _paper(painter, look, box)
        return
    if box.members:
        _pile(painter, look, box)
        box = _topmost(box)
    _card(painter, look, box)
    box = _headed(box)
    side = _icon_side(box)
    if side >= 12:
        _icon(painter, look, box, QRectF(8, (box.rect.height - side) / 2, side, side))


def paint_words(painter: QPainter, look: Look, box: Box) -> None:
    """Paints what is the box's own: title, second line, badges or the note's text."""
    if box.shape == "note":
        _note(painter, look, box)
        return
    box = _headed(_topmost(box))
    if box.rows:
        _rows(painter, look, box)
    side = _icon_side(box)
    _words(painter, look, box, side + 17 if side >= 12 else 9)


def _icon_side(box: Box) -> float:
    height = box.rect.height
    wanted = 36.0 if height >= 60 else 32.0 if height >= 50 else 28.0
    return min(height - 14, wanted, box.rect.width - 16)


def _by_aws(box: Box) -> bool:
    """Whether to show it as AWS's; neutral things such as the internet are nobody's."""
    return box.managed and box.tone != "neutral"


def _card(painter: QPainter, look: Look, box: Box) -> None:
    body = QRectF(0.5, 0.5, box.rect.width - 1, box.rect.height - 1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.alpha("shadow", 5 if not look.theme.dark else 22))
    if not _by_aws(box):
        painter.drawRoundedRect(body.adjusted(-0.5, 1, 0.5, 2.5), RADIUS + 1, RADIUS + 1)
        painter.drawRoundedRect(body.adjusted(0, 1, 0, 1.2), RADIUS, RADIUS)
    painter.setBrush(look.colour("surface" if _by_aws(box) else "raised"))
    border = f"{box.tone}.border"
    painter.setPen(look.pen(border, 1.2, (3.5, 2.5)) if _by_aws(box) else look.pen(border))
    painter.drawRoundedRect(body, RADIUS, RADIUS)


def _topmost(box: Box) -> Box:
    """The card on top of a pile; any other box as it is."""
    if not box.members:
        return box
    width, height = box.rect.width - 2 * PILE, box.rect.height - 2 * PILE
    return replace(box, rect=box.rect._replace(width=width, height=height))


def _headed(box: Box) -> Box:
    """The part of a card that its icon and its first lines stand in."""
    if not box.rows:
        return box
    height = box.rect.height - rows_height(len(box.rows))
    return box if height < _LEAST_HEAD else replace(box, rect=box.rect._replace(height=height))


def _rows(painter: QPainter, look: Look, box: Box) -> None:
    """Paints the lines below; `box` is the part above them."""
    top, left = box.rect.height, 12.0
    painter.setPen(look.pen(f"{box.tone}.border", 0.8))
    painter.drawLine(QPointF(left, top), QPointF(box.rect.width - left, top))
    for index, words in enumerate(box.rows):
        inset = 12.0 if words.startswith(" ") else 0.0
        text, _ = look.fit(words, SUBTITLE, box.rect.width - 2 * left - inset)
        colour = "muted" if inset else "text"
        at = (left + inset, top + 13 + index * ROW)
        look.text(painter, at, text, SUBTITLE, colour)


def _pile(painter: QPainter, look: Look, box: Box) -> None:
    """Paints the edges of the cards under the topmost."""
    whole = QRectF(0.5, 0.5, box.rect.width - 1, box.rect.height - 1)
    painter.setPen(look.pen(f"{box.tone}.border"))
    painter.setBrush(look.colour("surface"))
    for step in (2, 1):
        lower = whole.adjusted(step * PILE, step * PILE, -(2 - step) * PILE, -(2 - step) * PILE)
        painter.drawRoundedRect(lower, RADIUS, RADIUS)


def _icon(painter: QPainter, look: Look, box: Box, square: QRectF) -> None:
    accent = f"{box.tone}.accent"
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.alpha(accent, 8 if _by_aws(box) else 14))
    painter.drawRoundedRect(square, 7, 7)
    inset = square.width() * 0.19
    look.icon(
        painter,
        box.kind,
        square.adjusted(inset, inset, -inset, -inset),
        look.colour(accent),
    )


def _words(painter: QPainter, look: Look, box: Box, left: float) -> None:
    width, height = box.rect.width, box.rect.height
    style = look.readable(LEAF_TITLE)
    grown = style.pixels - LEAF_TITLE.pixels
    if grown > _GROWN:
        # So far away the second line is dust; its room is the title's.
        box = replace(box, subtitle="")
    room = width - left - 9
    if room < 10:
        return
    three_rows = bool(box.badges) and height >= _ROWS and bool(box.subtitle)
    two_rows = bool(box.subtitle or box.badges) and height >= 38
    first = height / 2 + 4.6
    if three_rows:
        first = height / 2 - 14.5
    elif two_rows:
        first = height / 2 - 3.5
    title_room = room
    if not (box.badges and two_rows):
        first += grown * 0.35
    if _by_aws(box) and room > 90 and grown <= _GROWN:
        mark = look.text_width("AWS", MICRO)
        look.text(painter, (width - 9 - mark, first - 0.6), "AWS", MICRO, "disabled")
        title_room -= mark + 6
    if box.badges and not two_rows:
        title_room = _badges_right(painter, look, box, left, first - 12.2)
    title, _ = look.fit(box.title, style, title_room, middle=not box.members)
    look.text(painter, (left, first), title, style, "text")
    if not two_rows:
        return
    sub_room = room
    if three_rows:
        _badge_row(painter, look, box, left, first + 21.5)
    elif box.badges and not box.subtitle:
        _badge_row(painter, look, box, left, first + 5)
    elif box.badges:
        sub_room = _badges_right(painter, look, box, left, first + 4.2)
    if sub_room >= _WORD:
        subtitle, _ = look.fit(box.subtitle, SUBTITLE, sub_room)
        look.text(painter, (left, first + 15.5), subtitle, SUBTITLE, "muted")


def _badge_row(painter: QPainter, look: Look, box: Box, left: float, top: float) -> None:
    for badge, x, wide in badges.place(look, box.badges, left - 1, box.rect.width - left - 7):
        badges.paint(painter, look, badge, (x, top), wide)


def _badges_right(painter: QPainter, look: Look, box: Box, left: float, top: float) -> float:
    """Paints badges flush right beside a text; what room is left for that text."""
    room = box.rect.width - left - 8
    text = look.text_width(box.subtitle or box.title, SUBTITLE)
    # Bad news that has words keeps them before a count of routes or rules keeps its own.
    urgent = any(badge.tone == "error" and not badge.text.isdigit() for badge in box.badges)
    least = room if urgent and box.subtitle else room * 0.45
    placed = badges.place(look, box.badges, 0, max(room - text - 6, least))
    if not placed:
        return room
    total = placed[-1][1] + placed[-1][2]
    start = box.rect.width - 8 - total
    for badge, x, wide in placed:
        badges.paint(painter, look, badge, (start + x, top), wide)
    return start - left - 6


def _paper(painter: QPainter, look: Look, box: Box) -> None:
    width, height = box.rect.width - 1, box.rect.height - 1
    fold = _fold(box)
    painter.translate(0.5, 0.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.alpha("shadow", 6 if not look.theme.dark else 24))
    painter.drawRoundedRect(QRectF(0, 1.5, width + 0.5, height + 1), 3, 3)
    painter.setPen(look.pen("note.border"))
    painter.setBrush(look.colour("note.fill"))
    corners = ((0, 0), (width - fold, 0), (width, fold), (width, height), (0, height))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    painter.setBrush(look.alpha("note.border", 45))
    corner = ((width - fold, 0), (width - fold, fold), (width, fold))
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corner]))
    painter.translate(-0.5, -0.5)


def _fold(box: Box) -> float:
    return min(_FOLD, box.rect.width / 3, box.rect.height / 3)


def _note(painter: QPainter, look: Look, box: Box) -> None:
    width, height = box.rect.width - 1, box.rect.height - 1
    fold = _fold(box)
    top = 10.0
    text = box.title
    if box.subtitle:
        title, _ = look.fit(box.title, LEAF_TITLE, width - 20 - fold)
        look.text(painter, (10, top + 11), title, LEAF_TITLE, "note.title")
        top, text = top + _LINE + 3, box.subtitle
    rows = max(1, int((height - top - 6) // _LINE))
    for index, line in enumerate(wrap(look, text, BODY, width - 20, rows)):
        look.text(painter, (10, top + 11 + index * _LINE), line, BODY, "note.title")


def wrap(look: Look, text: str, style: TextStyle, width: float, rows: int) -> list[str]:
    """`text` in at most `rows` lines no wider than `width`; the last ends in an ellipsis if cut."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        lines += _broken(look, paragraph, style, width)
        if len(lines) > rows:
            cut = lines[:rows]
            cut[-1] = look.fit(f"{cut[-1].rstrip()} {lines[rows]}…", style, width)[0]
            return cut
    return lines


def _broken(look: Look, text: str, style: TextStyle, width: float) -> list[str]:
    layout = QTextLayout(text, look.font(style))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines = []
    units = text.encode("utf-16-le")
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 20))
        start, length = line.textStart(), line.textLength()
        lines.append(units[2 * start : 2 * (start + length)].decode("utf-16-le", "ignore"))
    layout.endLayout()
    return lines or [""]
