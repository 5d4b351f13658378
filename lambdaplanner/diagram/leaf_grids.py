"""The insides of subnets and of the Lambda service VPC: leaves in columns that are filled one after
the other, so that one more at the end moves none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lambdaplanner.diagram.arranging import (
    GAP,
    PADDING,
    Arranged,
    Inside,
    on_edges,
    settled,
    size_around,
)
from lambdaplanner.diagram.structure import ENI_SIZE, Node, grid
from lambdaplanner.kinds import Size

_SUBNET_TOP = 64
_SUBNET_LEAST = Size(288, 72)
_STEP_Y = 12
"""Between leaves one above the other."""
_SUBNET_DEPTHS = ((24, 8), (60, 12))
_SERVICE_DEPTHS = ((16, 8), (60, 12))
"""Up to so many leaves stand so many deep; then begins another column."""
_DEEPEST = 20
_SERVICE_TOP = 48
_SERVICE_NAT_AT = 52
_SERVICE_NAT_ROOM = 136
"""Right of the functions: a lane for their lines, and the inner half of the VPC-to-VPC NAT."""
_SERVICE_LEAST = Size(304, 136)


def arrange_subnet(inside: Inside) -> Arranged:
    """Endpoints first, then interfaces of functions; NAT gateways last, since their lines come from
    below.
    """
    order = sorted(inside.children, key=lambda node: _rank(inside, node))
    depth = _depth(len(order), _SUBNET_DEPTHS)
    step_x, step_y = _steps(order)
    columns = max(1, -(-len(order) // depth))
    width = max(_SUBNET_LEAST.width, columns * step_x - GAP + 2 * PADDING)
    rows = min(depth, len(order))
    height = grid(_SUBNET_TOP + rows * step_y - _STEP_Y + PADDING) if rows else 0
    least = inside.fixed or Size(width, max(height, _SUBNET_LEAST.height))
    left = max(PADDING, (least.width - columns * step_x + GAP) // 2 // 4 * 4)
    slots = {
        node.id: (left + index // depth * step_x, _SUBNET_TOP + index % depth * step_y)
        for index, node in enumerate(order)
    }
    rects = settled(inside, slots, least)
    row = _SUBNET_TOP if any(_of_function(inside, node) for node in order) else None
    return Arranged(rects, size_around(inside, rects, PADDING, least), usual=least, row=row)


def _of_function(inside: Inside, node: Node) -> bool:
    return node.kind == "eni" and _owner_kind(inside, node) == "function"


def _owner_kind(inside: Inside, node: Node) -> str:
    structure = inside.structure
    owner = structure.nodes.get(structure.card_of(node.owner))
    return node.kind if owner is None else owner.kind


def arrange_service(inside: Inside) -> Arranged:
    """Functions in columns, each further one left of those that are there; the VPC-to-VPC NAT on
    the right border, on a level with the first.
    """
    functions = [node for node in inside.children if not node.edge]
    depth = _depth(len(functions), _SERVICE_DEPTHS)
    step_x, step_y = _steps(functions, PADDING)
    last = max(0, len(functions) - 1) // depth
    slots = {
        node.id: (
            PADDING + (last - index // depth) * step_x,
            _SERVICE_TOP + index % depth * step_y,
        )
        for index, node in enumerate(functions)
    }
    edges = [node.id for node in inside.children if node.edge]
    room = _SERVICE_NAT_ROOM if edges else PADDING
    least = _service_size(functions, slots, room)
    rects = settled(inside, slots, inside.fixed or least)
    size = size_around(inside, rects, PADDING, least)
    if inside.fixed is None:
        right = max((rect.x + rect.width for rect in rects.values()), default=0)
        size = Size(max(size.width, grid(right) + room), size.height)
    starts = dict.fromkeys(edges, _SERVICE_NAT_AT)
    return Arranged({**rects, **on_edges(inside, size, starts)}, size, usual=inside.fixed or least)


def _service_size(functions: list[Node], slots: Mapping[str, tuple[int, int]], room: int) -> Size:
    """What functions in automatic places need."""
    right = max((slots[node.id][0] + node.size.width for node in functions), default=0)
    bottom = max((slots[node.id][1] + node.size.height for node in functions), default=0)
    width = max(_SERVICE_LEAST.width, grid(right) + room)
    return Size(width, max(_SERVICE_LEAST.height, grid(bottom + PADDING)))


def _rank(inside: Inside, node: Node) -> int:
    kind = _owner_kind(inside, node)
    if kind == "nat-gateway":
        return 3
    if kind == "function":
        return 1
    return 0 if kind.startswith("endpoint") else 2


def _depth(count: int, depths: Sequence[tuple[int, int]]) -> int:
    return next((depth for most, depth in depths if count <= most), _DEEPEST)


def _steps(nodes: list[Node], gap_x: int = GAP) -> tuple[int, int]:
    width = max((node.size.width for node in nodes), default=0)
    height = max((node.size.height for node in nodes), default=ENI_SIZE.height)
    return width + gap_x, grid(max(height, 56) + _STEP_Y)
