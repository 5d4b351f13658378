"""Counts clicks in the same place: single, double, triple."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QGuiApplication, QMouseEvent


class ClickCounter:
    """How often one button went down in one place within the system's double-click time."""

    def __init__(self) -> None:
        self.count = 0
        self._stamp = 0
        self._at = QPoint()
        self._button: object = None

    def press(self, event: QMouseEvent) -> int:
        """Counts a press; 1 for the first."""
        hints = QGuiApplication.styleHints()
        at = event.position().toPoint()
        again = (
            self._button == event.button()
            and event.timestamp() - self._stamp <= hints.mouseDoubleClickInterval()
            and (at - self._at).manhattanLength() <= hints.mouseDoubleClickDistance()
        )
        again = again or event.type() == QEvent.Type.MouseButtonDblClick
        self.count = max(self.count, 1) + 1 if again else 1
        self._stamp, self._at, self._button = event.timestamp(), at, event.button()
        return self.count
