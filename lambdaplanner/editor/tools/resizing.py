"""Dragging one of the eight grips of a box."""

from __future__ import annotations

from lambdaplanner.commands.layout import place_all, resize
from lambdaplanner.commands.places import called
from lambdaplanner.diagram.items import Point, Rect
from lambdaplanner.editor.gesture import Gesture
from lambdaplanner.editor.hit_test import around
from lambdaplanner.editor.pointer import Handle, PointerEvent
from lambdaplanner.editor.session import Session
from lambdaplanner.editor.snapping import Snapping
from lambdaplanner.editor.spots import origin, pinned, placement_of
from lambdaplanner.editor.transient import Tag
from lambdaplanner.model.geometry import Placement

SMALLEST = {"container": (160, 96), "note": (80, 48)}
"""Least width and height by shape."""
_PADDING = 16
_TITLE = 40


class Resizing:
    """Moves the grip's sides; never smaller than what is in the box, which stays put."""

    name = "resizing"

    def __init__(self, session: Session, press: PointerEvent, box_id: str, grip: Handle) -> None:
        self._session = session
        self._press = press
        self._id = box_id
        self._grip = grip
        self._key = session.next_gesture()
        plan, hits = session.plan, session.hits
        self._rect = hits.rects[box_id]
        self._placement = pinned(plan, hits, box_id)
        self._least = self._least_rect()
        inner = hits.children.get(box_id, [])
        self._children = {n: plan.placements[n] for n in inner if n in plan.placements}
        parent = hits.diagram.boxes[box_id].parent
        beside = [hits.rects[name] for name in hits.children.get(parent, ()) if name != box_id]
        self._snapping = Snapping(beside, origin(plan, hits, parent))
        self._off = Point(self._rect.x - self._placement.x, self._rect.y - self._placement.y)
        self._around = {
            name: (plan.placements.get(name), pinned(plan, hits, name))
            for name in hits.ancestors(box_id)
            if not hits.diagram.boxes[name].managed and placement_of(plan, hits, name).width is None
        }

    def _least_rect(self) -> Rect | None:
        """Around everything in the box with its margins, where there is something."""
        hits = self._session.hits
        boxes = hits.diagram.boxes
        inner = [
            hits.rects[name]
            for name in hits.children.get(self._id, ())
            if _within(self._rect, hits.rects[name]) and boxes[name].parent == self._id
        ]
        found = around(inner)
        if found is None:
            return None
        left, top = max(found.x - _PADDING, self._rect.x), max(found.y - _TITLE, self._rect.y)
        right = min(found.x + found.width + _PADDING, self._rect.x + self._rect.width)
        bottom = min(found.y + found.height + _PADDING, self._rect.y + self._rect.height)
        return Rect(left, top, right - left, bottom - top)

    def move(self, event: PointerEvent) -> Gesture:
        session = self._session
        rect = self._rect_for(event)
        new = Placement(
            round(rect.x - self._off.x),
            round(rect.y - self._off.y),
            round(rect.width),
            round(rect.height),
        )
        dx, dy = self._placement.x - new.x, self._placement.y - new.y
        children = {name: place.moved(dx, dy) for name, place in self._children.items()}
        held = {name: pin for name, (_, pin) in self._around.items()}
        label = f"Resize {called(session.plan, self._id)}"
        session.do(label, resize(self._id, new, {**held, **children}), merge=self._key)
        words = f"{new.width} × {new.height}"
        session.passing.show(tag=Tag(words, event.x, event.y))
        return self

    def _rect_for(self, event: PointerEvent) -> Rect:
        dx, dy = event.x - self._press.x, event.y - self._press.y
        start, grip = self._rect, self._grip
        left, top = start.x, start.y
        right, bottom = start.x + start.width, start.y + start.height
        width, height = self._least_size()
        inner = self._least or Rect(right, bottom, left - right, top - bottom)
        if "w" in grip:
            left = min(self._x(left + dx, event), right - width, inner.x)
        if "e" in grip:
            right = max(self._x(right + dx, event), left + width, inner.x + inner.width)
        if "n" in grip:
            top = min(self._y(top + dy, event), bottom - height, inner.y)
        if "s" in grip:
            bottom = max(self._y(bottom + dy, event), top + height, inner.y + inner.height)
        return Rect(left, top, right - left, bottom - top)

    def _least_size(self) -> tuple[int, int]:
        shape = self._session.diagram.boxes[self._id].shape
        return SMALLEST.get(shape, (48, 32))

    def _x(self, x: float, event: PointerEvent) -> float:
        return x if event.ctrl else self._snapping.edge_x(x, event.zoom)

    def _y(self, y: float, event: PointerEvent) -> float:
        return y if event.ctrl else self._snapping.edge_y(y, event.zoom)

    def release(self, event: PointerEvent) -> None:
        session = self._session
        self.move(event)
        kept = {name: known for name, (known, _) in self._around.items()}
        if session.plan.placements[self._id] == self._placement:
            self.cancel()
            return
        label = f"Resize {called(session.plan, self._id)}"
        session.do(label, place_all(kept), merge=self._key)
        session.seal()
        session.passing.clear()

    def cancel(self) -> None:
        self._session.cancel(self._key)
        self._session.passing.clear()


def _within(outer: Rect, inner: Rect) -> bool:
    """Whether the middle of a box lies in its container; what stands across the border does not
    hold it open.
    """
    x, y = inner.x + inner.width / 2, inner.y + inner.height / 2
    return (
        outer.x + 8 < x < outer.x + outer.width - 8 and outer.y + 8 < y < outer.y + outer.height - 8
    )
