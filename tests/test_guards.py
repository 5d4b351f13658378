"""The strict guards catch what they are there for: each sin is committed in a run of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

SINS = """
import logging, threading, time
import pytest
from PySide6.QtCore import QSettings, QStandardPaths, QThread, QTimer, qWarning
from PySide6.QtWidgets import QLabel, QWidget

kept = []

def test_a_warning_of_qt(qapp):
    qWarning("something is wrong")

def test_a_warning_of_python():
    import warnings
    warnings.warn("old", DeprecationWarning)

def test_an_unexpected_record():
    logging.getLogger("planner").warning("the font is missing")

@pytest.mark.expected_log("the font")
def test_an_announced_record_that_stays_away():
    pass

def test_a_window_left_open(qapp):
    window = QWidget()
    window.show()
    kept.append(window)

def test_a_timer_left_running(qapp):
    kept.append(QTimer())
    kept[-1].start(60_000)

def test_a_timer_left_running_on_an_object(qapp):
    kept.append(QLabel())
    QTimer(kept[-1]).start(60_000)

def test_a_qthread_left_running(qapp):
    kept.append(QThread())
    kept[-1].start()

def test_a_thread_left_running():
    forever = threading.Event()
    threading.Thread(target=forever.wait, daemon=True).start()

def test_an_exception_in_a_slot(qapp, qtbot):
    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.wait(10)
"""

VIRTUES = """
import logging
import pytest
from PySide6.QtCore import QSettings, QStandardPaths, QThread, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

kept = []

@pytest.mark.expected_log("the font")
def test_an_announced_record():
    logging.getLogger("planner").warning("the font is missing")

def test_a_window_that_qtbot_closes(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    QTimer(window).start(60_000)
    window.show()

    kept.append(window)

def test_it_is_deleted_before_the_next_test(qapp):
    assert not isValid(kept[0])

def test_a_timer_and_a_thread_that_end(qapp):
    timer = QTimer()
    timer.start(60_000)
    timer.stop()
    thread = QThread()
    thread.start()
    thread.quit()
    thread.wait()

def test_a_cycle_that_nobody_reaches(qapp):
    window = QWidget()
    window.me = window
    QTimer(window).start(60_000)

@pytest.mark.parametrize("turn", [1, 2])
def test_settings_start_empty(qapp, tmp_path, turn):
    settings = QSettings("lambdaplanner", "test")
    assert settings.allKeys() == []
    settings.setValue("turn", turn)
    settings.sync()
    assert "home" in settings.fileName()
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation)
    assert "home" in folder
"""


def run(pytester: pytest.Pytester, tests: str) -> pytest.RunResult:
    pytester.makepyfile(test_inner=tests)
    return pytester.runpytest_subprocess(
        f"-c{ROOT / 'pyproject.toml'}",
        f"--rootdir={ROOT}",
        "-ptests.guards",
        "-pno:randomly",
        "-pno:cacheprovider",
        "-rA",
        "test_inner.py",
    )


def test_each_sin_is_caught(pytester: pytest.Pytester) -> None:
    result = run(pytester, SINS)

    text = result.stdout.str()
    caught = set(re.findall(r"^(?:FAILED|ERROR) \S*::(test_\w+)", text, re.MULTILINE))
    assert caught == set(re.findall(r"^def (test_\w+)", SINS, re.MULTILINE)), text
    for words in (
        "something is wrong",
        "DeprecationWarning: old",
        "unexpected log record: WARNING planner: the font is missing",
        "no log record came that matches 'the font'",
        "the visible window",
        "the running timer",
        "the running thread",
        "the test left a thread running",
        "ZeroDivisionError",
    ):
        assert words in text


def test_what_is_tidy_passes(pytester: pytest.Pytester) -> None:
    result = run(pytester, VIRTUES)

    assert result.parseoutcomes() == {"passed": VIRTUES.count("def test_") + 1}, result.stdout.str()
