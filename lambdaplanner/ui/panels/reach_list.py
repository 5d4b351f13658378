"""One list of ends with its verdicts: painted row by row, so that a thousand cost nothing."""

from __future__ import annotations

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from lambdaplanner.ui import fonts, icons
from lambdaplanner.ui.copying import Copying
from lambdaplanner.ui.painting import guarded
from lambdaplanner.ui.panels.reach_models import ENTRY, Entry, Fold, ReachModel
from lambdaplanner.ui.panels.words import REACH
from lambdaplanner.ui.theme import Theme, mark

Index = QModelIndex | QPersistentModelIndex
_ROW = 28
_PILL = 104
"""Room of a verdict, pixels."""
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class ReachList(QListView):
    """The list.

    Signals:
        looked_at: a row was clicked, or the arrows came to it.
        chosen: a row was double-clicked, or Enter was pressed on it.
    """

    looked_at = Signal(object)
    chosen = Signal(object)

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.rows = ReachModel(self)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        mark(self, role="boxed")
        self._cells = _Cells(self, theme)
        self.setItemDelegate(self._cells)
        self.copying = Copying(self, self.rows.cells)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.clicked.connect(self._on_click)
        self.activated.connect(self._on_activated)

    def mark_end(self, end: str, port: int | None = None) -> None:
        """Marks the row of an end asked at a port, or none; tells nobody."""
        place = self.rows.place_of(end, port)
        if place < 0:
            self.clearSelection()
        elif self.currentIndex().row() != place or not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.rows.index(place))

    def _on_click(self, index: QModelIndex) -> None:
        row = index.data(ENTRY)
        if isinstance(row, Fold):
            self._fold(index)
        else:
            self.looked_at.emit(row)

    def _on_activated(self, index: QModelIndex) -> None:
        row = index.data(ENTRY)
        if isinstance(row, Entry):
            self.chosen.emit(row)

    def _fold(self, index: QModelIndex) -> None:
        place = index.row()
        self.rows.toggle_fold()
        self.setCurrentIndex(self.rows.index(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex()
        opens = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if opens and isinstance(before.data(ENTRY), Fold):
            self._fold(before)
            return
        super().keyPressEvent(event)
        now = self.currentIndex()
        if now != before and isinstance(now.data(ENTRY), Entry):
            self.looked_at.emit(now.data(ENTRY))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.rows.rows:
            painter = QPainter(self.viewport())
            painter.setPen(self._cells.theme.colour("muted"))
            room = self.viewport().rect().adjusted(14, 0, -14, 0)
            filtered = any(self.rows.tally().values())
            text = "Nothing fits the filter." if filtered else "The plan has no other end."
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)

    def retint(self, theme: Theme) -> None:
        self._cells.theme = theme
        self.viewport().update()


class _Cells(QStyledItemDelegate):
    """Verdict, icon, name, what it is, and what was asked."""

    def __init__(self, parent: QObject, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme
        self._name = fonts.application_font(13)
        self._small = fonts.application_font(12)
        self._pill = fonts.application_font(12, fonts.MEDIUM)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, _ROW)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        cell = cell.adjusted(4, 0, -4, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, cell, state)
        device = painter.device()
        ratio = device.devicePixelRatio() if device is not None else 1.0
        row = index.data(ENTRY)
        if isinstance(row, Fold):
            self._paint_fold(painter, cell, index.data(), row.open, ratio)
        else:
            self._paint_entry(painter, cell, row, ratio)
        painter.restore()

    def _ground(self, painter: QPainter, cell: QRect, state: QStyle.StateFlag) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.brush("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(cell, 5, 5)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self.theme.colour("focus"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), 5, 5)

    def _paint_fold(
        self, painter: QPainter, cell: QRect, text: str, is_open: bool, ratio: float
    ) -> None:
        name = "control-chevron-down" if is_open else "control-chevron-right"
        sprite = icons.sprite(name, self.theme.hex("accent_text"), 14, ratio)
        painter.drawPixmap(QPointF(cell.left() + 8, cell.top() + 7), sprite)
        painter.setFont(self._pill)
        painter.setPen(self.theme.colour("accent_text"))
        painter.drawText(cell.adjusted(28, 0, -8, 0), _LEFT, text)

    def _paint_entry(self, painter: QPainter, cell: QRect, entry: Entry, ratio: float) -> None:
        tone, word = REACH[entry.row.verdict]
        theme = self.theme
        metrics = QFontMetrics(self._pill)
        pill = QRectF(cell.left() + 6, cell.top() + 4, metrics.horizontalAdvance(word) + 29, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.brush(f"{tone}.soft"))
        painter.drawRoundedRect(pill, 10, 10)
        sprite = icons.sprite(tone, theme.hex(f"{tone}.solid"), 14, ratio)
        painter.drawPixmap(QPointF(pill.left() + 5, pill.top() + 3), sprite)
        painter.setFont(self._pill)
        painter.setPen(theme.colour(f"{tone}.foreground"))
        painter.drawText(pill.adjusted(22, 0, 0, 0), _LEFT, word)
        left = cell.left() + 6 + _PILL + 8
        sprite = icons.sprite(entry.icon, theme.hex("muted"), 16, ratio)
        painter.drawPixmap(QPointF(left, cell.top() + 6), sprite)
        room = QRect(left + 24, cell.top(), cell.right() - left - 32, _ROW)
        self._paint_words(painter, room, entry)

    def _paint_words(self, painter: QPainter, room: QRect, entry: Entry) -> None:
        small, name = QFontMetrics(self._small), QFontMetrics(self._name)
        painter.setFont(self._small)
        painter.setPen(self.theme.colour("muted"))
        painter.drawText(room, _RIGHT, entry.asked)
        room = room.adjusted(0, 0, -small.horizontalAdvance(entry.asked) - 12, 0)
        shown = name.elidedText(entry.name, Qt.TextElideMode.ElideMiddle, room.width())
        painter.setFont(self._name)
        painter.setPen(self.theme.colour("text"))
        painter.drawText(room, _LEFT, shown)
        rest = room.adjusted(name.horizontalAdvance(shown) + 8, 0, 0, 0)
        if rest.width() >= small.horizontalAdvance(entry.kind):
            painter.setFont(self._small)
            painter.setPen(self.theme.colour("muted"))
            painter.drawText(rest, _LEFT, entry.kind)
