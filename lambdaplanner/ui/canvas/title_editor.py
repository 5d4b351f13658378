"""A field over a box's title, to rename it in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from lambdaplanner.ui import fonts

Done = Callable[[str | None], None]
_SMALLEST = 140
_DONE = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class TitleEditor(QLineEdit):
    """Gives the text to `done` on Enter and when the focus leaves; None on Esc. Then it is gone,
    and the canvas has the keyboard.
    """

    def __init__(self, parent: QWidget, where: QRect, text: str, zoom: float, done: Done) -> None:
        super().__init__(text, parent)
        self._done: Done | None = done
        pixels = max(11, min(26, round(13 * zoom)))
        self.setFont(fonts.application_font(pixels, fonts.SEMIBOLD))
        self.setAccessibleName("Name")
        height = max(self.sizeHint().height(), pixels + 12)
        width = max(_SMALLEST, where.width())
        self.setGeometry(where.left(), where.center().y() - height // 2, width, height)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.installEventFilter(self)

    def commit(self) -> None:
        """Ends with the text as it is."""
        self._finish(self.text())

    def cancel(self) -> None:
        """Ends and changes nothing."""
        self._finish(None)

    def _finish(self, text: str | None) -> None:
        done, self._done = self._done, None
        if done is None:
            return
        parent = self.parentWidget()
        self.hide()
        if parent is not None:
            parent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.deleteLater()
        done(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """No key of the field goes on to the canvas under it: a line edit leaves Enter and the
        arrows up and down to what is around it, where they would go into the box or move it.
        """
        if event.key() in _DONE:
            self.commit()
        else:
            super().keyPressEvent(event)
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.commit()
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self.cancel()
            return True
        return False
