"""The panels around the canvas: which there are, where, and how they share the window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QMainWindow

from lambdaplanner.ui.dock import Dock

_LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
_RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
_BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea


class Place(NamedTuple):
    """Where a panel begins: name, title, side, and how many pixels across at least and at first."""

    name: str
    title: str
    area: Qt.DockWidgetArea
    least: int = 240
    width: int = 0


DOCKS = (
    Place("palette", "Palette", _LEFT, 180, 220),
    Place("inspector", "Inspector", _RIGHT, 290, 340),
    Place("findings", "Findings", _BOTTOM),
    Place("trace", "Path", _BOTTOM),
    Place("reach", "Reach", _BOTTOM),
    Place("capacity", "Capacity", _BOTTOM),
    Place("whatif", "What if", _BOTTOM),
)
BELOW = tuple(place.name for place in DOCKS if place.area == _BOTTOM)
"""The panels that share the place below the canvas."""
_SIDES = ("palette", "inspector")
_LOW_HEIGHT = 272
_LOW_SHARE = 0.36
"""Pixels of the panels below the canvas at first, and the share of the window they may take."""
_MIDDLE = 540
"""Pixels that canvas and lower panels should have before the sides get what they want."""


def make_docks(window: QMainWindow) -> dict[str, Dock]:
    """The docks of a window, by name; those below the canvas are tabs, the first one on top."""
    docks: dict[str, Dock] = {}
    previous: Dock | None = None
    for place in DOCKS:
        dock = Dock(place.title, place.least, place.width, window)
        dock.setObjectName(f"dock-{place.name}")
        window.addDockWidget(place.area, dock)
        if place.area == _BOTTOM and previous is not None:
            window.tabifyDockWidget(previous, dock)
        previous = dock if place.area == _BOTTOM else None
        docks[place.name] = dock
    docks["findings"].raise_()
    window.setCorner(Qt.Corner.BottomLeftCorner, _LEFT)
    window.setCorner(Qt.Corner.BottomRightCorner, _RIGHT)
    return docks


def share_width(window: QMainWindow, docks: Mapping[str, Dock]) -> None:
    """Gives the panels at the sides the width they want, as far as the middle can spare it."""
    sides = [dock for name in _SIDES if not (dock := docks[name]).isFloating()]
    spare = window.width() - _MIDDLE - sum(dock.least for dock in sides)
    wanted = sum(dock.wanted - dock.least for dock in sides)
    part = min(1.0, max(0.0, spare / wanted)) if wanted else 0.0
    widths = [dock.least + round((dock.wanted - dock.least) * part) for dock in sides]
    window.resizeDocks(sides, widths, Qt.Orientation.Horizontal)


def share_height(window: QMainWindow, docks: Mapping[str, Dock], *, low: bool = False) -> None:
    """Gives the panels below the canvas their first height; `low` where there is little to tell:
    the list's own controls and a line.
    """
    height = 1 if low else min(_LOW_HEIGHT, round(window.height() * _LOW_SHARE))
    window.resizeDocks([_seen_below(docks)], [height], Qt.Orientation.Vertical)
    layout = window.layout()
    if layout is not None:
        layout.activate()


def height_below(docks: Mapping[str, Dock]) -> int:
    """Pixels of the panels below the canvas."""
    return _seen_below(docks).height()


def is_low(docks: Mapping[str, Dock]) -> bool:
    """Whether the panels below are as low as they go."""
    dock = _seen_below(docks)
    return dock.height() <= dock.minimumSizeHint().height() + 2


def _seen_below(docks: Mapping[str, Dock]) -> Dock:
    """The panel on top of the tabs below the canvas."""
    return next((docks[name] for name in BELOW if docks[name].is_seen), docks["findings"])


def save_widths(docks: Mapping[str, Dock], settings: QSettings) -> None:
    """Notes what the panels at the sides want, whatever the window leaves them now."""
    for name in _SIDES:
        settings.setValue(f"window/{name}-width", docks[name].wanted)


def restore_widths(docks: Mapping[str, Dock], settings: QSettings) -> None:
    """Brings back what was noted."""
    for name in _SIDES:
        width = str(settings.value(f"window/{name}-width", ""))
        if width.isdecimal():
            docks[name].wanted = max(docks[name].least, int(width))
