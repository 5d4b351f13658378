"""A view that zooms, pans, fits and renames in place; what gestures mean is `view`'s."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from lambdaplanner.diagram.items import Rect
from lambdaplanner.ui.canvas import container
from lambdaplanner.ui.canvas.navigation import STEP, Navigation
from lambdaplanner.ui.canvas.scene import CanvasScene
from lambdaplanner.ui.canvas.title_editor import TitleEditor

_LOOKS = (4, 2, 6, 3, 5, 1, 7)
"""Where a free place is looked for, in eighths of a box."""


class ZoomingView(QGraphicsView):
    """Where the canvas is looked at, and how closely."""

    zoom_changed = Signal(float)

    def __init__(self, scene: CanvasScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.canvas = scene
        self.wheel_zooms = False
        """Preference: the wheel zooms without Ctrl."""
        self.navigation = Navigation(self)
        self._editor: TitleEditor | None = None
        self._prepare()
        scene.bounds_changed.connect(self._renew_content)

    @property
    def zoom(self) -> float:
        """Pixels a scene unit."""
        return self.navigation.zoom

    def zoom_in(self) -> None:
        """One step closer, about the middle."""
        self._zoom_by(STEP)

    def zoom_out(self) -> None:
        """One step away, about the middle."""
        self._zoom_by(1 / STEP)

    def zoom_to(self, zoom: float) -> None:
        """Sets the zoom, 1.0 for 100 %."""
        self.navigation.zoom_to(zoom)
        self.zoom_changed.emit(self.zoom)

    def fit_all(self) -> None:
        """Shows everything."""
        self._renew_content()
        self.navigation.fit()
        self.zoom_changed.emit(self.zoom)

    def open_on(self, key: str | None) -> None:
        """The first look at a diagram: everything where it can be read so, else this box."""
        self._renew_content()
        self.navigation.open_on(None if key is None else self.canvas.absolute_rect(key))
        self.zoom_changed.emit(self.zoom)

    def fit_boxes(self, ids: frozenset[str]) -> None:
        """Shows these boxes as large as they go."""
        area = self._around(ids)
        if area is not None:
            self.navigation.fit(area)
            self.zoom_changed.emit(self.zoom)

    def reveal(self, key: str) -> None:
        """Brings a box into view with the least movement."""
        area = self.canvas.absolute_rect(self.canvas.diagram.box_of(key) or key)
        if area is not None:
            self.navigation.reveal(area)
            self.zoom_changed.emit(self.zoom)

    def place_in(self, key: str) -> QPointF | None:
        """A point of a box that nothing in it covers, its middle first; None for an unknown one."""
        place = self.canvas.absolute_rect(key)
        if place is None:
            return None
        parts = ((across, down) for down in _LOOKS for across in _LOOKS)
        points = [
            QPointF(place.x + place.width * across / 8, place.y + place.height * down / 8)
            for across, down in parts
        ]
        free = (one for one in points if self.canvas.box_at(one.x(), one.y()) == key)
        return next(free, points[0])

    def edit_title(self, key: str, done: Callable[[str | None], None]) -> None:
        """Opens a field over the title of a box; `done` gets the new text, None if given up."""
        box, where = self.canvas.diagram.boxes.get(key), self.canvas.absolute_rect(key)
        if box is None or where is None:
            done(None)
            return
        self.reveal(key)
        height = container.ROW if box.shape == "container" else where.height
        left = container.CORNER if box.shape == "container" else min(40.0, where.width / 3)
        corner = self.mapFromScene(QPointF(where.x + left, where.y))
        size = ((where.width - left - 6) * self.zoom, height * self.zoom)
        area = QRect(corner, corner + QPoint(round(size[0]), round(size[1])))
        if self._editor is not None:
            self._editor.commit()

        def finished(new: str | None) -> None:
            self._editor = None
            done(new)

        self._editor = TitleEditor(self.viewport(), area, box.title, self.zoom, finished)

    def give_up_title(self) -> None:
        """Closes the field over a title; nothing gets another name."""
        if self._editor is not None:
            self._editor.cancel()

    def visible_rect(self) -> Rect:
        """The part of the plane in view."""
        seen = self.navigation.visible()
        return Rect(seen.x(), seen.y(), seen.width(), seen.height())

    def _prepare(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Two gradients repainted at each pan cost five times the diagram itself.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Canvas")
        self.setAccessibleDescription(
            "The drawing of the plan. Outline and tables offer the same things to read and do."
        )
        self._ring = QFrame(self)
        self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ring.hide()

    def _zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        self.navigation.zoom_by(factor, at)
        self.zoom_changed.emit(self.zoom)

    def _renew_content(self) -> None:
        self.navigation.set_content(self.canvas.content_rect())

    def _around(self, ids: frozenset[str]) -> Rect | None:
        boxes = self.canvas.diagram.boxes_of(ids)
        rects = [rect for key in boxes if (rect := self.canvas.absolute_rect(key))]
        if not rects:
            return None
        left, top = min(rect.x for rect in rects), min(rect.y for rect in rects)
        right = max(rect.x + rect.width for rect in rects)
        bottom = max(rect.y + rect.height for rect in rects)
        return Rect(left, top, right - left, bottom - top)

    def _plane(self, pixel: QPointF) -> QPointF:
        return self.mapToScene(0, 0) + pixel / self.zoom

    def wheelEvent(self, event: QWheelEvent) -> None:
        held, turn = event.modifiers(), event.angleDelta()
        ctrl = bool(held & Qt.KeyboardModifier.ControlModifier)
        if ctrl != self.wheel_zooms or held & Qt.KeyboardModifier.AltModifier:
            notches = (turn.y() or turn.x()) / 120
            self._zoom_by(STEP**notches, event.position())
        else:
            step = event.pixelDelta() if not event.pixelDelta().isNull() else turn / 2
            if held & Qt.KeyboardModifier.ShiftModifier and not step.x():
                step = QPoint(step.y(), 0)
            self.navigation.pan(step.x(), step.y())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ring.setGeometry(self.rect())
        self.navigation.renew_limits()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        colour = self.canvas.theme.hex("focus")
        self._ring.setStyleSheet(f"border: 2px solid {colour}; background: transparent;")
        self._ring.setVisible(by_key)
