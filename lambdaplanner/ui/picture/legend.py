"""The legend below a picture, painted with the strokes of the diagram itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from lambdaplanner.diagram.items import Badge, Box, Line, Meter
from lambdaplanner.diagram.legend import HEIGHT, WIDTH, LegendEntry
from lambdaplanner.ui.canvas import badges, connector, container, leaf, meter
from lambdaplanner.ui.canvas.look import SUBTITLE, Look

_ROW = 26.0
_BETWEEN = 8.0
_COLUMN_GAP = 28.0
_ABOVE = 20.0


class Legend:
    """Entries in columns, for a drawing `room` units wide; nothing where there are none."""

    def __init__(
        self, look: Look, entries: Sequence[LegendEntry], room: float, *, halo: bool
    ) -> None:
        self._entries = entries
        self._halo = "canvas" if halo else ""
        widest = max((look.text_width(entry.words, SUBTITLE) for entry in entries), default=0.0)
        self._column = min(WIDTH + _BETWEEN + widest + _COLUMN_GAP, room)
        self._columns = max(1, int((room + _COLUMN_GAP) // self._column))
        rows = -(-len(entries) // self._columns)
        self.height = rows * _ROW + _ABOVE if entries else 0.0

    def paint(self, painter: QPainter, look: Look, left: float, top: float) -> None:
        """Paints it with its top left there, in scene units."""
        for index, entry in enumerate(self._entries):
            row, column = divmod(index, self._columns)
            x, y = left + column * self._column, top + _ABOVE + row * _ROW
            painter.translate(x, y)
            _paint_sample(painter, look, entry)
            painter.translate(-x, -y)
            words, _ = look.fit(entry.words, SUBTITLE, self._column - WIDTH - _BETWEEN)
            at = (x + WIDTH + _BETWEEN, y + HEIGHT / 2 + 4)
            look.text(painter, at, words, SUBTITLE, "text", self._halo)


def _paint_sample(painter: QPainter, look: Look, entry: LegendEntry) -> None:
    sample = entry.sample
    if isinstance(sample, Box):
        drawing = container.paint_frame if sample.shape == "container" else leaf.paint_card
        drawing(painter, look, sample)
    elif isinstance(sample, Line):
        connector.paint(painter, look, sample)
    elif isinstance(sample, Badge):
        wide = badges.width(look, sample)
        badges.paint(
            painter, look, sample, ((WIDTH - wide) / 2, (HEIGHT - badges.HEIGHT) / 2), wide
        )
    elif isinstance(sample, Meter):
        meter.paint(painter, look, sample, QRectF(0, 0, WIDTH, HEIGHT), WIDTH)
    else:
        _paint_mark(painter, look, blocked=sample == "stop")


def _paint_mark(painter: QPainter, look: Look, *, blocked: bool) -> None:
    rect = QRectF(4, 2, WIDTH - 8, HEIGHT - 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(look.pen("error.solid" if blocked else "highlight", 2))
    painter.drawRoundedRect(rect, 4, 4)
    if blocked:
        badges.glyph(painter, look, "error", (rect.right() - 6, rect.top() - 5), 12)
