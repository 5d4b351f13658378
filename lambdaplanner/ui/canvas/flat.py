"""Leaves as plain rectangles, for the overview and as stand-ins while sprites are being drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from lambdaplanner.diagram.items import Box
from lambdaplanner.ui.canvas.look import Look
from lambdaplanner.ui.canvas.tree import Place

if TYPE_CHECKING:
    from lambdaplanner.ui.canvas.emphasis import Emphasis
    from lambdaplanner.ui.canvas.tree import Seen

_SOFT = 65
"""How opaque the rectangles are, in percent."""


class FlatShop:
    """Paints leaves as rectangles in their tone, those with bad news in that of the news."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def paint(
        self,
        painter: QPainter,
        containers: list[Seen],
        loose: list[tuple[list[Place], int, int]],
        zoom: float,
        emphasis: Emphasis | None,
    ) -> None:
        """Paints all leaves of the visible containers and the loose ones."""
        painter.setPen(Qt.PenStyle.NoPen)
        groups = [(place.leaves, x, y) for place, x, y in containers if place.leaves] + loose
        for leaves, x, y in groups:
            painter.translate(x, y)
            if emphasis is None:
                for colour, rects in _by_colour(leaves, zoom).items():
                    painter.setBrush(self._ground(colour))
                    painter.drawRects(rects)
            else:
                self._each(painter, leaves, zoom, emphasis)
            painter.translate(-x, -y)

    def stand_in(self, painter: QPainter, place: Place, x: int, y: int, zoom: float) -> None:
        """Paints one leaf whose sprite is not there yet."""
        box = place.box
        assert box is not None
        width, height = round(box.rect.width * zoom), round(box.rect.height * zoom)
        painter.fillRect(x, y, width, height, self._look.colour(f"{box.tone}.border"))
        painter.fillRect(x + 1, y + 1, width - 2, height - 2, self._look.colour("raised"))

    def _ground(self, colour: str) -> QColor:
        """Bad news in full; a tone softer than the outline that it is named by."""
        bad = colour == "error.solid"
        return self._look.colour(colour) if bad else self._look.alpha(colour, _SOFT)

    def _each(
        self, painter: QPainter, leaves: list[Place], zoom: float, emphasis: Emphasis
    ) -> None:
        for place in leaves:
            box = place.box
            assert box is not None
            painter.setOpacity(emphasis.box_opacity(box.id))
            painter.setBrush(self._ground(_colour(box)))
            painter.drawRect(_rect(box, zoom))
        painter.setOpacity(1.0)


def _by_colour(leaves: list[Place], zoom: float) -> dict[str, list[QRect]]:
    groups: dict[str, list[QRect]] = {}
    for place in leaves:
        box = place.box
        assert box is not None
        groups.setdefault(_colour(box), []).append(_rect(box, zoom))
    return groups


def _rect(box: Box, zoom: float) -> QRect:
    x, y, width, height = box.rect
    return QRect(
        round(x * zoom),
        round(y * zoom),
        max(1, round(width * zoom)),
        max(1, round(height * zoom)),
    )


def _colour(box: Box) -> str:
    for badge in box.badges:
        if badge.tone == "error":
            return "error.solid"
    return f"{box.tone}.border"
