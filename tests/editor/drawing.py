"""A diagram of a plan without the program's own builder: things side by side unless they are
placed.
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.diagram.items import Box, BoxShape, Diagram, Line, Point, Rect
from lambdaplanner.kinds import KINDS, kind_of
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource

REGION_CORNER = (-40, -80)
SERVICE = "lambda-service-vpc"
_SIZES = {"vpc": (760, 520), "subnet": (330, 220)}


def draw(plan: Plan) -> Diagram:
    """Every thing as a box in its container, interfaces of functions, a line for each route."""
    boxes: dict[str, Box] = {}
    x, y = REGION_CORNER
    boxes["region"] = _managed("region", None, Rect(x, y, 4000, 3000), "container")
    boxes["internet"] = _managed("internet", None, Rect(1000, -300, 168, 56), "leaf")
    service = plan.placements.get(SERVICE)
    at = (service.x, service.y) if service else (2000, 0)
    boxes[SERVICE] = _managed(SERVICE, "region", Rect(at[0] - x, at[1] - y, 368, 288), "container")
    counts: dict[str, int] = {}
    for kind in ("vpc", "subnet", *KINDS):
        for resource in plan.ordered(kind):
            if resource.id not in boxes:
                boxes[resource.id] = _box(plan, resource, counts)
    for function in plan.ordered("function"):
        for subnet in function.subnets:
            name = f"eni:{function.id}@{subnet}"
            rect = _spot(plan, name, subnet, (168, 64), counts)
            boxes[name] = _managed(name, subnet, rect, "leaf")
    return Diagram(boxes, {line.id: line for line in _lines(plan)})


def _managed(name: str, parent: str | None, rect: Rect, shape: BoxShape) -> Box:
    return Box(
        id=name,
        kind=name,
        parent=parent,
        rect=rect,
        shape=shape,
        title=name,
        managed=True,
    )


def _box(plan: Plan, resource: Resource, counts: dict[str, int]) -> Box:
    kind = kind_of(resource)
    homes = kind.home(resource)
    parent = homes[0] if homes else SERVICE if SERVICE in kind.containers else "region"
    size = _SIZES.get(resource.kind, tuple(kind.size))
    rect = _spot(plan, resource.id, parent, size, counts)
    return Box(
        id=resource.id,
        kind=resource.kind,
        parent=parent,
        rect=rect,
        shape=kind.shape,
        title=resource.title,
    )


def _spot(
    plan: Plan, name: str, parent: str, size: tuple[int, ...], counts: dict[str, int]
) -> Rect:
    width, height = size[0], size[1]
    placed = plan.placements.get(name)
    number = counts[parent] = counts.get(parent, -1) + 1
    if placed is not None:
        x, y = placed.x, placed.y
        width, height = placed.width or width, placed.height or height
    elif parent == "region":
        x, y = number * 900, 0
    elif name.startswith("eni:"):
        x, y = 150, 100
    else:
        x, y = 24 + number * (width + 16), 56
    if parent == "region":
        x, y = x - REGION_CORNER[0], y - REGION_CORNER[1]
    return Rect(x, y, width, height)


def _lines(plan: Plan) -> Iterator[Line]:
    for table in plan.ordered("route-table"):
        for route in table.routes:
            if route.target in plan:
                yield Line(
                    id=f"route:{table.id}->{route.target}",
                    source=table.id,
                    target=route.target,
                    style="route",
                    points=(Point(0, 5000), Point(100, 5000)),
                )
