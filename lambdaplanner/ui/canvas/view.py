"""The window's look at the canvas: zoom, pan, and every gesture handed on as a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
)
from PySide6.QtWidgets import QWidget

from lambdaplanner.editor.pointer import DropEvent, KeyEvent, PointerEvent
from lambdaplanner.ui.canvas import pointer
from lambdaplanner.ui.canvas.clicks import ClickCounter
from lambdaplanner.ui.canvas.pointer import PALETTE_MIME
from lambdaplanner.ui.canvas.scene import CanvasScene
from lambdaplanner.ui.canvas.zooming_view import ZoomingView

_PAN_AFTER = 4
_EDGE = 28
_EDGE_SPEED = 18.0
_TICK_MS = 16
_WALKS = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter})
"""Keys that take the keyboard from box to box."""


class CanvasView(ZoomingView):
    """Shows a `CanvasScene`; panning and zooming are its own, all else goes out as values."""

    pointed = Signal(object)
    """A `PointerEvent`."""

    def __init__(self, scene: CanvasScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.on_key: Callable[[KeyEvent], bool] | None = None
        """Asked first about every key; True where it was used."""
        self.on_drop: Callable[[DropEvent], bool] | None = None
        """Told of every palette drag; True where it may be, or was, let go."""
        self._hand = False
        self._space = False
        self._panning: QPoint | None = None
        self._right_from: QPoint | None = None
        self._clicks = ClickCounter()
        self._last_move: tuple[QPointF, PointerEvent] | None = None
        self._left_down = False
        self._edge_timer = QTimer(self, interval=_TICK_MS)
        self._edge_timer.timeout.connect(self._scroll_at_edge)
        self._tool_cursor = Qt.CursorShape.ArrowCursor
        self._pointer: QPoint | None = None
        self._refused: DropEvent | None = None
        self.viewport().installEventFilter(self)

    def follow_keyboard(self) -> None:
        """The keyboard is at a box: keys are about that until the pointer moves again."""
        focus = self.canvas.overlay.passing.focus
        place = self.canvas.absolute_rect(focus or "")
        if focus is None or place is None:
            return
        self._pointer = None
        if not self.navigation.visible().intersects(QRectF(*place)):
            self.reveal(focus)

    def place_in_mind(self) -> dict[str, float]:
        """Where a key is about: in the box that the keyboard went to last, under the pointer where
        that moved since, else the middle; in the plane and on the screen, as a request has it.
        """
        point = self._keyboard_place()
        if self._pointer is not None:
            point = self._plane(QPointF(self._pointer))
        at = self.viewport().mapToGlobal(self.mapFromScene(point))
        return {"x": point.x(), "y": point.y(), "screen_x": at.x(), "screen_y": at.y()}

    def _keyboard_place(self) -> QPointF:
        focus = self.canvas.overlay.passing.focus
        inside = None if focus is None else self.place_in(focus)
        return inside or self.navigation.visible().center()

    def set_hand(self, active: bool) -> None:
        """The hand tool: the left button pans."""
        self._hand = active
        self._renew_cursor()

    def set_tool_cursor(self, shape: Qt.CursorShape) -> None:
        """The cursor of the tool in use."""
        self._tool_cursor = shape
        self._renew_cursor()

    def _renew_cursor(self) -> None:
        shape = self._tool_cursor
        if self._panning is not None:
            shape = Qt.CursorShape.ClosedHandCursor
        elif self._hand or self._space:
            shape = Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape)

    def _emit(self, kind: str, event: QMouseEvent, clicks: int = 1) -> PointerEvent:
        point = self._plane(event.position())
        value = pointer.pointer_event(self.canvas, kind, point, self.zoom, event, clicks)
        self.pointed.emit(value)
        return value

    def _pan_to(self, pixel: QPoint) -> None:
        assert self._panning is not None
        step = pixel - self._panning
        self._panning = pixel
        self.navigation.pan(step.x(), step.y())

    def _start_pan(self, pixel: QPoint) -> None:
        self._panning = pixel
        self._renew_cursor()

    def _scroll_at_edge(self) -> None:
        """While a drag is near the border, moves on and tells the tool where it is now."""
        if self._last_move is None or not self._left_down:
            self._edge_timer.stop()
            return
        size, (at, last) = self.viewport().size(), self._last_move
        dx = _edge_speed(at.x(), size.width())
        dy = _edge_speed(at.y(), size.height())
        if not dx and not dy:
            self._edge_timer.stop()
            return
        seen = self.navigation.visible()
        moved = seen.translated(-dx / self.zoom, -dy / self.zoom)
        self.setSceneRect(self.sceneRect().united(moved))
        self.navigation.pan(dx, dy)
        value = pointer.at_point(
            self.canvas,
            "move",
            self._plane(at),
            self.zoom,
            buttons=last.buttons,
            modifiers=last.modifiers,
            screen_x=last.screen_x,
            screen_y=last.screen_y,
        )
        self._last_move = (at, value)
        self.pointed.emit(value)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        at, button = event.position().toPoint(), event.button()
        left = button == Qt.MouseButton.LeftButton
        if button == Qt.MouseButton.MiddleButton or (left and (self._hand or self._space)):
            self._start_pan(at)
            return
        if button == Qt.MouseButton.RightButton:
            self._right_from = at
            return
        self._left_down = left
        self._emit("press", event, self._clicks.press(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = at = event.position().toPoint()
        if self._right_from is not None and self._panning is None:
            if (at - self._right_from).manhattanLength() > _PAN_AFTER:
                self._start_pan(self._right_from)
            else:
                return
        if self._panning is not None:
            self._pan_to(at)
            return
        if self._left_down and not self._edge_timer.isActive():
            size = self.viewport().size()
            if _edge_speed(at.x(), size.width()) or _edge_speed(at.y(), size.height()):
                self._edge_timer.start()
        value = self._emit("move" if self._left_down else "hover", event)
        self._last_move = (QPointF(event.position()), value) if self._left_down else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._panning is not None:
            self._panning = self._right_from = None
            self._renew_cursor()
            self.navigation.renew_limits()
            return
        if event.button() == Qt.MouseButton.RightButton and self._right_from is not None:
            self._right_from = None
            self._emit("menu", event)
            return
        if event.button() == Qt.MouseButton.LeftButton:
            self._left_down = False
            self._edge_timer.stop()
        self._emit("release", event, self._clicks.count)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Not `viewportEvent`: painting goes on inside that, and PySide ends the process where an
        # exception leaves two overridden methods that stand inside one another.
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom_by(1 + event.value(), event.position())
                return True
        elif event.type() == QEvent.Type.Leave and watched is self.viewport():
            self._pointer = None
            self.pointed.emit(PointerEvent(kind="leave", x=0, y=0, zoom=self.zoom))
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = True
            self._renew_cursor()
            return
        value = pointer.key_event(event)
        if value is not None and self.on_key is not None and self.on_key(value):
            if event.key() in _WALKS:
                self.follow_keyboard()
            event.accept()
            return
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            super().focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
            return
        # Not to QGraphicsView: its arrow keys scroll, and the window's shortcuts must get theirs.
        event.ignore()

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """Tab is a key of the canvas first; what makes no use of it moves the focus."""
        return False

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._renew_cursor()
            return
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() != QContextMenuEvent.Reason.Keyboard:
            return
        point = self._keyboard_place()
        at = self.viewport().mapToGlobal(self.mapFromScene(point))
        self.pointed.emit(
            pointer.at_point(
                self.canvas, "menu", point, self.zoom, screen_x=at.x(), screen_y=at.y()
            )
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(PALETTE_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._dragged("move", event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._dragged("drop", event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        if self.on_drop is None:
            return
        refused, self._refused = self._refused, None
        inside = self.viewport().rect().contains(self.viewport().mapFromGlobal(QCursor.pos()))
        if refused is not None and inside:
            # Let go where it may not be: Qt sends no drop, but the reason shall be said and stay.
            self.on_drop(refused)
        self.on_drop(DropEvent(step="leave", what=""))

    def _dragged(self, step: str, event: QDropEvent) -> None:
        if not event.mimeData().hasFormat(PALETTE_MIME) or self.on_drop is None:
            event.ignore()
            return
        point = self._plane(event.position())
        told = pointer.drop_event(self.canvas, step, point, event)
        taken = self.on_drop(told)
        self._refused = None if taken or step == "drop" else replace(told, step="drop")
        if taken:
            event.acceptProposedAction()
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.hide()
        self._space = False
        self._renew_cursor()


def _edge_speed(at: float, size: int) -> float:
    """Pixels to pan in one tick near a border: the faster, the nearer."""
    if at < _EDGE:
        return _EDGE_SPEED * min(1.0, (_EDGE - at) / _EDGE)
    if at > size - _EDGE:
        return -_EDGE_SPEED * min(1.0, (at - size + _EDGE) / _EDGE)
    return 0.0
