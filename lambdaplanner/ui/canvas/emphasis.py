"""Which boxes and lines a shown path lights, stops and dims."""

from __future__ import annotations

from lambdaplanner.diagram.items import Highlight
from lambdaplanner.ui.canvas.tree import DiagramTree

DIMMED = 0.35
"""Opacity of what is not on the path."""


class Emphasis:
    """A highlight made ready for painting: containers around the path stay as clear as the path."""

    def __init__(self, highlight: Highlight, tree: DiagramTree) -> None:
        self.highlight = highlight
        self.lines = highlight.lines
        self.glowing = highlight.boxes - highlight.blocked
        self.blocked = highlight.blocked
        clear: set[str] = set()
        for key in highlight.boxes | highlight.blocked:
            place = tree.places.get(key)
            while place is not None and place.box is not None:
                clear.add(place.box.id)
                place = place.parent
        self._clear = clear
        self._dims = highlight.dim_others

    def box_opacity(self, key: str) -> float:
        """1 for what the path touches, else dimmed."""
        return DIMMED if self._dims and key not in self._clear else 1.0

    def line_opacity(self, key: str) -> float:
        """1 for the path's lines, else dimmed."""
        return DIMMED if self._dims and key not in self.lines else 1.0
