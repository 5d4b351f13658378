"""Rows of unlike heights one below the other, of which most are only guessed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate


class Heights:
    """Knows where each row begins; a guess gives way to a measure when somebody takes one."""

    def __init__(self) -> None:
        self._heights: list[int] = []
        self._tops: list[int] | None = [0]

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, place: int) -> int:
        return self._heights[place]

    def fill(self, heights: Iterable[int]) -> None:
        """Other rows, with what is known or guessed of each."""
        self._heights, self._tops = list(heights), None

    def correct(self, place: int, height: int) -> bool:
        """Takes a measure; whether it differs from what was thought."""
        if self._heights[place] == height:
            return False
        self._heights[place], self._tops = height, None
        return True

    @property
    def total(self) -> int:
        """Of all rows."""
        return self._starts()[-1]

    def top(self, place: int) -> int:
        """Where a row begins."""
        return self._starts()[place]

    def at(self, y: int) -> int:
        """The row that holds this height; the nearest one outside, -1 where there is none."""
        if not self._heights:
            return -1
        return min(max(bisect_right(self._starts(), y) - 1, 0), len(self._heights) - 1)

    def _starts(self) -> list[int]:
        if self._tops is None:
            self._tops = list(accumulate(self._heights, initial=0))
        return self._tops
