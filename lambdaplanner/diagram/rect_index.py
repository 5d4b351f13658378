"""Rectangles that answer at once which of them touch an area.

Each rectangle is a bit. For each of the four sides there is, for every place in sorted order, the
set of all that begin before it, or end behind it; so four bisections and three intersections of
whole numbers find what touches, however many there are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from itertools import accumulate
from operator import or_

from lambdaplanner.diagram.items import Rect

_BLOCK = 1024
"""Sets of more would need too much memory: it grows with the square."""

Sides = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Block:
    """Some of the rectangles. Never changes."""

    __slots__ = (
        "_bottoms",
        "_ends",
        "_lefts",
        "_names",
        "_rects",
        "_rights",
        "_tops",
        "around",
        "bits",
    )

    def __init__(self, entries: list[tuple[str, Rect]]) -> None:
        self._names = [name for name, _ in entries]
        self.bits = {name: 1 << number for number, name in enumerate(self._names)}
        """Each rectangle's bit in the sets that `touching` gives."""
        self._rects = rects = [rect for _, rect in entries]
        self._lefts, lefts = _starts([rect[0] for rect in rects])
        self._tops, tops = _starts([rect[1] for rect in rects])
        self._rights, rights = _stops([rect[0] + rect[2] for rect in rects])
        self._bottoms, bottoms = _stops([rect[1] + rect[3] for rect in rects])
        self._ends = (lefts, tops, rights, bottoms)
        self.around: Sides = (
            self._lefts[0],
            self._tops[0],
            self._rights[-1],
            self._bottoms[-1],
        )

    def touching(self, left: float, top: float, right: float, bottom: float) -> int:
        """The set of those that share more than a border with the area."""
        lefts, tops, rights, bottoms = self._ends
        return (
            lefts[bisect_left(self._lefts, right)]
            & rights[bisect_right(self._rights, left)]
            & tops[bisect_left(self._tops, bottom)]
            & bottoms[bisect_right(self._bottoms, top)]
        )

    def within(self, left: float, top: float, right: float, bottom: float) -> list[Rect]:
        """Those that share more than a border with the area."""
        found, rects = self.touching(left, top, right, bottom), []
        while found:
            rects.append(self._rects[(found & -found).bit_length() - 1])
            found &= found - 1
        return rects

    def named(self, found: int) -> list[str]:
        """The names of a set."""
        names = []
        while found:
            names.append(self._names[(found & -found).bit_length() - 1])
            found &= found - 1
        return names


class RectIndex:
    """Rectangles by name, in blocks from top to bottom. Never changes."""

    __slots__ = ("blocks",)

    def __init__(self, rects: Mapping[str, Rect]) -> None:
        entries = list(rects.items())
        if len(entries) > _BLOCK:
            entries.sort(key=lambda entry: entry[1].y)
        self.blocks = [
            Block(entries[start : start + _BLOCK]) for start in range(0, len(entries), _BLOCK)
        ]

    def touching(self, left: float, top: float, right: float, bottom: float) -> Collection[str]:
        """The names of what shares more than a border with the area."""
        return [
            name
            for block in self.blocks
            for name in block.named(block.touching(left, top, right, bottom))
        ]


def _starts(values: list[float]) -> tuple[list[float], list[int]]:
    """The values sorted, and for each place the set of those before it."""
    order = sorted(range(len(values)), key=values.__getitem__)
    sets = accumulate((1 << number for number in order), or_, initial=0)
    return [values[number] for number in order], list(sets)


def _stops(values: list[float]) -> tuple[list[float], list[int]]:
    """The values sorted, and for each place the set of those from it on."""
    order = sorted(range(len(values)), key=values.__getitem__)
    sets = list(accumulate((1 << number for number in reversed(order)), or_, initial=0))
    return [values[number] for number in order], sets[::-1]
