"""What passes over the diagram while a person works: values the tools hand over. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from lambdaplanner.diagram.items import Box, Point

Handle = Literal["n", "ne", "e", "se", "s", "sw", "w", "nw", "port-n", "port-e", "port-s", "port-w"]
"""A grip: eight to resize, four to draw a line from."""


class DropTarget(NamedTuple):
    """Where something would land: `box` (None: the plane), whether it may, and the words beside the
    cursor.
    """

    box: str | None
    allowed: bool
    reason: str
    x: float
    y: float


class Guide(NamedTuple):
    """An alignment line between two points, with a measure to write at it."""

    start: Point
    end: Point
    text: str = ""


class RubberLine(NamedTuple):
    """A connector being drawn: its way so far, and whether it may end there (None: not over
    anything).
    """

    points: tuple[Point, ...]
    allowed: bool | None = None


class Ghost(NamedTuple):
    """A box about to be placed; its rect is absolute."""

    box: Box
    allowed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """Words beside the cursor, such as a size while resizing."""

    text: str
    x: float
    y: float
    tone: str = "info"
