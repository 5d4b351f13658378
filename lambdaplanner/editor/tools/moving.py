"""Dragging boxes. Everything is computed from where the drag began, so nothing can add up; one step
to undo.

While a drag lasts, the containers around it keep their size and their other contents their places:
a container that grew under the pointer would be a moving target. They are let go again at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lambdaplanner.commands.duplicate import can_duplicate, duplicate
from lambdaplanner.commands.layout import place_all
from lambdaplanner.commands.places import SERVICE_VPC, called
from lambdaplanner.commands.reparent import can_reparent, reparent
from lambdaplanner.commands.things import describe
from lambdaplanner.diagram.items import Rect
from lambdaplanner.diagram.structure import REGION
from lambdaplanner.editor.hit_test import HitTest, around, touches
from lambdaplanner.editor.pointer import PointerEvent
from lambdaplanner.editor.snapping import Snapped, Snapping
from lambdaplanner.editor.spots import (
    home_of,
    on_border,
    origin,
    pinned,
    placement_of,
    places_at,
)
from lambdaplanner.editor.tools.tool import Gesture
from lambdaplanner.editor.transient import DropTarget
from lambdaplanner.kinds import kind_of
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.interfaces import interface_ends

if TYPE_CHECKING:
    from lambdaplanner.editor.session import Session

_BORDER_REACH = 24.0


class _Start(NamedTuple):
    """One box when the drag began: where it is seen, the placement that leaves it there, and what
    the plan had.
    """

    rect: Rect
    placement: Placement
    kept: Placement | None
    home: str | None


class Destination(NamedTuple):
    """Where a box would land: its container, and why it cannot go there."""

    container: str | None
    reason: str | None = None


class Moving:
    """The drag. `copies`: the originals stay, copies of them move."""

    name = "dragging"

    def __init__(
        self, session: Session, press: PointerEvent, grabbed: str, *, copies: bool = False
    ) -> None:
        self._session = session
        self._press = press
        self._hits = session.hits
        self._before = session.selection.ids
        self._key = session.next_gesture()
        roots = _outermost(self._hits, self._before)
        self._label = f"Move {describe(session.plan, roots)}"
        self._starts = {name: self._start(name) for name in roots}
        self._moving = {inner for name in roots for inner in self._hits.inside(name)}
        self._bounds = around(start.rect for start in self._starts.values()) or Rect(0, 0, 0, 0)
        parent = self._hits.diagram.boxes[grabbed].parent
        siblings = [n for n in self._hits.children.get(parent, ()) if n not in self._moving]
        self._snapping = Snapping(
            (self._hits.rects[name] for name in siblings),
            origin(session.plan, self._hits, parent),
        )
        self._pins: dict[str, Placement | None] | None = None
        self._copies = copies and self._make_copies(roots)

    def _start(self, name: str) -> _Start:
        plan = self._session.plan
        return _Start(
            self._hits.rects[name],
            placement_of(plan, self._hits, name),
            plan.placements.get(name),
            home_of(plan, name),
        )

    def _make_copies(self, roots: list[str]) -> bool:
        """Copies take the place of the originals in the drag; whether there are any."""
        session = self._session
        originals = sorted((n for n in roots if n in session.plan), key=session.plan.order)
        reason = can_duplicate(session.plan, originals)
        if reason is not None:
            session.say("warning", reason)
            return False
        seen = {name: self._starts[name].placement for name in originals}
        self._label = f"Duplicate {describe(session.plan, originals)}"
        made = session.do(
            self._label, lambda edit: duplicate(edit, originals, 0, 0, seen), merge=self._key
        )
        self._starts = {
            new: self._starts[old]._replace(home=home_of(session.plan, new))
            for old, new in zip(originals, made, strict=True)
        }
        self._moving = set(made)
        session.selection.set(made)
        return True

    def move(self, event: PointerEvent) -> Gesture:
        session = self._session
        snapped = self._way(event)
        moved = self._moved(snapped.dx, snapped.dy)
        session.do(self._label, place_all({**self._pin(), **moved}), merge=self._key)
        session.transient.show(guides=snapped.guides, drop=self._drop(event, snapped))
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

    def _moved(self, dx: float, dy: float) -> dict[str, Placement | None]:
        found: dict[str, Placement | None] = {}
        for name, start in self._starts.items():
            x, y = dx, dy
            border = self._border(name, dx, dy)
            if border is not None:
                rect = on_border(_shifted(start.rect, dx, dy), self._hits.rects[border])
                x, y = rect.x - start.rect.x, rect.y - start.rect.y
            found[name] = start.placement.moved(round(x), round(y))
        return found

    def _border(self, name: str, dx: float, dy: float) -> str | None:
        """The VPC whose border a gateway stands across after the move; its own one first."""
        plan = self._session.plan
        if name not in plan or not kind_of(plan.resource(name)).on_border:
            return None
        start = self._starts[name]
        rect = _shifted(start.rect, dx, dy)
        reach = Rect(
            rect.x - _BORDER_REACH,
            rect.y - _BORDER_REACH,
            rect.width + 2 * _BORDER_REACH,
            rect.height + 2 * _BORDER_REACH,
        )
        vpcs = sorted(plan.of("vpc"), key=lambda vpc: vpc != start.home)
        return next(
            (v for v in vpcs if v in self._hits.rects and touches(self._hits.rects[v], reach)), None
        )

    def _pin(self) -> dict[str, Placement | None]:
        """Holds containers around the drag and what else is in them, at its first step."""
        if self._pins is not None:
            return {}
        plan, hits = self._session.plan, self._hits
        holding: dict[str, Placement | None] = {}
        self._pins = {}
        for name in self._starts:
            for container in hits.ancestors(name):
                if container == REGION or container in self._moving:
                    continue
                beside = hits.children.get(container, ())
                for other in (container, *beside):
                    if other in self._pins or other in self._moving:
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
            if going.reason is not None or going.container != self._starts[name].home
        ]
        if not changing:
            return None
        refused = [(name, going) for name, going in changing if going.reason is not None]
        name, going = refused[0] if refused else changing[0]
        words = going.reason or self._words(name, going.container)
        return DropTarget(going.container, not refused, words, event.x, event.y)

    def _words(self, name: str, container: str | None) -> str:
        plan = self._session.plan
        place = called(plan, container or "")
        return f"attach to {place}" if plan.resource(name).kind == "function" else f"into {place}"

    def _destinations(self, event: PointerEvent, snapped: Snapped) -> dict[str, Destination]:
        keep = event.alt and not self._copies
        places = places_at(self._hits, event.x, event.y, self._moving)
        return {
            name: Destination(start.home)
            if keep
            else self._destination(name, places, self._border(name, snapped.dx, snapped.dy))
            for name, start in self._starts.items()
        }

    def _destination(self, name: str, places: list[str], border: str | None) -> Destination:
        plan, home = self._session.plan, self._starts[name].home
        if name not in plan:
            return self._made_by_aws(name, places)
        if home is None:
            return Destination(None)
        if kind_of(plan.resource(name)).on_border:
            places = [border] if border is not None else []
        first: Destination | None = None
        for place in places:
            if place == home:
                return Destination(home)
            reason = can_reparent(plan, name, place)
            if reason is None:
                return Destination(place)
            first = first or Destination(place, reason)
        return first or Destination(None, can_reparent(plan, name, None))

    def _made_by_aws(self, name: str, places: list[str]) -> Destination:
        """What AWS makes goes where the user likes it; interfaces stay in their subnet."""
        interface = interface_ends(name)
        home = self._hits.diagram.boxes[name].parent
        if interface is None or (places and places[0] == home):
            return Destination(None)
        reason = f"this interface stands in {called(self._session.plan, interface[1])}"
        return Destination(places[0] if places else None, f"{reason}; move {interface[0]} instead")

    def release(self, event: PointerEvent) -> None:
        session = self._session
        self.move(event)
        snapped = self._way(event)
        going = self._destinations(event, snapped)
        session.transient.clear()
        reason = next((one.reason for one in going.values() if one.reason), None)
        if reason is not None:
            self.cancel()
            session.say("warning", reason)
            return
        moved = self._moved(snapped.dx, snapped.dy)

        def finish(edit: Edit) -> None:
            place_all({**(self._pins or {}), **moved})(edit)
            for name, place in going.items():
                if name in edit.plan and place.container != self._starts[name].home:
                    self._land(edit, name, place.container, snapped)

        session.do(self._label, finish, merge=self._key)
        session.seal()

    def _land(self, edit: Edit, name: str, container: str | None, snapped: Snapped) -> None:
        start = self._starts[name]
        if container is None:
            return
        if start.home == SERVICE_VPC:
            edit.place(name, start.kept)
            reparent(edit, name, container)
            return
        rect = _shifted(start.rect, snapped.dx, snapped.dy)
        if kind_of(edit.plan.resource(name)).on_border:
            rect = on_border(rect, self._hits.rects[container])
        corner = origin(edit.plan, self._hits, container)
        place = start.placement._replace(x=round(rect.x - corner.x), y=round(rect.y - corner.y))
        reparent(edit, name, container, place)

    def cancel(self) -> None:
        self._session.cancel(self._key)
        self._session.transient.clear()
        self._session.selection.set(self._before)


def _outermost(hits: HitTest, ids: tuple[str, ...]) -> list[str]:
    """The boxes among them that no other of them holds."""
    chosen = {name for name in ids if name in hits.rects}
    return [name for name in ids if name in chosen and chosen.isdisjoint(hits.ancestors(name))]


def _shifted(rect: Rect, dx: float, dy: float) -> Rect:
    return Rect(rect.x + dx, rect.y + dy, rect.width, rect.height)
