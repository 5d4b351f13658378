"""What ends the program from outside: the unsaved work is noted, nothing is asked.

Signals of the system, the end of the session, a display that goes away, an exit from inside a slot.
A `kill -9`, a power cut and a crash inside Qt leave the note of the last three seconds' timer.
"""

from __future__ import annotations

import atexit
import contextlib
import signal
import socket
import sys
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    Qt,
    QThread,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from lambdaplanner.visible import visible

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
_LAST_WORDS = "connection broke"
"""Qt says "The X11 connection broke" or "The Wayland connection broke", then ends the process."""


class Endings(QObject):
    """Listens until `end`."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.note: Callable[[], object] = lambda: None
        """Notes the unsaved work."""
        self.session_ends: Callable[[], object] = lambda: None
        """Notes the unsaved work, and lets the window close without a question."""
        self._ears, self._mouth = socket.socketpair()
        self._before = _replaced_handlers()
        self._listen()
        app.aboutToQuit.connect(self._last_moment)
        app.commitDataRequest.connect(self.log_out, Qt.ConnectionType.DirectConnection)
        atexit.register(self._last_moment)
        qInstallMessageHandler(self._qt_says)

    def end(self) -> None:
        """Listens no longer; signals do what they did before."""
        qInstallMessageHandler(None)
        atexit.unregister(self._last_moment)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(-1)
        self._notifier.setEnabled(False)
        self._ears.close()
        self._mouth.close()

    def log_out(self, _manager: object = None) -> None:
        """The session ends. Qt closes the window next, or the system the process."""
        self.session_ends()

    def _listen(self) -> None:
        """Lets signals wake Qt: Python runs a handler only when Qt gives it a turn."""
        for end in (self._ears, self._mouth):
            end.setblocking(False)
        signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._ears.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def _hear(self) -> None:
        with contextlib.suppress(BlockingIOError):
            numbers = [number for number in self._ears.recv(4096) if number in self._before]
            if numbers:
                self.note()
                self._app.exit(128 + numbers[0])

    def _last_moment(self) -> None:
        self.note()

    def _qt_says(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        is_last = kind is QtMsgType.QtFatalMsg or _LAST_WORDS in text
        if is_last and QThread.currentThread() is self.thread():
            self.note()
        if sys.stderr is not None:
            sys.stderr.write(f"{visible(text)}\n")


def _replaced_handlers() -> dict[int, signal._HANDLER]:
    """Handlers that do nothing for the signals that end a program, but for those that whoever
    started it wants ignored (nohup, a shell's background job); gives what stood there before.
    """
    before: dict[int, signal._HANDLER] = {}
    for name in _SIGNALS:
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, _nothing)
    return before


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """The byte that comes with the signal tells Qt."""
