"""Strict guards around each test: it leaves nothing behind, and nothing complains unheard.

Around every test: no record of level WARNING or above that the test did not announce by
`@pytest.mark.expected_log("pattern")`, and no thread left running. Around tests that use Qt, also:
no visible window, no running timer and no running QThread left behind, and settings of their own.
That a warning of Qt itself fails a test is pytest-qt's `qt_log_level_fail`, set in pyproject.toml.

`test_guards.py` commits each sin and proves that it is caught.
"""

from __future__ import annotations

import gc
import logging
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QStandardPaths, QThread, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

T = TypeVar("T")


class Recorder(logging.Handler):
    """Keeps what is logged at level WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps one record as `LEVEL logger: message`."""
        self.messages.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def guarded_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails the test for log records that it did not announce, and for those that stay away."""
    patterns = [str(mark.args[0]) for mark in request.node.iter_markers("expected_log")]
    recorder = Recorder()
    logging.getLogger().addHandler(recorder)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(recorder)
    for message in recorder.messages:
        if not any(re.search(pattern, message) for pattern in patterns):
            pytest.fail(f"unexpected log record: {message}")
    for pattern in patterns:
        if not any(re.search(pattern, message) for message in recorder.messages):
            pytest.fail(f"no log record came that matches {pattern!r}")


@pytest.fixture(autouse=True)
def guarded_threads() -> Iterator[None]:
    """Fails the test for a thread that it started and left running."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(1.0)  # one that is told to end may need a moment
        if thread.is_alive():
            pytest.fail(f"the test left a thread running: {thread.name}")


@pytest.fixture(autouse=True)
def guarded_qt(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Fails a test that uses Qt for windows, timers and threads that it leaves behind."""
    if "qapp" not in request.fixturenames:
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        isolate(tmp_path_factory.mktemp("home"), patch)
        known_timers = {id(timer) for timer in running_timers()}
        yield
    sins = leftovers(known_timers)
    if sins:
        gc.collect()  # a cycle may still hold what nobody can reach
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        sins = leftovers(known_timers)
    absolve()
    if sins:
        pytest.fail("the test left behind: " + "; ".join(sins))


def isolate(home: Path, patch: pytest.MonkeyPatch) -> None:
    """Gives Qt a home folder of its own, so that settings and recent files start empty."""
    patch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        patch.delenv(name, raising=False)
    QStandardPaths.setTestModeEnabled(True)
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(form, scope, str(home / "settings" / scope.name))


def leftovers(known_timers: set[int]) -> list[str]:
    """What a test left in Qt, in words."""
    windows = [f"the visible window {widget!r}" for widget in visible_windows()]
    timers = [
        f"the running timer {timer!r} of {timer.parent()!r}"
        for timer in running_timers()
        if id(timer) not in known_timers
    ]
    threads = [f"the running thread {thread!r}" for thread in running_threads()]
    return windows + timers + threads


def absolve() -> None:
    """Ends what is left, so that one test's sin is not found again in the next."""
    for widget in visible_windows():
        widget.close()
        widget.deleteLater()
    for timer in running_timers():
        timer.stop()
    for thread in running_threads():
        thread.quit()
        thread.wait(1000)


def visible_windows() -> list[object]:
    """The top-level widgets that a user would see."""
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def running_timers() -> list[QTimer]:
    """Each running timer that Python made and C++ has not deleted."""
    return [timer for timer in alive(QTimer) if timer.isActive()]


def running_threads() -> list[QThread]:
    """Each QThread that runs, but for the one that the tests run in."""
    mine = QThread.currentThread()
    return [thread for thread in alive(QThread) if thread.isRunning() and thread != mine]


def alive(kind: type[T]) -> list[T]:
    """Every object of a Qt class that Python knows and that C++ has not deleted."""
    return [thing for thing in gc.get_objects() if isinstance(thing, kind) and isValid(thing)]
