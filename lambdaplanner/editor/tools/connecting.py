"""Drawing a line from one thing to another: legal targets are lit, and the pointer need only come
near.
"""

from __future__ import annotations

from lambdaplanner.commands.links import can_connect, connect, connection_targets
from lambdaplanner.commands.places import called
from lambdaplanner.diagram.items import Point, Rect
from lambdaplanner.diagram.structure import MANAGED_IDS
from lambdaplanner.editor.gesture import Gesture
from lambdaplanner.editor.hit_test import holds
from lambdaplanner.editor.pointer import PointerEvent
from lambdaplanner.editor.session import Session
from lambdaplanner.editor.transient import DropTarget, RubberLine
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.interfaces import owner_of

MAGNET_PIXELS = 12.0


class Connecting:
    """The line so far."""

    name = "connecting"

    def __init__(self, session: Session, source: str) -> None:
        self._session = session
        self._source = source
        self._hits = session.hits
        self._legal = self._targets()
        self._lit = frozenset(session.diagram.boxes_of(self._legal))
        session.passing.show(lit=self._lit, hover=None, ports=None)

    def _targets(self) -> frozenset[str]:
        """What the line may end at."""
        return connection_targets(self._session.plan, self._source)

    def _refusal(self, box: str) -> str | None:
        """Why the line cannot end at a box."""
        return can_connect(self._session.plan, self._source, box)

    def move(self, event: PointerEvent) -> Gesture:
        target, reason = self._target(event)
        allowed = None if target is None else reason is None
        drop = None
        if target is not None:
            words = reason or f"to {called(self._session.plan, owner_of(target))}"
            drop = DropTarget(target, reason is None, words, event.x, event.y)
        self._session.passing.show(rubber=RubberLine(self._way(event, target), allowed), drop=drop)
        return self

    def _target(self, event: PointerEvent) -> tuple[str | None, str | None]:
        """What the line would end at here, and why it cannot."""
        stack = self._hits.boxes_at(event.x, event.y)
        for box in stack:
            if owner_of(box) in self._legal:
                return box, self._choice(box)
        near = self._hits.nearest(event.x, event.y, MAGNET_PIXELS / event.zoom, self._lit)
        if near is not None:
            return near, self._choice(near)
        top = next(iter(stack), None)
        if top is None or top in MANAGED_IDS or owner_of(top) == owner_of(self._source):
            return None, None
        if self._is_ground(top, event):
            return None, None
        return top, self._refusal(top)

    def _choice(self, box: str) -> str | None:
        """Why a line cannot end at a card of several things of which it must mean one."""
        if not self._session.takes_no_line(box):
            return None
        return "the line must lead to one of these; a double click shows them one by one"

    def _is_ground(self, box: str, event: PointerEvent) -> bool:
        """Whether the pointer is over the empty inside of a container that takes no line."""
        part = self._hits.part_at(box, event.x, event.y, event.zoom)
        return part == "body" and self._hits.diagram.boxes[box].shape == "container"

    def _way(self, event: PointerEvent, target: str | None) -> tuple[Point, ...]:
        pointer = Point(event.x, event.y)
        rects = self._hits.rects
        start = rects.get(self._source, Rect(event.x, event.y, 0, 0))
        end = pointer
        if target is not None and owner_of(target) in self._legal and target in rects:
            rect = rects[target]
            end = pointer if holds(rect, *pointer) else nearest_on(rect, pointer)
        return nearest_on(start, end), end

    def release(self, event: PointerEvent) -> None:
        session = self._session
        target, reason = self._target(event)
        session.passing.clear()
        if target is None:
            self._ask(event)
            return
        if reason is not None:
            session.say("warning", reason)
            return
        self._join(target)

    def _join(self, box: str) -> None:
        session, source = self._session, owner_of(self._source)
        label = f"Connect {called(session.plan, source)} to {called(session.plan, owner_of(box))}"
        pairs = [
            (owner_of(one), owner_of(other))
            for one in session.diagram.meant((self._source,))
            for other in session.diagram.meant((box,))
        ]

        def command(edit: Edit) -> list[str]:
            fitting = (pair for pair in pairs if can_connect(edit.plan, *pair) is None)
            return [connect(edit, *pair) for pair in fitting]

        said = session.do(label, command)
        more = f"; and {len(said) - 1:,} more likewise" if len(said) > 1 else ""
        session.say("ok", f"{said[0]}{more}" if said else "")

    def _ask(self, event: PointerEvent) -> None:
        """Let go on empty ground: the window offers what could be added here."""
        if len(self._session.diagram.meant((self._source,))) > 1:
            return
        self._session.request(
            "quick-add",
            id=owner_of(self._source),
            x=event.x,
            y=event.y,
            screen_x=event.screen_x,
            screen_y=event.screen_y,
        )

    def cancel(self) -> None:
        self._session.passing.clear()


def nearest_on(rect: Rect, point: Point) -> Point:
    """The middle of the side of a rectangle that is nearest to a point."""
    x, y = rect.x + rect.width / 2, rect.y + rect.height / 2
    sides = (
        Point(rect.x, y),
        Point(rect.x + rect.width, y),
        Point(x, rect.y),
        Point(x, rect.y + rect.height),
    )
    return min(sides, key=lambda side: (side.x - point.x) ** 2 + (side.y - point.y) ** 2)
