"""What nobody told of a thing, each row with a button that takes it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from lambdaplanner.model.document import Unknown
from lambdaplanner.model.edit import Edit
from lambdaplanner.ui.panels.parts import Pill, column, emptied, label, row
from lambdaplanner.ui.panels.words import REACH
from lambdaplanner.ui.theme import Theme

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge


class UntoldRows(QWidget):
    """The rows of `unknown` about one thing."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self._rows: tuple[Unknown, ...] = ()
        self._column = column(self, spacing=6)
        self.buttons: list[QPushButton] = []
        self.hide()

    def show_of(self, name: str) -> None:
        """Shows the rows about a thing; nothing where there are none."""
        rows = tuple(one for one in self._bridge.session.plan.unknown if one.about == name)
        if rows == self._rows:
            return
        self._rows = rows
        emptied(self._column)
        self.buttons = []
        for one in rows:
            self._column.addWidget(self._line(one))
        self.setVisible(bool(rows))

    def _line(self, one: Unknown) -> QWidget:
        line = QWidget()
        parts = column(line, spacing=4)
        pill = Pill(self._theme)
        pill.show_word(REACH["unknown"])
        known = QPushButton("It is known now")
        known.setToolTip("Takes the row out of unknown: what stands here is all there is.")
        known.setAccessibleName(f"{one.of} of {one.about} is known now")
        known.clicked.connect(lambda: self._take_out(one))
        self.buttons.append(known)
        parts.addLayout(row(pill, 1, known))
        why = f": {one.why}" if one.why else ""
        parts.addWidget(label(f"Nobody told all of its {one.of}{why}.", wrap=True))
        return line

    def _take_out(self, one: Unknown) -> None:
        def command(edit: Edit) -> None:
            edit.set_unknown(tuple(row_ for row_ in edit.plan.unknown if row_ != one))

        self._bridge.do(f"Know {one.of} of {one.about}", command)

    def set_theme(self, theme: Theme) -> None:
        """Draws later rows in another theme."""
        self._theme = theme
