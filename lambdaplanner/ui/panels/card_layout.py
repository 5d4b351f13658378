"""Where the parts of a painted card stand at one width."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

from lambdaplanner.ui import fonts
from lambdaplanner.ui.panels.card_face import Face, Spot

WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
SIDE, TOP = 13, 11
"""From the border of a card to what stands in it, pixels."""
_GAP, _BESIDE, _LINK_GAP = 5, 8, 2
_PILL = 22
_HIGH = {"tool": 29, "quiet": 30, "link": 24}
"""Of a spot, pixels."""
_AROUND = {"tool": 41, "quiet": 26, "link": 34}
"""Icon, gaps and borders beside the text of a spot."""
_LEAST = 120
_FAR = 1 << 20


class Place(NamedTuple):
    """A spot and where it is."""

    spot: Spot
    rect: QRect


class CardLayout(NamedTuple):
    """Rectangles from the card's own corner; `form` has no height where none is open."""

    height: int
    pill: QRect
    id: QRect
    texts: tuple[QRect, ...]
    """One for each paragraph, and one for the note where there is one."""
    places: tuple[Place, ...]
    form: QRect

    def at(self, point: QPoint) -> int:
        """The place of the spot under a point, -1 where there is none."""
        return next((i for i, one in enumerate(self.places) if one.rect.contains(point)), -1)


@cache
def text_font() -> QFont:
    """Of sentences, buttons and links."""
    return fonts.application_font()


@cache
def pill_font() -> QFont:
    """Of the state."""
    return fonts.application_font(12, fonts.MEDIUM)


@cache
def id_font() -> QFont:
    """Of a check's id."""
    return fonts.application_font(tabular=True)


def laid_out(face: Face, width: int, form: int = 0) -> CardLayout:
    """The card at a width, with a form of this height open at its end (0: none)."""
    inner = max(width - 2 * SIDE, _LEAST)
    pill = QRect(SIDE, TOP, _wide(pill_font(), face.state.text) + 33, _PILL)
    name = QRect(pill.right() + 1 + _BESIDE, TOP, _wide(id_font(), face.id) + 1, _PILL)
    buttons, bottom = _head(face, inner, name.right())
    middle = (_row_height(face) - _PILL) // 2 if buttons and buttons[0].rect.top() == TOP else 0
    y = bottom + _GAP
    texts: list[QRect] = []
    for paragraph in face.paragraphs:
        texts.append(_text_rect(paragraph.text, y, inner))
        y = texts[-1].bottom() + 1 + _GAP
    links, y = _flow(face.links, inner, y)
    y += _GAP if links else 0
    if face.note:
        texts.append(_text_rect(face.note, y, inner))
        y = texts[-1].bottom() + 1 + _GAP
    room = QRect(SIDE, y, inner, form)
    y += form + _GAP if form else 0
    return CardLayout(
        y - _GAP + TOP,
        pill.translated(0, middle),
        name.translated(0, middle),
        tuple(texts),
        (*buttons, *links),
        room,
    )


def _row_height(face: Face) -> int:
    return max(_PILL, *(_HIGH[spot.look] for spot in face.buttons), 0)


def _head(face: Face, inner: int, taken: int) -> tuple[list[Place], int]:
    """The buttons at the right end, below pill and id where there is no room beside them; and
    where the head ends."""
    height = _row_height(face)
    wide = [spot_width(spot) for spot in face.buttons]
    if not wide:
        return [], TOP + _PILL
    x = SIDE + inner - sum(wide) - _BESIDE * (len(wide) - 1)
    if x < taken + _BESIDE:
        return _flow(face.buttons, inner, TOP + _PILL + _GAP)
    made = []
    for spot, width in zip(face.buttons, wide, strict=True):
        high = _HIGH[spot.look]
        made.append(Place(spot, QRect(x, TOP + (height - high) // 2, width, high)))
        x += width + _BESIDE
    return made, TOP + height


def _flow(spots: tuple[Spot, ...], inner: int, y: int) -> tuple[list[Place], int]:
    """Spots from left to right, wrapped; and where they end."""
    made: list[Place] = []
    x, high = SIDE, max((_HIGH[spot.look] for spot in spots), default=0)
    for spot in spots:
        width = min(spot_width(spot), inner)
        if x > SIDE and x + width > SIDE + inner:
            x, y = SIDE, y + high + _LINK_GAP
        made.append(Place(spot, QRect(x, y, width, _HIGH[spot.look])))
        x += width + _LINK_GAP
    return made, y + high


def spot_width(spot: Spot) -> int:
    """How much room a spot takes where there is enough."""
    return _wide(text_font(), spot.text) + _AROUND[spot.look]


def _wide(font: QFont, text: str) -> int:
    return QFontMetrics(font).horizontalAdvance(text)


def _text_rect(text: str, y: int, width: int) -> QRect:
    lines = QFontMetrics(text_font()).boundingRect(QRect(0, 0, width, _FAR), WRAPPED, text)
    return QRect(SIDE, y, width, lines.height())


def guessed(message: int, fix: int, links: int, width: int) -> int:
    """About how high a card is whose texts have so many letters, without measuring any."""
    inner = max(width - 2 * SIDE, _LEAST)
    lines = -(-message * 13 // (inner * 2)) + -(-fix * 13 // (inner * 2))
    paragraphs = 2 if fix else 1
    high = 2 * TOP + _HIGH["quiet"] + 16 * lines + _GAP * paragraphs
    return high + (_HIGH["link"] + _GAP if links else 0)
