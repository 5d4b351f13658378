"""Between the plane and placements: what tools ask of a diagram while things are dragged, dropped
and resized.

A placement counts from its container's top left, but for things in the region, whose frame follows
its contents, from a fixed point in it (`Box.origin`); the region's own placement says where that
point lies in the plane.
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.diagram.items import Box, Diagram, Rect
from lambdaplanner.diagram.structure import REGION
from lambdaplanner.model.geometry import Placement


def absolute_rect(diagram: Diagram, box_id: str) -> Rect:
    """Where a box stands in the plane; KeyError where there is none."""
    box = diagram.boxes[box_id]
    x, y, width, height = box.rect
    for around in ancestors(diagram, box_id):
        x, y = x + around.rect.x, y + around.rect.y
    return Rect(x, y, width, height)


def ancestors(diagram: Diagram, box_id: str) -> Iterator[Box]:
    """The containers around a box, innermost first."""
    parent = diagram.boxes[box_id].parent
    while parent is not None:
        box = diagram.boxes[parent]
        yield box
        parent = box.parent


def placement_for(
    diagram: Diagram, box_id: str, absolute: Rect, parent: str | None, *, sized: bool = False
) -> Placement:
    """The placement that puts a box, also one that is yet to come, at a rectangle of the plane.

    `parent` is the container that it stands in or will; `sized` keeps width and height too.
    KeyError where `parent` is none.
    """
    x, y = absolute.x, absolute.y
    own = diagram.boxes.get(box_id)
    if box_id == REGION and own is not None:
        x, y = x + own.origin.x, y + own.origin.y
    if parent is not None:
        around, origin = absolute_rect(diagram, parent), diagram.boxes[parent].origin
        x, y = x - around.x - origin.x, y - around.y - origin.y
    if not sized:
        return Placement(round(x), round(y))
    return Placement(round(x), round(y), round(absolute.width), round(absolute.height))


def placement_of(diagram: Diagram, box_id: str, *, sized: bool = False) -> Placement:
    """The placement that keeps a box where it stands now; KeyError where there is none."""
    parent = diagram.boxes[box_id].parent
    return placement_for(diagram, box_id, absolute_rect(diagram, box_id), parent, sized=sized)
