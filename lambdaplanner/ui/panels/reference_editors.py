"""Choosing other things of the plan: one of them, or several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from lambdaplanner.model.nearness import suggestion
from lambdaplanner.model.records import FieldInfo
from lambdaplanner.ui import icons
from lambdaplanner.ui.painting import guarded
from lambdaplanner.ui.panels.choice_editors import QuietCombo
from lambdaplanner.ui.panels.field_editors import Offer, nobody_asked
from lambdaplanner.ui.panels.words import sentence
from lambdaplanner.ui.plain import plain_tip
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

    @guarded
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
        self._make_searchable()
        self.activated.connect(self._on_activated)
        self.line().returnPressed.connect(self._on_return)

    def _make_searchable(self) -> None:
        completer = self.completer()
        if completer is None:
            return
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        popup = completer.popup()
        if popup is not None:
            popup.setItemDelegate(_Details(popup))

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
        self.blockSignals(False)
        self.write(text)
        self.line().setCursorPosition(cursor)
        width = max((len(o.value) + len(o.detail) for o in options), default=0) * 7 + 80
        self.view().setMinimumWidth(min(width, 460))

    def write(self, text: str) -> None:
        """Shows text from its beginning; no option is current, so no icon stands before it."""
        self.blockSignals(True)
        self.setCurrentIndex(-1)
        self.blockSignals(False)
        self.line().setText(text)
        self.line().setCursorPosition(0)
        self.line().setToolTip(plain_tip(text))

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
        self.write(text)
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
            self.write(text)
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
            self.write(self._plan_text)
            self._judge("")
        else:
            super().keyPressEvent(event)
