"""A list of records through Qt's model and view: rows are painted, and only one that is in hand has
widgets of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QPainter,
    QRegion,
)
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from lambdaplanner.ui.painting import guarded
from lambdaplanner.ui.panels.parts import height_at
from lambdaplanner.ui.panels.row_line import Column, RowLine
from lambdaplanner.ui.panels.words import Word
from lambdaplanner.ui.plain import plain_tip

GAP = 8
"""Pixels between rows."""
Index = QModelIndex | QPersistentModelIndex
_NO_ROW: Any = object()
"""Stands for a record that no row had before."""


class RecordRows(QAbstractListModel):
    """Records in their order, then drafts (None); `lines` holds the widgets of rows in hand."""

    def __init__(self, columns: tuple[Column, ...], parent: QObject) -> None:
        super().__init__(parent)
        self._columns = columns
        self.records: list[Any] = []
        self.lines: list[RowLine | None] = []
        self.remarks: list[Word | None] = []

    def put(
        self, records: list[Any], lines: list[RowLine | None], remarks: list[Word | None]
    ) -> None:
        """Shows other rows."""
        self.beginResetModel()
        self.records, self.lines, self.remarks = records, lines, remarks
        self.endResetModel()

    def keep(self, places: Sequence[int]) -> None:
        """Shows these rows alone, in this order."""
        self.put(
            [self.records[at] for at in places],
            [self.lines[at] for at in places],
            [self.remarks[at] for at in places],
        )

    def notice(self, place: int) -> str:
        """What the record itself says about its values."""
        record = self.records[place]
        return "" if record is None else RowLine.notice_of(record)

    def cells(self, places: Sequence[int] | None) -> Iterator[Sequence[str]]:
        """The headings and the values of records, of all where none is named; drafts have none."""
        yield [part.title for part in self._columns]
        for record in self.records if places is None else [self.records[at] for at in places]:
            if record is not None:
                yield [_said(part.get(record)) for part in self._columns]

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self.records)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        record = self.records[index.row()]
        if record is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(record)
        return plain_tip(self._text(record)) if role == Qt.ItemDataRole.ToolTipRole else None

    def _text(self, record: Any) -> str:
        values = ((part.title, part.get(record)) for part in self._columns)
        return ", ".join(f"{title} {value}" for title, value in values if value not in (None, ""))


def _said(value: Any) -> str:
    if isinstance(value, list | set | frozenset) or type(value) is tuple:
        return ", ".join(_said(part) for part in value)
    if is_dataclass(value):
        return " ".join(_said(getattr(value, part.name)) for part in fields(value))
    return "" if value is None else str(value)


def matched(
    known: Sequence[Any], lines: Sequence[RowLine | None], records: Sequence[Any]
) -> tuple[list[RowLine | None], list[RowLine]]:
    """The widgets for each record: those of the same record, else those of one that is gone; and
    those that no record needs.
    """
    pool: dict[Any, list[RowLine | None]] = {}
    for one, line in zip(known, lines, strict=True):
        pool.setdefault(one, []).append(line)
    same = [pool[one].pop(0) if pool.get(one) else _NO_ROW for one in records]
    left = [line for rest in pool.values() for line in rest]
    found: list[RowLine | None] = []
    for record, line in zip(records, same, strict=True):
        if line is _NO_ROW:
            line = left.pop(0) if left else None
            if line is not None:
                line.show_record(record)
        found.append(line)
    return found, [line for line in left if line is not None]


class RowDelegate(QStyledItemDelegate):
    """Paints a record by one set of widgets for all rows, so that it looks as it does in hand."""

    def __init__(self, rows: RecordRows, stamp: Callable[[], RowLine], parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows
        self._make_stamp = stamp
        self._stamp: RowLine | None = None
        self._known: dict[tuple[str, str, int], int] = {}
        self.heights: list[int] = []

    @property
    def stamp(self) -> RowLine:
        """The widgets that paint."""
        if self._stamp is None:
            self._stamp = self._make_stamp()
        return self._stamp

    def forget(self) -> None:
        """Measures anew: letters have another size."""
        self._known.clear()

    def measure(self, width: int) -> None:
        """The height of each row at this width."""
        self.heights = [self._height(place, width) + GAP for place in range(self._rows.rowCount())]

    def _height(self, place: int, width: int) -> int:
        line = self._rows.lines[place]
        if line is not None:
            return height_at(line, width)
        remark = self._rows.remarks[place]
        key = (remark.text if remark else "", self._rows.notice(place), width)
        if key not in self._known:
            self._show(place)
            self._known[key] = height_at(self.stamp, width)
        return self._known[key]

    def _show(self, place: int) -> None:
        self.stamp.show_record(self._rows.records[place])
        self.stamp.show_remark(self._rows.remarks[place])

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(1, self.heights[index.row()])

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if self._rows.lines[index.row()] is not None:
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]
        self._show(index.row())
        self.stamp.resize(rect.width(), rect.height() - GAP)
        painter.save()
        painter.translate(rect.topLeft())
        self.stamp.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
        painter.restore()
