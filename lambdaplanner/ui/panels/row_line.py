"""One row of a list of records: cells that together make a record, or a draft of one that is not in
the plan yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from lambdaplanner.model.records import fields_of
from lambdaplanner.ui.panels.parts import Card, Glyph, column, label, row
from lambdaplanner.ui.panels.words import Word, sentence
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import Theme, mark

_MENU_WIDTH = 26
Take = Callable[["RowLine", Any], str]
Row = Callable[[], Any]
"""The record of a row as it is now; of a draft, what is known of it so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One cell of each row: how it is made, and how its value becomes fields of the record."""

    title: str
    make: Callable[[Row], Any]
    get: Callable[[Any], Any]
    put: Callable[[Any], dict[str, Any]]
    width: int = 0
    """Pixels; 0: what is left."""
    line: int = 0
    """Which line of the row it stands on."""
    due: bool = False
    """Whether a record is wrong without it, though each of its fields may be left out."""


class RowLine(QWidget):
    """The cells of one record.

    Signals:
        removed, duplicated: its buttons.
        left: the focus went from a cell.
    """

    removed = Signal()
    duplicated = Signal()
    left = Signal()

    def __init__(
        self,
        model: type[Any],
        columns: tuple[Column, ...],
        theme: Theme,
        take: Take,
        *,
        noun: str,
        as_card: bool = False,
    ) -> None:
        super().__init__()
        self._model = model
        self._columns = columns
        self._take = take
        self.record: Any = None
        """What the plan has of it; None for a draft."""
        self._values: dict[str, Any] = {}
        self.cells: list[Any] = []
        self.reason: QLabel = label("", "error", wrap=True)
        self.reason.hide()
        self._glyph = Glyph("info", theme, size=14)
        self.remark: QLabel = label("", "caption", wrap=True)
        mark(self.remark, role="muted")
        self._remark_row = QWidget()
        self._remark_row.setLayout(row(self._glyph, self.remark, spacing=6))
        self._remark_row.hide()
        self._judgements: dict[int, tuple[str, str]] = {}
        self.menu = self._make_menu(noun)
        if as_card:
            self._lay_out_card()
        else:
            self._lay_out_lines()

    @staticmethod
    def notice_of(record: Any) -> str:
        """What a record itself says about its values; "" where that is nothing."""
        return next((sentence(text) for _, text in record.notices()), "")

    def values(self) -> Any:
        """The record as it is now; of a draft, what is known of it so far."""
        return _Partial(self._values) if self.record is None else self.record

    def _make_menu(self, noun: str) -> QToolButton:
        button = QToolButton()
        button.setText("\u2026")
        button.setToolTip(plain_tip(f"More for this {noun}"))
        button.setAccessibleName(f"More for this {noun}")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setFixedWidth(_MENU_WIDTH)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        menu = QMenu(button)
        menu.addAction("Duplicate", self.duplicated.emit)
        menu.addAction("Remove", self.removed.emit)
        button.setMenu(menu)
        return button

    def _make_cell(self, place: int, column_: Column) -> Any:
        cell = column_.make(self.values)
        cell.offer = lambda value, c=column_: self._offer(c, value)
        cell.judged.connect(lambda tone, text, place=place: self._on_judged(place, tone, text))
        cell.left.connect(self.left)
        if not cell.toolTip():
            cell.setToolTip(plain_tip(column_.title))
        self.cells.append(cell)
        return cell

    def _lay_out_lines(self) -> None:
        outer = column(self, spacing=4)
        lines: dict[int, QHBoxLayout] = {}
        for place, part in enumerate(self._columns):
            line = lines.get(part.line)
            if line is None:
                line = lines[part.line] = row(spacing=4)
                outer.addLayout(line)
            cell = self._make_cell(place, part)
            if part.width:
                cell.setFixedWidth(part.width)
            line.addWidget(cell, 0 if part.width else 1)
        lines[0].addWidget(self.menu)
        for index, line in lines.items():
            if index:
                line.addSpacing(_MENU_WIDTH)
        self._add_remarks(outer)

    def _lay_out_card(self) -> None:
        card = Card()
        column(self).addWidget(card)
        for place, part in enumerate(self._columns):
            cell = self._make_cell(place, part)
            if not place:
                card.column.addLayout(row(label(part.title, "caption"), 1, self.menu))
            else:
                card.column.addWidget(label(part.title, "caption"))
            card.column.addWidget(cell)
        self._add_remarks(card.column)

    def _add_remarks(self, layout: QVBoxLayout) -> None:
        layout.addWidget(self._remark_row)
        layout.addWidget(self.reason)

    def show_record(self, record: Any, *, force: bool = False) -> None:
        """Shows what the plan has."""
        self.record = record
        self._values = {}
        for part, cell in zip(self._columns, self.cells, strict=True):
            cell.show_value(part.get(record), force=force)
        self._show_reason()

    def start(self, values: dict[str, Any]) -> None:
        """Begins a draft with these values; it joins the plan as soon as nothing is missing."""
        self._values = dict(values)
        for part, cell in zip(self._columns, self.cells, strict=True):
            known = _Partial(values)
            cell.show_value(part.get(known))
        self._complete()
        self._show_reason()

    def show_remark(self, word: Word | None) -> None:
        """What is worth knowing about the record, below it."""
        self._remark_row.setVisible(word is not None)
        if word is not None:
            self.remark.setText(word.text)
            self._glyph.show_icon(word.tone, f"{word.tone}.solid")

    def focus_first_gap(self) -> None:
        """Puts the focus where something is missing, else into the first cell."""
        gaps = [
            cell
            for cell, part in zip(self.cells, self._columns, strict=True)
            if part.get(_Partial(self._values)) in (None, "", ())
        ]
        target = gaps[0] if gaps and self.record is None else self.cells[0]
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        """Offers what was typed in any cell."""
        for cell in self.cells:
            cell.flush()

    @property
    def wrong(self) -> bool:
        """Whether a cell holds something that was not taken."""
        return any(cell.wrong for cell in self.cells)

    def _offer(self, part: Column, value: Any) -> str:
        if self.record is None:
            before = dict(self._values)
            self._values |= part.put(value)
            reason = self._complete()
            if reason:
                self._values = before
            self._show_reason()
            return reason
        values = {info.name: getattr(self.record, info.name) for info in fields_of(self._model)}
        return self._try(values | part.put(value))

    def _complete(self) -> str:
        return "" if self._missing() else self._try(self._values)

    def _missing(self) -> list[str]:
        lacking = [
            info.title
            for info in fields_of(self._model)
            if info.required and self._values.get(info.name) in (None, "", ())
        ]
        if not lacking:
            record = self._model(**self._values)
            lacking = [
                part.title for part in self._columns if part.due and part.get(record) in (None, "")
            ]
        return lacking

    def _try(self, values: dict[str, Any]) -> str:
        record = self._model(**values)
        for _, complaint in record.complaints():
            return str(complaint)
        return self._take(self, record)

    def _on_judged(self, place: int, tone: str, text: str) -> None:
        self._judgements[place] = (tone, text)
        self._show_reason()

    def _show_reason(self) -> None:
        said = [(tone, text) for tone, text in self._judgements.values() if text]
        errors = [text for tone, text in said if tone == "error"]
        role = "error" if errors else "muted"
        texts = errors or [text for _, text in said]
        if not texts and self.record is None:
            missing = self._missing()
            texts = [f"Not in the plan yet: {missing[0]} is due."] if missing else []
        if not texts and self.record is not None:
            texts = [notice] if (notice := self.notice_of(self.record)) else []
        mark(self.reason, role=role)
        self.reason.setText(texts[0] if texts else "")
        self.reason.setVisible(bool(texts))


class _Partial:
    """A record of which only some fields are known; the others read as nothing."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def __getattr__(self, name: str) -> Any:
        return self._values.get(name)
