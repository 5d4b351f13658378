"""The drawings in ``resources/icons``: tinted for the theme, for widgets and for the canvas.

A file draws in ``currentColor``; the loader puts a real colour there, so an icon follows the theme.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from lambdaplanner import assets
from lambdaplanner.ui.theme import Theme

_SIZES = (16, 20, 24)
_SCALES = (1.0, 2.0)


def has(name: str) -> bool:
    """Whether there is a drawing of this name."""
    return _file(name).is_file()


def icon(name: str, theme: Theme, colour: str = "muted", active: str = "") -> QIcon:
    """The icon for buttons, actions and lists, sharp at the sizes of widgets, grey where disabled.

    `colour` names a theme colour, `active` the one while checked or selected (the same if empty).
    An unknown name of either is a KeyError.
    """
    _source(name)
    return _icon(name, theme.hex(colour), theme.hex(active or colour), theme.hex("disabled"))


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


@lru_cache(maxsize=512)
def _icon(name: str, colour: str, active: str, disabled: str) -> QIcon:
    # Pixmaps, and no engine of our own: Qt clones and keeps engines beyond the life of their Python
    # half, and painting such an icon ends the program.
    made = QIcon()
    tints = [
        (colour, QIcon.Mode.Normal, QIcon.State.Off),
        (disabled, QIcon.Mode.Disabled, QIcon.State.Off),
    ]
    if active != colour:
        tints += [
            (active, QIcon.Mode.Normal, QIcon.State.On),
            (active, QIcon.Mode.Selected, QIcon.State.Off),
            (disabled, QIcon.Mode.Disabled, QIcon.State.On),
        ]
    for tint, mode, state in tints:
        for size in _SIZES:
            for scale in _SCALES:
                made.addPixmap(sprite(name, tint, size, scale), mode, state)
    return made


@lru_cache(maxsize=256)
def _source(name: str) -> bytes:
    try:
        return _file(name).read_bytes()
    except FileNotFoundError:
        raise KeyError(f"no icon is named {name!r}") from None


def _file(name: str) -> Path:
    return assets.icon_folder() / f"{name}.svg"
