"""Choosing other things of the plan: one of them, or several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from lambdaplanner.model.fields import suggestion
from lambdaplanner.model.records import FieldInfo
from lambdaplanner.ui import icons
from lambdaplanner.ui.panels.field_editors import Offer, QuietCombo, nobody_asked
from lambdaplanner.ui.panels.parts import ElidedLabel, Glyph, IconButton, column, row
from lambdaplanner.ui.panels.words import sentence
from lambdaplanner.ui.theme import Theme, mark

_DETAIL = Qt.ItemDataRole.UserRole + 1


class Option(NamedTuple):
    """Something to choose: the value, its icon, and a short remark."""

    value: str
    icon: str = ""
    detail: str = ""


Options = Callable[[], Sequence[Option]]


class _Details(QStyledItemDelegate):
    """Draws the remark of an option at the right."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        detail = index.data(_DETAIL)
        if detail:
            rect: QRect = option.rect  # type: ignore[attr-defined]
            metrics = option.fontMetrics  # type: ignore[attr-defined]
            name = metrics.horizontalAdvance(str(index.data())) + 56
            room = rect.adjusted(name, 0, -10, 0)
            text = metrics.elidedText(detail, Qt.TextElideMode.ElideRight, room.width())
            painter.save()
            painter.setOpacity(0.65)
            painter.drawText(
                room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text
            )
            painter.restore()


class OptionCombo(QuietCombo):
    """A list that can be searched by typing. It is filled only when somebody is about to choose.

    Signals:
        chosen: text that was picked, or typed and confirmed.
    """

    chosen = Signal(str)
    left = Signal()

    def __init__(self, options: Options, theme: Theme, placeholder: str = "") -> None:
        super().__init__()
        self._options = options
        self._theme = theme
        self._known: tuple[Option, ...] | None = None
        self.setEditable(True)
        self.setInsertPolicy(QuietCombo.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(14)
        self.setItemDelegate(_Details(self))
        self.line().setPlaceholderText(placeholder)
        completer = self.completer()
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.popup().setItemDelegate(_Details(completer.popup()))
        self.activated.connect(self._on_activated)
        self.line().returnPressed.connect(self._on_return)

    def line(self) -> QLineEdit:
        """The field in which one types."""
        line = self.lineEdit()
        assert line is not None
        return line

    def fill(self) -> None:
        """Brings the list up to date, keeping what is typed."""
        options = tuple(self._options())
        if options == self._known:
            return
        self._known = options
        text = self.line().text()
        cursor = self.line().cursorPosition()
        self.blockSignals(True)
        self.clear()
        for option in options:
            if option.icon:
                self.addItem(icons.icon(option.icon, self._theme), option.value)
            else:
                self.addItem(option.value)
            self.setItemData(self.count() - 1, option.detail, _DETAIL)
        self.setCurrentIndex(self.findText(text))
        self.line().setText(text)
        self.line().setCursorPosition(cursor)
        self.blockSignals(False)
        width = max((len(o.value) + len(o.detail) for o in options), default=0) * 7 + 80
        self.view().setMinimumWidth(min(width, 460))

    @property
    def options(self) -> list[str]:
        """What may be chosen now."""
        return [option.value for option in self._options()]

    def retint(self, theme: Theme) -> None:
        self._theme = theme
        self._known = None

    def showPopup(self) -> None:
        self.fill()
        super().showPopup()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.fill()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _on_activated(self, index: int) -> None:
        self.chosen.emit(self.itemText(index))

    def _on_return(self) -> None:
        self.chosen.emit(self.line().text().strip())


class RefField(OptionCombo):
    """One other thing, a word in its place, or nothing where that is allowed."""

    judged = Signal(str, str)

    def __init__(
        self,
        info: FieldInfo,
        options: Options,
        theme: Theme,
        *,
        nothing: str = "",
        free_text: Callable[[str], str] | None = None,
    ) -> None:
        self._nothing = nothing if not info.required else ""
        self._things = options
        super().__init__(self._with_nothing, theme, self._nothing)
        self.info = info
        self.offer: Offer = nobody_asked
        self.wrong = False
        self._free_text = free_text
        self._plan_text = ""
        self.setAccessibleName(info.title)
        self.setAccessibleDescription(info.help)
        self.chosen.connect(lambda _text: self.flush())
        self.left.connect(self.flush)

    def _with_nothing(self) -> Sequence[Option]:
        things = self._things()
        return [Option(self._nothing), *things] if self._nothing else things

    def show_value(self, value: Any, *, force: bool = False) -> None:
        """Shows the plan's value; what is being typed stays unless the plan's value changed."""
        text = "" if value is None else str(value)
        if text == self._plan_text and not force:
            return
        self._plan_text = text
        self.line().setText(text)
        self._judge("")

    @property
    def draft(self) -> str | None:
        """What stands here that the plan does not have."""
        return self._typed() if self._typed() != self._plan_text else None

    def show_draft(self, text: str) -> None:
        """Brings back text that was not taken, with its reason."""
        self.line().setText(text)
        self.flush()

    def flush(self) -> None:
        """Offers what was chosen or typed."""
        text = self._typed()
        if text == self._plan_text:
            self.line().setText(text)
            self._judge("")
            return
        try:
            value = self._value(text)
            reason = self.offer(value)
        except ValueError as error:
            reason = str(error)
        if not reason:
            self.show_value(value, force=True)
        self._judge(reason)

    def _typed(self) -> str:
        text = self.line().text().strip()
        return "" if text == self._nothing else text

    def _value(self, text: str) -> str | None:
        if not text:
            if self.info.required:
                raise ValueError(f"{self.info.spec.what} is due here")
            return None
        known = [option.value for option in self._things()]
        if text in known:
            return text
        if self._free_text is not None:
            return self._free_text(text)
        raise ValueError(f'nothing called "{text}" can stand here{suggestion(text, known)}')

    def _judge(self, reason: str) -> None:
        self.wrong = bool(reason)
        mark(self, invalid=self.wrong)
        self.judged.emit("error" if reason else "", sentence(reason))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.draft is not None:
            self.line().setText(self._plan_text)
            self._judge("")
        else:
            super().keyPressEvent(event)


class ManyRefEditor(QWidget):
    """Several other things as rows, each with a button that takes it out, and a field that adds one."""

    judged = Signal(str, str)
    left = Signal()

    def __init__(
        self, info: FieldInfo, noun: str, options: Options, theme: Theme, *, nothing: str = ""
    ) -> None:
        super().__init__()
        self.info = info
        self.offer: Offer = nobody_asked
        self.wrong = False
        self._options = options
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
        if text in self.add.options:
            self._on_chosen(text)

    def show_value(self, value: Any, *, force: bool = False) -> None:
        """Shows the plan's value; rows that stay keep their widgets."""
        names: tuple[str, ...] = tuple(value or ())
        if names == self._value and not force:
            return
        self._value = names
        known = {option.value: option for option in self._options()}
        for name in list(self.rows):
            if name not in names:
                self._drop(name)
        for place, name in enumerate(names):
            if name not in self.rows:
                self.rows[name] = self._row(known.get(name, Option(name)))
            self._list.insertWidget(place, self.rows[name])
        self.nothing.setVisible(not names and bool(self.nothing.text()))
        self.judged.emit("", "")

    def _drop(self, name: str) -> None:
        gone = self.rows.pop(name)
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
                f'"{text}" is already here' if already else f'no {self._noun} is called "{text}"'
            )
            self._judge(reason + ("" if already else suggestion(text, known)))
            return
        if self._take((*(self._value or ()), text)):
            self.add.line().clear()

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
