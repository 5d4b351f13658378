"""The inside of the region, and the plane around it.

VPCs stand side by side from (0, 0) on; the Lambda service VPC at their left, so that it can widen
without moving them; what joins VPCs below them. The region's frame reaches around all that,
wherever the user puts it, unless it has a size.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from lambdaplanner.diagram.arranging import (
    Arranged,
    Inside,
    fixed_size,
    settled,
    snapped,
)
from lambdaplanner.diagram.items import Point, Rect
from lambdaplanner.diagram.structure import REGION, SERVICE, SERVICE_SIZE, Node, grid
from lambdaplanner.kinds import KINDS, Size
from lambdaplanner.kinds.registry import INTERNET
from lambdaplanner.model.geometry import Placement

_BESIDE_SERVICE = 184
"""Between the service VPC and the first VPC: the outer half of the VPC-to-VPC NAT, and a lane."""
_BETWEEN = Size(112, 128)
_BELOW = 96
_PADDING = 40
_BESIDE = 48
_TITLE = 72
_OVER_REGION = 72
_LEAST = KINDS["vpc"].size


def arrange_region(inside: Inside) -> Arranged:
    """VPCs in rows, the service VPC at their left, the rest below; the frame around it all."""
    vpcs = [node for node in inside.children if node.kind == "vpc"]
    slots, first_row, bottom = _vpc_rows(inside, vpcs)
    width, height = inside.sizes[SERVICE]
    service_left = -_BESIDE_SERVICE - grid(width)
    slots[SERVICE] = (service_left, max(0, snapped((first_row - height) / 2)))
    rects = settled(inside, slots, Size(0, 0), _BETWEEN.width)
    rects |= settled(inside, _below(inside, slots, max(bottom, height)), Size(0, 0))
    return _framed(inside, rects, Point(_PADDING - service_left, _TITLE))


def _vpc_rows(inside: Inside, vpcs: list[Node]) -> tuple[dict[str, tuple[int, int]], int, int]:
    """Slots of the VPCs, the height of their first row, and the bottom of the last."""
    per_row = len(vpcs) if len(vpcs) <= 3 else math.ceil(math.sqrt(len(vpcs)))
    slots = {}
    first_row = y = bottom = 0
    for start in range(0, len(vpcs), per_row or 1):
        x = 0
        for node in vpcs[start : start + per_row]:
            width, height = inside.sizes[node.id]
            slots[node.id] = (x, y)
            x += grid(width) + _BETWEEN.width
            bottom = max(bottom, grid(y + height))
        first_row = first_row or bottom
        y = bottom + _BETWEEN.height
    return slots, first_row or _LEAST.height, bottom or _LEAST.height


def _below(
    inside: Inside, slots: Mapping[str, tuple[int, int]], bottom: int
) -> dict[str, tuple[int, int]]:
    """A row under the VPCs: each thing below the middle of what it joins, others from the left."""
    joins = inside.structure.joins
    wanted: list[tuple[float, int, Node]] = []
    for order, node in enumerate(inside.children):
        if node.shape == "container":
            continue
        centres = [
            slots[vpc][0] + inside.sizes[vpc].width / 2
            for vpc in joins.get(node.id, ())
            if vpc in slots
        ]
        centre = sum(centres) / len(centres) if centres else -math.inf
        wanted.append((centre, order, node))
    found = {}
    x = -_BESIDE_SERVICE - SERVICE_SIZE.width
    for centre, _, node in sorted(wanted, key=lambda one: one[:2]):
        width, _ = inside.sizes[node.id]
        x = x if centre == -math.inf else max(x, snapped(centre - width / 2))
        found[node.id] = (x, bottom + _BELOW)
        x = grid(x + width) + _BESIDE
    return found


def _framed(inside: Inside, rects: dict[str, Rect], origin: Point) -> Arranged:
    """The frame around the rectangles."""
    size = inside.fixed
    if size is None:
        lefts = [rect.x for rect in rects.values()]
        tops = [rect.y for rect in rects.values()]
        rights = [rect.x + rect.width for rect in rects.values()]
        bottoms = [rect.y + rect.height for rect in rects.values()]
        if not any(node.kind == "vpc" for node in inside.children):
            lefts, tops = [*lefts, 0], [*tops, 0]
            rights, bottoms = [*rights, _LEAST.width], [*bottoms, _LEAST.height]
        left, top = math.floor(min(lefts) / 8) * 8, math.floor(min(tops) / 8) * 8
        origin = Point(_PADDING - left, _TITLE - top)
        size = Size(
            grid(max(rights)) - left + 2 * _PADDING, grid(max(bottoms)) - top + _TITLE + _PADDING
        )
    return Arranged(rects, size, origin)


def place_region(region: Arranged, placements: Mapping[str, Placement]) -> Rect:
    """The region's frame in the plane; its placement says where its contents count from."""
    at = placements.get(REGION)
    x, y = (at.x, at.y) if at else (0, 0)
    return Rect(x - region.origin.x, y - region.origin.y, *region.size)


def place_internet(
    region: Arranged,
    frame: Rect,
    gateway: float | None,
    placements: Mapping[str, Placement],
    size: Size,
) -> Rect:
    """The internet over the region: above the middle of the first gateway, so that its line is
    straight.
    """
    at = placements.get(INTERNET)
    width, height = fixed_size(at) or size
    if at is not None:
        return Rect(at.x, at.y, width, height)
    centre = frame.x + region.origin.x + _LEAST.width / 2 if gateway is None else gateway
    return Rect(round(centre - width / 2), frame.y - _OVER_REGION - height, width, height)
