"""Long answers without a frozen window: a generator is run slice by slice, whenever nothing else is
to be done. Everything in the window that may take more than a moment runs here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

SLICE_S = 0.012
"""Seconds that steps go on before keys, mouse and painting have their turn."""


class Stepper(QObject):
    """Runs one generator at a time.

    Signals:
        stepped: the generator gave this; a step that gives None only makes room for others.
        sliced: a slice is over, and how far things are may be shown.
        ended: it has nothing more to give.
    """

    stepped = Signal(object)
    sliced = Signal()
    ended = Signal()

    def __init__(self, parent: QObject, *, clock: Callable[[], float] = monotonic) -> None:
        """`clock` gives seconds."""
        super().__init__(parent)
        self._clock = clock
        self._steps: Iterator[object] | None = None
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._run)

    @property
    def running(self) -> bool:
        """Whether there is more to come."""
        return self._steps is not None

    def start(self, steps: Iterator[object]) -> None:
        """Runs this generator from now on, and forgets the one before."""
        self._steps = steps
        self._idle.start()

    @property
    def held(self) -> bool:
        """Whether there is more to come, and somebody wants to wait for it no longer."""
        return self.running and not self._idle.isActive()

    def hold(self, held: bool) -> None:
        """Waits before the next step, or goes on."""
        if self.running:
            (self._idle.stop if held else self._idle.start)()

    def stop(self) -> None:
        """Forgets the generator; nothing more comes of it."""
        self._steps = None
        self._idle.stop()

    def finish(self) -> None:
        """Runs to the end at once; for pictures and tests."""
        while self.running:
            self._step()

    def _run(self) -> None:
        """One slice: steps until its time is over, one at least."""
        end = self._clock() + SLICE_S
        steps = self._steps
        while self._step() and steps is self._steps:
            if self._clock() >= end:
                self.sliced.emit()
                return

    def _step(self) -> bool:
        """Whether there may be more to come."""
        steps = self._steps
        if steps is None:
            return False
        try:
            value = next(steps)
        except StopIteration:
            self.stop()
            self.ended.emit()
            return False
        if value is not None:
            self.stepped.emit(value)
        return self.running
