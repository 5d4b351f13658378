"""Where the view looks and how closely: zoom at a point, pan, fit, and keeping room around the
diagram.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QGraphicsView

from lambdaplanner.diagram.items import Rect

SMALLEST, LARGEST = 0.02, 4.0
STEP = 1.2
"""Factor of one zoom step."""
_MARGIN = 40
_FIT_AT_MOST = 1.5
READABLE = 0.6
"""The zoom below which nobody reads what is on a card."""
_WHOLE = ((0.985, 1.015),)


class Navigation:
    """Moves one QGraphicsView by hand, since Qt's anchors know no cursor outside of events."""

    def __init__(self, view: QGraphicsView) -> None:
        self._view = view
        self._content: Rect | None = None

    @property
    def zoom(self) -> float:
        """Pixels a scene unit."""
        return float(self._view.transform().m11())

    def set_content(self, content: Rect | None) -> None:
        """Tells what there is to look at; one can pan a view's size beyond it."""
        self._content = content
        self.renew_limits()

    def renew_limits(self) -> None:
        """Sets how far one can pan. Never takes away what is in view, so nothing jumps."""
        size, zoom = self._view.viewport().size(), self.zoom
        content = self._content or Rect(0, 0, 0, 0)
        across, down = size.width() / zoom * 0.9, size.height() / zoom * 0.9
        limits = QRectF(*content).adjusted(-across, -down, across, down)
        if self._content is not None:
            limits = limits.united(self.visible())
        if limits != self._view.sceneRect():
            corner = self._view.mapToScene(0, 0)
            self._view.setSceneRect(limits)
            self._look_at(corner)

    def visible(self) -> QRectF:
        """The part of the plane in view."""
        size = self._view.viewport().size()
        corner = self._view.mapToScene(0, 0)
        return QRectF(
            corner,
            QPointF(
                corner.x() + size.width() / self.zoom,
                corner.y() + size.height() / self.zoom,
            ),
        )

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Zooms so that the point below `at` (pixels; the middle where None) stays where it is."""
        zoom = min(max(zoom, SMALLEST), LARGEST)
        if any(low <= zoom <= high for low, high in _WHOLE):
            zoom = 1.0
        if abs(zoom - self.zoom) < 1e-6:
            return
        size = self._view.viewport().size()
        pixel = at or QPointF(size.width() / 2, size.height() / 2)
        corner = self._view.mapToScene(0, 0)
        fixed = corner + pixel / self.zoom
        self._apply(zoom, fixed - pixel / zoom)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zooms by a factor."""
        self.zoom_to(self.zoom * factor, at)

    def pan(self, dx: float, dy: float) -> None:
        """Moves what is seen by whole pixels, as a hand on paper."""
        across, down = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        across.setValue(across.value() - round(dx))
        down.setValue(down.value() - round(dy))

    def fit(self, area: Rect | None = None) -> None:
        """Shows `area` (everything where None) as large as it goes, not above 150 %."""
        target = area or self._content
        size = self._view.viewport().size()
        if target is None or size.isEmpty():
            return
        room = (
            max(size.width() - 2 * _MARGIN, 50),
            max(size.height() - 2 * _MARGIN, 50),
        )
        zoom = min(
            room[0] / max(target.width, 1.0),
            room[1] / max(target.height, 1.0),
            _FIT_AT_MOST,
        )
        zoom = min(max(zoom, SMALLEST), LARGEST)
        middle = QPointF(target.x + target.width / 2, target.y + target.height / 2)
        half = QPointF(size.width() / 2 / zoom, size.height() / 2 / zoom)
        self._apply(zoom, middle - half)

    def open_on(self, area: Rect | None) -> None:
        """Shows everything where it can be read so; else as much as can be read, around the middle
        of `area`, or from its beginning where it is larger than the view.
        """
        self.fit()
        if self.zoom >= READABLE:
            return
        target = area or self._content
        size = self._view.viewport().size()
        if target is None or size.isEmpty():
            return
        seen = QPointF(size.width() / READABLE, size.height() / READABLE)
        edge = _MARGIN / READABLE / 2
        left = _beginning(target.x, target.width, seen.x(), edge)
        top = _beginning(target.y, target.height, seen.y(), edge)
        self._apply(READABLE, QPointF(left, top))

    def reveal(self, area: Rect) -> None:
        """Pans just far enough to bring `area` into view, without changing the zoom if it fits."""
        seen = self.visible()
        wanted = QRectF(*area)
        if seen.contains(wanted):
            return
        if wanted.width() > seen.width() or wanted.height() > seen.height():
            self.fit(area)
            return
        edge = _MARGIN / self.zoom
        dx = _outside(wanted.left() - edge, wanted.right() + edge, seen.left(), seen.right())
        dy = _outside(wanted.top() - edge, wanted.bottom() + edge, seen.top(), seen.bottom())
        self._apply(self.zoom, QPointF(seen.left() + dx, seen.top() + dy))

    def _apply(self, zoom: float, corner: QPointF) -> None:
        self._view.setTransform(QTransform.fromScale(zoom, zoom))
        size, content = self._view.viewport().size(), self._content or Rect(0, 0, 0, 0)
        seen = QRectF(corner.x(), corner.y(), size.width() / zoom, size.height() / zoom)
        across, down = seen.width() * 0.9, seen.height() * 0.9
        limits = QRectF(*content).adjusted(-across, -down, across, down)
        self._view.setSceneRect(limits.united(seen))
        self._look_at(corner)

    def _look_at(self, corner: QPointF) -> None:
        zoom = self.zoom
        self._view.horizontalScrollBar().setValue(round(corner.x() * zoom))
        self._view.verticalScrollBar().setValue(round(corner.y() * zoom))


def _beginning(start: float, length: float, room: float, edge: float) -> float:
    """Where a view of `room` begins: around the middle, or before the start where all is not
    seen.
    """
    return start - edge if length > room else start + (length - room) / 2


def _outside(low: float, high: float, seen_low: float, seen_high: float) -> float:
    if low < seen_low:
        return low - seen_low
    return high - seen_high if high > seen_high else 0.0
