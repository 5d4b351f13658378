"""What a picture shall be like."""

from __future__ import annotations

from dataclasses import dataclass

_CSS_DPI = 96


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureOptions:
    """How a diagram becomes a picture. Same diagram, theme and options: same bytes."""

    scale: float = 2.0
    """Pixels a scene unit."""
    dpi: int | None = None
    """Dots an inch written into the PNG; None: 96 a unit of `scale`, so that it prints as large as
    it looks at 100 %.
    """
    transparent: bool = False
    """No ground."""
    margin: int = 24
    """Scene units around everything."""
    only: frozenset[str] = frozenset()
    """Ids of the boxes to show, with all that stands in them; empty: everything."""
    name: str = ""
    """Title above the picture; empty: none."""
    description: str = ""
    """Smaller text below the title."""

    @property
    def dots_per_inch(self) -> float:
        """The density to write into the file."""
        return float(self.dpi) if self.dpi else _CSS_DPI * self.scale
