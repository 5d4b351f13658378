"""The stretches of lines that run in one direction, and which of them are near one another.

A strand is one stretch; strands of two bundles that run side by side nearer than a track are
neighbours, and all that hang together by neighbours are one channel. What happens in one channel
depends on nothing in another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lambdaplanner.diagram.ways import Points

TRACK = 7.0
"""How far apart lines run that are not of one bundle."""
_SIDE_BY_SIDE = 4.0
"""Strands that share less of their length do not run side by side."""
_CELL = 8.0

Key = tuple[str, int]
"""A line and the number of its stretch."""
Bundle = tuple[str, str]
"""The style of lines, and the end that all have in common."""


class Strand(NamedTuple):
    """One stretch: where it runs, from where to where, and to which side it turns at each end."""

    line: str
    number: int
    at: float
    low: float
    high: float
    low_turn: int
    """-1: the line goes on to lesser places, 1: to greater ones, 0: it ends here."""
    high_turn: int
    bundle: Bundle

    @property
    def key(self) -> Key:
        """Which stretch of which line it is."""
        return self.line, self.number


def strands_of(line: str, points: Points, bundle: Bundle, *, upright: bool) -> Iterator[Strand]:
    """The stretches of a line in one direction."""
    across, along = (0, 1) if upright else (1, 0)
    last = len(points) - 2
    for number in range(last + 1):
        one, other = points[number], points[number + 1]
        if one[across] != other[across] or one[along] == other[along]:
            continue
        at = one[across]
        before = _turn(points[number - 1][across] - at) if number else 0
        after = _turn(points[number + 2][across] - at) if number < last else 0
        if one[along] <= other[along]:
            yield Strand(line, number, at, one[along], other[along], before, after, bundle)
        else:
            yield Strand(line, number, at, other[along], one[along], after, before, bundle)


def _turn(distance: float) -> int:
    return (distance > 0) - (distance < 0)


def beside(one: Strand, other: Strand) -> bool:
    """Whether two strands run side by side, nearer than a track."""
    return (
        one.low + _SIDE_BY_SIDE < other.high
        and other.low + _SIDE_BY_SIDE < one.high
        and -TRACK + 1 < one.at - other.at < TRACK - 1
    )


class Channels:
    """All strands of one direction, found by where they run."""

    def __init__(self) -> None:
        self._lines: dict[str, tuple[Strand, ...]] = {}
        self._cells: dict[int, dict[Bundle, dict[Key, Strand]]] = {}

    def replace(self, line: str, strands: tuple[Strand, ...]) -> Iterator[Strand]:
        """Puts a line's strands in place of those that it had; gives all that are or were beside
        them, themselves included.
        """
        for old in self._lines.pop(line, ()):
            del self._cells[int(old.at // _CELL)][old.bundle][old.key]
            yield from self._beside(old)
        if strands:
            self._lines[line] = strands
        for new in strands:
            cell = self._cells.setdefault(int(new.at // _CELL), {})
            cell.setdefault(new.bundle, {})[new.key] = new
            yield new

    def together(self, seeds: Iterable[Strand]) -> Iterator[list[Strand]]:
        """The channels in which some strands are, each once; those that are no more are passed
        over.
        """
        seen: set[Key] = set()
        for seed in seeds:
            key = seed.key
            known = self._cells.get(int(seed.at // _CELL), {}).get(seed.bundle, {})
            if key in seen or known.get(key) != seed:
                continue
            seen.add(key)
            channel = [seed]
            for strand in channel:
                for other in self._beside(strand):
                    if other.key not in seen:
                        seen.add(other.key)
                        channel.append(other)
            yield channel

    def _beside(self, strand: Strand) -> Iterator[Strand]:
        cell = int(strand.at // _CELL)
        for number in (cell - 1, cell, cell + 1):
            for bundle, others in self._cells.get(number, {}).items():
                if bundle != strand.bundle:
                    for other in others.values():
                        if beside(strand, other):
                            yield other
