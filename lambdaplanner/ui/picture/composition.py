"""A diagram laid out for a picture: which part, its size, its title, one way to paint it."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from lambdaplanner.diagram.items import Box, Diagram, Highlight
from lambdaplanner.errors import QuestionError
from lambdaplanner.ui.canvas.card_stamps import CardStamps
from lambdaplanner.ui.canvas.emphasis import Emphasis
from lambdaplanner.ui.canvas.grid import Bounds
from lambdaplanner.ui.canvas.leaf import wrap
from lambdaplanner.ui.canvas.look import BODY, HEADING, FontUse, Look
from lambdaplanner.ui.canvas.overlay import paint_marks
from lambdaplanner.ui.canvas.tree import DiagramTree
from lambdaplanner.ui.canvas.vector import paint_diagram
from lambdaplanner.ui.picture.options import PictureOptions
from lambdaplanner.ui.theme import Theme

_EMPTY = Bounds(0, 0, 320, 120)
_HEADING_HEIGHT = 34.0
_LINE = 18.0
_NARROWEST = 240.0


class Composition:
    """Paints a diagram into a rectangle that begins at (0, 0), in scene units."""

    def __init__(
        self,
        diagram: Diagram,
        theme: Theme,
        options: PictureOptions,
        *,
        highlight: Highlight | None = None,
        use: FontUse = FontUse.OUTLINES,
    ) -> None:
        self.options = options
        self.theme = theme
        self.use = use
        self._look = Look(theme, use)
        self._tree = DiagramTree()
        self._tree.build(selected(diagram, options.only) if options.only else diagram)
        self._emphasis = Emphasis(highlight, self._tree) if highlight else None
        self._content = self._tree.bounds() or _EMPTY
        self._lines = self._title_lines()
        self._title_height = self._measure_title()

    @property
    def width(self) -> float:
        """Scene units across, a whole number."""
        inner = self._content.right - self._content.left
        return float(
            ceil(max(inner, _NARROWEST if self.options.name else 1.0)) + 2 * self.options.margin
        )

    @property
    def height(self) -> float:
        """Scene units down, a whole number."""
        inner = self._content.bottom - self._content.top
        return float(ceil(inner + self._title_height) + 2 * self.options.margin)

    def paint(
        self, painter: QPainter, area: Bounds | None = None, stamps: CardStamps | None = None
    ) -> None:
        """Paints all, or only what touches `area` (of this rectangle); with `stamps` where pixels
        are wanted.
        """
        if not self.options.transparent:
            painter.fillRect(QRectF(0, 0, self.width, self.height), self._look.colour("canvas"))
        margin = self.options.margin
        self._paint_title(painter, margin)
        left, top = margin - self._content.left, margin + self._title_height - self._content.top
        painter.translate(left, top)
        inner = area.moved(-left, -top) if area is not None else None
        paint_diagram(painter, self._look, self._tree, inner, self._emphasis, stamps)
        if self._emphasis is not None:
            paint_marks(painter, self._look, self._tree, self._emphasis)
        painter.translate(-left, -top)

    def _title_lines(self) -> list[str]:
        if not self.options.description:
            return []
        room = max(self._content.right - self._content.left, _NARROWEST)
        return wrap(self._look, self.options.description, BODY, room, 4)

    def _measure_title(self) -> float:
        height = _HEADING_HEIGHT if self.options.name else 0.0
        height += len(self._lines) * _LINE
        return height + 12 if height else 0.0

    def _paint_title(self, painter: QPainter, margin: float) -> None:
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        top = float(margin)
        if self.options.name:
            name, _ = self._look.fit(self.options.name, HEADING, self.width - 2 * margin)
            self._look.text(painter, (margin, top + 21), name, HEADING, "text")
            top += _HEADING_HEIGHT
        for line in self._lines:
            self._look.text(painter, (margin, top + 11), line, BODY, "muted")
            top += _LINE


def selected(diagram: Diagram, ids: frozenset[str]) -> Diagram:
    """The boxes of these ids with all within them, and the lines among those.

    Raises QuestionError for an id that is not in the diagram.
    """
    unknown = sorted(ids - diagram.boxes.keys())
    if unknown:
        raise QuestionError(f'nothing in the diagram is called "{unknown[0]}"')
    boxes: dict[str, Box] = {}
    corners: dict[str, tuple[float, float]] = {}
    for key, box in diagram.boxes.items():
        left, top = corners.get(box.parent or "", (0.0, 0.0))
        corners[key] = (left + box.rect.x, top + box.rect.y)
        if box.parent in boxes:
            boxes[key] = box
        elif key in ids:
            x, y = corners[key]
            boxes[key] = replace(box, parent=None, rect=box.rect._replace(x=x, y=y))
    lines = {
        key: line
        for key, line in diagram.lines.items()
        if line.source in boxes and line.target in boxes
    }
    return Diagram(boxes, lines)
