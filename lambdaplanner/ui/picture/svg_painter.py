"""A painter whose strokes become SVG elements: what paints the canvas writes the file.

Only what the paint code calls is overridden; any other call reaches a QPainter without a device,
which Qt complains about, and so do the tests.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF

from lambdaplanner import assets
from lambdaplanner.formats.svg_elements import SvgElements, Value, number, side_of
from lambdaplanner.ui import icons
from lambdaplanner.ui.canvas.look import HALO, Look, TextStyle

_CAPS = {Qt.PenCapStyle.RoundCap: "round", Qt.PenCapStyle.SquareCap: "square"}
_JOINS = {Qt.PenJoinStyle.RoundJoin: "round", Qt.PenJoinStyle.BevelJoin: "bevel"}
_State = tuple[float, float, float, QPen, QBrush]


class SvgPainter(QPainter):
    """Writes into `elements`. Moves and scales are worked into the numbers."""

    def __init__(self, elements: SvgElements) -> None:
        super().__init__()
        self.elements = elements
        self._state: _State = (0.0, 0.0, 1.0, QPen(), QBrush())
        self._saved: list[_State] = []

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A point of the painter's in the file."""
        left, top, scale, _, _ = self._state
        return left + x * scale, top + y * scale

    @property
    def factor(self) -> float:
        """How much larger lengths become in the file."""
        return self._state[2]

    def save(self) -> None:
        self._saved.append(self._state)

    def restore(self) -> None:
        self._state = self._saved.pop()

    def translate(self, *by: Any) -> None:
        x, y = (by[0].x(), by[0].y()) if len(by) == 1 else by
        self._state = (*self.at(x, y), *self._state[2:])

    def scale(self, x: float, y: float) -> None:
        """Both the same: nothing here is stretched."""
        self._state = (*self._state[:2], self._state[2] * x, *self._state[3:])

    def setPen(self, pen: Any) -> None:
        self._state = (*self._state[:3], QPen(pen), self._state[4])

    def setBrush(self, brush: Any) -> None:
        self._state = (*self._state[:4], QBrush(brush))

    def brush(self) -> QBrush:
        return self._state[4]

    def setRenderHints(self, *hints: Any) -> None:
        """Vectors need none."""

    def setOpacity(self, opacity: float) -> None:
        """The groups say it."""

    def fillRect(self, rect: QRectF, colour: QColor) -> None:  # type: ignore[override]
        self.elements.add("rect", **self._box(rect), **_paint("fill", colour))

    def drawRect(self, rect: QRectF) -> None:  # type: ignore[override]
        self.elements.add("rect", **self._box(rect), **self._style())

    def drawRoundedRect(self, rect: QRectF, across: float, down: float) -> None:  # type: ignore[override]
        radius = min(across, down, rect.width() / 2, rect.height() / 2) * self.factor
        self.elements.add("rect", **self._box(rect), rx=max(radius, 0.0), **self._style())

    def drawEllipse(self, *where: Any) -> None:
        if len(where) == 1:
            middle, rx, ry = where[0].center(), where[0].width() / 2, where[0].height() / 2
        else:
            middle, rx, ry = where
        x, y = self.at(middle.x(), middle.y())
        radii = {"rx": rx * self.factor, "ry": ry * self.factor}
        self.elements.add("ellipse", cx=x, cy=y, **radii, **self._style())

    def drawPoint(self, point: QPointF) -> None:  # type: ignore[override]
        x, y = self.at(point.x(), point.y())
        pen = self._state[3]
        radius = pen.widthF() / 2 * self.factor
        self.elements.add("circle", cx=x, cy=y, r=radius, **_paint("fill", pen.color()))

    def drawLine(self, *line: Any) -> None:
        first, last = (line[0].p1(), line[0].p2()) if isinstance(line[0], QLineF) else line
        self._path(f"M{self._pair(first)} {self._pair(last)}", filled=False)

    def drawLines(self, lines: list[QLineF]) -> None:  # type: ignore[override]
        if lines:
            drawn = (f"M{self._pair(line.p1())} {self._pair(line.p2())}" for line in lines)
            self._path("".join(drawn), filled=False)

    def drawPolyline(self, points: QPolygonF) -> None:  # type: ignore[override]
        self._path("M" + " ".join(self._pair(point) for point in points.toList()), filled=False)

    def drawPolygon(self, points: QPolygonF) -> None:  # type: ignore[override]
        self._path("M" + " ".join(self._pair(point) for point in points.toList()) + "Z")

    def drawPath(self, path: QPainterPath) -> None:
        self._path(self._commands(path))

    def strokes(self, width: float, colour: QColor) -> dict[str, Value]:
        """Attributes of a halo around text."""
        return {
            "stroke": colour.name(),
            "stroke_width": width * self.factor,
            "stroke_linejoin": "round",
            "paint_order": "stroke",
        }

    def _commands(self, path: QPainterPath) -> str:
        kinds = QPainterPath.ElementType
        letters = {kinds.MoveToElement: "M", kinds.LineToElement: "L", kinds.CurveToElement: "C"}
        parts = []
        for index in range(path.elementCount()):
            element = path.elementAt(index)
            # A curve's first point bears the name, its other two follow without one.
            letter = letters.get(element.type, " ")
            parts.append(letter + self._pair(QPointF(element.x, element.y)))
        return "".join(parts)

    def _path(self, commands: str, *, filled: bool = True) -> None:
        self.elements.add("path", d=commands, **self._style(filled=filled))

    def _pair(self, point: QPointF) -> str:
        x, y = self.at(point.x(), point.y())
        return f"{number(x)},{number(y)}"

    def _box(self, rect: QRectF) -> dict[str, Value]:
        x, y = self.at(rect.x(), rect.y())
        return {
            "x": x,
            "y": y,
            "width": max(rect.width() * self.factor, 0.0),
            "height": max(rect.height() * self.factor, 0.0),
        }

    def _style(self, *, filled: bool = True) -> dict[str, Value]:
        _, _, scale, pen, brush = self._state
        style: dict[str, Value] = {"fill": "none"}
        if filled and brush.style() != Qt.BrushStyle.NoBrush:
            style = _paint("fill", brush.color())
        if pen.style() == Qt.PenStyle.NoPen:
            return style
        width = pen.widthF() * scale
        style |= _paint("stroke", pen.color()) | {"stroke_width": width}
        if pen.style() == Qt.PenStyle.CustomDashLine:
            style["stroke_dasharray"] = " ".join(number(one * width) for one in pen.dashPattern())
        if pen.capStyle() in _CAPS:
            style["stroke_linecap"] = _CAPS[pen.capStyle()]
        if pen.joinStyle() in _JOINS:
            style["stroke_linejoin"] = _JOINS[pen.joinStyle()]
        return style


