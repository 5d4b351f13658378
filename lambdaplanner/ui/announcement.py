"""A word over the canvas on what was just done, with the way back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from lambdaplanner.ui.panels.parts import ElidedLabel, Glyph, IconButton, retint, row
from lambdaplanner.ui.theme import Theme, mark

_STAYS_MS = 12_000
_FROM_BOTTOM = 18
_WIDEST = 620


class Announcement(QFrame):
    """Stands at the bottom of its host until the plan changes again, somebody closes it, or some
    seconds have passed in which neither mouse nor keyboard was on it.

    Signals:
        undo_wanted: take it back.
    """

    undo_wanted = Signal()

    def __init__(self, host: QWidget, theme: Theme) -> None:
        super().__init__(host)
        self.setObjectName("announcement")
        mark(self, role="card")
        self._host = host
        self.text = ElidedLabel("", grows=False)
        self.undo = QPushButton("Undo")
        self.undo.setAccessibleName("Undo what was just done")
        mark(self.undo, kind="quiet")
        self.undo.clicked.connect(self.undo_wanted)
        self.close_button = IconButton("control-close", "Close", theme)
        self.close_button.clicked.connect(self.hide)
        line: QHBoxLayout = row(Glyph("ok", theme, "ok.solid", 18), self.text, self.undo)
        line.addWidget(self.close_button)
        line.setContentsMargins(14, 6, 8, 6)
        self.setLayout(line)
        self._line = line
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_STAYS_MS)
        self._patience.timeout.connect(self._leave)
        host.installEventFilter(self)
        self.hide()

    def say(self, text: str) -> None:
        """Shows what was done."""
        self.text.setText(text)
        self.setAccessibleName(f"{text}. Undo takes it back.")
        self._place()
        self.show()
        self.raise_()
        self._patience.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _place(self) -> None:
        self._line.activate()
        hint = self.sizeHint()
        width = min(hint.width(), _WIDEST, max(self._host.width() - 24, 120))
        left = (self._host.width() - width) // 2
        top = self._host.height() - hint.height() - _FROM_BOTTOM
        self.setGeometry(left, top, width, hint.height())

    def _leave(self) -> None:
        if self.underMouse() or self.isAncestorOf(self.window().focusWidget() or self._host):
            self._patience.start()
        else:
            self.hide()

    def hideEvent(self, event: object) -> None:
        self._patience.stop()
        super().hideEvent(event)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        retint(self, theme)
