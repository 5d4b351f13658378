"""How cells of the capacity tables are painted and edited."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from lambdaplanner.analysis.nat_ports import NatPorts
from lambdaplanner.kinds.function import Function
from lambdaplanner.ui import icons
from lambdaplanner.ui.painting import guarded
from lambdaplanner.ui.panels.capacity_gateways import PORTS_COLUMN
from lambdaplanner.ui.panels.capacity_models import BAR_COLUMN, ROW, TONE, VERDICT_COLUMN
from lambdaplanner.ui.panels.field_editors import read_field
from lambdaplanner.ui.panels.meter import Level, Metered, paint_meter
from lambdaplanner.ui.panels.tables import field_named
from lambdaplanner.ui.panels.words import sentence
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import Theme, mark

Index = QModelIndex | QPersistentModelIndex
_BAR_WIDTH = 92
_BAR_LEAST = 16
_AROUND_BAR = 26
"""Gaps before, between and behind a bar and its number, pixels."""
TARGET = field_named(Function, "concurrency")


class Toned(QStyledItemDelegate):
    """Text in the colour of its tone; a verdict has its glyph before it."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        tone = index.data(TONE)
        if tone:
            ink = self.theme.colour(f"{tone}.foreground")
            palette: QPalette = option.palette  # type: ignore[attr-defined]
            palette.setColor(QPalette.ColorRole.Text, ink)
            palette.setColor(QPalette.ColorRole.HighlightedText, ink)


class VerdictCells(Toned):
    """Cells of a table with verdicts, each with its glyph before it."""

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.column() == VERDICT_COLUMN:
            option.rect.setLeft(option.rect.left() + 20)  # type: ignore[attr-defined]
        super().paint(painter, option, index)
        if index.column() == VERDICT_COLUMN:
            self._paint_glyph(painter, option, index)

    def _paint_glyph(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect)  # type: ignore[attr-defined]
        device = painter.device()
        ratio = device.devicePixelRatio() if device is not None else 1.0
        tone = index.data(TONE)
        sprite = icons.sprite(tone, self.theme.hex(f"{tone}.solid"), 14, ratio)
        painter.drawPixmap(QPointF(rect.left() - 12, round(rect.center().y() - 7)), sprite)


class FunctionCells(VerdictCells):
    """Cells of the table of functions; a wrong target stays in its cell, with its reason."""

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName("Concurrency target")
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.textEdited.connect(lambda _text: mark(editor, invalid=False))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        if not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        if not self.complaint(editor):
            model.setData(index, int(editor.text().strip()))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if (
            isinstance(editor, QLineEdit)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
        ):
            reason = self.complaint(editor)
            if reason:
                mark(editor, invalid=True)
                place = editor.mapToGlobal(QPoint(0, editor.height()))
                QToolTip.showText(place, plain_tip(reason), editor)
                return True
        return super().eventFilter(editor, event)

    def complaint(self, editor: QLineEdit) -> str:
        """Why what stands in a cell cannot be a target; "" where it can."""
        try:
            read_field(TARGET, editor.text())
        except ValueError as error:
            return sentence(str(error))
        return ""


class SubnetCells(Toned):
    """Cells of the table of subnets; the headroom has a bar before it."""

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.column() == BAR_COLUMN:
            _paint_bar(painter, option, index.data(ROW), str(index.data()), self.theme)


class GatewayCells(VerdictCells):
    """Cells of the table of NAT gateways: verdicts with glyphs, and a bar of ports."""

    @guarded
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        found: NatPorts = index.data(ROW)
        if index.column() == PORTS_COLUMN and found.ports:
            level = Level(usable=found.ports, demand=found.connections)
            _paint_bar(painter, option, level, str(index.data()), self.theme)


def _paint_bar(
    painter: QPainter, option: QStyleOptionViewItem, row: Metered, number: str, theme: Theme
) -> None:
    """Draws a bar at the left of a cell, as long as the number at its right leaves room for."""
    rect = QRectF(option.rect)  # type: ignore[attr-defined]
    metrics = option.fontMetrics  # type: ignore[attr-defined]
    room = rect.width() - metrics.horizontalAdvance(number) - _AROUND_BAR
    width = min(_BAR_WIDTH, room)
    if width >= _BAR_LEAST:
        paint_meter(painter, QRectF(rect.left() + 10, rect.center().y() - 3, width, 7), row, theme)
