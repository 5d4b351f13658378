"""Where things stand on the canvas, as a plan keeps it."""

from __future__ import annotations

from typing import NamedTuple

Spot = tuple[int, int]
"""A point in scene units."""


class Placement(NamedTuple):
    """Top left relative to the container, in scene units; width and height where the user chose
    them, and what else was said of the box.
    """

    x: int
    y: int
    width: int | None = None
    height: int | None = None
    collapsed: bool = False
    """A container shows its summary in place of what is in it."""
    locked: bool = False
    """No hand moves or resizes it."""
    above: int = 0
    """Before what it is painted among its siblings: greater ones in front."""

    @property
    def said(self) -> tuple[bool, bool, int]:
        """All but the rectangle."""
        return self.collapsed, self.locked, self.above

    def saying(self, other: Placement | None) -> Placement:
        """This rectangle with what `other` says beside its own."""
        if other is None:
            return self
        return self._replace(collapsed=other.collapsed, locked=other.locked, above=other.above)

    def moved(self, dx: int, dy: int) -> Placement:
        """The same box elsewhere."""
        return self._replace(x=self.x + dx, y=self.y + dy)
