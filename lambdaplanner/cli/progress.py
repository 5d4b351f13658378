"""Progress on a terminal, for answers that take more than a moment."""

from __future__ import annotations

import sys
from time import monotonic

AFTER_S = 1.0
"""Seconds before anything is said."""
EVERY_S = 0.2


class Progress:
    """Says on stderr how many of some steps are done, where that is a terminal; a pipe gets
    nothing.
    """

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._done = 0
        self._next = monotonic() + AFTER_S
        self._shown = False

    def step(self) -> None:
        """One more step begins."""
        now = monotonic()
        if sys.stderr.isatty() and now >= self._next:
            self._next = now + EVERY_S
            self._shown = True
            sys.stderr.write(f"\rLooking for ways: {self._done} of {self._steps}; Ctrl+C stops")
            sys.stderr.flush()
        self._done += 1

    def end(self) -> None:
        """Takes the line away again."""
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
