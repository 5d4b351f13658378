"""What a picture shall be like."""

from __future__ import annotations

from dataclasses import dataclass

from lambdaplanner.ui.picture.page import Fit

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
    facts: tuple[str, ...] = ()
    """What else the title block says, in small print: region, verdicts, a day."""
    title: bool = True
    """Whether name, description and facts are painted; files carry the first two anyway."""
    legend: bool = False
    """Whether to explain below the drawing what it uses."""
    fit: Fit | None = None
    """The page; None: as large as the drawing."""

    @property
    def pixels_per_unit(self) -> float:
        """Of a PNG: as asked for, but a size in pixels is that size, and paper at `dpi` has that
        many dots.
        """
        if self.fit is not None and self.fit.kind == "pixels":
            return 1.0
        if self.fit is not None and self.fit.kind == "paper" and self.dpi:
            return self.dpi / _CSS_DPI
        return self.scale

    @property
    def dots_per_inch(self) -> float:
        """The density to write into the file."""
        return float(self.dpi) if self.dpi else _CSS_DPI * self.pixels_per_unit
