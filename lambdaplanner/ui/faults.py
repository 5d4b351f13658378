"""A bug is seen: what nobody caught is noted, logged, and told once.

Qt goes on after an exception in a slot, a timer, an event or a thread, so that the plan is still
there to be saved.
"""

from __future__ import annotations

import platform
import re
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType

import PySide6
from PySide6.QtCore import QObject, Qt, QThread, Signal, qVersion
from PySide6.QtWidgets import QApplication

from lambdaplanner import __version__
from lambdaplanner.state.log import Log
from lambdaplanner.ui.fault_dialog import FaultDialog
from lambdaplanner.ui.painting import close_painters
from lambdaplanner.ui.shell import Shell
from lambdaplanner.visible import visible

_ADDED_BY_PYSIDE = re.compile(r"Error calling Python override of [\w:]+\(\): ")
_LONGEST_SENTENCE = 300


@dataclass(frozen=True, slots=True)
class Fault:
    """One failure of the program itself."""

    sentence: str
    """What happened, on one line."""
    cause: str
    """Equal for failures in the same place."""
    report: str
    """Versions, time and traceback."""


class Faults(QObject):
    """Takes what nobody caught, in any thread, until `end`."""

    happened = Signal(object, bool)
    """A fault, and whether its cause is new."""

    def __init__(self, window: Shell, log: Log) -> None:
        super().__init__(window)
        self._window = window
        self._log = log
        self._causes: set[str] = set()
        self._dialog: FaultDialog | None = None
        self.note: Callable[[], object] = lambda: None
        """Notes the unsaved work."""
        self.trouble: Callable[[], str] = lambda: ""
        """Why the unsaved work is not noted; empty where it is."""
        self.save: Callable[[], object] = lambda: None
        """Saves the plan where the user says."""
        # Queued: a dialog must not open while something is being painted, or in another thread.
        self.happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._before = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self.take
        threading.excepthook = self._take_from_thread
        sys.unraisablehook = self._take_unraisable

    def end(self) -> None:
        """What comes from now on goes where it went before."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before

    def take(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Closes what was being painted, notes the unsaved work, and says what happened."""
        close_painters(trace)
        fault = fault_of(kind, error, trace)
        is_new = fault.cause not in self._causes
        if is_new:
            self._causes.add(fault.cause)
            self._log.append(fault.report)
            if sys.stderr is not None:
                sys.stderr.write("".join(f"{visible(s)}\n" for s in fault.report.splitlines()))
            if QThread.currentThread() is self.thread():
                self.note()
        self.happened.emit(fault, is_new)

    def _take_from_thread(self, thrown: threading.ExceptHookArgs) -> None:
        if thrown.exc_value is not None:
            self.take(thrown.exc_type, thrown.exc_value, thrown.exc_traceback)

    def _take_unraisable(self, thrown: sys.UnraisableHookArgs) -> None:
        if thrown.exc_value is not None:
            self.take(thrown.exc_type, thrown.exc_value, thrown.exc_traceback)

    def _tell(self, fault: Fault, is_new: bool) -> None:
        if not is_new:
            self._window.tell(f"It failed again: {fault.sentence}")
            return
        self.note()
        if self._dialog is None:
            # A question that is open lets nothing pass but its own windows.
            parent = QApplication.activeModalWidget() or self._window
            self._dialog = FaultDialog(parent, self._log.file, self._window.theme)
            self._dialog.save_wanted.connect(lambda: self.save())
            self._dialog.destroyed.connect(self._forget_dialog)
        self._dialog.add(fault.sentence, fault.report, self.trouble())

    def _forget_dialog(self) -> None:
        self._dialog = None


def fault_of(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> Fault:
    """What is to be said of an exception."""
    message = _ADDED_BY_PYSIDE.sub("", str(error))
    sentence = visible(f"{kind.__name__}: {message}" if message else kind.__name__)
    frames = traceback.extract_tb(trace)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else sentence
    head = (
        f"{datetime.now(UTC).isoformat(timespec='seconds')} Lambda Planner {__version__}, "
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, Qt {qVersion()}, "
        f"{platform.platform()}"
    )
    lines = traceback.format_exception(kind, error, trace)
    return Fault(
        sentence=sentence[:_LONGEST_SENTENCE],
        cause=f"{kind.__name__} in {place}",
        report=f"{head}\n{''.join(lines)}",
    )