class SvgLook(Look):
    """Writes letters as text and icons as uses of one symbol each."""

    def text(
        self,
        painter: QPainter,
        at: tuple[float, float],
        text: str,
        style: TextStyle,
        colour: str,
        halo: str = "",
    ) -> None:
        assert isinstance(painter, SvgPainter)
        if not text.strip():
            return
        x, y = painter.at(*at)
        values: dict[str, Value] = {"x": x, "y": y, "font_size": style.pixels * painter.factor}
        if style.weight != 400:
            values["font_weight"] = style.weight
        if len(text) > 1:
            # Another typeface than the one that was measured takes the same room.
            values["textLength"] = self.metrics(style).horizontalAdvance(text) * painter.factor
            values["lengthAdjust"] = "spacingAndGlyphs"
        if halo:
            values |= painter.strokes(HALO, self.colour(halo))
        painter.elements.add("text", text, **values, **_paint("fill", self.colour(colour)))

    def icon(self, painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
        assert isinstance(painter, SvgPainter)
        if not icons.has(name):
            return
        source = _drawing(name)
        x, y = painter.at(rect.x(), rect.y())
        scale = rect.width() * painter.factor / side_of(source)
        place = f"translate({number(x)} {number(y)}) scale({scale:.4g})"
        values = {"xlink:href": f"#{painter.elements.symbol(name, source)}", "transform": place}
        painter.elements.add("use", **values, color=colour.name())


@cache
def _drawing(name: str) -> str:
    return assets.icon_path(name).read_text(encoding="utf-8")


def _paint(name: str, colour: QColor) -> dict[str, Value]:
    if colour.alpha() == 255:
        return {name: colour.name()}
    return {name: colour.name(), f"{name}_opacity": f"{colour.alphaF():.3g}"}
