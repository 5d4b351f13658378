"""Rectangles in a coarse grid: what lies where, in time that does not grow with how many there are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lambdaplanner.diagram.items import Rect

_LEAST_CELL = 128
_FEW = 12

_Entry = tuple[float, float, float, float, str]


class RectIndex:
    """Rectangles by name, asked which of them touch an area. Never changes."""

    __slots__ = ("_all", "_cell", "_cells")

    def __init__(self, rects: Mapping[str, Rect]) -> None:
        self._all: list[_Entry] = [
            (x, y, x + w, y + h, name) for name, (x, y, w, h) in rects.items()
        ]
        self._cell = _LEAST_CELL
        self._cells: dict[tuple[int, int], list[_Entry]] | None = None
        if len(self._all) > _FEW:
            extent = sum(rect.width + rect.height for rect in rects.values())
            self._cell = cell = max(_LEAST_CELL, int(extent / len(self._all)))
            cells = self._cells = {}
            for entry in self._all:
                left, top, right, bottom, _ = entry
                rows = range(int(top // cell), int(bottom // cell) + 1)
                for column in range(int(left // cell), int(right // cell) + 1):
                    for row in rows:
                        cells.setdefault((column, row), []).append(entry)

    def touching(self, left: float, top: float, right: float, bottom: float) -> Collection[str]:
        """The names of what shares more than a border with the area."""
        cells = self._cells
        if cells is None:
            return [
                e[4]
                for e in self._all
                if e[0] < right and e[2] > left and e[1] < bottom and e[3] > top
            ]
        cell = self._cell
        first, last = int(top // cell), int(bottom // cell)
        start, end = int(left // cell), int(right // cell)
        found = []
        rows = range(first, last + 1)
        for column in range(start, end + 1):
            for row in rows:
                for e in cells.get((column, row), ()):
                    if e[0] < right and e[2] > left and e[1] < bottom and e[3] > top:
                        found.append(e[4])
        return set(found) if len(found) > 1 else found
