"""What passes over the diagram while a person works: values for the canvas to paint, never part of
the plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Transient:
    """The passing state at one moment."""

    hover: str | None = None
    focus: str | None = None
    """The box that the keyboard is at."""
    ports: str | None = None
    """The box that shows the starts of lines."""
    drop: DropTarget | None = None
    marquee: Rect | None = None
    guides: tuple[Guide, ...] = ()
    rubber: RubberLine | None = None
    ghosts: tuple[Ghost, ...] = ()
    tag: Tag | None = None
    lit: frozenset[str] = frozenset()
    """Legal targets of what is being drawn or placed."""
    highlight: Highlight | None = None
    """A path shown on the canvas; stays until it is taken away."""

    def without_gesture(self) -> Transient:
        """What is left when a gesture ends: hover, focus, starts of lines and the path."""
        stays = {name: getattr(self, name) for name in (*BOXES, "highlight")}
        return Transient(**stays)


class Passing:
    """Holds the passing state; tools write it through `show` and `clear`, which announce once where
    something differs.
    """

    def __init__(self) -> None:
        self._announcer = Announcer()
        self.subscribe = self._announcer.subscribe
        self.now = Transient()

    def show(self, **values: Any) -> None:
        """Sets some of it."""
        self._become(replace(self.now, **values))

    def follow(self, renamed: Mapping[str, str]) -> None:
        """Goes on meaning the same boxes after things got other ids."""
        known = {name: getattr(self.now, name) for name in BOXES}
        self.show(**{name: followed(box, renamed) for name, box in known.items() if box})

    def clear(self) -> None:
        """Takes away what belongs to a gesture."""
        self._become(self.now.without_gesture())

    def _become(self, state: Transient) -> None:
        if state != self.now:
            self.now = state
            self._announcer.announce()
