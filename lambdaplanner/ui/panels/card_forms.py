"""The forms that stand open in painted cards, by the finding that they are about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from lambdaplanner.ui.panels.acknowledging import AcknowledgementForm
from lambdaplanner.ui.panels.parts import height_at
from lambdaplanner.ui.panels.shown_findings import Shown


class CardForms(QObject):
    """The forms; they stay open, with what was typed, while their findings stay.

    Signals:
        changed: the form of a finding was opened or closed, or is higher than before.
        taken: reason and day ("": for good) were given for a finding.
    """

    changed = Signal(object)
    taken = Signal(object, str, str)

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground)
        self._ground = ground
        self._open: dict[Shown, AcknowledgementForm] = {}

    def of(self, shown: Shown) -> AcknowledgementForm | None:
        """The form that is open for a finding."""
        return self._open.get(shown)

    def height(self, shown: Shown, width: int) -> int:
        """How high it is, 0 where there is none."""
        form = self._open.get(shown)
        return height_at(form, width) if form is not None else 0

    def open(self, shown: Shown, today: date) -> AcknowledgementForm:
        """Opens it, if it is not, and puts the keyboard there."""
        form = self._open.get(shown)
        if form is None:
            form = self._open[shown] = AcknowledgementForm(shown.note, today)
            form.setParent(self._ground)
            form.taken.connect(lambda reason, day: self.taken.emit(shown, reason, day))
            form.judged.connect(lambda: self.changed.emit(shown))
            for field in fields_of(form):
                field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes in the order of cards
            self.changed.emit(shown)
            form.show()
        form.reason.setFocus()
        return form

    def close(self, shown: Shown) -> None:
        """Takes it away, with what was typed."""
        form = self._open.pop(shown, None)
        if form is not None:
            form.hide()
            form.deleteLater()
            self.changed.emit(shown)

    def keep(self, findings: tuple[Shown, ...]) -> None:
        """Closes those whose findings are gone."""
        for shown in set(self._open).difference(findings) if self._open else ():
            form = self._open.pop(shown)
            form.hide()
            form.deleteLater()

    def with_keyboard(self) -> Shown | None:
        """The finding in whose form somebody types."""
        return next((shown for shown, form in self._open.items() if form.has_keyboard), None)

    def place(self, put: Callable[[Shown, AcknowledgementForm], None]) -> None:
        """Lets `put` say where each of them stands."""
        for shown, form in self._open.items():
            put(shown, form)


def fields_of(form: AcknowledgementForm | None) -> tuple[QLineEdit, ...]:
    """Where one types, in order."""
    return () if form is None else (form.reason, form.until)
