"""Painted cards whose spots work as buttons do by the pointer; tells where the keyboard is."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QHelpEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip

from lambdaplanner.ui.panels.card_delegate import GAP, CardDelegate
from lambdaplanner.ui.panels.card_face import Spot
from lambdaplanner.ui.panels.card_painter import CardState
from lambdaplanner.ui.panels.finding_rows import FindingRows
from lambdaplanner.ui.panels.parts import EDGE
from lambdaplanner.ui.panels.tall_view import TallView
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import Theme

_ABOVE = 4
CARD = -1
"""Stands for the card itself where a spot is meant."""
At = tuple[int, int]
"""A row and a spot of it."""


class SpotsView(TallView):
    """The view.

    Signals:
        chosen: the card with this place was clicked.
    """

    chosen = Signal(int)

    def __init__(self, rows: FindingRows, theme: Theme) -> None:
        super().__init__(above=_ABOVE, beside=EDGE)
        self.rows = rows
        self._spot = CARD
        self._jumped = -1
        self._hover: At | None = None
        self._pressed: At | None = None
        self._delegate = CardDelegate(rows, theme, self._state, self.form_height, self)
        self.setItemDelegate(self._delegate)
        self.viewport().installEventFilter(self)

    @abstractmethod
    def form_height(self, place: int) -> int:
        """How high the form is that stands open in a card, 0 where there is none."""

    @abstractmethod
    def press(self, place: int, spot: int) -> None:
        """Does what a spot of a card is for."""

    def forget_pointer(self) -> None:
        """Rows are others: nothing is under the pointer, as far as is known."""
        self._hover = self._pressed = None

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

    def go_to(self, place: int, spot: int = CARD) -> None:
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
        self.rows.in_hand = (place, self._spot) if self._spot != CARD else None
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
        return at[1] if at is not None and at[0] == place else CARD

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
        if spot == CARD:
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the pointer out, and shows tips; sees what the viewport gets, and stands around
        no painting.
        """
        if event.type() == QEvent.Type.Leave:
            self._hover_at(None)
        if isinstance(event, QHelpEvent):
            at = self.spot_at(event.pos())
            spot = self._spot_of(at) if at is not None else None
            QToolTip.showText(event.globalPos(), plain_tip(spot.tip if spot else ""), self)
            return True
        return super().eventFilter(watched, event)

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
        return self.rows.face(place).spots[spot] if spot != CARD else None
