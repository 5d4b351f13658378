"""Where dragged boxes would land: the container of each, or why it cannot go there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lambdaplanner.commands.places import called
from lambdaplanner.commands.reparent import can_reparent, reparent
from lambdaplanner.diagram.items import Rect
from lambdaplanner.editor.hit_test import HitTest, holds, touches
from lambdaplanner.editor.rooms import free_place, neighbours
from lambdaplanner.editor.snapping import Snapped
from lambdaplanner.editor.spots import (
    home_of,
    inner_area,
    on_border,
    origin,
    placement_of,
    places_at,
)
from lambdaplanner.kinds import kind_of
from lambdaplanner.kinds.registry import SERVICE_VPC
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.interfaces import group_ends, group_id, interface_ends
from lambdaplanner.model.plan import Plan

_BORDER_REACH = 24.0


class Start(NamedTuple):
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


class Landing:
    """What is dragged, as it was when the drag began, and what may become of it."""

    def __init__(self, plan: Plan, hits: HitTest, roots: Iterable[str], parent: str | None) -> None:
        self._plan = plan
        self._hits = hits
        self._parent = parent
        """The container of what the hand holds; things of others are taken along."""
        self.starts = {name: self._start(name) for name in roots}
        self.moving = {inner for name in self.starts for inner in hits.inside(name)}
        self._landed: list[Rect] = []

    def _start(self, name: str) -> Start:
        plan = self._plan
        return Start(
            self._hits.rects[name],
            placement_of(plan, self._hits, name),
            plan.placements.get(name),
            home_of(plan, name),
        )

    def things(self, name: str) -> tuple[str, ...]:
        """The things of the plan that move with a box: itself, or those that its card stands for;
        none for what AWS makes.
        """
        if name in self._plan:
            return (name,)
        return tuple(one for one in self._hits.diagram.meant((name,)) if one in self._plan)

    def take_copies(self, copies: Mapping[str, str]) -> None:
        """Copies, by their originals, take the place of the originals."""
        self.starts = {
            new: self.starts[old]._replace(home=home_of(self._plan, new))
            for old, new in copies.items()
        }
        self.moving = set(self.starts)

    def placements(self, dx: float, dy: float) -> dict[str, Placement | None]:
        """The placements after a move; gateways keep to borders."""
        found: dict[str, Placement | None] = {}
        for name, start in self.starts.items():
            x, y = dx, dy
            border = self.border(name, dx, dy)
            if border is not None:
                rect = on_border(shifted(start.rect, dx, dy), self._hits.rects[border])
                x, y = rect.x - start.rect.x, rect.y - start.rect.y
            found[name] = start.placement.moved(round(x), round(y))
        return found

    def border(self, name: str, dx: float, dy: float) -> str | None:
        """The VPC whose border a gateway stands across after the move; its own one first."""
        plan = self._plan
        if name not in plan or not kind_of(plan.resource(name)).on_border:
            return None
        start = self.starts[name]
        rect = shifted(start.rect, dx, dy)
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

    def destinations(self, x: float, y: float, snapped: Snapped) -> dict[str, Destination]:
        """Where each box would land with the pointer at a point."""
        places = places_at(self._hits, x, y, self.moving)
        return {name: self._going(name, places, snapped) for name in self.starts}

    def _going(self, name: str, places: list[str], snapped: Snapped) -> Destination:
        """Where one of the things goes. What is taken along from elsewhere by the hand that holds
        another thing may as well go on standing where it does.
        """
        along = self._along(name, snapped)
        if along is not None and self.starts[name].home == SERVICE_VPC:
            return along
        going = self._destination(name, places, self.border(name, snapped.dx, snapped.dy))
        return along if going.reason is not None and along is not None else going

    def _along(self, name: str, snapped: Snapped) -> Destination | None:
        """For a thing of another container than the one in hand: that it stays in its own one; None
        for others, and where it would leave it.
        """
        box = self._hits.diagram.boxes.get(name)
        if box is None or box.parent == self._parent or box.parent is None:
            return None
        rect = shifted(self.starts[name].rect, snapped.dx, snapped.dy)
        middle = rect.x + rect.width / 2, rect.y + rect.height / 2
        inside = holds(self._hits.rects[box.parent], *middle)
        return Destination(self.starts[name].home) if inside else None

    def _destination(self, name: str, places: list[str], border: str | None) -> Destination:
        plan, home, things = self._plan, self.starts[name].home, self.things(name)
        if not things:
            return self._made_by_aws(name, places)
        if home is None:
            return Destination(None)
        if kind_of(plan.resource(things[0])).on_border:
            places = [border] if border is not None else []
        first: Destination | None = None
        for place in places:
            if place == home:
                return Destination(home)
            reason = self._reason(things, place)
            if reason is None:
                return Destination(place)
            first = first or Destination(place, reason)
        return first or Destination(None, self._reason(things, None))

    def _reason(self, things: Iterable[str], place: str | None) -> str | None:
        """Why not all of them can go to a place."""
        found = (can_reparent(self._plan, one, place) for one in things)
        return next((reason for reason in found if reason is not None), None)

    def _made_by_aws(self, name: str, places: list[str]) -> Destination:
        """What AWS makes goes where the user likes it; interfaces stay in their subnet."""
        interface = interface_ends(name) or group_ends(name)
        home = self._hits.diagram.boxes[name].parent
        if interface is None or (places and places[0] == home):
            return Destination(None)
        reason = f"this interface stands in {called(self._plan, interface[1])}"
        owner = called(self._plan, group_id(interface[0]) if group_ends(name) else interface[0])
        return Destination(places[0] if places else None, f"{reason}; move {owner} instead")

    def land(
        self, edit: Edit, name: str, container: str | None, snapped: Snapped, *, free: bool
    ) -> None:
        """Puts a box into another container: where it is seen (`free`), or in free room near."""
        start = self.starts[name]
        if container is None:
            return
        things = self.things(name)
        if start.home == SERVICE_VPC:
            edit.place(name, start.kept)
            for one in things:
                reparent(edit, one, container)
            return
        rect, around = shifted(start.rect, snapped.dx, snapped.dy), self._hits.rects[container]
        taken = [*neighbours(self._hits, container, self.moving), *self._landed]
        if kind_of(edit.plan.resource(things[0])).on_border:
            rect = on_border(rect, around, taken)
        elif not free:
            rect = free_place(rect, taken, inner_area(around))
        self._landed.append(rect)
        corner = origin(edit.plan, self._hits, container)
        place = start.placement._replace(x=round(rect.x - corner.x), y=round(rect.y - corner.y))
        if things == (name,):
            reparent(edit, name, container, place)
            return
        for one in things:
            reparent(edit, one, container)
        edit.place(name, place)


def shifted(rect: Rect, dx: float, dy: float) -> Rect:
    """The rectangle moved."""
    return Rect(rect.x + dx, rect.y + dy, rect.width, rect.height)
