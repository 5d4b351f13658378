"""What paint code draws with: a theme's colours, fonts and their measures, icons as vectors."""

from __future__ import annotations

from enum import Enum
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtSvg import QSvgRenderer

from lambdaplanner import assets
from lambdaplanner.ui import fonts, icons
from lambdaplanner.ui.theme import Theme


class TextStyle(NamedTuple):
    """A role of text on the canvas: pixels high at 100 % and weight."""

    pixels: int
    weight: int


CONTAINER_TITLE = TextStyle(13, fonts.SEMIBOLD)
LEAF_TITLE = TextStyle(13, fonts.SEMIBOLD)
BODY = TextStyle(12, fonts.REGULAR)
SUBTITLE = TextStyle(11, fonts.REGULAR)
TAG = TextStyle(10, fonts.SEMIBOLD)
BADGE = TextStyle(10, fonts.MEDIUM)
ZONE = TextStyle(12, fonts.SEMIBOLD)
MICRO = TextStyle(9, fonts.SEMIBOLD)
FAR_TITLE = TextStyle(26, fonts.SEMIBOLD)
"""A container's title in the overview, where the usual one would be too small to read."""
HEADING = TextStyle(22, fonts.SEMIBOLD)
HALO = 3.0
"""How wide a halo's stroke is, in scene units; half of it is hidden below the letters."""
_LEAST_TITLE = 9.0
"""Pixels of a title on the screen, at least."""
_REMEMBERED = 20_000


class FontUse(Enum):
    """Who reads the font: of a PDF people copy text, so there each glyph is to be that of its
    character.
    """

    OUTLINES = "outlines"
    CHARACTERS = "characters"


class Look:
    """A theme ready to paint with. Needs a QGuiApplication; make one a theme and keep it."""

    def __init__(self, theme: Theme, use: FontUse = FontUse.OUTLINES) -> None:
        self.theme = theme
        self.zoom = 1.0
        """Pixels a scene unit, where a screen is painted: titles stay large enough to be read."""
        self._use = use
        self._fonts: dict[TextStyle, QFont] = {}
        self._metrics: dict[TextStyle, QFontMetricsF] = {}
        self._elided: dict[tuple[str, TextStyle, int, bool], tuple[str, float]] = {}
        self._alphas: dict[tuple[str, int], QColor] = {}
        self._icons: dict[tuple[str, int], QSvgRenderer | None] = {}

    def colour(self, name: str) -> QColor:
        """A colour of the theme; that of the neutral tone where a tone's name is unknown."""
        try:
            return self.theme.colour(name)
        except KeyError:
            return self.theme.colour(f"neutral.{name.partition('.')[2] or 'accent'}")

    def alpha(self, name: str, percent: int) -> QColor:
        """The colour, `percent` opaque."""
        found = self._alphas.get((name, percent))
        if found is None:
            found = self._alphas[name, percent] = QColor(self.colour(name))
            found.setAlphaF(percent / 100)
        return found

    def brush(self, name: str) -> QBrush:
        """A solid brush of the colour."""
        return QBrush(self.colour(name))

    def pen(self, name: str, width: float = 1.0, dash: tuple[float, ...] = ()) -> QPen:
        """A flat-capped pen; `dash` in pen widths."""
        pen = QPen(self.colour(name), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if dash:
            pen.setDashPattern(dash)
        return pen

    def font(self, style: TextStyle) -> QFont:
        """The font of a text role."""
        found = self._fonts.get(style)
        if found is None:
            found = self._fonts[style] = self._outlines(style)
        return found

    def readable(self, style: TextStyle) -> TextStyle:
        """The style of a title, larger in scene units where it would be too small to be read."""
        least = ceil(_LEAST_TITLE / self.zoom)
        return style if least <= style.pixels else TextStyle(least, style.weight)

    def metrics(self, style: TextStyle) -> QFontMetricsF:
        """The measures of a text role."""
        found = self._metrics.get(style)
        if found is None:
            found = self._metrics[style] = QFontMetricsF(self.font(style))
        return found

    def _outlines(self, style: TextStyle) -> QFont:
        made = fonts.application_font(style.pixels, style.weight)
        if self._use is FontUse.CHARACTERS:
            # Between digits and capitals the typeface has another colon, and an arrow for "->",
            # which no character stands for: a reader of the PDF would copy nothing there.
            made.setFeature(QFont.Tag("calt"), 0)
        return made

    def fit(
        self, text: str, style: TextStyle, width: float, *, middle: bool = False
    ) -> tuple[str, float]:
        """As much of `text` as fits `width`, with an ellipsis at its end or in its `middle` where
        cut, and its own width. Names are cut in the middle: many begin alike.
        """
        key = (text, style, int(width), middle)
        found = self._elided.get(key)
        if found is None:
            if len(self._elided) > _REMEMBERED:
                self._elided.clear()
            found = self._elided[key] = self._fit(
                " ".join(text.split()), style, width, middle=middle
            )
        return found

    def text_width(self, text: str, style: TextStyle) -> float:
        """How wide the text is, in scene units."""
        return self.fit(text, style, 100_000)[1]

    def text(
        self,
        painter: QPainter,
        at: tuple[float, float],
        text: str,
        style: TextStyle,
        colour: str,
        halo: str = "",
    ) -> None:
        """Writes one line; `at` is the left end of its baseline. `halo`: a colour around the
        letters, for text that may lie on any ground.
        """
        if halo:
            outlines = QPainterPath()
            outlines.addText(QPointF(*at), self.font(style), text)
            painter.strokePath(outlines, _halo(self.colour(halo)))
        painter.setFont(self.font(style))
        painter.setPen(self.colour(colour))
        painter.drawText(QPointF(*at), text)

    def icon(self, painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
        """Draws an icon as vectors; nothing where no file has that name."""
        key = (name, colour.rgb())
        if key not in self._icons:
            self._icons[key] = _renderer(name, colour)
        renderer = self._icons[key]
        if renderer is not None:
            renderer.render(painter, rect)

    def _fit(self, text: str, style: TextStyle, width: float, *, middle: bool) -> tuple[str, float]:
        metrics = self.metrics(style)
        whole = metrics.horizontalAdvance(text)
        if whole <= width:
            return text, whole
        mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        cut = metrics.elidedText(text, mode, width)
        return cut, metrics.horizontalAdvance(cut)


def _halo(colour: QColor) -> QPen:
    pen = QPen(colour, HALO)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _renderer(name: str, colour: QColor) -> QSvgRenderer | None:
    if not icons.has(name):
        return None
    source = (assets.icon_path(name)).read_bytes()
    return QSvgRenderer(QByteArray(source.replace(b"currentColor", colour.name().encode())))
