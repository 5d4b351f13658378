"""Between where a box is seen and the placement that a plan keeps: relative to its container, whole
units.
"""

from __future__ import annotations

from collections.abc import Sequence

from lambdaplanner.commands.places import container_of
from lambdaplanner.diagram.arranging import TITLE_REACH
from lambdaplanner.diagram.items import Point, Rect
from lambdaplanner.diagram.structure import REGION
from lambdaplanner.editor.hit_test import HitTest, overlaps
from lambdaplanner.kinds import kind_of
from lambdaplanner.kinds.registry import SERVICE_VPC
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.interfaces import group_ends
from lambdaplanner.model.plan import Plan

_TITLE = 48
_MARGIN = 16


def origin(plan: Plan, hits: HitTest, container: str | None) -> Point:
    """Where placements in a container count from. The region's frame follows its contents, so those
    count from the plane.
    """
    if container is None or container == REGION:
        placed = plan.placements.get(REGION)
        return Point(placed.x, placed.y) if placed else Point(0, 0)
    rect = hits.rects.get(container)
    return Point(rect.x, rect.y) if rect else Point(0, 0)


def placement_of(plan: Plan, hits: HitTest, box_id: str) -> Placement:
    """The placement that would leave a box where it is seen; sizes only where the user
    chose them.
    """
    known = plan.placements.get(box_id)
    if known is not None:
        return known
    box = hits.diagram.boxes[box_id]
    if box_id == REGION:
        return Placement(0, 0)
    rect = hits.rects[box_id]
    start = Point(0, 0) if box.parent is None else origin(plan, hits, box.parent)
    return Placement(round(rect.x - start.x), round(rect.y - start.y))


def pinned(plan: Plan, hits: HitTest, box_id: str) -> Placement:
    """The placement that holds a box where it is and as large as it is."""
    rect = hits.rects[box_id]
    return placement_of(plan, hits, box_id)._replace(
        width=round(rect.width), height=round(rect.height)
    )


def home_of(plan: Plan, box_id: str) -> str | None:
    """The container that a box belongs to, as the plan calls it."""
    group = group_ends(box_id)
    if group is not None and not group[1]:
        box_id = group[0]
    if box_id not in plan:
        return None
    if SERVICE_VPC in kind_of(plan.resource(box_id)).containers:
        return SERVICE_VPC
    return container_of(plan, box_id)


def places_at(hits: HitTest, x: float, y: float, without: set[str] | None = None) -> list[str]:
    """The containers at a point from the inside out; the region is no place, it is what is left."""
    boxes = hits.diagram.boxes
    return [
        name
        for name in hits.boxes_at(x, y)
        if boxes[name].shape == "container" and name != REGION and name not in (without or ())
    ]


def kept_inside(rect: Rect, around: Rect) -> Rect:
    """The rectangle moved into a container's free area, where it is small enough for that."""
    x, y = rect.x, rect.y
    if rect.width <= around.width - 2 * _MARGIN:
        x = min(max(x, around.x + _MARGIN), around.x + around.width - _MARGIN - rect.width)
    if rect.height <= around.height - _TITLE - _MARGIN:
        y = min(max(y, around.y + _TITLE), around.y + around.height - _MARGIN - rect.height)
    return Rect(x, y, rect.width, rect.height)


def inner_area(around: Rect) -> Rect:
    """Where things may stand in a container: clear of its title and its border."""
    return Rect(
        around.x + _MARGIN,
        around.y + _TITLE,
        around.width - 2 * _MARGIN,
        around.height - _TITLE - _MARGIN,
    )


def on_border(rect: Rect, around: Rect, taken: Sequence[Rect] = ()) -> Rect:
    """The rectangle moved so that it stands across the nearest border of a container, clear of its
    corners and its title, and of what else stands there while there is room.
    """
    wanted = _across(rect, around)
    near = [other for other in taken if overlaps(other, around, _MARGIN)]
    if not any(overlaps(wanted, other) for other in near):
        return wanted
    sides = [
        place
        for other in near
        for place in (
            rect._replace(x=other.x - rect.width - _MARGIN),
            rect._replace(x=other.x + other.width + _MARGIN),
            rect._replace(y=other.y - rect.height - _MARGIN),
            rect._replace(y=other.y + other.height + _MARGIN),
        )
    ]
    places = [_across(place, around) for place in sides]
    free = [p for p in places if not any(overlaps(p, other) for other in near)]
    return min(free, key=lambda p: abs(p.x - wanted.x) + abs(p.y - wanted.y), default=wanted)


def _across(rect: Rect, around: Rect) -> Rect:
    """The rectangle across the nearest border."""
    x, y = rect.x + rect.width / 2, rect.y + rect.height / 2
    right, bottom = around.x + around.width, around.y + around.height
    inside_x = min(max(x, around.x + rect.width / 2 + 8), right - rect.width / 2 - 8)
    inside_y = min(max(y, around.y + rect.height / 2 + _TITLE), bottom - rect.height / 2 - 8)
    beside_title = min(max(x, around.x + TITLE_REACH + rect.width / 2), right - rect.width / 2 - 8)
    options = (
        (abs(y - around.y), beside_title, around.y),
        (abs(y - bottom), inside_x, bottom),
        (abs(x - around.x), around.x, inside_y),
        (abs(x - right), right, inside_y),
    )
    _, x, y = min(options)
    return Rect(x - rect.width / 2, y - rect.height / 2, rect.width, rect.height)


def zone_at(plan: Plan, hits: HitTest, vpc: str, x: float) -> str:
    """The zone of the column of subnets in a VPC that a point is in; "" beside all columns."""
    for subnet in plan.users(vpc, "vpc", "subnet"):
        rect = hits.rects.get(subnet.id)
        if rect is not None and rect.x <= x <= rect.x + rect.width:
            return str(subnet.az)
    return ""
