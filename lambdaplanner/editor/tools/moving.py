"""Dragging boxes. Everything is computed from where the drag began, so nothing can add up; one step
to undo.

While a drag lasts, the containers around it keep their size and their other contents their places:
a container that grew under the pointer would be a moving target. They are let go again at the end.
"""

from __future__ import annotations

from lambdaplanner.commands.duplicate import can_duplicate, duplicate
from lambdaplanner.commands.layout import place_all
from lambdaplanner.commands.places import called
from lambdaplanner.commands.things import describe
from lambdaplanner.diagram.items import Rect
from lambdaplanner.diagram.structure import REGION
from lambdaplanner.editor.gesture import Gesture
from lambdaplanner.editor.hit_test import HitTest, around
from lambdaplanner.editor.pointer import PointerEvent
from lambdaplanner.editor.session import Session
from lambdaplanner.editor.snapping import Snapped, Snapping
from lambdaplanner.editor.spots import origin, pinned, placement_of
from lambdaplanner.editor.tools.landing import Destination, Landing
from lambdaplanner.editor.transient import DropTarget
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.interfaces import owner_of


class Moving:
    """The drag. `copies`: the originals stay, copies of them move."""

    name = "dragging"

    def __init__(
        self, session: Session, press: PointerEvent, grabbed: str, *, copies: bool = False
    ) -> None:
        self._session = session
        self._press = press
        self._hits = session.hits
        parent = session.hits.diagram.boxes[grabbed].parent
        self._before = session.selection.ids
        self._key = session.next_gesture()
        roots = _outermost(self._hits, self._before, locked=copies)
        self._label = f"Move {describe(session.plan, roots)}"
        self._landing = Landing(session.plan, self._hits, roots, parent)
        self._bounds = around(start.rect for start in self._landing.starts.values()) or Rect(
            0, 0, 0, 0
        )
        siblings = [n for n in self._hits.children.get(parent, ()) if n not in self._landing.moving]
        self._snapping = Snapping(
            (self._hits.rects[name] for name in siblings),
            origin(session.plan, self._hits, parent),
        )
        self._pins: dict[str, Placement | None] | None = None
        self._copies = copies and self._make_copies(roots)

    def _make_copies(self, roots: list[str]) -> bool:
        """Copies take the place of the originals in the drag; whether there are any."""
        session = self._session
        originals = sorted((n for n in roots if n in session.plan), key=session.plan.order)
        reason = can_duplicate(session.plan, originals)
        if reason is not None:
            session.say("warning", reason)
            return False
        seen = {name: self._landing.starts[name].placement for name in originals}
        self._label = f"Duplicate {describe(session.plan, originals)}"
        made = session.do(
            self._label, lambda edit: duplicate(edit, originals, 0, 0, seen), merge=self._key
        )
        self._landing.take_copies(dict(zip(originals, made, strict=True)))
        session.selection.set(made)
        return True

    def move(self, event: PointerEvent) -> Gesture:
        session = self._session
        snapped = self._way(event)
        moved = self._landing.placements(snapped.dx, snapped.dy)
        session.do(self._label, place_all({**self._pin(), **moved}), merge=self._key)
        session.passing.show(guides=snapped.guides, drop=self._drop(event, snapped))
        return self

    def _way(self, event: PointerEvent) -> Snapped:
        dx, dy = event.x - self._press.x, event.y - self._press.y
        if event.shift:
            dx, dy = (dx, 0.0) if abs(dx) >= abs(dy) else (0.0, dy)
        if event.ctrl:
            return Snapped(dx, dy)
        snapped = self._snapping.move(self._bounds, dx, dy, event.zoom)
        if event.shift:
            return Snapped(snapped.dx if dx else 0.0, snapped.dy if dy else 0.0, snapped.guides)
        return snapped

    def _pin(self) -> dict[str, Placement | None]:
        """Holds containers around the drag and what else is in them, at its first step."""
        if self._pins is not None:
            return {}
        plan, hits = self._session.plan, self._hits
        holding: dict[str, Placement | None] = {}
        self._pins = {}
        for name in self._landing.starts:
            for container in hits.ancestors(name):
                if container == REGION or container in self._landing.moving:
                    continue
                beside = hits.children.get(container, ())
                for other in (container, *beside):
                    if other in self._pins or other in self._landing.moving:
                        continue
                    known = plan.placements.get(other)
                    if known is not None and (other != container or known.width is not None):
                        continue
                    self._pins[other] = known
                    keep = placement_of(plan, hits, other)
                    holding[other] = pinned(plan, hits, other) if other == container else keep
        return holding

    def _drop(self, event: PointerEvent, snapped: Snapped) -> DropTarget | None:
        changing = [
            (name, going)
            for name, going in self._destinations(event, snapped).items()
            if going.reason is not None or going.container != self._landing.starts[name].home
        ]
        if not changing:
            return None
        refused = [(name, going) for name, going in changing if going.reason is not None]
        name, going = refused[0] if refused else changing[0]
        if going.reason is not None:
            words = self._refusal(len(refused), going.reason)
        else:
            words = self._words(name, going.container)
        some = len(refused) < len(self._landing.starts)
        return DropTarget(going.container, some, words, event.x, event.y)

    def _destinations(self, event: PointerEvent, snapped: Snapped) -> dict[str, Destination]:
        if event.alt and not self._copies:
            return {name: Destination(one.home) for name, one in self._landing.starts.items()}
        return self._landing.destinations(event.x, event.y, snapped)

    def _words(self, name: str, container: str | None) -> str:
        plan = self._session.plan
        place = called(plan, container or "")
        kind = plan.resource(owner_of(name)).kind
        return f"attach to {place}" if kind == "function" else f"into {place}"

    def _refusal(self, count: int, reason: str) -> str:
        """Why some do not come along; of one thing alone just the reason."""
        if len(self._landing.starts) == 1:
            return reason
        what = "1 thing stays" if count == 1 else f"{count} things stay"
        return f"{what} where {'it is' if count == 1 else 'they are'}: {reason}"

    def release(self, event: PointerEvent) -> None:
        session = self._session
        self.move(event)
        snapped = self._way(event)
        going = self._destinations(event, snapped)
        session.passing.clear()
        refused = {name: one.reason for name, one in going.items() if one.reason is not None}
        words = self._refusal(len(refused), next(iter(refused.values()))) if refused else ""
        if len(refused) == len(self._landing.starts):
            self.cancel()
            session.say("warning", words)
            return
        moved = self._landing.placements(snapped.dx, snapped.dy)
        stay = {name: self._landing.starts[name].kept for name in refused}

        def finish(edit: Edit) -> None:
            place_all({**(self._pins or {}), **moved, **stay})(edit)
            for name, place in going.items():
                if name in refused or not self._landing.things(name):
                    continue
                if place.container != self._landing.starts[name].home:
                    self._landing.land(edit, name, place.container, snapped, free=event.ctrl)
            if self._copies and refused:
                edit.remove(*refused)

        session.do(self._label, finish, merge=self._key)
        session.make_room(self._label, [*self._landing.starts], self._hits, self._key)
        session.seal()
        session.say("warning", words)

    def cancel(self) -> None:
        self._session.cancel(self._key)
        self._session.passing.clear()
        self._session.selection.set(self._before)


def _outermost(hits: HitTest, ids: tuple[str, ...], *, locked: bool) -> list[str]:
    """The boxes among them that no other of them holds; with or without those that are locked."""
    boxes = hits.diagram.boxes
    ids = tuple(name for name in ids if locked or name not in boxes or not boxes[name].locked)
    chosen = {name for name in ids if name in hits.rects}
    return [name for name in ids if name in chosen and chosen.isdisjoint(hits.ancestors(name))]
