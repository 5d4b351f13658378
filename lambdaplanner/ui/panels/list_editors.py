"""Lists of blocks or words: every line can be edited, taken out, and a last empty one adds."""

from __future__ import annotations

from dataclasses import MISSING, replace
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from lambdaplanner.kinds.role_policies import VPC_ACCESS_POLICY, Rights, interface_rights
from lambdaplanner.model.records import FieldInfo
from lambdaplanner.ui.panels.field_editors import LineField, Offer, nobody_asked
from lambdaplanner.ui.panels.parts import IconButton, Pill, column, row
from lambdaplanner.ui.panels.steady_area import give_up_keyboard
from lambdaplanner.ui.panels.words import Word, sentence
from lambdaplanner.ui.theme import Theme, mark


class _AddLine(LineField):
    """The last line: what it takes moves up, and it is empty again."""

    def flush(self) -> None:
        super().flush()
        if not self.wrong and self.text():
            self.show_value("", force=True)


class ListEditor(QWidget):
    """Several values, one a line."""

    judged = Signal(str, str)
    left = Signal()

    def __init__(self, info: FieldInfo, noun: str, theme: Theme) -> None:
        super().__init__()
        self.info = info
        self.offer: Offer = nobody_asked
        self._theme = theme
        self._noun = noun
        self._value: tuple[Any, ...] = ()
        self._item = replace(info, spec=info.spec.item, default="")  # type: ignore[attr-defined]
        self.lines: list[LineField] = []
        self._rows: list[QWidget] = []
        self._list = column(spacing=4)
        self.add = _AddLine(self._item)
        self.add.setPlaceholderText(f"Add {noun}")
        self.add.setAccessibleName(f"Add {noun}")
        self.add.offer = self._on_add
        self.add.judged.connect(self.judged)
        self.add.left.connect(self.left)
        layout = column(self, spacing=4)
        layout.addLayout(self._list)
        layout.addWidget(self.add)
        self.setFocusProxy(self.add)

    @property
    def wrong(self) -> bool:
        """Whether a line holds text that was not taken."""
        return self.add.wrong or any(line.wrong for line in self.lines)

    @property
    def draft(self) -> str | None:
        """Text in the adding line that was not taken."""
        return self.add.draft

    def show_draft(self, text: str) -> None:
        """Brings back text that was not taken, with its reason."""
        self.add.show_draft(text)

    def flush(self) -> None:
        """Offers what was typed in any line."""
        for line in [*self.lines, self.add]:
            line.flush()

    def show_value(self, value: Any, *, force: bool = False) -> None:
        """Shows the plan's list; lines keep their widgets."""
        self._value = tuple(value or ())
        while len(self.lines) > len(self._value):
            give_up_keyboard(self._rows[-1], self.add)
            self._rows.pop().deleteLater()
            self.lines.pop()
        while len(self.lines) < len(self._value):
            self._append()
        for line, one in zip(self.lines, self._value, strict=True):
            line.show_value(one, force=force)

    def _append(self) -> None:
        place = len(self.lines)
        line = LineField(replace(self._item, default=MISSING))
        line.setAccessibleName(f"{self.info.title}, {place + 1}")
        line.offer = lambda value: self._on_change(line, value)
        line.judged.connect(self.judged)
        line.left.connect(self.left)
        remove = IconButton("control-close", f"Take this {self._noun} out", self._theme)
        remove.setIconSize(QSize(12, 12))
        remove.clicked.connect(lambda _on=False, line=line: self._remove(line))
        holder = QWidget()
        holder.setLayout(row(line, remove, spacing=4))
        self._list.addWidget(holder)
        self.lines.append(line)
        self._rows.append(holder)

    def _on_add(self, value: Any) -> str:
        if value in ("", None):
            return ""
        if value in self._value:
            return f'"{value}" is already here'
        reason = self.offer((*self._value, value))
        if not reason:
            self.show_value((*self._value, value))
        return reason

    def _on_change(self, line: LineField, value: Any) -> str:
        place = self.lines.index(line)
        if value in self._value[:place] + self._value[place + 1 :]:
            return f'"{value}" is already here'
        return self.offer((*self._value[:place], value, *self._value[place + 1 :]))

    def _remove(self, line: LineField) -> None:
        place = self.lines.index(line)
        rest = self._value[:place] + self._value[place + 1 :]
        reason = self.offer(rest)
        if not reason:
            self.show_value(rest, force=True)
        self.judged.emit("error" if reason else "", sentence(reason))
        self.left.emit()

    def retint(self, theme: Theme) -> None:
        self._theme = theme


_RIGHTS: dict[Rights, Word] = {
    "allowed": Word("ok", "Lambda may create interfaces"),
    "unknown": Word("warning", "Whether Lambda may create interfaces, these policies do not tell"),
    "refused": Word("warning", "Lambda may not create interfaces"),
}


class PolicyEditor(ListEditor):
    """The policies of a function's role, and whether they let Lambda create interfaces."""

    def __init__(self, info: FieldInfo, theme: Theme) -> None:
        super().__init__(info, "policy", theme)
        self.state = Pill(theme)
        self.suggest = QPushButton(f"Add {VPC_ACCESS_POLICY}")
        self.suggest.setToolTip(
            "The managed policy with which Lambda may create network interfaces"
        )
        mark(self.suggest, kind="quiet")
        self.suggest.clicked.connect(self._on_suggest)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.suggest)
        layout.addWidget(self.state)

    def show_value(self, value: Any, *, force: bool = False) -> None:
        super().show_value(value, force=force)
        rights = interface_rights(self._value)
        self.state.show_word(_RIGHTS[rights])
        self.suggest.setVisible(rights != "allowed")

    def _on_suggest(self) -> None:
        self._on_add(VPC_ACCESS_POLICY)
        self.left.emit()
