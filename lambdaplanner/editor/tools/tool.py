"""What every tool can do."""

from __future__ import annotations

from typing import ClassVar

from lambdaplanner.editor.gesture import Gesture
from lambdaplanner.editor.pointer import PointerEvent
from lambdaplanner.editor.session import Session

DRAG_PIXELS = 4.0
"""How far the pointer goes before a press becomes a drag, in screen pixels."""


class Tool:
    """A tool. Without a gesture it is idle."""

    name: ClassVar[str] = ""
    cursor: ClassVar[str] = "arrow"

    def __init__(self, session: Session) -> None:
        self.session = session
        self.gesture: Gesture | None = None

    @property
    def state(self) -> str:
        """What the tool is doing: ``idle``, or the name of its gesture."""
        return self.gesture.name if self.gesture is not None else "idle"

    def pointer(self, event: PointerEvent) -> None:
        """Takes one step of the mouse."""
        if event.kind == "leave":
            self.session.passing.show(hover=None, ports=None)
        elif event.kind == "hover":
            self.hover(event)
        elif event.kind == "menu":
            self.menu(event)
        elif event.kind == "press":
            self.session.passing.show(focus=None)
            if event.button == "left" and self.gesture is None:
                self.gesture = self.begin(event)
        elif self.gesture is not None and event.kind == "move":
            self.gesture = self.gesture.move(event)
        elif self.gesture is not None and event.button == "left":
            ending, self.gesture = self.gesture, None
            ending.release(event)

    def begin(self, _event: PointerEvent, /) -> Gesture | None:
        """The gesture that a press begins; None where it means nothing."""
        return None

    def hover(self, event: PointerEvent) -> None:
        """Follows the pointer while no button is down."""

    def menu(self, event: PointerEvent) -> None:
        """A right click: the selection stays where it holds the box, and with Ctrl always."""
        session = self.session
        hits = session.hits
        box = hits.box_at(event.x, event.y)
        line = hits.line_at(event.x, event.y, 6 / event.zoom)
        on_body = box is None or (
            hits.diagram.boxes[box].shape == "container"
            and hits.part_at(box, event.x, event.y, event.zoom) == "body"
        )
        target = line if line is not None and on_body else box
        if target is not None and target not in session.selection and not event.ctrl:
            session.selection.set((target,))
        session.request(
            "menu",
            id=target,
            x=event.x,
            y=event.y,
            screen_x=event.screen_x,
            screen_y=event.screen_y,
        )

    def cancel(self) -> bool:
        """Ends what is under way as if it had never begun; whether there was something."""
        if self.gesture is None:
            return False
        ending, self.gesture = self.gesture, None
        ending.cancel()
        return True


def dragged(start: PointerEvent, now: PointerEvent) -> bool:
    """Whether the pointer has gone far enough to mean a drag."""
    reach = DRAG_PIXELS / now.zoom
    return abs(now.x - start.x) >= reach or abs(now.y - start.y) >= reach
