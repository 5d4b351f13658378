"""A button with a picture above a title and a line or two of small print."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout

from lambdaplanner.ui.panels.parts import ElidedLabel, label
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import mark

PICTURE = (232, 140)
"""Pixels of the picture, across and down."""
_EDGE = 9
_ROWS = 2
"""Of small print."""


class Tile(QPushButton):
    """One plan among several."""

    def __init__(self, title: str, small_print: str, tip: str) -> None:
        super().__init__()
        mark(self, kind="tile")
        self.setAccessibleName(title)
        self.setAccessibleDescription(tip)
        self.setToolTip(plain_tip(tip))
        self.picture = label()
        self.picture.setFixedSize(*PICTURE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = ElidedLabel(title)
        self.small_print = label("", "caption", wrap=True)
        self.small_print.setText(_shortened(self.small_print, small_print))
        self.small_print.setFixedHeight(_ROWS * self.small_print.fontMetrics().lineSpacing())
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
        words = self.title.sizeHint().height() + self.small_print.height()
        return QSize(PICTURE[0] + 2 * _EDGE, PICTURE[1] + words + 2 * _EDGE + 10)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def _shortened(shown: QLabel, text: str) -> str:
    """As many words as fit the rows of the small print; the tip has them all."""
    metrics = shown.fontMetrics()
    room, wrapped = QRect(0, 0, PICTURE[0], 10_000), Qt.TextFlag.TextWordWrap

    def fits(words: str) -> bool:
        return metrics.boundingRect(room, wrapped, words).height() <= _ROWS * metrics.lineSpacing()

    words = text.split(" ")
    if fits(text) or len(words) == 1:
        return text
    while len(words) > 1 and not fits(" ".join(words) + "…"):
        words.pop()
    return " ".join(words).rstrip(" ,.;:") + "…"
