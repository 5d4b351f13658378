"""Whose undo is meant: the plan's, unless a text is being typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)


class TypingKeys(QObject):
    """Watches the field that has the keyboard. Qt lets every field take Ctrl+Z, also an empty one
    and one that nobody typed into; this one lets it only where that takes typing back.
    """

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._watch)

    def _watch(self, _before: QWidget | None, now: QWidget | None) -> None:
        # A name on the canvas is edited until Enter or Esc: there, undo is the field's.
        if now is not None and not self._canvas.isAncestorOf(now) and _takes_text(now):
            now.removeEventFilter(self)
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        undo = event.matches(QKeySequence.StandardKey.Undo)
        redo = event.matches(QKeySequence.StandardKey.Redo)
        if not isinstance(watched, QWidget) or not (undo or redo) or typing(watched, redo=redo):
            return False
        event.ignore()
        return True


def _takes_text(widget: QWidget) -> bool:
    return isinstance(widget, QPlainTextEdit | QTextEdit) or _line_of(widget) is not None


def _line_of(widget: QWidget) -> QLineEdit | None:
    if isinstance(widget, QComboBox | QAbstractSpinBox):
        return widget.lineEdit()
    return widget if isinstance(widget, QLineEdit) else None


def typing(field: QWidget, *, redo: bool = False) -> bool:
    """Whether somebody types into a field: it holds text that was not taken yet, or that no form
    takes.
    """
    if hasattr(field, "draft"):
        return field.draft is not None
    if isinstance(field, QPlainTextEdit | QTextEdit):
        document = field.document()
        return document.isRedoAvailable() if redo else document.isUndoAvailable()
    line = _line_of(field)
    if line is None:
        return False
    return line.isRedoAvailable() if redo else line.isUndoAvailable()
