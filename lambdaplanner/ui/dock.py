"""A panel's place at the border of the window."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QFrame, QMainWindow, QScrollArea, QWidget

_LEAST_HEIGHT = 90
"""Pixels of a panel that are seen at least; the rest can be scrolled to."""


class Dock(QDockWidget):
    """Holds one panel, and shows it only while it is on top of its tabs.

    What Qt calls visible includes docks behind another tab. A panel in here is hidden then, so
    that it takes no focus and no keys, and its own `isVisible` says whether somebody looks: panels
    compute nothing otherwise. A panel that is larger than the dock can be scrolled, so that no
    panel keeps the window from being small.

    Signals:
        keyboard_freed: the keyboard was in the panel, which is no longer seen.
    """

    keyboard_freed = Signal()

    def __init__(self, title: str, least: int, width: int, window: QMainWindow) -> None:
        super().__init__(title, window)
        self.least = least
        """Pixels across that it has at least."""
        self.wanted = width
        """Pixels across that it has where the window leaves room: as it was dragged last."""
        self._room = QScrollArea()
        self._room.setWidgetResizable(True)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._room.setMinimumSize(QSize(least, _LEAST_HEIGHT))
        self._on_top = False
        self.setWidget(self._room)
        self.visibilityChanged.connect(self._follow)

    @property
    def panel(self) -> QWidget | None:
        """What it holds."""
        return self._room.widget()

    def put(self, panel: QWidget) -> None:
        """Fills it."""
        self._room.setWidget(panel)
        panel.setVisible(self._on_top)

    @property
    def is_seen(self) -> bool:
        """Whether it is open and on top of its tabs."""
        return self.isVisible() and self._on_top

    def _follow(self, on_top: bool) -> None:
        self._on_top = on_top
        if self.panel is None:
            return
        keyboard = self.panel.isAncestorOf(self.window().focusWidget() or self)
        self.panel.setVisible(on_top)
        if keyboard and not on_top:
            self.keyboard_freed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if QApplication.mouseButtons() & Qt.MouseButton.LeftButton and not self.isFloating():
            self.wanted = max(self.least, event.size().width())
