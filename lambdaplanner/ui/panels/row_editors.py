"""Lists of records as tables of fields: rules, routes, entries, attachments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from lambdaplanner.model.records import FieldInfo, fields_of
from lambdaplanner.model.structures import Keyed, Rows
from lambdaplanner.ui.panels.choice_editors import QuietCombo
from lambdaplanner.ui.panels.field_editors import Offer, nobody_asked
from lambdaplanner.ui.panels.parts import ElidedLabel, IconButton, column, emptied, label, row
from lambdaplanner.ui.panels.row_line import Column, RowLine
from lambdaplanner.ui.panels.steady_area import give_up_keyboard
from lambdaplanner.ui.panels.words import Word
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import Theme

Remark = Callable[[Any], Word | None]
Fixed = Callable[[], tuple[tuple[str, ...], ...]]
"""Rows that AWS adds, which nobody can change: a text for each column."""
Start = Callable[[tuple[Any, ...]], dict[str, Any]]


_DENSE = """
QComboBox { padding: 4px 18px 4px 6px; } QComboBox:focus { padding: 3px 17px 3px 5px; }
QComboBox::drop-down { width: 18px; } QComboBox::down-arrow { width: 12px; height: 12px; }
QLineEdit { padding: 4px 6px; } QLineEdit:focus { padding: 3px 5px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { padding: 0; }
"""


class RowsEditor(QWidget):
    """Records one below the other. A new row is a draft until nothing is missing; wrong cells keep
    the rest as it was."""

    judged = Signal(str, str)
    left = Signal()

    def __init__(
        self,
        info: FieldInfo,
        columns: tuple[Column, ...],
        theme: Theme,
        *,
        noun: str,
        start: Start,
        remark: Remark | None = None,
        as_cards: bool = False,
        absent: tuple[str, str] | None = None,
        empty: str = "",
        fixed: Fixed | None = None,
    ) -> None:
        super().__init__()
        self.info = info
        self.offer: Offer = nobody_asked
        self._columns = columns
        self._theme = theme
        self._noun = noun
        self._start = start
        self._remark = remark
        self._as_cards = as_cards
        self._empty_text = empty
        self._key: str = getattr(info.spec, "key", "")
        self._sorted: bool = getattr(info.spec, "ordered_by_key", False)
        self._value: tuple[Any, ...] | None = ()
        self.rows: list[RowLine] = []
        self.setStyleSheet(_DENSE)
        layout = column(self, spacing=6)
        self.switch = self._make_switch(absent)
        if self.switch is not None:
            layout.addWidget(self.switch)
        self._captions = self._make_captions()
        layout.addWidget(self._captions)
        self._fixed = fixed
        self._fixed_rows: tuple[tuple[str, ...], ...] = ()
        self._fixed_list = column(spacing=4)
        layout.addLayout(self._fixed_list)
        self._list = column(spacing=8)
        layout.addLayout(self._list)
        self.empty: QLabel = label(empty, "muted", wrap=True)
        layout.addWidget(self.empty)
        self.add = IconButton(
            "plus", f"Add {noun}", theme, text=f"Add {noun}", colour="accent_text"
        )
        self.add.clicked.connect(self.add_row)
        layout.addLayout(row(self.add, 1))
        self.setFocusProxy(self.add)
        self._show_state()

    def _make_switch(self, absent: tuple[str, str] | None) -> QComboBox | None:
        if absent is None:
            return None
        made = QuietCombo()
        made.setAccessibleName(self.info.title)
        made.addItems(list(absent))
        made.activated.connect(self._on_switch)
        return made

    def _make_captions(self) -> QWidget:
        made = QWidget()
        line = row(spacing=4)
        for part in self._columns:
            if part.line == 0 and not self._as_cards:
                caption = label(part.title, "caption")
                if part.width:
                    caption.setFixedWidth(part.width)
                line.addWidget(caption, 0 if part.width else 1)
        line.addSpacing(30)
        made.setLayout(line)
        return made

    @property
    def wrong(self) -> bool:
        """Whether a row holds something that was not taken."""
        return any(line.wrong for line in self.rows)

    @property
    def draft(self) -> str | None:
        """Words for a row that was begun and is not in the plan."""
        return f"an unfinished {self._noun}" if any(r.record is None for r in self.rows) else None

    def show_draft(self, text: str) -> None:
        """Drafts of rows are not kept."""

    def flush(self) -> None:
        """Offers what was typed in any cell."""
        for line in tuple(self.rows):
            line.flush()

    def show_value(self, value: Any, *, force: bool = False) -> None:
        """Shows the plan's records; a row whose record stays keeps its widgets, its focus and its
        wrong text."""
        self._value = None if value is None else tuple(value)
        records = list(value or ())
        if force:
            self._forget_drafts()
        standing = [line for line in self.rows if line.record is not None]
        drafts = [line for line in self.rows if line.record is None]
        if [line.record for line in standing] != records:
            standing = self._matched(standing, records)
            self.rows = [*standing, *drafts]
            for place, line in enumerate(self.rows):
                self._list.insertWidget(place, line)
        for line in standing:
            line.show_remark(self._remark(line.record) if self._remark else None)
        self._show_state()

    def _forget_drafts(self) -> None:
        for line in [line for line in self.rows if line.record is None]:
            self._drop(line)

    def _matched(self, lines: list[RowLine], records: list[Any]) -> list[RowLine]:
        pool = list(lines)
        found: list[RowLine | None] = []
        for record in records:
            same = next((line for line in pool if line.record == record), None)
            if same is not None:
                pool.remove(same)
            found.append(same)
        result: list[RowLine] = []
        for record, line in zip(records, found, strict=True):
            if line is None:
                line = pool.pop(0) if pool else self._make_row()
                line.show_record(record)
            result.append(line)
        for line in pool:
            self._drop(line)
        return result

    def _make_row(self) -> RowLine:
        spec = self.info.spec
        assert isinstance(spec, Rows | Keyed)
        line = RowLine(
            spec.model,
            self._columns,
            self._theme,
            self._take,
            noun=self._noun,
            as_card=self._as_cards,
        )
        line.removed.connect(lambda: self.remove(line))
        line.duplicated.connect(lambda: self.duplicate(line))
        line.left.connect(self.left)
        return line

    def _drop(self, line: RowLine) -> None:
        if line in self.rows:
            self.rows.remove(line)
        give_up_keyboard(line, self.add)
        self._list.removeWidget(line)
        line.hide()
        line.deleteLater()

    def add_row(self) -> None:
        """Begins a new row and puts the focus into it."""
        self.left.emit()
        self._begin(self._start(tuple(self._value or ())))

    def duplicate(self, line: RowLine) -> None:
        """Begins a row like another; what must differ is left open."""
        self.left.emit()
        if line.record is None:
            return
        start = self._start(tuple(self._value or ()))
        fields = fields_of(type(line.record))
        values = {info.name: getattr(line.record, info.name) for info in fields}
        if self._key:
            values.pop(self._key)
            values |= {name: one for name, one in start.items() if name == self._key}
        self._begin(values)

    def _begin(self, values: dict[str, Any]) -> None:
        line = self._make_row()
        self.rows.append(line)
        self._list.addWidget(line)
        line.start(values)
        self._show_state()
        line.focus_first_gap()
        if line.record is not None:
            self.left.emit()

    def remove(self, line: RowLine) -> None:
        """Takes a row out; a draft just goes."""
        self.left.emit()
        place = self.rows.index(line)
        self.rows.remove(line)  # first, so that an equal row is not taken for it
        if line.record is not None:
            rest = tuple(r.record for r in self.rows if r.record is not None)
            if self.offer(rest):
                self.rows.insert(place, line)
                return
        self._drop(line)
        self._show_state()
        self.left.emit()

    def _take(self, line: RowLine, record: Any) -> str:
        if self._key:
            key = getattr(record, self._key)
            twins = [r for r in self.rows if r is not line and r.record is not None]
            if any(getattr(r.record, self._key) == key for r in twins):
                return f'"{key}" is already here'
        before = line.record
        line.record = record
        records = [r.record for r in self.rows if r.record is not None]
        if self._sorted:
            records.sort(key=lambda one: getattr(one, self._key))
        reason = self.offer(tuple(records))
        if reason:
            line.record = before
        else:
            self.show_value(tuple(records))
        return reason

    def _on_switch(self, place: int) -> None:
        self.left.emit()
        self.offer(None if place == 0 else ())
        self.left.emit()

    def _show_fixed(self) -> None:
        rows = self._fixed() if self._fixed is not None else ()
        if rows == self._fixed_rows:
            return
        self._fixed_rows = rows
        emptied(self._fixed_list)
        for texts in rows:
            line = row(spacing=4)
            for text in texts:
                cell = ElidedLabel(text, "muted")
                cell.setContentsMargins(9, 0, 0, 0)
                cell.setIndent(9)
                cell.setToolTip(plain_tip(f"{text}: AWS adds this row, and it cannot be changed"))
                line.addWidget(cell, 1)
            line.addSpacing(30)
            self._fixed_list.addLayout(line)

    def _show_state(self) -> None:
        self._show_fixed()
        absent = self.switch is not None and self._value is None
        if self.switch is not None:
            self.switch.setCurrentIndex(0 if self._value is None else 1)
        self._captions.setVisible(bool(self.rows or self._fixed_rows) and not self._as_cards)
        self.empty.setVisible(not self.rows and not absent and bool(self._empty_text))
        self.add.setVisible(not absent)

    def retint(self, theme: Theme) -> None:
        self._theme = theme


def same(field: str) -> Callable[[Any], dict[str, Any]]:
    """How most cells become fields: as they are."""
    return lambda value: {field: value}
