"""Lists of records as tables of fields: rules, routes, entries, attachments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from lambdaplanner.model.records import FieldInfo, fields_of
from lambdaplanner.model.structures import Keyed, Rows
from lambdaplanner.ui.panels.field_editors import Offer, nobody_asked
from lambdaplanner.ui.panels.parts import IconButton, column, label, row
from lambdaplanner.ui.panels.record_rows import RecordRows, matched
from lambdaplanner.ui.panels.row_frame import DENSE, Fixed, FixedRows, captions, switch
from lambdaplanner.ui.panels.row_line import Column, RowLine
from lambdaplanner.ui.panels.rows_view import RowsView
from lambdaplanner.ui.panels.steady_area import give_up_keyboard
from lambdaplanner.ui.panels.words import Word
from lambdaplanner.ui.theme import Theme

Remark = Callable[[Any], Word | None]
Start = Callable[[tuple[Any, ...]], dict[str, Any]]


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
        self.rows = RecordRows(columns, self)
        self.add = IconButton(
            "plus", f"Add {noun}", theme, text=f"Add {noun}", colour="accent_text"
        )
        self.view = RowsView(self.rows, self._make_stamp)
        self.view.setAccessibleName(info.title)
        self.view.wanted.connect(self.take_in_hand)
        self.view.remove_wanted.connect(lambda place: self.remove(self.take_in_hand(place)))
        self.view.passed.connect(lambda: self.add.setFocus(Qt.FocusReason.TabFocusReason))
        self.setStyleSheet(DENSE)
        layout = column(self, spacing=6)
        self.switch = None if absent is None else switch(info.title, absent)
        if self.switch is not None:
            self.switch.activated.connect(self._on_switch)
            layout.addWidget(self.switch)
        self._captions = captions(columns, shown=not as_cards)
        layout.addWidget(self._captions)
        self._fixed = FixedRows(fixed)
        layout.addWidget(self._fixed)
        layout.addWidget(self.view)
        self.empty: QLabel = label(empty, "muted", wrap=True)
        layout.addWidget(self.empty)
        self.add.clicked.connect(self.add_row)
        layout.addLayout(row(self.add, 1))
        self.setFocusProxy(self.add)
        self._show_state()

    @property
    def lines(self) -> list[RowLine]:
        """The rows in hand: those with widgets."""
        return [line for line in self.rows.lines if line is not None]

    @property
    def wrong(self) -> bool:
        """Whether a row holds something that was not taken."""
        return any(line.wrong for line in self.lines)

    @property
    def draft(self) -> str | None:
        """Words for a row that was begun and is not in the plan."""
        return f"an unfinished {self._noun}" if None in self.rows.records else None

    def show_draft(self, text: str) -> None:
        """Drafts of rows are not kept."""

    def flush(self) -> None:
        """Offers what was typed in any cell."""
        for line in self.lines:
            line.flush()

    def show_value(self, value: Any, *, force: bool = False) -> None:
        """Shows the plan's records; a row in hand whose record stays keeps its widgets, its focus
        and its wrong text."""
        self._value = None if value is None else tuple(value)
        records = list(value or ())
        rows = self.rows
        if force:
            for line in [line for line in self.lines if line.record is None or not self._as_cards]:
                self._drop(line)
        standing = [one for one in rows.records if one is not None]
        lines = rows.lines[: len(standing)]
        if standing != records or (self._as_cards and None in lines):
            lines, left = matched(standing, lines, records)
            for gone in left:
                self._let_go(gone)
            for at, record in enumerate(records if self._as_cards else ()):
                lines[at] = lines[at] or self._held(record)
        self._put([*records], lines, rows.lines[len(standing) :])
        self._show_state()

    def _put(
        self, records: list[Any], lines: list[RowLine | None], drafts: list[RowLine | None]
    ) -> None:
        remarks = [self._remark(one) if self._remark else None for one in records]
        for line, word in zip(lines, remarks, strict=True):
            if line is not None:
                line.show_remark(word)
        records, lines = [*records, *[None] * len(drafts)], [*lines, *drafts]
        remarks += [None] * len(drafts)
        rows = self.rows
        if (records, lines, remarks) != (rows.records, rows.lines, rows.remarks):
            rows.put(records, lines, remarks)
        self.view.fit()

    def _held(self, record: Any) -> RowLine:
        line = self._make_row()
        self.view.hold(line)
        line.show_record(record)
        return line

    def take_in_hand(self, place: int) -> RowLine:
        """The widgets of a row, made where it was only painted. Rows that hold nothing open are
        painted again."""
        rows = self.rows
        line = rows.lines[place]
        if line is None:
            for other in self.lines:
                if not (self._as_cards or other.record is None or other.wrong or _busy(other)):
                    rows.lines[rows.lines.index(other)] = None
                    self._let_go(other)
            line = rows.lines[place] = self._held(rows.records[place])
            line.show_remark(rows.remarks[place])
            self.view.fit()
            self.view.viewport().update()
        return line

    def _make_row(self) -> RowLine:
        line = self._make_line()
        line.removed.connect(lambda: self.remove(line))
        line.duplicated.connect(lambda: self.duplicate(line))
        line.left.connect(self.left)
        return line

    def _make_line(self) -> RowLine:
        spec = self.info.spec
        assert isinstance(spec, Rows | Keyed)
        noun, card = self._noun, self._as_cards
        return RowLine(spec.model, self._columns, self._theme, self._take, noun=noun, as_card=card)

    def _make_stamp(self) -> RowLine:
        line = self._make_line()
        line.setParent(self)
        line.hide()
        return line

    def _drop(self, line: RowLine) -> None:
        rows = self.rows
        place = rows.lines.index(line)
        kept = [at for at in range(len(rows.lines)) if at != place or line.record is not None]
        rows.lines[place] = None
        self._let_go(line)
        rows.keep(kept)

    def _let_go(self, line: RowLine) -> None:
        give_up_keyboard(line, self.add)
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
        self.view.hold(line)
        rows = self.rows
        rows.put([*rows.records, None], [*rows.lines, line], [*rows.remarks, None])
        line.start(values)
        self.view.fit()
        self._show_state()
        line.focus_first_gap()
        if line.record is not None:
            self.left.emit()

    def remove(self, line: RowLine) -> None:
        """Takes a row out; a draft just goes."""
        self.left.emit()
        rows = self.rows
        place = rows.lines.index(line)
        before = (rows.records, rows.lines, rows.remarks)
        # First, so that an equal row is not taken for it.
        rows.keep([at for at in range(len(rows.records)) if at != place])
        if line.record is not None:
            reason = self.offer(tuple(one for one in rows.records if one is not None))
            if reason:
                rows.put(*before)
                self.view.fit()
                return
        self._let_go(line)
        self.view.fit()
        self._show_state()
        self.left.emit()

    def _take(self, line: RowLine, record: Any) -> str:
        rows = self.rows
        place = rows.lines.index(line)
        others = [one for at, one in enumerate(rows.records) if at != place and one is not None]
        if self._key:
            key = getattr(record, self._key)
            if any(getattr(one, self._key) == key for one in others):
                return f'"{key}" is already here'
        before = line.record
        self._stand(line, record)
        records = [one for one in rows.records if one is not None]
        if self._sorted:
            records.sort(key=lambda one: getattr(one, self._key))
        reason = self.offer(tuple(records))
        if reason:
            self._stand(line, before)
        else:
            self.show_value(tuple(records))
        return reason

    def _stand(self, line: RowLine, record: Any) -> None:
        """Says what a row holds; records stand before drafts."""
        rows = self.rows
        place = rows.lines.index(line)
        line.record = rows.records[place] = record
        order = sorted(range(len(rows.records)), key=lambda at: rows.records[at] is None)
        rows.keep(order)

    def _on_switch(self, place: int) -> None:
        self.left.emit()
        self.offer(None if place == 0 else ())
        self.left.emit()

    def _show_state(self) -> None:
        self._fixed.refresh()
        absent = self.switch is not None and self._value is None
        if self.switch is not None:
            self.switch.setCurrentIndex(0 if self._value is None else 1)
        some = bool(self.rows.records)
        self.view.setVisible(some)
        self._captions.setVisible((some or bool(self._fixed.rows)) and not self._as_cards)
        self.empty.setVisible(not some and not absent and bool(self._empty_text))
        self.add.setVisible(not absent)

    def retint(self, theme: Theme) -> None:
        self._theme = theme


def _busy(line: RowLine) -> bool:
    """Whether the keyboard is in it."""
    here = QApplication.focusWidget()
    return here is not None and line.isAncestorOf(here)
