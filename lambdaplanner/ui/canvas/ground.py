"""The plane below the diagram: its colour and a grid of dots that thins out with the zoom."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap

from lambdaplanner.ui.canvas.look import Look

STEP = 20.0
"""Grid step in scene units at 100 %."""
_CLOSEST = 15.0


class Ground:
    """Paints the plane; keeps one row of dots and blits it."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self.dots = True
        self._key: tuple[object, ...] = ()
        self._row = QPixmap()

    def paint(
        self, painter: QPainter, exposed: QRect, zoom: float, origin: tuple[int, int]
    ) -> None:
        """Fills the exposed pixels."""
        painter.fillRect(exposed, self._look.colour("canvas"))
        if not self.dots or zoom < 0.08:
            return
        step = STEP * zoom
        while step < _CLOSEST:
            step *= 2
        size = 2 if zoom >= 1.5 else 1
        first = int((exposed.left() - origin[0]) // step)
        last = int((exposed.right() - origin[0]) // step) + 1
        left = round(first * step)
        row = self._dotted(painter, (step, first, last), left, size)
        top = int((exposed.top() - origin[1]) // step)
        bottom = int((exposed.bottom() - origin[1]) // step) + 1
        for index in range(top, bottom + 1):
            painter.drawPixmap(origin[0] + left, origin[1] + round(index * step), row)

    def _dotted(
        self, painter: QPainter, span: tuple[float, int, int], left: int, size: int
    ) -> QPixmap:
        ratio = painter.deviceTransform().m11()
        key = (*span, size, ratio)
        if key == self._key:
            return self._row
        step, first, last = span
        made = QPixmap(
            max(1, round((last - first + 1) * step * ratio)),
            max(1, round(size * ratio)),
        )
        made.setDevicePixelRatio(ratio)
        made.fill(self._look.colour("canvas"))
        dots = QPainter(made)
        colour = self._look.colour("grid_strong")
        for index in range(first, last + 1):
            dots.fillRect(round(index * step) - left, 0, size, size, colour)
        dots.end()
        self._key, self._row = key, made
        return made
