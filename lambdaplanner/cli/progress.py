"""Progress on a terminal, for answers that take more than a moment."""

from __future__ import annotations

from time import monotonic

from lambdaplanner.cli.console import rewrite, watched

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
        if watched() and now >= self._next:
            self._next = now + EVERY_S
            self._shown = True
            rewrite(f"Looking for ways: {self._done} of {self._steps}; Ctrl+C stops")
        self._done += 1

    def end(self) -> None:
        """Takes the line away again."""
        if self._shown:
            rewrite("")
