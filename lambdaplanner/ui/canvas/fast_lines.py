"""Orthogonal lines as whole-pixel rectangles and small corner sprites: no antialiased path on
screen.

Same look as `connector`, at a twentieth of its cost. All numbers here are whole logical pixels
relative to the origin that the painter is moved to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from lambdaplanner.diagram.items import Line, Point, Rect
from lambdaplanner.ui.canvas import connector
from lambdaplanner.ui.canvas.look import Look
from lambdaplanner.ui.canvas.segments import Corner, Part, bars, sign, split

_REMEMBERED = 20_000
_FEW = 200
"""Dashes of a line that are kept; a window shows not many more."""
_ROUND_FROM = 0.5
"""Corners and labels are drawn from this zoom on."""
_ARROWS_FROM = 0.35
"""Arrowheads too: without them nobody sees which way a route leads."""


class Ink(NamedTuple):
    """The straight parts of a line in one colour, as wide as they are."""

    colour: str
    percent: int
    parts: list[Part]
    width: int
    dash: tuple[int, ...] = ()
    ready: list[QRect] | None = None
    """All rectangles, where they are few; the dashes of a long line are cut when they are seen."""

    def rects(self, area: QRect | None = None) -> list[QRect]:
        """What to fill, at least all that an area shows."""
        return self.ready or bars(self.parts, self.width, self.dash, area)


def _ink(
    colour: str, percent: int, parts: list[Part], width: int, dash: tuple[int, ...] = ()
) -> Ink:
    length = sum(abs(x2 - x1) + abs(y2 - y1) for x1, y1, x2, y2 in parts)
    few = not dash or length <= _FEW * sum(dash)
    return Ink(colour, percent, parts, width, dash, bars(parts, width, dash) if few else None)


class Drawn(NamedTuple):
    """One line ready to paint; casings first."""

    inks: tuple[Ink, ...]
    sprites: tuple[tuple[QPoint, QPixmap], ...]
    label: tuple[QPoint, QPixmap] | None


class LineMaker:
    """Makes lines for one zoom and screen scale, sharing their corner and arrow sprites."""

    def __init__(self, look: Look, zoom: float, ratio: float) -> None:
        self._look = look
        self._zoom = zoom
        self._ratio = ratio
        self._sprites: dict[tuple[object, ...], QPixmap] = {}
        self._made: dict[tuple[object, ...], Drawn] = {}

    def make(self, line: Line, origin: tuple[float, float], *, plain: bool = False) -> Drawn:
        """The line relative to `origin` in the plane; `plain` without corners, arrows and label."""
        left, top, zoom = *origin, self._zoom
        points = [(round((x - left) * zoom), round((y - top) * zoom)) for x, y in line.points]
        rect = line.label_rect
        at = None if rect is None else (rect.x - left, rect.y - top, rect.width)
        key = (*points, line.style, line.tone, line.arrow, line.label, at, plain)
        found = self._made.get(key)
        if found is None:
            # What moves with its container keeps its shape, so it is found again.
            if len(self._made) > _REMEMBERED:
                self._made.clear()
            found = self._made[key] = self._make(line, points, origin, plain)
        return found

    def _make(
        self, line: Line, points: list[tuple[int, int]], origin: tuple[float, float], plain: bool
    ) -> Drawn:
        drawn = connector.stroke(self._look, line)
        width = max(1, round(drawn.width * self._zoom))
        detailed = not plain and self._zoom >= _ROUND_FROM
        radius = round(connector.CORNER * self._zoom) if detailed else 0
        parts, corners = split(points, radius)
        sprites = [self._bend(drawn.colour, 100, width, corner) for corner in corners]
        arrowed = not plain and self._zoom >= _ARROWS_FROM
        if arrowed and line.arrow and parts:
            parts, arrow = self._arrow(line, points, parts, drawn.colour)
            sprites.append(arrow)
        inks = [_ink(drawn.colour, 100, parts, width, self._dash(drawn.dash))]
        if line.style == "tunnel":
            casing = width + round(connector.CASING * self._zoom)
            inks.insert(0, _ink(drawn.colour, 22, parts, casing))
            sprites = [self._bend(drawn.colour, 22, casing, one) for one in corners] + sprites
        shown = line.label_rect if detailed and line.label else None
        label = self._label(line, shown, origin) if shown else None
        return Drawn(tuple(inks), tuple(sprites), label)

    def _dash(self, dash: tuple[float, ...]) -> tuple[int, ...]:
        scaled = tuple(max(1, round(part * self._zoom)) for part in dash)
        return scaled if self._zoom >= 0.3 else ()

    def _arrow(
        self, line: Line, points: list[tuple[int, int]], parts: list[Part], colour: str
    ) -> tuple[list[Part], tuple[QPoint, QPixmap]]:
        (bx, by), (tx, ty) = points[-2], points[-1]
        turn = (sign(tx - bx), sign(ty - by))
        if turn[0] and turn[1]:
            turn = (turn[0], 0) if abs(tx - bx) > abs(ty - by) else (0, turn[1])
        size = max(5, round(connector.ARROW * self._zoom))
        x1, y1, x2, y2 = parts[-1]
        back = round(size * 0.8)
        if abs(x2 - x1) + abs(y2 - y1) > back:
            parts = [*parts[:-1], (x1, y1, x2 - turn[0] * back, y2 - turn[1] * back)]
        half = size // 2 + 1
        at = {
            (1, 0): (tx - size, ty - half),
            (-1, 0): (tx, ty - half),
            (0, 1): (tx - half, ty - size),
            (0, -1): (tx - half, ty),
        }.get(turn, (tx - half, ty - half))
        return parts, (QPoint(*at), self._arrow_sprite(colour, size, half, turn))

    def _arrow_sprite(self, colour: str, size: int, half: int, turn: tuple[int, int]) -> QPixmap:
        middle = half + 0.5
        tips = {(1, 0): (size, middle), (-1, 0): (0, middle), (0, 1): (middle, size)}
        tip = tips.get(turn, (middle, 0))

        def draw(painter: QPainter) -> None:
            painter.translate(*tip)
            painter.scale(size / connector.ARROW, size / connector.ARROW)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.colour(colour))
            before = Point(-turn[0] * size, -turn[1] * size)
            painter.drawPolygon(connector.arrowhead(before, Point(0, 0)))

        wide, high = (size, 2 * half + 1) if turn[0] else (2 * half + 1, size)
        return self._sprite(("arrow", colour, size, turn), wide, high, draw)

    def _bend(
        self, colour: str, percent: int, width: int, corner: Corner
    ) -> tuple[QPoint, QPixmap]:
        reach = corner.size + width
        middle = reach + width / 2 - width // 2

        def draw(painter: QPainter) -> None:
            (ix, iy), (ox, oy) = corner.into, corner.out
            path = QPainterPath()
            path.moveTo(*_beside(reach, middle, (-ix * corner.size, -iy * corner.size)))
            end = _beside(reach, middle, (ox * corner.size, oy * corner.size))
            path.quadTo(middle, middle, *end)
            pen = QPen(self._look.alpha(colour, percent), width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.drawPath(path)

        key = ("bend", colour, percent, width, corner.size, corner.into, corner.out)
        sprite = self._sprite(key, 2 * reach, 2 * reach, draw)
        return QPoint(corner.x - reach, corner.y - reach), sprite

    def _label(self, line: Line, rect: Rect, origin: tuple[float, float]) -> tuple[QPoint, QPixmap]:
        where = QRectF(*rect)
        zoom = self._zoom

        def draw(painter: QPainter) -> None:
            painter.scale(zoom, zoom)
            painter.translate(-where.left(), -where.top())
            connector.paint_label(painter, self._look, line)

        key = ("label", line.label, line.style, line.tone)
        wide, high = round(where.width() * zoom) + 1, round(where.height() * zoom) + 1
        sprite = self._sprite(key, wide, high, draw)
        at = ((where.left() - origin[0]) * zoom, (where.top() - origin[1]) * zoom)
        return QPoint(round(at[0]), round(at[1])), sprite

    def _sprite(
        self,
        key: tuple[object, ...],
        wide: int,
        high: int,
        draw: Callable[[QPainter], None],
    ) -> QPixmap:
        found = self._sprites.get(key)
        if found is None:
            ratio = self._ratio
            found = QPixmap(max(1, round(wide * ratio)), max(1, round(high * ratio)))
            found.setDevicePixelRatio(ratio)
            found.fill(QColor(0, 0, 0, 0))
            painter = QPainter(found)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(painter)
            painter.end()
            self._sprites[key] = found
        return found


def _beside(reach: float, middle: float, step: tuple[int, int]) -> tuple[float, float]:
    """A whole pixel along the way, the centre of the bar across it."""
    return (
        reach + step[0] if step[0] else middle,
        reach + step[1] if step[1] else middle,
    )
