"""Long answers without a frozen window: a generator is run bit by bit, whenever nothing else is to
be done.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

_SLICE_MS = 12
"""How long steps go on before keys, mouse and painting have their turn."""


class Stepper(QObject):
    """Runs one generator at a time.

    Signals:
        stepped: the generator gave this.
        ended: it has nothing more to give.
    """

    stepped = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
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

    def stop(self) -> None:
        """Forgets the generator; nothing more comes of it."""
        self._steps = None
        self._idle.stop()

    def finish(self) -> None:
        """Runs to the end at once; for pictures and tests."""
        while self._steps is not None:
            self._step()

    def _run(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        while self._steps is not None and self._idle.isActive():
            self._step()
            if clock.elapsed() >= _SLICE_MS:
                return

    def _step(self) -> None:
        steps = self._steps
        if steps is None:
            return
        try:
            value = next(steps)
        except StopIteration:
            self.stop()
            self.ended.emit()
            return
        self.stepped.emit(value)
