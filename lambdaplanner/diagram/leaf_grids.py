"""The insides of subnets and of the Lambda service VPC: leaves in rows and columns."""

from __future__ import annotations

import math

from lambdaplanner.diagram.arranging import (
    GAP,
    PADDING,
    Arranged,
    Inside,
    on_edges,
    settled,
    size_around,
    snapped,
)
from lambdaplanner.diagram.structure import ENI_SIZE, Node, grid
from lambdaplanner.kinds import Size

_SUBNET_TOP = 72
_SUBNET_PADDING = 24
_SERVICE_TOP = 56
_SERVICE_NAT_ROOM = 152
"""Right of the functions: a lane for their lines, and the inner half of the VPC-to-VPC NAT."""


def arrange_subnet(inside: Inside) -> Arranged:
    """Interfaces first, NAT gateways last, since their lines come from below; in the middle of the
    subnet's width.
    """
    order = sorted(inside.children, key=_rank)
    columns = _subnet_columns(len(order))
    step_x, step_y = _steps(order)
    used = columns * step_x - GAP
    least = inside.fixed or inside.container.size
    left = max(_SUBNET_PADDING, (least.width - used) // 2 // 4 * 4)
    slots = {
        node.id: (left + index % columns * step_x, _SUBNET_TOP + index // columns * step_y)
        for index, node in enumerate(order)
    }
    rects = settled(inside, slots, least)
    size = size_around(inside, rects, _SUBNET_PADDING)
    if inside.fixed is None:
        rows = -(-len(order) // columns)
        tidy = _SUBNET_TOP + rows * step_y - GAP + _SUBNET_PADDING
        size = Size(size.width, max(size.height, grid(tidy)))
    return Arranged(rects, size)


def arrange_service(inside: Inside) -> Arranged:
    """Functions in columns at the left, the VPC-to-VPC NAT across the right border."""
    functions = [node for node in inside.children if not node.edge]
    columns = max(1, round(math.sqrt(len(functions) / 5)))
    step_x, step_y = _steps(functions, PADDING)
    slots = {
        node.id: (PADDING + index % columns * step_x, _SERVICE_TOP + index // columns * step_y)
        for index, node in enumerate(functions)
    }
    rects = settled(inside, slots, inside.fixed or inside.container.size)
    size = size_around(inside, rects, PADDING)
    if inside.fixed is None:
        right = max((rect.x + rect.width for rect in rects.values()), default=0)
        size = Size(max(size.width, int(right) + _SERVICE_NAT_ROOM), size.height)
    middle = snapped((size.height + PADDING) / 2 - 28)
    starts = {node.id: middle for node in inside.children if node.edge}
    return Arranged({**rects, **on_edges(inside, size, starts)}, size)


def _rank(node: Node) -> int:
    return 0 if node.kind == "eni" else 2 if node.kind == "nat-gateway" else 1


def _subnet_columns(count: int) -> int:
    if count <= 3:
        return 1
    return 2 if count <= 8 else math.ceil(math.sqrt(count / 2))


def _steps(nodes: list[Node], gap_x: int = GAP) -> tuple[int, int]:
    width = max((node.size.width for node in nodes), default=0)
    height = max((node.size.height for node in nodes), default=ENI_SIZE.height)
    height = max(height, ENI_SIZE.height)
    return width + gap_x, height + GAP
