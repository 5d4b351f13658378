"""Rectangles in a coarse grid: what lies where, in time that does not grow with how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lambdaplanner.diagram.items import Rect

_CELL = 192
_FEW = 10


class RectIndex:
    """Rectangles by name, asked which of them touch an area. Never changes."""

    __slots__ = ("_all", "_cells")

    def __init__(self, rects: Mapping[str, Rect]) -> None:
        self._all = [(x, y, x + w, y + h, name) for name, (x, y, w, h) in rects.items()]
        self._cells: dict[tuple[int, int], list[tuple[float, float, float, float, str]]] | None = None
        if len(self._all) > _FEW:
            cells = self._cells = {}
            for entry in self._all:
                left, top, right, bottom, _ = entry
                for column in range(int(left // _CELL), int(right // _CELL) + 1):
                    for row in range(int(top // _CELL), int(bottom // _CELL) + 1):
                        cells.setdefault((column, row), []).append(entry)

    def touching(
        self, left: float, top: float, right: float, bottom: float
    ) -> list[tuple[float, float, float, float, str]]:
        """Every (left, top, right, bottom, name) that shares more than a border with the area, each once."""
        near: Iterable[tuple[float, float, float, float, str]]
        if self._cells is None:
            near = self._all
        else:
            near = self._near(left, top, right, bottom)
        return [e for e in near if e[0] < right and e[2] > left and e[1] < bottom and e[3] > top]

    def _near(
        self, left: float, top: float, right: float, bottom: float
    ) -> Iterable[tuple[float, float, float, float, str]]:
        assert self._cells is not None
        columns = range(int(left // _CELL), int(right // _CELL) + 1)
        rows = range(int(top // _CELL), int(bottom // _CELL) + 1)
        if len(columns) * len(rows) > len(self._all):
            return self._all
        get = self._cells.get
        if len(columns) == len(rows) == 1:
            return get((columns[0], rows[0]), ())
        found = [entry for c in columns for r in rows for entry in get((c, r), ())]
        return dict.fromkeys(found)
