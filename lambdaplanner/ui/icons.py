"""The drawings in ``resources/icons``: tinted for the theme, for widgets and for the canvas.

A file draws in ``currentColor``; the loader puts a real colour there, so an icon follows the theme.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from lambdaplanner import assets
from lambdaplanner.ui.theme import Theme


def has(name: str) -> bool:
    """Whether there is a drawing of this name."""
    return _file(name).is_file()


def icon(name: str, theme: Theme, colour: str = "muted", active: str = "") -> QIcon:
    """The icon for buttons, actions and lists, sharp at every size, grey where disabled.

    `colour` names a theme colour, `active` the one while checked or selected (the same if empty).
    An unknown name of either is a KeyError.
    """
    _source(name)
    return QIcon(
        _TintedIcon(name, theme.hex(colour), theme.hex(active or colour), theme.hex("disabled"))
    )


def application_icon() -> QIcon:
    """The program's own coloured icon, for windows and the task bar."""
    return QIcon(str(_file("lambdaplanner")))


@lru_cache(maxsize=1024)
def sprite(name: str, colour: str, size: float, scale: float = 1.0) -> QPixmap:
    """A pixmap `size` units wide drawn for exactly `scale` device pixels a unit; `colour` is hex.

    Shared by everyone who asks for the same; only for the GUI thread. Draw it at whole device
    pixels, or it blurs.
    """
    return QPixmap.fromImage(image(name, colour, size, scale))


def image(name: str, colour: str, size: float, scale: float = 1.0) -> QImage:
    """As `sprite`, made afresh, for any thread."""
    pixels = max(1, round(size * scale))
    made = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    draw(painter, name, colour, QRectF(0, 0, pixels, pixels))
    painter.end()
    made.setDevicePixelRatio(pixels / size)
    return made


def draw(painter: QPainter, name: str, colour: str, where: QRectF) -> None:
    """Draws the icon as vectors into the square `where`, for SVG and PDF and large scales."""
    source = _source(name)
    tint = QColor(colour)
    data = source.replace(b"currentColor", tint.name().encode())
    painter.save()
    painter.setOpacity(painter.opacity() * tint.alphaF())
    QSvgRenderer(QByteArray(data)).render(painter, where)
    painter.restore()


class _TintedIcon(QIconEngine):
    """Draws when asked and not before: forty actions cost nothing at start."""

    def __init__(self, name: str, colour: str, active: str, disabled: str) -> None:
        super().__init__()
        self._name = name
        self._colours = (colour, active, disabled)

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        colour, active, disabled = self._colours
        if mode == QIcon.Mode.Disabled:
            return disabled
        selected = mode == QIcon.Mode.Selected or state == QIcon.State.On
        return active if selected else colour

    def clone(self) -> QIconEngine:
        return _TintedIcon(self._name, *self._colours)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        draw(painter, self._name, self._colour(mode, state), square)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        side = min(size.width(), size.height())
        return sprite(self._name, self._colour(mode, state), side, scale)


@lru_cache(maxsize=256)
def _source(name: str) -> bytes:
    try:
        return _file(name).read_bytes()
    except FileNotFoundError:
        raise KeyError(f"no icon is named {name!r}") from None


def _file(name: str) -> Path:
    return assets.icon_folder() / f"{name}.svg"
