"""Paints the visible lines from prepared rectangles and sprites."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from math import ceil, floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter

from lambdaplanner.diagram.items import Line
from lambdaplanner.ui.canvas import connector
from lambdaplanner.ui.canvas.fast_lines import Drawn, LineMaker
from lambdaplanner.ui.canvas.grid import Bounds
from lambdaplanner.ui.canvas.look import Look
from lambdaplanner.ui.canvas.tree import DiagramTree, Place

if TYPE_CHECKING:
    from lambdaplanner.ui.canvas.emphasis import Emphasis
    from lambdaplanner.ui.canvas.tree import Seen

_STAMPS = count(1)


class _Group:
    """The lines of one container as one batch a colour."""

    __slots__ = ("drawn", "inks", "stamp", "zoom")

    def __init__(self, stamp: int, zoom: float, drawn: dict[str, Drawn]) -> None:
        self.stamp = stamp
        self.zoom = zoom
        self.drawn = drawn
        self.inks: dict[tuple[int, str], list[QRect]] = {}
        for one in drawn.values():
            for ink in one.inks:
                self.inks.setdefault((ink.percent, ink.colour), []).extend(ink.rects())


class LineLayer:
    """Paints lines for one zoom and screen scale at a time."""

    def __init__(self, look: Look, late: Callable[[], bool]) -> None:
        self._look = look
        self._late = late
        self._stamp = next(_STAMPS)
        self._scale = (1.0, 1.0)
        self._maker = LineMaker(look, 1.0, 1.0)
        self._cross: dict[str, tuple[Line, Drawn]] = {}

    def set_scale(self, zoom: float, ratio: float) -> None:
        """Turns to another zoom."""
        if (zoom, ratio) != self._scale:
            self._scale = (zoom, ratio)
            self._maker = LineMaker(self._look, zoom, ratio)
            self._stamp = next(_STAMPS)
            self._cross.clear()

    def paint_inner(
        self, painter: QPainter, containers: list[Seen], emphasis: Emphasis | None
    ) -> None:
        """Paints the lines within the visible containers."""
        painter.setPen(Qt.PenStyle.NoPen)
        for place, x, y in containers:
            if not place.lines:
                continue
            group = place.drawn_lines
            if group is None or group.stamp != self._stamp:
                if not self._late():
                    group = self._group(place)
                elif group is None:
                    continue
            painter.translate(x, y)
            if group.stamp != self._stamp:
                painter.scale(self._scale[0] / group.zoom, self._scale[0] / group.zoom)
            if emphasis is None:
                for (percent, colour), rects in group.inks.items():
                    painter.setBrush(self._look.alpha(colour, percent))
                    painter.drawRects(rects)
                for drawn in group.drawn.values():
                    _sprites(painter, drawn)
            else:
                for key, drawn in group.drawn.items():
                    self._single(painter, key, drawn, emphasis)
            painter.resetTransform()

    def paint_cross(
        self,
        painter: QPainter,
        tree: DiagramTree,
        area: Bounds,
        origin: tuple[int, int],
        emphasis: Emphasis | None,
    ) -> None:
        """Paints the lines between containers."""
        keys = tree.line_grid.near(area)
        if not keys:
            return
        keys.sort()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.translate(*origin)
        shown = self._pixels(area)
        for key in keys:
            line = tree.diagram.lines[key]
            kept = self._cross.get(key)
            if kept is None or kept[0] is not line:
                kept = self._cross[key] = (line, self._maker.make(line, (0.0, 0.0)))
            self._single(painter, key, kept[1], emphasis, shown)
        painter.translate(-origin[0], -origin[1])

    def paint_glow(
        self,
        painter: QPainter,
        tree: DiagramTree,
        origin: tuple[int, int],
        emphasis: Emphasis,
    ) -> None:
        """Paints the halos of a path's lines; few, so a real path each is affordable."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(*origin)
        painter.scale(self._scale[0], self._scale[0])
        for key in emphasis.lines:
            line = tree.diagram.lines.get(key)
            if line is not None:
                connector.paint_glow(painter, self._look, line)
        painter.restore()

    def _group(self, place: Place) -> _Group:
        origin = place.origin()
        drawn = {line.id: self._maker.make(line, origin) for line in place.lines}
        place.drawn_lines = group = _Group(self._stamp, self._scale[0], drawn)
        return group

    def _pixels(self, area: Bounds) -> QRect:
        """An area of the plane in pixels."""
        zoom = self._scale[0]
        corner = QPoint(floor(area.left * zoom), floor(area.top * zoom))
        return QRect(corner, QPoint(ceil(area.right * zoom), ceil(area.bottom * zoom)))

    def _single(
        self,
        painter: QPainter,
        key: str,
        drawn: Drawn,
        emphasis: Emphasis | None,
        area: QRect | None = None,
    ) -> None:
        if emphasis is not None:
            painter.setOpacity(emphasis.line_opacity(key))
        for ink in drawn.inks:
            painter.setBrush(self._look.alpha(ink.colour, ink.percent))
            painter.drawRects(ink.rects(area))
        _sprites(painter, drawn)
        if emphasis is not None:
            painter.setOpacity(1.0)


def _sprites(painter: QPainter, drawn: Drawn) -> None:
    for at, sprite in drawn.sprites:
        painter.drawPixmap(at, sprite)
    if drawn.label is not None:
        painter.drawPixmap(*drawn.label)
