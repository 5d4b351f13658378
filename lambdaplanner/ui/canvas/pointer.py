"""Turns Qt's mouse, key and drag events into the canvas's own values."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent, QKeyEvent, QKeySequence, QMouseEvent

from lambdaplanner.editor.pointer import Button, DropEvent, KeyEvent, Modifier, PointerEvent
from lambdaplanner.ui.canvas.scene import CanvasScene

PALETTE_MIME = "application/x-lambdaplanner-kind"
"""Drag data of the palette: the slug of a kind as UTF-8."""

_BUTTONS: dict[Qt.MouseButton, Button] = {
    Qt.MouseButton.LeftButton: "left",
    Qt.MouseButton.RightButton: "right",
    Qt.MouseButton.MiddleButton: "middle",
}
_MODIFIERS: dict[Qt.KeyboardModifier, Modifier] = {
    Qt.KeyboardModifier.ShiftModifier: "shift",
    Qt.KeyboardModifier.ControlModifier: "ctrl",
    Qt.KeyboardModifier.AltModifier: "alt",
    Qt.KeyboardModifier.MetaModifier: "meta",
}
_MODIFIER_KEYS = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_Meta,
        Qt.Key.Key_AltGr,
    }
)
_LINE_PIXELS = 6.0
_KINDS = ("press", "move", "release", "hover", "leave", "menu")


def modifiers(held: Qt.KeyboardModifier) -> frozenset[Modifier]:
    """The names of the modifiers held."""
    return frozenset(name for flag, name in _MODIFIERS.items() if held & flag)


def button_name(button: Qt.MouseButton) -> Button:
    """The name of a button, empty for exotic ones."""
    return _BUTTONS.get(button, "")


def pointer_event(
    scene: CanvasScene,
    kind: str,
    point: QPointF,
    zoom: float,
    event: QMouseEvent,
    clicks: int = 1,
) -> PointerEvent:
    """A mouse event with what lies under `point` of the plane."""
    held = frozenset(name for flag, name in _BUTTONS.items() if event.buttons() & flag)
    return at_point(
        scene,
        kind,
        point,
        zoom,
        button=button_name(event.button()),
        buttons=held,
        modifiers=modifiers(event.modifiers()),
        click_count=clicks,
        screen_x=event.globalPosition().toPoint().x(),
        screen_y=event.globalPosition().toPoint().y(),
    )


def at_point(
    scene: CanvasScene, kind: str, point: QPointF, zoom: float, **rest: object
) -> PointerEvent:
    """A pointer value with what lies under the point."""
    if kind not in _KINDS:
        raise ValueError(f"{kind!r} is no kind of pointer event")
    x, y = point.x(), point.y()
    box = scene.box_at(x, y)
    part = scene.part_at(box, x, y) if box is not None else None
    line = None
    if box is None or part == "body":
        line = scene.line_at(x, y, _LINE_PIXELS / zoom)
    return PointerEvent(
        kind=kind,  # type: ignore[arg-type]
        x=x,
        y=y,
        box=box,
        line=line,
        part=part,
        handle=scene.handle_at(x, y, zoom),
        zoom=zoom,
        **rest,  # type: ignore[arg-type]
    )


def key_event(event: QKeyEvent) -> KeyEvent | None:
    """A key value; None for a modifier alone."""
    if event.key() in _MODIFIER_KEYS or event.key() in (0, int(Qt.Key.Key_unknown)):
        return None
    return KeyEvent(
        key=QKeySequence(event.key()).toString(QKeySequence.SequenceFormat.PortableText),
        text=event.text(),
        modifiers=modifiers(event.modifiers()),
    )


def drop_event(scene: CanvasScene, step: str, point: QPointF, event: QDropEvent) -> DropEvent:
    """A palette drag over or let go on the canvas."""
    what = bytes(event.mimeData().data(PALETTE_MIME).data()).decode("utf-8", "replace")
    return DropEvent(
        step=step,  # type: ignore[arg-type]
        what=what,
        x=point.x(),
        y=point.y(),
        box=scene.box_at(point.x(), point.y()),
        modifiers=modifiers(event.modifiers()),
    )
