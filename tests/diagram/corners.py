"""Where boxes stand in the plane."""

from __future__ import annotations

from lambdaplanner.diagram.geometry import absolute_rect
from lambdaplanner.diagram.items import Diagram, Point
from lambdaplanner.diagram.structure import REGION


def corners(diagram: Diagram) -> dict[str, Point]:
    """The top left corner of every box but the region's frame."""
    return {
        name: Point(*absolute_rect(diagram, name)[:2]) for name in diagram.boxes if name != REGION
    }
