"""What can be used as a bar: used by other things, wanted by functions, out of all there is."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lambdaplanner.analysis.answers import SubnetCapacity
from lambdaplanner.ui.painting import guarded
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import Theme


class Metered(Protocol):
    """What a bar shows: addresses of a subnet, ports of a gateway."""

    @property
    def usable(self) -> int: ...
    @property
    def used(self) -> int: ...
    @property
    def demand(self) -> int: ...
    @property
    def headroom(self) -> int: ...


class Level(NamedTuple):
    """Plain numbers for a bar."""

    usable: int
    demand: int
    used: int = 0

    @property
    def headroom(self) -> int:
        """What is left; negative where it is too little."""
        return self.usable - self.used - self.demand


def meter_tone(row: Metered) -> str:
    """How it fares: over what there is, nearly full, or well."""
    if row.headroom < 0:
        return "error"
    return "warning" if row.headroom * 10 < row.usable else "ok"


def meter_text(row: SubnetCapacity) -> str:
    """The bar of a subnet in words."""
    if row.headroom < 0:
        return f"{row.demand:,} wanted, {row.free:,} free: {-row.headroom:,} too few"
    return f"{row.demand:,} wanted, {row.free:,} free: {row.headroom:,} left"


def paint_meter(painter: QPainter, where: QRectF, row: Metered, theme: Theme) -> None:
    """Draws the bar into `where`; what does not fit is hatched beyond a mark at the end of the
    addresses."""
    whole = max(row.usable, row.used + row.demand, 1)
    scale = where.width() / whole
    used = min(row.used, whole) * scale
    wanted = min(row.demand, whole - row.used) * scale
    end = row.usable * scale
    tone = meter_tone(row)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(where, where.height() / 2, where.height() / 2)
    painter.setClipPath(shape)
    painter.fillRect(where, theme.brush("meter_track"))
    painter.fillRect(QRectF(where.x(), where.y(), used, where.height()), theme.brush("meter_used"))
    bar = QRectF(where.x() + used, where.y(), wanted, where.height())
    painter.fillRect(bar, theme.brush(f"{tone}.solid"))
    if row.headroom < 0:
        _hatch(
            painter, QRectF(where.x() + end, where.y(), where.width() - end, where.height()), theme
        )
        painter.setPen(QPen(theme.colour("text"), 2))
        at = where.x() + end
        painter.drawLine(QPointF(at, where.top()), QPointF(at, where.bottom()))
    painter.restore()


def _hatch(painter: QPainter, where: QRectF, theme: Theme) -> None:
    painter.save()
    painter.setClipRect(where, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(theme.colour("error.soft"), 2))
    x = where.left() - where.height()
    while x < where.right():
        painter.drawLine(QPointF(x, where.bottom()), QPointF(x + where.height(), where.top()))
        x += 6
    painter.restore()


class Meter(QWidget):
    """The bar as a widget."""

    def __init__(self, theme: Theme, height: int = 8) -> None:
        super().__init__()
        self._theme = theme
        self._row: SubnetCapacity | None = None
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def row(self) -> SubnetCapacity | None:
        """What it shows."""
        return self._row

    def show_row(self, row: SubnetCapacity) -> None:
        """Shows a subnet's ledger."""
        if row != self._row:
            self._row = row
            self.setAccessibleName(meter_text(row))
            self.setToolTip(plain_tip(meter_text(row)))
            self.update()

    def retint(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self._height)

    @guarded
    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._row is not None:
            paint_meter(QPainter(self), QRectF(self.rect()), self._row, self._theme)
