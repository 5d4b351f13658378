"""Values that are chosen, not typed: true or false, one of a few words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox

from lambdaplanner.model.fields import Choice
from lambdaplanner.model.records import FieldInfo
from lambdaplanner.ui.panels.field_editors import Offer, nobody_asked
from lambdaplanner.ui.panels.words import sentence
from lambdaplanner.ui.theme import mark


class Switch(QCheckBox):
    """True or false."""

    judged = Signal(str, str)
    left = Signal()

    def __init__(self, info: FieldInfo) -> None:
        super().__init__()
        self.info = info
        self.offer: Offer = nobody_asked
        self.wrong = False
        self.draft = None
        self.setAccessibleName(info.title)
        self.clicked.connect(self._on_click)

    def show_value(self, value: Any, *, force: bool = False) -> None:
        """Shows the plan's value."""
        self.setChecked(bool(value))

    def show_draft(self, text: str) -> None:
        """A switch is never half typed."""

    def flush(self) -> None:
        """A switch is taken at once."""

    def _on_click(self, on: bool) -> None:
        reason = self.offer(on)
        self.judged.emit("error" if reason else "", sentence(reason))
        self.left.emit()


class QuietCombo(QComboBox):
    """A list to choose from that the wheel does not change in passing."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setIconSize(QSize(16, 16))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceField(QuietCombo):
    """One of a few words."""

    judged = Signal(str, str)
    left = Signal()

    def __init__(self, info: FieldInfo) -> None:
        super().__init__()
        self.info = info
        self.offer: Offer = nobody_asked
        self.wrong = False
        self.draft = None
        self._plan_value: Any = None
        self.setAccessibleName(info.title)
        self.setAccessibleDescription(info.help)
        assert isinstance(info.spec, Choice)
        for option in info.spec.options:
            self.addItem(info.titles.get(option, option), option)
        self.activated.connect(self.flush)

    def show_value(self, value: Any, *, force: bool = False) -> None:
        """Shows the plan's value."""
        if value == self._plan_value and not force:
            return
        self._plan_value = value
        self.setCurrentIndex(self.findData(value))
        self._judge("")

    def show_draft(self, text: str) -> None:
        """A choice is never half typed."""

    def flush(self) -> None:
        """Offers what is chosen."""
        value = self.currentData()
        if value == self._plan_value:
            self._judge("")
            return
        reason = self.offer(value)
        if not reason:
            self._plan_value = value
        self._judge(reason)

    def _judge(self, reason: str) -> None:
        self.wrong = bool(reason)
        mark(self, invalid=self.wrong)
        self.judged.emit("error" if reason else "", sentence(reason))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.wrong:
            self.show_value(self._plan_value, force=True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
