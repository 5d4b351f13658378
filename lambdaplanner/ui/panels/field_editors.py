"""One widget for each sort of single value. All share four things:

`offer` is called with a value that the field itself can mean, and answers with the reason why it
is refused ("" where it is taken); `show_value` shows what the plan holds without touching what is
being typed; `judged` says what is wrong or worth knowing (tone, sentence); `left` says that the
focus went, so that the next change is a step of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from lambdaplanner.model.fields import Integer, Text
from lambdaplanner.model.records import FieldInfo
from lambdaplanner.model.specs import Report, Spec
from lambdaplanner.ui.panels.words import sentence
from lambdaplanner.ui.theme import mark

Offer = Callable[[Any], str]
_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}


def nobody_asked(_value: Any) -> str:
    """The offer of a field that belongs to no form yet: takes everything."""
    return ""


def read_field(info: FieldInfo, text: str) -> tuple[Any, str]:
    """What `text` means in a field, and a remark worth telling; raises ValueError with the reason
    where nothing."""
    spec = info.spec
    written = text if isinstance(spec, Text) else text.strip()
    if not written:
        if info.required:
            raise ValueError(f"{info.title} is missing; {spec.what} is due here")
        if info.default in (None, ""):
            return info.default, ""
    report = Report()
    value = spec.read(written, report)
    for problem in report.problems:
        if problem.severity == "error":
            raise ValueError(problem.message)
    return value, report.problems[0].message if report.problems else ""


def written(spec: Spec, value: Any) -> str:
    """How a person writes a value."""
    return "" if value is None else str(spec.plain(value))


class LineField(QLineEdit):
    """A line of text with a meaning. Wrong text stays, with its reason; Esc brings the plan's value
    back."""

    judged = Signal(str, str)
    left = Signal()

    def __init__(self, info: FieldInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.info = info
        self.offer: Offer = nobody_asked
        self._plan_text = ""
        self._busy = False
        self.wrong = False
        self.setAccessibleName(info.title)
        self.setAccessibleDescription(info.help)
        self.textEdited.connect(self._on_typing)
        self.returnPressed.connect(self.flush)

    def show_value(self, value: Any, *, force: bool = False) -> None:
        """Shows the plan's value; what is being typed stays unless the plan's value changed."""
        text = written(self.info.spec, value)
        if not force and text == self._plan_text:
            return
        self._plan_text = text
        if self.text() != text:
            self.setText(text)
            if not self.hasFocus():
                self.setCursorPosition(0)
        self._judge("", "")

    @property
    def draft(self) -> str | None:
        """What stands here that the plan does not have."""
        return self.text() if self.text() != self._plan_text else None

    def show_draft(self, text: str) -> None:
        """Brings back text that was not taken, with its reason."""
        self.setText(text)
        self.flush()

    def flush(self) -> None:
        """Offers what was typed; does nothing where that is what the plan has."""
        if self._busy or self.text() == self._plan_text:
            if not self._busy:
                self._judge("", "")
            return
        self._busy = True
        try:
            value, notice = read_field(self.info, self.text())
            reason = self.offer(value)
            if reason:
                raise ValueError(reason)
            self.show_value(value, force=True)
            self._judge("info" if notice else "", sentence(notice))
        except ValueError as error:
            self._judge("error", sentence(str(error)))
        finally:
            self._busy = False

    def _on_typing(self) -> None:
        if not self.wrong:
            return
        try:
            read_field(self.info, self.text())
        except ValueError as error:
            self._judge("error", sentence(str(error)))
        else:
            self._judge("", "")

    def _judge(self, tone: str, text: str) -> None:
        self.wrong = tone == "error"
        mark(self, invalid=self.wrong)
        self.judged.emit(tone, text)

    def _step(self, by: int) -> None:
        spec = self.info.spec
        if isinstance(spec, Integer) and self.text().strip().isdecimal():
            value = min(max(int(self.text()) + by, spec.minimum), spec.maximum)
            self.setText(str(value))
            self.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and (self.wrong or self.draft is not None):
            self.setText(self._plan_text)
            self._judge("", "")
        elif isinstance(self.info.spec, Integer) and key in _STEPS:
            self._step(_STEPS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.flush()
            self.left.emit()


class TextBlock(QPlainTextEdit):
    """Several lines of text, taken as they are typed."""

    judged = Signal(str, str)
    left = Signal()

    def __init__(self, info: FieldInfo) -> None:
        super().__init__()
        self.info = info
        self.offer: Offer = nobody_asked
        self.wrong = False
        self._plan_text = ""
        self.setTabChangesFocus(True)
        self.setAccessibleName(info.title)
        self.setFixedHeight(84)

    def show_value(self, value: Any, *, force: bool = False) -> None:
        """Shows the plan's text."""
        text = str(value or "")
        if text != self._plan_text or force:
            self._plan_text = text
            if self.toPlainText() != text:
                self.setPlainText(text)

    @property
    def draft(self) -> str | None:
        """What stands here that the plan does not have."""
        return self.toPlainText() if self.toPlainText() != self._plan_text else None

    def show_draft(self, text: str) -> None:
        """Brings back text that was not taken."""
        self.setPlainText(text)

    def flush(self) -> None:
        """Offers what was typed."""
        text = self.toPlainText()
        if text != self._plan_text and not self.offer(text):
            self._plan_text = text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.draft is not None:
            self.setPlainText(self._plan_text)
        elif (
            event.key() == Qt.Key.Key_Return
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.flush()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.flush()
            self.left.emit()
