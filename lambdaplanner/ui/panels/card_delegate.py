"""Measures and paints the cards of a list, each at most once for a width."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from lambdaplanner.ui.painting import guarded
from lambdaplanner.ui.panels.card_layout import CardLayout, guessed, laid_out
from lambdaplanner.ui.panels.card_painter import CardState, paint_card
from lambdaplanner.ui.panels.finding_rows import FindingRows
from lambdaplanner.ui.panels.shown_findings import Shown
from lambdaplanner.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
GAP = 8
"""Pixels between cards."""


class CardDelegate(QStyledItemDelegate):
    """Paints; `state` tells what hands do at a row, `form` how high the form open there is."""

    def __init__(
        self,
        rows: FindingRows,
        theme: Theme,
        state: Callable[[int], CardState],
        form: Callable[[int], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._rows = rows
        self._state, self._form = state, form
        self._width = 0
        self._layouts: dict[int, CardLayout] = {}
        self._known: dict[Shown, int] = {}

    def forget(self) -> None:
        """Rows or what stands on them changed."""
        self._layouts.clear()
        if len(self._known) > 2 * len(self._rows.shown):
            here = set(self._rows.shown)
            self._known = {one: high for one, high in self._known.items() if one in here}

    def forget_row(self, place: int) -> None:
        """A form was opened or closed in it."""
        self._layouts.pop(place, None)

    def layout(self, place: int, width: int) -> CardLayout:
        """Where the parts of a card stand."""
        self._at_width(width)
        if place not in self._layouts:
            made = laid_out(self._rows.face(place), width, self._form(place))
            self._layouts[place] = made
            self._known[self._rows.shown[place]] = made.height
        return self._layouts[place]

    def height(self, place: int, width: int) -> int:
        """As far as it is known without measuring, with the gap below."""
        self._at_width(width)
        shown = self._rows.shown[place]
        known = self._known.get(shown)
        if known is None:
            message, fix, links = len(shown.message), len(shown.fix), len(shown.about)
            known = guessed(message, fix, links, width)
        return known + GAP

    def _at_width(self, width: int) -> None:
        if width != self._width:
            self._width = width
            self._layouts.clear()
            self._known.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        layout = self.layout(index.row(), rect.width())
        return QSize(rect.width(), layout.height + GAP)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        place = index.row()
        size = QRect(0, 0, rect.width(), rect.height() - GAP)
        layout = self.layout(place, rect.width())
        painter.save()
        painter.translate(rect.topLeft())
        state = self._state(place)
        paint_card(painter, self._rows.face(place), layout, size, state, self.theme)
        painter.restore()
