"""What passes over the diagram while a person works: values for the canvas to paint, never part of
the plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from lambdaplanner.diagram.items import Box, Highlight, Point, Rect
from lambdaplanner.editor.announcing import Announcer
from lambdaplanner.model.interfaces import followed

BOXES = ("hover", "ports", "focus")
"""What of it names a box."""


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


class Tag(NamedTuple):
    """Words beside the cursor, such as a size while resizing."""

    text: str
    x: float
    y: float
    tone: str = "info"


class Transient:
    """The passing state. Written by tools through `show` and `clear`; each announces once where
    something differs.
    """

    def __init__(self) -> None:
        self._announcer = Announcer()
        self.subscribe = self._announcer.subscribe
        self.hover: str | None = None
        self.focus: str | None = None
        """The box that the keyboard is at."""
        self.ports: str | None = None
        """The box that shows the starts of lines."""
        self.drop: DropTarget | None = None
        self.marquee: Rect | None = None
        self.guides: tuple[Guide, ...] = ()
        self.rubber: RubberLine | None = None
        self.ghosts: tuple[Ghost, ...] = ()
        self.tag: Tag | None = None
        self.lit: frozenset[str] = frozenset()
        """Legal targets of what is being drawn or placed."""
        self.highlight: Highlight | None = None
        """A path shown on the canvas; stays until it is taken away."""

    def show(self, **values: Any) -> None:
        """Sets some of it."""
        differing = {n: value for n, value in values.items() if getattr(self, n) != value}
        for name, value in differing.items():
            setattr(self, name, value)
        if differing:
            self._announcer.announce()

    def follow(self, renamed: Mapping[str, str]) -> None:
        """Goes on meaning the same boxes after things got other ids."""
        known = {name: getattr(self, name) for name in BOXES}
        self.show(**{name: followed(box, renamed) for name, box in known.items() if box})

    def clear(self) -> None:
        """Takes away what belongs to a gesture; hover, focus and the path stay."""
        self.show(
            drop=None,
            marquee=None,
            guides=(),
            rubber=None,
            ghosts=(),
            tag=None,
            lit=frozenset(),
        )
