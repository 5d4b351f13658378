"""Where things stand on the canvas, as a plan keeps it."""

from __future__ import annotations

from typing import NamedTuple


class Placement(NamedTuple):
    """Top left relative to the container, in scene units; width and height where the user chose
    them.
    """

    x: int
    y: int
    width: int | None = None
    height: int | None = None

    def moved(self, dx: int, dy: int) -> Placement:
        """The same box elsewhere."""
        return self._replace(x=self.x + dx, y=self.y + dy)
