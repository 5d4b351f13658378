"""The view of a list of records: rows that are painted, and those in hand among them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QScrollArea,
    QWidget,
)

from lambdaplanner.ui.copying import Copying
from lambdaplanner.ui.panels.record_rows import GAP, RecordRows, RowDelegate
from lambdaplanner.ui.panels.row_line import RowLine


class RowsView(QListView):
    """As high as its rows; whatever is around it scrolls.

    Signals:
        wanted: the row with this place is to be taken in hand.
        remove_wanted: the row with this place is to go.
        passed: the keyboard leaves the last row.
    """

    wanted = Signal(int)
    remove_wanted = Signal(int)
    passed = Signal()

    def __init__(self, rows: RecordRows, stamp: Callable[[], RowLine]) -> None:
        super().__init__()
        self._rows = rows
        self._delegate = RowDelegate(rows, stamp, self)
        self.setModel(rows)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setStyleSheet("QListView { background: transparent; border: none; padding: 0; }")
        self.viewport().setAutoFillBackground(False)
        self.setFixedHeight(0)
        self.copying = Copying(self, rows.cells)

    def fit(self) -> None:
        """Gives each row its height and each row in hand its place."""
        before = list(self._delegate.heights)
        self._delegate.measure(self.viewport().width())
        if before != self._delegate.heights or self.height() != sum(before):
            self.scheduleDelayedItemsLayout()
            self.setFixedHeight(sum(self._delegate.heights))
        top = 0
        for line, height in zip(self._rows.lines, self._delegate.heights, strict=True):
            if line is not None:
                line.setGeometry(0, top, self.viewport().width(), height - GAP)
            top += height

    def hold(self, line: RowLine) -> None:
        """Puts the widgets of a row among the painted ones."""
        line.setParent(self.viewport())
        line.installEventFilter(self)
        line.menu.menu().addSeparator()
        line.menu.menu().addActions(self.copying.actions)
        before: QWidget = self
        for part in (*line.cells, line.menu):
            QWidget.setTabOrder(before, part)
            before = part
        line.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched in self._rows.lines:
            self.fit()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._delegate.forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.indexAt(event.position().toPoint()).row()
        if place < 0:
            return
        self.wanted.emit(place)
        self._pass_on(event, place)

    def _pass_on(self, event: QMouseEvent, place: int) -> None:
        line = self._rows.lines[place] if place < len(self._rows.lines) else None
        if line is None or event.button() != Qt.MouseButton.LeftButton:
            return
        spot = line.mapFrom(self.viewport(), event.position().toPoint())
        part = line.childAt(spot)
        if part is None:
            return
        if part.focusPolicy() & Qt.FocusPolicy.ClickFocus:
            part.setFocus(Qt.FocusReason.MouseFocusReason)
        there = part.mapFrom(line, spot).toPointF()
        pressed = QMouseEvent(
            event.type(), there, event.globalPosition(), event.button(), event.buttons(),
            event.modifiers(),
        )  # fmt: skip
        QApplication.sendEvent(part, pressed)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = self.indexAt(event.pos()).row()
        if place < 0:
            return
        self.wanted.emit(place)
        line = self._rows.lines[place]
        menu = line.menu.menu() if line is not None else None
        if menu is not None:
            menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.currentIndex().row()
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space)
        if place >= 0 and event.key() in keys:
            self.go_to(place)
        elif place >= 0 and event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit(place)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        count = self._rows.rowCount()
        if count and event.reason() == Qt.FocusReason.TabFocusReason:
            self.go_to(0)
        elif count and event.reason() == Qt.FocusReason.BacktabFocusReason:
            self.go_to(count - 1, last=True)

    def go_to(self, place: int, *, last: bool = False) -> None:
        """Takes a row in hand and puts the keyboard into its first cell, or its last part."""
        self.wanted.emit(place)
        line = self._rows.lines[place]
        if line is None:
            return
        part = line.menu if last else line.cells[0]
        part.setFocus(Qt.FocusReason.TabFocusReason)
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(line)

    def focusNextPrevChild(self, forward: bool) -> bool:
        here = QApplication.focusWidget()
        place = next(
            (
                place
                for place, line in enumerate(self._rows.lines)
                if line is not None and here is not None and line.isAncestorOf(here)
            ),
            None,
        )
        line = None if place is None else self._rows.lines[place]
        if place is None or line is None or here is None:
            return super().focusNextPrevChild(forward)
        first = line.cells[0]
        if forward and here is line.menu:
            if place + 1 < self._rows.rowCount():
                self.go_to(place + 1)
            else:
                self.passed.emit()
            return True
        if not forward and (here is first or first.isAncestorOf(here)):
            if place:
                self.go_to(place - 1, last=True)
                return True
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        return super().focusNextPrevChild(forward)
