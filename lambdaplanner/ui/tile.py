"""A button with a picture above a title and a line or two of small print."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout

from lambdaplanner.ui.panels.parts import ElidedLabel, label
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import mark

PICTURE = (232, 140)
"""Pixels of the picture, across and down."""
_EDGE = 9
_SMALL_PRINT = 34


class Tile(QPushButton):
    """One plan among several."""

    def __init__(self, title: str, small_print: str, tip: str) -> None:
        super().__init__()
        mark(self, kind="tile")
        self.setAccessibleName(title)
        self.setAccessibleDescription(tip)
        self.setToolTip(plain_tip(tip))
        self.picture = QLabel()
        self.picture.setFixedSize(*PICTURE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = ElidedLabel(title)
        self.small_print = label(small_print, "caption", wrap=True)
        self.small_print.setFixedHeight(_SMALL_PRINT)
        self.small_print.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        layout.setSpacing(5)
        for part in (self.picture, self.title, self.small_print):
            # The button takes the clicks, and says all that its parts say.
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())

    def show_picture(self, image: QImage) -> None:
        """Shows what it looks like."""
        self.picture.setPixmap(QPixmap.fromImage(image))

    def sizeHint(self) -> QSize:
        words = self.title.sizeHint().height() + _SMALL_PRINT
        return QSize(PICTURE[0] + 2 * _EDGE, PICTURE[1] + words + 2 * _EDGE + 10)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
