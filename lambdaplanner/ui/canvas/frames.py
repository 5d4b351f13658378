"""Grounds and borders of containers, from four corner sprites and a few filled rectangles."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from lambdaplanner.diagram.items import Box
from lambdaplanner.ui.canvas import container
from lambdaplanner.ui.canvas.look import Look
from lambdaplanner.ui.canvas.segments import Part, bars

if TYPE_CHECKING:
    from lambdaplanner.ui.canvas.emphasis import Emphasis
    from lambdaplanner.ui.canvas.tree import Seen

_ROUND_FROM = 0.3


class _Corners(NamedTuple):
    top_left: QPixmap
    top_right: QPixmap
    bottom_left: QPixmap
    bottom_right: QPixmap


class FrameShop:
    """Paints frames for one zoom and screen scale at a time."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._zoom = 1.0
        self._ratio = 1.0
        self._corners: dict[str, _Corners] = {}

    def set_scale(self, zoom: float, ratio: float) -> None:
        """Turns to another zoom."""
        if (zoom, ratio) != (self._zoom, self._ratio):
            self._zoom, self._ratio = zoom, ratio
            self._corners.clear()

    def paint(self, painter: QPainter, seen: list[Seen], emphasis: Emphasis | None) -> None:
        """Paints every container's frame, outer before inner."""
        zoom = self._zoom
        for place, x, y in seen:
            box = place.box
            assert box is not None
            if emphasis is not None:
                painter.setOpacity(emphasis.box_opacity(box.id))
            width, height = round(box.rect.width * zoom), round(box.rect.height * zoom)
            if zoom < _ROUND_FROM or min(width, height) < 40:
                self._plain(painter, box.tone, x, y, width, height)
            else:
                self._rounded(painter, box.tone, box.managed, x, y, width, height)
            if box.headings:
                self._bands(painter, box, x, y)
        if emphasis is not None:
            painter.setOpacity(1.0)

    def _bands(self, painter: QPainter, box: Box, x: int, y: int) -> None:
        ground = self._look.alpha(f"{box.tone}.accent", container.BAND)
        for heading in box.headings:
            left, top, width, height = (round(length * self._zoom) for length in heading.rect)
            painter.fillRect(x + left, y + top, width, height, ground)

    def _plain(self, painter: QPainter, tone: str, x: int, y: int, width: int, height: int) -> None:
        look = self._look
        painter.fillRect(x, y, width, height, look.colour(f"{tone}.border"))
        painter.fillRect(x + 1, y + 1, width - 2, height - 2, look.colour(f"{tone}.fill"))

    def _rounded(
        self,
        painter: QPainter,
        tone: str,
        managed: bool,
        x: int,
        y: int,
        width: int,
        height: int,
    ) -> None:
        look = self._look
        corners = self._corners.get(tone)
        if corners is None:
            corners = self._corners[tone] = self._draw_corners(tone)
        side = self._side()
        line = max(1, round(container.BORDER * self._zoom))
        right, bottom = x + width, y + height
        ground, border = look.colour(f"{tone}.fill"), look.colour(f"{tone}.border")
        inner = width - 2 * side
        painter.fillRect(x + side, y, inner, side, ground)
        painter.fillRect(x, y + side, width, height - 2 * side, ground)
        painter.fillRect(x + side, bottom - side, inner, side, ground)
        painter.drawPixmap(x, y, corners.top_left)
        painter.drawPixmap(right - side, y, corners.top_right)
        painter.drawPixmap(x, bottom - side, corners.bottom_left)
        painter.drawPixmap(right - side, bottom - side, corners.bottom_right)
        if managed:
            self._dashes(painter, border, line, side, (x, y, right, bottom))
            return
        painter.fillRect(x + side, y, inner, line, border)
        painter.fillRect(x + side, bottom - line, inner, line, border)
        painter.fillRect(x, y + side, line, height - 2 * side, border)
        painter.fillRect(right - line, y + side, line, height - 2 * side, border)

    def _dashes(
        self, painter, border, line: int, side: int, edges: tuple[int, int, int, int]
    ) -> None:  # type: ignore[no-untyped-def]
        x, y, right, bottom = edges
        half = line // 2
        far = line - half
        parts: list[Part] = [
            (x + side, y + half, right - side, y + half),
            (x + side, bottom - far, right - side, bottom - far),
            (x + half, y + side, x + half, bottom - side),
            (right - far, y + side, right - far, bottom - side),
        ]
        dash = tuple(max(1, round(part * container.BORDER * self._zoom)) for part in container.DASH)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(border)
        painter.drawRects(bars(parts, line, dash))

    def _side(self) -> int:
        return ceil(container.RADIUS * self._zoom) + 1

    def _draw_corners(self, tone: str) -> _Corners:
        """A small frame, cut into its corners."""
        side, ratio = self._side(), self._ratio
        line = max(1, round(container.BORDER * self._zoom))
        whole = QPixmap(ceil(2 * side * ratio), ceil(2 * side * ratio))
        whole.setDevicePixelRatio(ratio)
        whole.fill(Qt.GlobalColor.transparent)
        painter = QPainter(whole)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._look.pen(f"{tone}.border", line))
        painter.setBrush(self._look.colour(f"{tone}.fill"))
        radius = container.RADIUS * self._zoom
        inset = line / 2
        painter.drawRoundedRect(
            QRectF(0, 0, 2 * side, 2 * side).adjusted(inset, inset, -inset, -inset),
            radius,
            radius,
        )
        painter.end()
        pixels = round(side * ratio)
        far = whole.width() - pixels
        return _Corners(
            *(
                whole.copy(QRect(left, top, pixels, pixels))
                for left, top in ((0, 0), (far, 0), (0, far), (far, far))
            )
        )
