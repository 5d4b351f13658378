"""The list of findings: painted cards whose spots work as buttons do, by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip

from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.panels.acknowledging import AcknowledgementForm
from lambdaplanner.ui.panels.card_delegate import GAP, CardDelegate
from lambdaplanner.ui.panels.card_face import Spot
from lambdaplanner.ui.panels.card_forms import CardForms, fields_of
from lambdaplanner.ui.panels.card_layout import SIDE
from lambdaplanner.ui.panels.card_painter import CardState
from lambdaplanner.ui.panels.finding_rows import FindingRows
from lambdaplanner.ui.panels.parts import EDGE
from lambdaplanner.ui.panels.shown_findings import Shown
from lambdaplanner.ui.panels.tall_view import TallView
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import Theme

_ABOVE = 4
_ASKS = ("acknowledge", "change")
"""What opens the form of a card."""
_Key = Qt.Key
_PRESSES = (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Space)
_WALKS = (
    _Key.Key_Up, _Key.Key_Down, _Key.Key_Home, _Key.Key_End, _Key.Key_PageUp, _Key.Key_PageDown,
)  # fmt: skip
_CARD = -1
"""Stands for the card itself where a spot is meant."""
At = tuple[int, int]
"""A row and a spot of it."""


class CardsView(TallView):
    """The view.

    Signals:
        chosen: the card with this place was clicked, walked to, or Enter was pressed on it.
        done: a spot of the card with this place was pressed.
        taken: reason and day ("": for good) were given for the card with this place.
    """

    chosen = Signal(int)
    done = Signal(int, object)
    taken = Signal(int, str, str)

    def __init__(self, rows: FindingRows, theme: Theme) -> None:
        self.rows = rows
        self._spot = _CARD
        self._jumped: int = -1
        self._hover: At | None = None
        self._pressed: At | None = None
        super().__init__(above=_ABOVE, beside=EDGE)
        self.setAccessibleName("Findings")
        self.forms = CardForms(self.viewport())
        self.forms.changed.connect(self._on_form)
        self.forms.taken.connect(self._take)
        self._delegate = CardDelegate(rows, theme, self._state, self._form_height, self)
        self.setItemDelegate(self._delegate)
        self.setModel(rows)

    def retint(self, theme: Theme) -> None:
        """Takes the colours of another theme."""
        self._delegate.theme = theme
        self.viewport().update()

    def measured(self, place: int, width: int) -> int:
        return self._delegate.layout(place, width).height + GAP

    def thought(self, place: int, width: int) -> int:
        return self._delegate.height(place, width)

    def mark_jumped(self, place: int) -> None:
        """Marks the card that was jumped to; -1 for none."""
        self._jumped = place
        self.viewport().update()

    def show_findings(self, findings: Sequence[Shown], plan: Plan, today: date) -> None:
        """Shows these; the keyboard stays at the finding where it was."""
        rows, place = self.rows, self.currentIndex().row()
        before = rows.shown[place] if place >= 0 else None
        typing = self.forms.with_keyboard()
        self._hover = self._pressed = None
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
            self._stand(
                rows.shown.index(before),
                min(self._spot, len(rows.face(rows.shown.index(before)).spots) - 1),
            )
        else:
            self.rows.in_hand, self._spot = None, _CARD
            if place >= 0 and self.hasFocus() and rows.shown:
                self._stand(min(place, len(rows.shown) - 1), _CARD)

    def go_to(self, place: int, spot: int = _CARD) -> None:
        """Puts the keyboard's mark at a card, or at a spot of it, and brings it into sight."""
        self._stand(place, spot)
        self.scrollTo(self.rows.index(place))

    def _stand(self, place: int, spot: int) -> None:
        self._spot = spot
        self.setCurrentIndex(self.rows.index(place))
        self._tell()
        self.viewport().update()

    def _tell(self) -> None:
        place = self.currentIndex().row()
        self.rows.in_hand = (place, self._spot) if self._spot != _CARD else None
        if place >= 0 and self.hasFocus():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(place)
            QAccessible.updateAccessibility(event)

    def _state(self, place: int) -> CardState:
        here = place == self.currentIndex().row()
        return CardState(
            jumped_to=place == self._jumped,
            focus=self._spot if here and self.hasFocus() else None,
            hover=self._spot_at(self._hover, place),
            pressed=self._spot_at(self._pressed, place),
        )

    @staticmethod
    def _spot_at(at: At | None, place: int) -> int:
        return at[1] if at is not None and at[0] == place else _CARD

    def form(self, place: int) -> AcknowledgementForm | None:
        """The form that is open in a card."""
        return self.forms.of(self.rows.shown[place])

    def _form_height(self, place: int) -> int:
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

    def spot_at(self, point: QPoint) -> At | None:
        """The card at a point of the viewport, and its spot there (-1: none); None beside cards."""
        index = self.indexAt(point)
        if not index.isValid():
            return None
        place = index.row()
        rect = self.rect_of(place)
        if point.y() >= rect.bottom() + 1 - GAP:
            return None
        layout = self._delegate.layout(place, self.row_width)
        return place, layout.at(point - rect.topLeft())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.spot_at(event.position().toPoint())
        if at is None or event.button() != Qt.MouseButton.LeftButton:
            return
        place, spot = at
        self._stand(place, spot)  # what is pressed must not move before it is let go
        if spot == _CARD:
            self.chosen.emit(place)
        else:
            self._pressed = at

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        self.viewport().update()
        if pressed is not None and self.spot_at(event.position().toPoint()) == pressed:
            self.press(*pressed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover_at(self.spot_at(event.position().toPoint()))

    def _hover_at(self, at: At | None) -> None:
        if at != self._hover:
            for one in (self._hover, at):
                if one is not None and one[0] < len(self.heights):
                    self.viewport().update(self.rect_of(one[0]))
            self._hover = at
            hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(hand if at is not None else arrow)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover_at(None)
        if isinstance(event, QHelpEvent):
            at = self.spot_at(event.pos())
            spot = self._spot_of(at) if at is not None else None
            QToolTip.showText(event.globalPos(), plain_tip(spot.tip) if spot else "", self)
            return True
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = self.currentIndex().row()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            at = self.spot_at(event.pos())
            place = at[0] if at is not None else -1
        if place < 0:
            return
        self.go_to(place)
        corner = self.rect_of(place).topLeft() + QPoint(EDGE, EDGE)
        mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        spot = event.globalPos() if mouse else self.viewport().mapToGlobal(corner)
        self.menu_of(place).popup(spot)

    def menu_of(self, place: int) -> QMenu:
        """What can be done at a card, as a menu."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, spot in enumerate(self.rows.face(place).spots):
            text = spot.tip if spot.look == "link" else spot.text
            action = menu.addAction(text.replace("&", "&&"))
            action.triggered.connect(lambda _on=False, number=number: self.press(place, number))
        return menu

    def _spot_of(self, at: At) -> Spot | None:
        place, spot = at
        return self.rows.face(place).spots[spot] if spot != _CARD else None

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
            self._stand(place, _CARD)
        elif place >= 0 and key in _PRESSES:
            if not typing:  # a line takes Enter and passes it on
                self._press_here(place)
        elif place >= 0 and key in (_Key.Key_Left, _Key.Key_Right) and not typing:
            last = len(self.rows.face(place).spots) - 1
            by = 1 if key == _Key.Key_Right else -1
            self.go_to(place, min(max(self._spot + by, _CARD), last))
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
        if self._spot == _CARD:
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
        if to < _CARD and place > 0:
            self._enter(place - 1, len(self.rows.face(place - 1).spots) - 1)
        elif to < _CARD:
            return super().focusNextPrevChild(False)
        elif to < spots:
            self._enter(place, to)
        elif to < spots + len(fields):
            fields[to - spots].setFocus(Qt.FocusReason.TabFocusReason)
        elif place + 1 < self.rows.rowCount():
            self._enter(place + 1, _CARD)
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
