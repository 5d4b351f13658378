"""Why somebody lives with a finding, and until when: shown, asked, changed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from lambdaplanner.model.document import Acknowledgement
from lambdaplanner.model.fields import Day
from lambdaplanner.ui.panels.parts import column, label, row
from lambdaplanner.ui.panels.words import count, sentence, stopped
from lambdaplanner.ui.theme import mark

_DAY_WIDTH = 150


def note_words(note: Acknowledgement, today: date) -> str:
    """Reason, day and days left of an acknowledgement, in words."""
    reason = f"Reason: {stopped(note.reason)}" if note.reason else "No reason was noted."
    if note.until is None:
        return f"{reason} Without an end."
    left = (date.fromisoformat(note.until) - today).days
    if left < 0:
        return f"{reason} It was acknowledged until {note.until}."
    days = "today is its last day" if left == 0 else f"{count(left, 'day')} left"
    return f"{reason} Until {note.until}, {days}."


class AcknowledgementForm(QWidget):
    """A line for the reason and one for the day; Enter in either takes both.

    Signals:
        taken: reason and day ("": for good), as they may stand in the plan.
        judged: what is wrong with them, or nothing more, is written below.
    """

    taken = Signal(str, str)
    judged = Signal()

    def __init__(self, note: Acknowledgement | None, today: date) -> None:
        super().__init__()
        self._today = today
        self.reason = QLineEdit(note.reason if note is not None else "")
        self.reason.setPlaceholderText("Why is this all right? Enter notes it, Esc does not.")
        self.reason.setAccessibleName("Reason")
        self.until = QLineEdit((note.until or "") if note is not None else "")
        self.until.setPlaceholderText("Until, as 2027-06-30")
        self.until.setToolTip("The last day; after it the finding shows again. Empty: no end")
        self.until.setAccessibleName("Until")
        self.until.setFixedWidth(_DAY_WIDTH)
        self.wrong: QLabel = label("", "error", wrap=True)
        self.wrong.hide()
        for field in (self.reason, self.until):
            field.returnPressed.connect(self._take)
        line = row(self.reason, self.until)
        line.setStretch(0, 1)
        layout = column(self, spacing=4)
        layout.addLayout(line)
        layout.addWidget(self.wrong)

    @property
    def has_keyboard(self) -> bool:
        """Whether somebody types into it."""
        return self.reason.hasFocus() or self.until.hasFocus()

    def _take(self) -> None:
        reason, until = self.reason.text().strip(), self.until.text().strip()
        no_reason = "" if reason else "A reason is due, so that others understand"
        no_day = self._why_no_day(until)
        mark(self.reason, invalid=bool(no_reason))
        mark(self.until, invalid=bool(no_day))
        self.wrong.setText(sentence(no_reason or no_day))
        self.wrong.setVisible(bool(no_reason or no_day))
        self.judged.emit()
        if not (no_reason or no_day):
            self.taken.emit(reason, until)

    def _why_no_day(self, text: str) -> str:
        if not text:
            return ""
        try:
            day = Day().parse(text)
        except ValueError as error:
            return str(error)
        over = date.fromisoformat(day) < self._today
        return f"{day} is over; the finding would show again at once" if over else ""
