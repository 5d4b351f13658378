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

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QStandardPaths, QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


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
        yield
    delete_what_is_due()
    sins = leftovers()
    if sins:
        gc.collect()  # a cycle may still hold what nobody can reach
        delete_what_is_due()
        sins = leftovers()
    if sins:
        absolve()
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


def delete_what_is_due() -> None:
    """Deletes what `deleteLater` was called for, which Qt puts off until an event loop runs.

    Without this the closed widgets of all tests pile up, and each change of style visits them.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def leftovers() -> list[str]:
    """What a test left in Qt, in words."""
    timers, threads = running()
    return [
        *(f"the visible window {widget!r}" for widget in visible_windows()),
        *(f"the running timer {timer!r} of {timer.parent()!r}" for timer in timers),
        *(f"the running thread {thread!r}" for thread in threads),
    ]


def absolve() -> None:
    """Ends what is left, so that one test's sin is not found again in the next."""
    for widget in visible_windows():
        widget.close()
        widget.deleteLater()
    timers, threads = running()
    for timer in timers:
        timer.stop()
    for thread in threads:
        thread.quit()
        thread.wait(1000)


def visible_windows() -> list[QWidget]:
    """The top-level widgets that a user would see."""
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def running() -> tuple[list[QTimer], list[QThread]]:
    """The timers and threads that Python made and that run, but for the tests' own thread."""
    kinds = {*with_subclasses(QTimer), *with_subclasses(QThread)}
    # Looking a type up in a set is ten times faster than asking isinstance of every object.
    found = [thing for thing in gc.get_objects() if type(thing) in kinds and isValid(thing)]
    mine = QThread.currentThread()
    timers = [one for one in found if isinstance(one, QTimer) and one.isActive()]
    threads = [one for one in found if isinstance(one, QThread) and one.isRunning()]
    return timers, [thread for thread in threads if thread != mine]


def with_subclasses(kind: type) -> Iterator[type]:
    """A class and all that derive from it."""
    yield kind
    derived: type
    for derived in kind.__subclasses__():
        yield from with_subclasses(derived)
