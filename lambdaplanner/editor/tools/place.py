"""Placing a new thing: a ghost follows the pointer, the container that would take it is outlined, a
refusal says why.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from lambdaplanner.commands.places import called
from lambdaplanner.commands.things import add, can_add, home_for
from lambdaplanner.commands.zones import next_zone
from lambdaplanner.diagram.items import Box, Rect
from lambdaplanner.editor.gesture import Gesture
from lambdaplanner.editor.hit_test import HitTest
from lambdaplanner.editor.pointer import PointerEvent
from lambdaplanner.editor.rooms import free_place, neighbours
from lambdaplanner.editor.session import Session
from lambdaplanner.editor.snapping import GRID
from lambdaplanner.editor.spots import (
    inner_area,
    kept_inside,
    on_border,
    origin,
    places_at,
    zone_at,
)
from lambdaplanner.editor.tools.resizing import SMALLEST
from lambdaplanner.editor.tools.tool import Tool, dragged
from lambdaplanner.editor.transient import DropTarget, Ghost, Tag
from lambdaplanner.kinds import kind_named
from lambdaplanner.kinds.registry import SERVICE_VPC
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement


class _Landing(NamedTuple):
    """Where the new thing would come to stand."""

    container: str | None
    reason: str | None
    rect: Rect


class PlaceTool(Tool):
    """A click places the default size, a drag draws a container's; Shift keeps the tool.

    A container is as large as the hand saw it: without a size it would shrink around its contents.
    """

    name = "place"
    cursor = "cross"

    def __init__(self, session: Session, kind: str, variant: str = "") -> None:
        super().__init__(session)
        self.kind = kind
        self.variant = variant
        self._row = kind_named(kind)
        self._lit: tuple[int, frozenset[str]] = (-1, frozenset())

    def begin(self, event: PointerEvent, /) -> Gesture | None:
        return _Placing(self, event)

    def hover(self, event: PointerEvent) -> None:
        self.session.passing.show(hover=None, ports=None)
        self.aim(event.x, event.y, free=event.ctrl)

    def cancel(self) -> bool:
        was = super().cancel()
        self.session.passing.clear()
        return was

    @property
    def sizable(self) -> bool:
        """Whether a drag draws its size."""
        return self._row.shape != "leaf"

    def aim(self, x: float, y: float, *, free: bool = False, area: Rect | None = None) -> bool:
        """Shows what placing it here would do; whether it may."""
        landing = self._landing(x, y, free, area)
        words = landing.reason or ""
        if landing.reason is None and landing.container is not None:
            words = self._words(landing.container)
        self.session.passing.show(
            ghosts=(Ghost(self._ghost(landing.rect), landing.reason is None),),
            drop=DropTarget(landing.container, landing.reason is None, words, x, y),
            lit=self._legal_places(),
        )
        return landing.reason is None

    def _words(self, container: str) -> str:
        if container == SERVICE_VPC:
            return "into the Lambda service VPC"
        place = called(self.session.plan, container)
        return f"attached to {place}" if self.kind == "function" else f"into {place}"

    def _legal_places(self) -> frozenset[str]:
        """Every container that would take it; asked at each move, found once for each state of the
        plan.
        """
        plan = self.session.plan
        if self._lit[0] != plan.topology_revision:
            kinds = [kind for kind in self._row.into if kind is not None]
            found = (
                name
                for kind in kinds
                for name in plan.of(kind)
                if can_add(plan, self.kind, name, self.variant) is None
            )
            self._lit = plan.topology_revision, frozenset(found)
        return self._lit[1]

    def _ghost(self, rect: Rect) -> Box:
        row = self._row
        icon = f"{self.kind}-{self.variant}" if self.variant else self.kind
        title = row.labels.get(self.variant, row.title)
        return Box(
            id="ghost",
            kind=icon,
            parent=None,
            rect=rect,
            shape=row.shape,
            title=title,
            tone=row.tone,
        )

    def home(self, x: float, y: float) -> tuple[str | None, str | None]:
        """The container that would take it at a point (None: the region), and why none can."""
        plan, hits = self.session.plan, self.session.hits
        places = places_at(hits, x, y)
        if self._row.on_border:
            places = places or _beside(hits, x, y, list(plan.of("vpc")))
        return home_for(plan, self.kind, places, self.variant)

    def _landing(self, x: float, y: float, free: bool, area: Rect | None) -> _Landing:
        hits = self.session.hits
        container, reason = self.home(x, y)
        rect = self._rect(x, y) if area is None else area
        around = hits.rects.get(container or "")
        if self._row.on_border and around is not None and reason is None:
            taken = neighbours(hits, container)
            return _Landing(container, reason, on_border(rect, around, taken))
        if not free:
            rect = self._on_grid(rect, container)
        if reason is None and area is None and self._stays(container):
            rect = rect if around is None else kept_inside(rect, around)
            if not free and not self._row.floats:
                inner = None if around is None else inner_area(around)
                rect = free_place(rect, neighbours(hits, container), inner)
        return _Landing(container, reason, rect)

    def _stays(self, container: str | None) -> bool:
        """Whether it is drawn in the container; a function let go over a subnet is only attached to
        it.
        """
        return self.kind != "function" or container == SERVICE_VPC

    def _rect(self, x: float, y: float) -> Rect:
        width, height = self._row.size
        if self._row.shape == "container":
            return Rect(x, y, width, height)
        return Rect(x - width / 2, y - height / 2, width, height)

    def _on_grid(self, rect: Rect, container: str | None) -> Rect:
        corner = origin(self.session.plan, self.session.hits, container)
        x = round((rect.x - corner.x) / GRID) * GRID + corner.x
        y = round((rect.y - corner.y) / GRID) * GRID + corner.y
        return Rect(x, y, round(rect.width / GRID) * GRID, round(rect.height / GRID) * GRID)

    def put(
        self,
        x: float,
        y: float,
        *,
        free: bool = False,
        area: Rect | None = None,
        then: Callable[[Edit, str], None] | None = None,
        label: str = "",
    ) -> str | None:
        """Adds it here and selects it; gives its id, None where it cannot stand here (the reason is
        told). `then` gets the edit and the new id, and belongs to the same step.
        """
        session, hits = self.session, self.session.hits
        landing = self._landing(x, y, free, area)
        session.passing.clear()
        if landing.reason is not None:
            session.say("warning", landing.reason)
            return None
        container = landing.container
        corner = origin(session.plan, hits, container)
        place: Placement | None = Placement(
            round(landing.rect.x - corner.x), round(landing.rect.y - corner.y)
        )
        if place is not None and (area is not None or self._row.shape == "container"):
            place = place._replace(
                width=round(landing.rect.width), height=round(landing.rect.height)
            )
        if self.kind == "function" and container != SERVICE_VPC:
            place = None
        given = {}
        if self.kind == "subnet" and container is not None:
            middle = landing.rect.x + landing.rect.width / 2
            column = zone_at(session.plan, hits, container, middle)
            given["az"] = next_zone(session.plan, container, column)

        def command(edit: Edit) -> str:
            made = add(edit, self.kind, container, place, variant=self.variant, **given)
            if then is not None:
                then(edit, made)
            return made

        new_id = session.do(label or f"Add {self._row.noun}", command)
        session.selection.set((new_id,))
        return new_id

    def finish(self, event: PointerEvent, placed: str | None) -> None:
        """Gives way to the select tool, unless Shift keeps this one or nothing was placed."""
        if placed is not None and not event.shift:
            self.session.put_tool_down()


class _Placing:
    """The button is down: where it is let go decides between a click and a drawn size."""

    name = "placing"

    def __init__(self, tool: PlaceTool, press: PointerEvent) -> None:
        self._tool = tool
        self._press = press

    def _area(self, event: PointerEvent) -> Rect | None:
        if not self._tool.sizable or not dragged(self._press, event):
            return None
        width, height = SMALLEST[kind_named(self._tool.kind).shape]
        x, y = min(self._press.x, event.x), min(self._press.y, event.y)
        return Rect(
            x,
            y,
            max(abs(event.x - self._press.x), width),
            max(abs(event.y - self._press.y), height),
        )

    def _at(self, event: PointerEvent, area: Rect | None) -> tuple[float, float]:
        return (event.x, event.y) if area is None else (self._press.x, self._press.y)

    def move(self, event: PointerEvent) -> Gesture:
        area = self._area(event)
        self._tool.aim(*self._at(event, area), free=event.ctrl, area=area)
        if area is not None:
            words = f"{round(area.width)} × {round(area.height)}"
            self._tool.session.passing.show(tag=Tag(words, event.x, event.y))
        return self

    def release(self, event: PointerEvent) -> None:
        area = self._area(event)
        placed = self._tool.put(*self._at(event, area), free=event.ctrl, area=area)
        self._tool.finish(event, placed)

    def cancel(self) -> None:
        self._tool.session.passing.clear()


def _beside(hits: HitTest, x: float, y: float, vpcs: list[str]) -> list[str]:
    """The VPC whose border is near a point outside of it."""
    found = hits.nearest(x, y, 32.0, vpcs)
    return [] if found is None else [found]
