"""What stands around the rows of a list: titles of columns, and rows that nobody changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtWidgets import QWidget

from lambdaplanner.ui.panels.choice_editors import QuietCombo
from lambdaplanner.ui.panels.parts import ElidedLabel, column, emptied, label, row
from lambdaplanner.ui.panels.row_line import Column
from lambdaplanner.ui.plain import plain_tip

Fixed = Callable[[], tuple[tuple[str, ...], ...]]
"""Rows that AWS adds, which nobody can change: a text for each column."""
_MENU = 30
"""Pixels that the menu of a row takes at its end."""


DENSE = """
QComboBox { padding: 4px 18px 4px 6px; } QComboBox:focus { padding: 3px 17px 3px 5px; }
QComboBox::drop-down { width: 18px; } QComboBox::down-arrow { width: 12px; height: 12px; }
QLineEdit { padding: 4px 6px; } QLineEdit:focus { padding: 3px 5px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { padding: 0; }
"""
"""The cells of a row stand closer than fields do."""


def switch(title: str, absent: tuple[str, str]) -> QuietCombo:
    """The choice between no list at all and one: what each is called."""
    made = QuietCombo()
    made.setAccessibleName(title)
    made.addItems(list(absent))
    return made


def captions(columns: Iterable[Column], *, shown: bool) -> QWidget:
    """The titles above the first line of the rows."""
    made = QWidget()
    line = row(spacing=4)
    for part in columns:
        if part.line == 0 and shown:
            caption = label(part.title, "caption")
            if part.width:
                caption.setFixedWidth(part.width)
            line.addWidget(caption, 0 if part.width else 1)
    line.addSpacing(_MENU)
    made.setLayout(line)
    return made


class FixedRows(QWidget):
    """The rows that AWS adds."""

    def __init__(self, fixed: Fixed | None) -> None:
        super().__init__()
        self._fixed = fixed
        self._list = column(self, spacing=4)
        self.rows: tuple[tuple[str, ...], ...] = ()
        self.hide()

    def refresh(self) -> None:
        """Shows them as they are now."""
        rows = self._fixed() if self._fixed is not None else ()
        if rows == self.rows:
            return
        self.rows = rows
        emptied(self._list)
        self.setVisible(bool(rows))
        for texts in rows:
            line = row(spacing=4)
            for text in texts:
                cell = ElidedLabel(text, "muted")
                cell.setContentsMargins(9, 0, 0, 0)
                cell.setIndent(9)
                cell.setToolTip(plain_tip(f"{text}: AWS adds this row, and it cannot be changed"))
                line.addWidget(cell, 1)
            line.addSpacing(_MENU)
            self._list.addLayout(line)


def same(field: str) -> Callable[[Any], dict[str, Any]]:
    """How most cells become fields: as they are."""
    return lambda value: {field: value}
