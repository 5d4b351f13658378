"""A rectangle drawn over empty space: from left to right it takes what it encloses, from right to
left what it touches.
"""

from __future__ import annotations

from lambdaplanner.diagram.items import Rect
from lambdaplanner.editor.gesture import Gesture
from lambdaplanner.editor.pointer import PointerEvent
from lambdaplanner.editor.session import Session


class Marquee:
    """Selects while it is drawn; Shift adds to what was selected."""

    name = "marquee"

    def __init__(self, session: Session, press: PointerEvent) -> None:
        self._session = session
        self._press = press
        self._before = session.selection.ids

    def move(self, event: PointerEvent) -> Gesture:
        session, press = self._session, self._press
        area = Rect(
            min(press.x, event.x),
            min(press.y, event.y),
            abs(event.x - press.x),
            abs(event.y - press.y),
        )
        found = session.hits.boxes_in(area, touching=event.x < press.x)
        session.passing.show(marquee=area)
        session.selection.set((*(self._before if press.shift else ()), *self._outermost(found)))
        return self

    def _outermost(self, found: list[str]) -> list[str]:
        """Without what lies in a container that is taken itself: it comes along."""
        taken = set(found)
        hits = self._session.hits
        return [box for box in found if taken.isdisjoint(hits.ancestors(box))]

    def release(self, event: PointerEvent) -> None:
        self.move(event)
        self._session.passing.clear()

    def cancel(self) -> None:
        self._session.selection.set(self._before)
        self._session.passing.clear()
