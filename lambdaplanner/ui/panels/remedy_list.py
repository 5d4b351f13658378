"""The ways to mend something as a list to choose from; the one to recommend says so."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from lambdaplanner.ui import fonts, icons
from lambdaplanner.ui.painting import guarded
from lambdaplanner.ui.panels.words import Word
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import Theme, mark

Index = QModelIndex | QPersistentModelIndex
_WRAPPED = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft)
_PAD, _ICON, _GAP = 10, 16, 9
_WAY = Qt.ItemDataRole.UserRole
RECOMMENDED = Word("accent", "Recommended")
HARMS = Word("warning", "Something else gets worse")


class Row(NamedTuple):
    """One way: what it does, and what is to be known of it at once."""

    label: str
    tag: Word | None = None


class RemedyList(QListWidget):
    """The list; texts are wrapped."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName("Ways to mend it")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setSpacing(1)
        mark(self, role="boxed")
        self._cells = _Cells(self, theme)
        self.setItemDelegate(self._cells)

    def add(self, text: str) -> None:
        """Adds a way at the end."""
        item = QListWidgetItem(text, self)
        item.setToolTip(plain_tip(text))
        self._set(item, Row(text))

    def tag(self, place: int, tag: Word | None) -> None:
        """Says of a way that it is the one to recommend, or that it does harm."""
        item = self.item(place)
        way: Row = item.data(_WAY)
        if way.tag != tag:
            self._set(item, way._replace(tag=tag))

    @staticmethod
    def _set(item: QListWidgetItem, way: Row) -> None:
        item.setData(_WAY, way)
        spoken = f"{way.label}. {way.tag.text}." if way.tag is not None else way.label
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def retint(self, theme: Theme) -> None:
        self._cells.theme = theme
        self.viewport().update()


class _Cells(QStyledItemDelegate):
    def __init__(self, view: RemedyList, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self.theme = theme
        self._font = fonts.application_font(13, fonts.MEDIUM)
        self._small = fonts.application_font(12)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        way: Row = index.data(_WAY)
        wide = max(self._view.viewport().width(), 120)
        height = self._text_rect(QRect(0, 0, wide, 1000), way.label).height() + 2 * _PAD
        if way.tag is not None:
            height += QFontMetrics(self._small).height() + 3
        return QSize(60, height)

    def _text_rect(self, cell: QRect, text: str) -> QRect:
        room = cell.adjusted(_PAD + _ICON + _GAP, _PAD, -_PAD, 0)
        return QFontMetrics(self._font).boundingRect(room, _WRAPPED, text)

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        way: Row = index.data(_WAY)
        cell: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        cell = cell.adjusted(3, 0, -3, 0)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.brush("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(cell, 6, 6)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self.theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), 6, 6)
        device = painter.device()
        ratio = device.devicePixelRatio() if device is not None else 1.0
        tint = self.theme.hex("accent_text" if chosen else "muted")
        sprite = icons.sprite("fix", tint, _ICON, ratio)
        painter.drawPixmap(cell.left() + _PAD - 3, cell.top() + _PAD, sprite)
        painter.setFont(self._font)
        painter.setPen(self.theme.colour("text"))
        text = self._text_rect(cell.adjusted(-3, 0, 3, 0), way.label)
        painter.drawText(text, _WRAPPED, way.label)
        if way.tag is not None:
            tone = way.tag.tone
            painter.setFont(self._small)
            ink = "accent_text" if tone == "accent" else f"{tone}.foreground"
            painter.setPen(self.theme.colour(ink))
            room = QRect(text.left(), text.bottom() + 3, cell.right() - text.left(), 40)
            painter.drawText(room, _WRAPPED, way.tag.text)
        painter.restore()
