"""A thing of the plan to jump to."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from lambdaplanner.ui import icons
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import Theme, mark

_AROUND_LINK = 34
"""Icon, gaps and borders of a link, pixels."""


class Link(QPushButton):
    """A thing of the plan by name and icon; clicking shows it."""

    def __init__(self, text: str, icon: str, theme: Theme) -> None:
        super().__init__(text)
        self._icon = icon
        self._text = text
        mark(self, kind="quiet")
        self.setStyleSheet("QPushButton { padding: 2px 6px 2px 3px; text-align: left; }")
        self.setIconSize(QSize(15, 15))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setToolTip(plain_tip(f"Show {text} on the canvas"))
        self.retint(theme)

    def retint(self, theme: Theme) -> None:
        self.setIcon(icons.icon(self._icon, theme, "accent_text"))

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + _AROUND_LINK, 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 24)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - _AROUND_LINK + 2
        middle = Qt.TextElideMode.ElideMiddle
        self.setText(self.fontMetrics().elidedText(self._text, middle, room))
