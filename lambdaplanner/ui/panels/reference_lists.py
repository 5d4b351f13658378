"""Choosing several other things of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from lambdaplanner.model.nearness import suggestion
from lambdaplanner.model.records import FieldInfo
from lambdaplanner.ui.panels.field_editors import Offer, nobody_asked
from lambdaplanner.ui.panels.parts import ElidedLabel, Glyph, IconButton, column, row
from lambdaplanner.ui.panels.reference_editors import Option, OptionCombo, Options
from lambdaplanner.ui.panels.steady_area import give_up_keyboard
from lambdaplanner.ui.panels.words import sentence
from lambdaplanner.ui.theme import Theme, mark


class ManyRefEditor(QWidget):
    """Several other things as rows, each with a button that takes it out, and a field that adds
    one."""

    judged = Signal(str, str)
    left = Signal()

    def __init__(
        self,
        info: FieldInfo,
        noun: str,
        options: Options,
        describe: Callable[[str], Option],
        theme: Theme,
        *,
        nothing: str = "",
    ) -> None:
        super().__init__()
        self.info = info
        self.offer: Offer = nobody_asked
        self.wrong = False
        self._options = options
        self._describe = describe
        self._theme = theme
        self._noun = noun
        self._value: tuple[str, ...] | None = None
        self.rows: dict[str, QWidget] = {}
        self._list = column(spacing=2)
        self.nothing = ElidedLabel(nothing, "muted")
        self.add = OptionCombo(self._absent, theme, f"Add {noun}")
        self.add.setAccessibleName(f"Add {noun}")
        self.add.chosen.connect(self._on_chosen)
        self.add.left.connect(self._on_left)
        layout = column(self, spacing=4)
        layout.addWidget(self.nothing)
        layout.addLayout(self._list)
        layout.addWidget(self.add)
        self.setFocusProxy(self.add)

    @property
    def draft(self) -> str | None:
        """Text in the adding field that names nothing."""
        return self.add.line().text() or None

    def show_draft(self, text: str) -> None:
        """Brings back text that was not taken."""
        self.add.line().setText(text)

    def flush(self) -> None:
        """Adds what was typed, where it names something."""
        text = self.add.line().text().strip()
        if text and text in self.add.options:
            self._on_chosen(text)

    def show_value(self, value: Any, *, force: bool = False) -> None:
        """Shows the plan's value; rows that stay keep their widgets."""
        names: tuple[str, ...] = tuple(value or ())
        if names == self._value and not force:
            return
        self._value = names
        for name in list(self.rows):
            if name not in names:
                self._drop(name)
        for place, name in enumerate(names):
            if name not in self.rows:
                self.rows[name] = self._row(self._describe(name))
            self._list.insertWidget(place, self.rows[name])
        self._order_tabs()
        self.nothing.setVisible(not names and bool(self.nothing.text()))
        self.judged.emit("", "")

    def _order_tabs(self) -> None:
        """Row by row, and the adding field last, in whichever order they were made."""
        last: QWidget = self.add
        for line in self.rows.values():
            remove = line.findChild(IconButton)
            if remove is not None:
                QWidget.setTabOrder(last, remove)
                last = remove
        QWidget.setTabOrder(last, self.add)

    def _drop(self, name: str) -> None:
        gone = self.rows.pop(name)
        give_up_keyboard(gone, self.add)
        self._list.removeWidget(gone)
        gone.hide()
        gone.deleteLater()

    def _row(self, option: Option) -> QWidget:
        made = QWidget()
        name = ElidedLabel(option.value)
        detail = ElidedLabel(option.detail, "caption")
        mark(detail, role="muted")
        remove = IconButton("control-close", f"Take {option.value} out", self._theme)
        remove.setIconSize(QSize(12, 12))
        remove.clicked.connect(lambda: self._take(self._without(option.value)))
        glyph = Glyph(option.icon or "info", self._theme, size=16)
        line = row(glyph, name, detail, remove, spacing=6)
        line.setStretch(1, 3)
        line.setStretch(2, 4)
        made.setLayout(line)
        return made

    def _absent(self) -> Sequence[Option]:
        return [option for option in self._options() if option.value not in (self._value or ())]

    def _without(self, name: str) -> tuple[str, ...]:
        return tuple(one for one in self._value or () if one != name)

    def _on_chosen(self, text: str) -> None:
        if not text:
            return
        known = self.add.options
        if text not in known:
            already = text in (self._value or ())
            reason = (
                f'"{text}" is already here'
                if already
                else f'no {self._noun} "{text}" can stand here'
            )
            self._judge(reason + ("" if already else suggestion(text, known)))
            return
        if self._take((*(self._value or ()), text)):
            self.add.write("")

    def _on_left(self) -> None:
        if not self.draft:
            self._judge("")
        self.left.emit()

    def _take(self, names: Iterable[str]) -> bool:
        value = tuple(names)
        reason = self._too_few(value) or self.offer(value)
        if not reason:
            self.show_value(value)
        self._judge(reason)
        self.left.emit()
        return not reason

    def _too_few(self, value: tuple[str, ...]) -> str:
        least = getattr(self.info.spec, "at_least", 0)
        most = getattr(self.info.spec, "at_most", None)
        if len(value) < least:
            return f"at least {least} {'is' if least == 1 else 'are'} due here; add another first"
        if most is not None and len(value) > most:
            return f"at most {most} are possible here; take one out first"
        return ""

    def _judge(self, reason: str) -> None:
        self.wrong = bool(reason)
        mark(self.add, invalid=self.wrong)
        self.judged.emit("error" if reason else "", sentence(reason))

    def retint(self, theme: Theme) -> None:
        self._theme = theme
