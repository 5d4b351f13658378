"""Progress on a terminal, for answers that take more than a moment."""

from __future__ import annotations

from threading import Event, Thread
from time import monotonic
from types import TracebackType

from lambdaplanner.cli.console import rewrite, watched

AFTER_S = 0.5
"""Seconds before anything is said."""
EVERY_S = 0.2


class Progress:
    """Says on stderr, where that is a terminal, that something is being done, how much of it is
    done or for how long it lasts, and that Ctrl+C stops it; a pipe gets nothing.

    It speaks from a thread of its own, as one step may take long. When it ends, also by Ctrl+C or
    an error, the line is taken away.
    """

    def __init__(self, doing: str, steps: int = 0) -> None:
        self._doing = doing
        self._steps = steps
        self._done = 0
        self._ended = Event()
        self._speaker = Thread(target=self._speak, daemon=True)

    def __enter__(self) -> Progress:
        if watched():
            self._speaker.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        if self._speaker.is_alive():
            self._speaker.join()

    def step(self) -> None:
        """One more step is done."""
        self._done += 1

    def _speak(self) -> None:
        began = monotonic()
        if self._ended.wait(AFTER_S):
            return
        while True:
            rewrite(f"{self._doing}{self._so_far(monotonic() - began)}; Ctrl+C stops")
            if self._ended.wait(EVERY_S):
                break
        rewrite("")

    def _so_far(self, seconds: float) -> str:
        if self._steps > 1:
            return f": {self._done} of {self._steps}"
        return f", {seconds:.0f} s" if seconds >= 1 else ""
