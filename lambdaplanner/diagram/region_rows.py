"""The inside of the region, and the plane around it.

VPCs stand from (0, 0) on; the Lambda service VPC at their left on a level with the interfaces of
its functions, so that it can widen without moving them, and what joins nothing below it; what joins
VPCs between them, else below. The region's frame reaches around all that, wherever the user puts
it, unless it has a size.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from lambdaplanner.diagram.arranging import (
    GAP,
    Arranged,
    Inside,
    fixed_size,
    settled,
    snapped,
)
from lambdaplanner.diagram.items import Point, Rect
from lambdaplanner.diagram.structure import REGION, SERVICE, Node, grid
from lambdaplanner.diagram.vpc_grid import vpc_grid
from lambdaplanner.kinds import Size
from lambdaplanner.kinds.registry import INTERNET
from lambdaplanner.model.geometry import Placement

_BESIDE_SERVICE = 144
"""Between the service VPC and the first VPC: the outer half of the VPC-to-VPC NAT, and a lane."""
_BESIDE_VPC = 112
_BELOW = 56
_BELOW_SERVICE = 32
_PADDING = 24
_BESIDE = 48
_TITLE = 64
_OVER_REGION = 40
_LEAST = Size(480, 320)
_TO_INTERFACE = 16
"""The first function is on a level with the first interface where the service VPC begins so far
below the subnet.
"""


def arrange_region(inside: Inside) -> Arranged:
    """VPCs with what joins them, the service VPC at their left, the rest below; the frame around it
    all.
    """
    vpcs = [node.id for node in inside.children if node.kind == "vpc"]
    leaves = [node for node in inside.children if node.shape != "container"]
    placed = vpc_grid(inside, vpcs, leaves)
    slots = placed.slots
    service = slots[SERVICE] = _service(inside, vpcs, slots, placed.bottom)
    bottom = max(placed.bottom, _LEAST.height)
    rects = settled(inside, slots, Size(0, 0), _BESIDE_VPC)
    others = [node for node in leaves if node.id not in slots]
    below = _below(inside, others, slots, bottom) | _loose(inside, others, service[1])
    rects |= settled(inside, below, Size(0, 0))
    return _framed(inside, rects, Point(_PADDING - service[0], _TITLE))


def _service(
    inside: Inside, vpcs: list[str], slots: Mapping[str, tuple[int, int]], bottom: int
) -> tuple[int, int]:
    """Beside the first row with interfaces of functions, but not below everything."""
    width, height = inside.sizes[SERVICE]
    rows = [slots[vpc][1] + row for vpc in vpcs if (row := inside.arranged[vpc].row) is not None]
    wanted = rows[0] + _TO_INTERFACE if rows else 0
    return -_BESIDE_SERVICE - grid(width), max(0, min(wanted, (bottom - height) // 8 * 8))


def _loose(inside: Inside, nodes: list[Node], top: int) -> dict[str, tuple[int, int]]:
    """What joins nothing, in lines below the service VPC, whatever a hand put into that."""
    width, height = inside.usual.sizes[SERVICE]
    left = -_BESIDE_SERVICE - grid(width)
    x, y, tallest = left, grid(top + height) + _BELOW_SERVICE, 0
    found = {}
    for node in nodes:
        if inside.structure.joins.get(node.id):
            continue
        size = inside.sizes[node.id]
        if x > left and x + size.width > left + width:
            x, y, tallest = left, y + tallest + GAP, 0
        found[node.id] = (x, y)
        x += grid(size.width) + GAP
        tallest = max(tallest, grid(size.height))
    return found


def _below(
    inside: Inside, nodes: list[Node], slots: Mapping[str, tuple[int, int]], bottom: int
) -> dict[str, tuple[int, int]]:
    """A row under the VPCs: each thing below the middle of what it joins."""
    joins = inside.structure.joins
    wanted: list[tuple[float, int, Node]] = []
    for order, node in enumerate(nodes):
        if not joins.get(node.id):
            continue
        centres = [
            slots[vpc][0] + inside.sizes[vpc].width / 2 for vpc in joins[node.id] if vpc in slots
        ]
        wanted.append((sum(centres) / len(centres) if centres else 0, order, node))
    found = {}
    x = 0
    for centre, _, node in sorted(wanted, key=lambda one: one[:2]):
        width, _ = inside.sizes[node.id]
        x = max(x, snapped(centre - width / 2))
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
