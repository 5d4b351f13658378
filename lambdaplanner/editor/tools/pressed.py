"""The button is down and has not moved yet: a click, or the start of a drag."""

from __future__ import annotations

from collections.abc import Callable

from lambdaplanner.editor.gesture import Gesture
from lambdaplanner.editor.pointer import PointerEvent
from lambdaplanner.editor.session import Session
from lambdaplanner.editor.tools.moving import Moving
from lambdaplanner.editor.tools.tool import dragged


class PressedBox:
    """On a box or a line."""

    name = "pointing"

    def __init__(self, session: Session, press: PointerEvent, target: str) -> None:
        self._session = session
        self._press = press
        self._target = target
        self._before = session.selection.ids
        if target not in session.selection and not press.shift and not press.alt:
            session.selection.set((target,))

    def move(self, event: PointerEvent) -> Gesture:
        session, press = self._session, self._press
        if not dragged(press, event) or self._target not in session.hits.rects:
            return self
        if session.hits.diagram.boxes[self._target].locked and not press.alt:
            session.say("info", f"{self._target} is locked. Unlock it to move it.")
            return self
        if self._target not in session.selection:
            session.selection.set((*self._before, self._target) if press.shift else (self._target,))
        return Moving(session, press, self._target, copies=press.alt).move(event)

    def release(self, _event: PointerEvent) -> None:
        selection = self._session.selection
        if self._press.shift:
            selection.toggle(self._target)
        elif self._press.alt:
            self._select_below()
        elif self._clicked_through():
            selection.clear()
        else:
            selection.set((self._target,))

    def _clicked_through(self) -> bool:
        """A click on the empty space in a container that was selected already lets it go."""
        hits, press = self._session.hits, self._press
        box = hits.diagram.boxes.get(self._target)
        return (
            box is not None
            and box.shape == "container"
            and self._target in self._before
            and not press.ctrl
            and hits.part_at(box.id, press.x, press.y, press.zoom) == "body"
        )

    def _select_below(self) -> None:
        stack = self._session.hits.boxes_at(self._press.x, self._press.y)
        current = next((i for i, box in enumerate(stack) if box in self._before), -1)
        if stack:
            self._session.selection.set((stack[(current + 1) % len(stack)],))

    def cancel(self) -> None:
        self._session.selection.set(self._before)


class PressedHandle:
    """On a grip or the start of a line of `owner`: a drag is what the handle is for, a press
    without one chooses what lies there.
    """

    name = "pointing"

    def __init__(
        self,
        session: Session,
        press: PointerEvent,
        owner: str,
        drag: Callable[[], Gesture],
        click: Callable[[PointerEvent], Gesture | None],
    ) -> None:
        self._session = session
        self._press = press
        self._owner = owner
        self._drag = drag
        self._click = click

    def move(self, event: PointerEvent) -> Gesture:
        return self._drag().move(event) if dragged(self._press, event) else self

    def release(self, event: PointerEvent) -> None:
        press = self._press
        if self._session.hits.own_ground(self._owner, press.x, press.y):
            self._session.selection.set((self._owner,))
            return
        clicked = self._click(press)
        if clicked is not None:
            clicked.release(event)

    def cancel(self) -> None:
        """Nothing has happened yet."""


class PressedEmpty:
    """On empty space, of the plane or in a container."""

    name = "pointing"

    def __init__(
        self,
        session: Session,
        press: PointerEvent,
        drag: Callable[[Session, PointerEvent], Gesture],
    ) -> None:
        self._session = session
        self._press = press
        self._drag = drag

    def move(self, event: PointerEvent) -> Gesture:
        if not dragged(self._press, event):
            return self
        return self._drag(self._session, self._press).move(event)

    def release(self, _event: PointerEvent) -> None:
        if not self._press.shift:
            self._session.selection.clear()

    def cancel(self) -> None:
        """Nothing has happened yet."""
