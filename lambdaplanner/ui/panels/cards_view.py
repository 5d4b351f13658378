"""The list of findings: painted cards whose spots work as buttons do, by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.panels.acknowledging import AcknowledgementForm
from lambdaplanner.ui.panels.card_forms import CardForms, fields_of
from lambdaplanner.ui.panels.card_layout import SIDE
from lambdaplanner.ui.panels.finding_rows import FindingRows
from lambdaplanner.ui.panels.shown_findings import Shown
from lambdaplanner.ui.panels.spots_view import CARD, SpotsView
from lambdaplanner.ui.theme import Theme

_ASKS = ("acknowledge", "change")
"""What opens the form of a card."""
_Key = Qt.Key
_PRESSES = (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Space)
_WALKS = (
    _Key.Key_Up, _Key.Key_Down, _Key.Key_Home, _Key.Key_End, _Key.Key_PageUp, _Key.Key_PageDown,
)  # fmt: skip


class CardsView(SpotsView):
    """The view.

    Signals:
        chosen: also where a card was walked to, or Enter was pressed on it.
        done: a spot of the card with this place was pressed.
        taken: reason and day ("": for good) were given for the card with this place.
    """

    done = Signal(int, object)
    taken = Signal(int, str, str)

    def __init__(self, rows: FindingRows, theme: Theme) -> None:
        super().__init__(rows, theme)
        self.setAccessibleName("Findings")
        self.forms = CardForms(self.viewport())
        self.forms.changed.connect(self._on_form)
        self.forms.taken.connect(self._take)
        self.setModel(rows)

    def show_findings(self, findings: Sequence[Shown], plan: Plan, today: date) -> None:
        """Shows these; the keyboard stays at the finding where it was."""
        rows, place = self.rows, self.currentIndex().row()
        before = rows.shown[place] if place >= 0 else None
        typing = self.forms.with_keyboard()
        self.forget_pointer()
        changed = rows.put(findings, plan, today)
        self._delegate.forget()
        if not changed:
            self.measure_anew()
            return
        if typing is not None and typing not in rows.shown:
            self.setFocus()
        self.forms.keep(rows.shown)
        self.fill()
        if before in rows.shown:
            there = rows.shown.index(before)
            self._stand(there, min(self._spot, len(rows.face(there).spots) - 1))
        else:
            self.rows.in_hand, self._spot = None, CARD
            if place >= 0 and self.hasFocus() and rows.shown:
                self._stand(min(place, len(rows.shown) - 1), CARD)

    def form(self, place: int) -> AcknowledgementForm | None:
        """The form that is open in a card."""
        return self.forms.of(self.rows.shown[place])

    def form_height(self, place: int) -> int:
        return self.forms.height(self.rows.shown[place], self.row_width - 2 * SIDE)

    def _on_form(self, shown: Shown) -> None:
        place = self.rows.shown.index(shown)
        self._delegate.forget_row(place)
        self.remeasure(place)
        self.scrollTo(self.rows.index(place))

    def _take(self, shown: Shown, reason: str, day: str) -> None:
        self.taken.emit(self.rows.shown.index(shown), reason, day)

    def moved(self) -> None:
        self.forms.place(self._put_form)

    def _put_form(self, shown: Shown, form: AcknowledgementForm) -> None:
        if shown in self.rows.shown:
            place = self.rows.shown.index(shown)
            room = self._delegate.layout(place, self.row_width).form
            form.setGeometry(room.translated(self.rect_of(place).topLeft()))

    def press(self, place: int, spot: int) -> None:
        """Does what a spot of a card is for."""
        one = self.rows.face(place).spots[spot]
        if one.does in _ASKS:
            self.forms.open(self.rows.shown[place], self.rows.today)
        else:
            self.done.emit(place, one)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place, key = self._place_of_keyboard(), _Key(event.key())
        typing = not self.hasFocus()
        if key in _WALKS and self.rows.rowCount():
            self.setFocus()
            self.chosen.emit(self._walked(key))
        elif key == _Key.Key_Escape and place >= 0 and self.form(place) is not None:
            self.setFocus()
            self.forms.close(self.rows.shown[place])
            self._stand(place, CARD)
        elif place >= 0 and key in _PRESSES:
            if not typing:  # a line takes Enter and passes it on
                self._press_here(place)
        elif place >= 0 and key in (_Key.Key_Left, _Key.Key_Right) and not typing:
            last = len(self.rows.face(place).spots) - 1
            by = 1 if key == _Key.Key_Right else -1
            self.go_to(place, min(max(self._spot + by, CARD), last))
        else:
            event.ignore()

    def _walked(self, key: Qt.Key) -> int:
        actions = self.CursorAction
        action = {
            _Key.Key_Up: actions.MoveUp,
            _Key.Key_Home: actions.MoveHome,
            _Key.Key_End: actions.MoveEnd,
            _Key.Key_PageUp: actions.MovePageUp,
            _Key.Key_PageDown: actions.MovePageDown,
        }.get(key, actions.MoveDown)
        return self.moveCursor(action, Qt.KeyboardModifier.NoModifier).row()

    def _press_here(self, place: int) -> None:
        if self._spot == CARD:
            self.chosen.emit(place)
        else:
            self.press(place, self._spot)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        last = self.rows.rowCount() - 1
        place = self.currentIndex().row()
        if last >= 0 and event.reason() == Qt.FocusReason.TabFocusReason:
            self.go_to(max(place, 0))
        elif last >= 0 and event.reason() == Qt.FocusReason.BacktabFocusReason:
            place = place if place >= 0 else last
            self.go_to(place, len(self.rows.face(place).spots) - 1)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def focusNextPrevChild(self, forward: bool) -> bool:
        place = self._place_of_keyboard()
        if place < 0:
            return super().focusNextPrevChild(forward)
        spots = len(self.rows.face(place).spots)
        fields = fields_of(self.form(place))
        at = next((spots + i for i, one in enumerate(fields) if one.hasFocus()), self._spot)
        to = at + (1 if forward else -1)
        if to < CARD and place > 0:
            self._enter(place - 1, len(self.rows.face(place - 1).spots) - 1)
        elif to < CARD:
            return super().focusNextPrevChild(False)
        elif to < spots:
            self._enter(place, to)
        elif to < spots + len(fields):
            fields[to - spots].setFocus(Qt.FocusReason.TabFocusReason)
        elif place + 1 < self.rows.rowCount():
            self._enter(place + 1, CARD)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return super().focusNextPrevChild(True)
        return True

    def _enter(self, place: int, spot: int) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.go_to(place, spot)

    def _place_of_keyboard(self) -> int:
        """The card that the keyboard is in, -1 where there is none."""
        if self.hasFocus():
            return self.currentIndex().row()
        shown = self.forms.with_keyboard()
        return self.rows.shown.index(shown) if shown in self.rows.shown else -1
