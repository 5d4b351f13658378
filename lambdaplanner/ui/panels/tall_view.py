"""A list whose rows have unlike heights, of which only what is seen is measured."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyleOptionViewItem

from lambdaplanner.ui.painting import guarded
from lambdaplanner.ui.panels.heights import Heights

Index = QModelIndex | QPersistentModelIndex
_STEP = 20
"""Pixels that one step of the scroll bar goes."""
_TRIES = 4
"""Measuring what comes into sight may push it out of sight again, but not for ever."""


class TallView(QAbstractItemView):
    """The view. `measured` and `thought` tell the height of a row with the gap below it."""

    def __init__(self, *, above: int, beside: int) -> None:
        super().__init__()
        self.heights = Heights()
        self._above, self._beside = above, beside
        self._measured: set[int] = set()
        self._value = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(_STEP)
        self.setAutoScroll(False)

    @abstractmethod
    def measured(self, place: int, width: int) -> int:
        """How high a row is."""

    @abstractmethod
    def thought(self, place: int, width: int) -> int:
        """The same, as far as it is known without measuring."""

    @property
    def row_width(self) -> int:
        """How wide rows are, pixels."""
        return self.viewport().width() - 2 * self._beside

    def fill(self) -> None:
        """Takes the rows, or their width, anew; what stands at the top stays there."""
        first = self.heights.at(self._value - self._above)
        inside = self._value - self.heights.top(first) if first >= 0 else 0
        self._measured.clear()
        width, count = self.row_width, self.model().rowCount()
        self.heights.fill(self.thought(place, width) for place in range(count))
        if 0 <= first < count and self._value:
            self._value = self.heights.top(first) + inside
        self._settle()

    def measure_anew(self) -> None:
        """What is seen may have other heights."""
        self._measured.clear()
        self._settle()

    def remeasure(self, place: int) -> None:
        """A row has another height."""
        self._measured.discard(place)
        self._settle()

    def _settle(self, *, up: bool = False) -> None:
        """Measures what is seen. Where a row at the upper edge turns out higher or lower, what
        stands below it stays when one goes `up`, else what stands above."""
        heights, bar = self.heights, self.verticalScrollBar()
        first = heights.at(self._value - self._above)
        if first >= 0:
            kept = heights.top(first + 1 if up else first) - self._value
            self._measure_down(first)
            self._value = heights.top(first + 1 if up else first) - kept
        height = self.viewport().height()
        most = max(heights.total + self._above - height, 0)
        blocked = bar.blockSignals(True)
        bar.setPageStep(height)
        bar.setRange(0, most)
        bar.setValue(min(max(self._value, 0), most))
        bar.blockSignals(blocked)
        self._value = bar.value()
        self._measure_down(heights.at(self._value - self._above))
        self.moved()
        self.viewport().update()

    def _measure_down(self, place: int) -> None:
        end, width = self._value + self.viewport().height(), self.row_width
        while 0 <= place < len(self.heights) and self.heights.top(place) + self._above < end:
            self._measure(place, width)
            place += 1

    def _measure(self, place: int, width: int) -> None:
        if place not in self._measured:
            self._measured.add(place)
            self.heights.correct(place, self.measured(place, width))

    def moved(self) -> None:
        """Called when rows stand elsewhere."""

    def visible_places(self) -> range:
        """The rows of which something is seen."""
        if not len(self.heights) or not self.viewport().height():
            return range(0)
        top = self._value - self._above
        last = self.heights.at(top + self.viewport().height() - 1)
        return range(self.heights.at(top), last + 1)

    def rect_of(self, place: int) -> QRect:
        """Where a row stands in the viewport, with the gap below it."""
        top = self.heights.top(place) + self._above - self._value
        return QRect(self._beside, top, self.row_width, self.heights[place])

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        model, delegate = self.model(), self.itemDelegate()
        for place in self.visible_places():
            rect = self.rect_of(place)
            if not rect.intersects(event.rect()):
                continue
            option = QStyleOptionViewItem()
            option.rect = rect  # type: ignore[attr-defined]
            delegate.paint(painter, option, model.index(place, 0))

    def visualRect(self, index: Index) -> QRect:
        place = index.row()
        return self.rect_of(place) if 0 <= place < len(self.heights) else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        place = self.heights.at(point.y() + self._value - self._above)
        if place < 0 or not self.rect_of(place).contains(point):
            return QModelIndex()
        return self.model().index(place, 0)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        place = index.row()
        for _ in range(_TRIES if 0 <= place < len(self.heights) else 0):
            self._measure(place, self.row_width)
            rect, height = self.rect_of(place), self.viewport().height()
            over = rect.bottom() + 1 - height
            by = rect.top() - self._above if rect.top() < 0 else min(over, rect.top())
            if rect.top() >= 0 and over <= 0:
                break
            self._value += by
            self._settle(up=by < 0)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        before, self._value = self._value, self.verticalScrollBar().value()
        self._settle(up=self._value < before)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fill()
        else:
            self._settle()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _keys: Qt.KeyboardModifier
    ) -> QModelIndex:
        last, here = self.model().rowCount() - 1, self.currentIndex().row()
        actions = QAbstractItemView.CursorAction
        page = max(len(self.visible_places()) - 1, 1)
        to = {
            actions.MoveUp: here - 1,
            actions.MovePrevious: here - 1,
            actions.MoveHome: 0,
            actions.MoveEnd: last,
            actions.MovePageUp: here - page,
            actions.MovePageDown: here + page,
        }.get(action, here + 1)
        return self.model().index(min(max(to, 0), last), 0)

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self._value

    def isIndexHidden(self, _index: Index) -> bool:
        return False

    def setSelection(self, _rect: QRect, _how: QItemSelectionModel.SelectionFlag) -> None:
        """Nothing is selected here."""

    def visualRegionForSelection(self, _selection: QItemSelection) -> QRegion:
        return QRegion()
