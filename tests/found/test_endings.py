"""Faults A11 and C30: what ends the program from outside costs nothing, and asks nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ui.window_process import WindowProcess

Run = Callable[..., WindowProcess]
TEXT = "lambdaplanner: 1\nvpcs:\n  main: {cidr: 10.0.0.0/16}\n"


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    made: list[WindowProcess] = []

    def start(script: str, *arguments: str | bytes, **options: Any) -> WindowProcess:
        made.append(WindowProcess(script, tmp_path, *arguments, **options))
        return made[-1]

    (tmp_path / "p.yaml").write_text(TEXT)
    yield start
    for process in made:
        process.close()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_notes_the_last_edit_and_ends(name: str, run: Run, tmp_path: Path) -> None:
    number = signal.Signals[name]
    window = run("edit(); say('edited')", str(tmp_path / "p.yaml"))
    window.says("edited")

    window.signal(number)

    assert window.ends() == 128 + number
    (note,) = window.notes()
    assert "other" in note
    assert "Traceback" not in window.errors()


def test_a_signal_ends_the_program_through_an_open_question(run: Run, tmp_path: Path) -> None:
    script = """
edit()
QTimer.singleShot(0, bench.window.close)
when(lambda: QApplication.activeModalWidget() is not None, lambda: say('asked'))
"""
    window = run(script, str(tmp_path / "p.yaml"))
    window.says("asked")
    window.signal(signal.SIGTERM)
    assert window.ends() == 128 + signal.SIGTERM
    assert len(window.notes()) == 1


def test_a_signal_leaves_no_note_of_what_is_saved(run: Run, tmp_path: Path) -> None:
    window = run("edit(); bench.documents.save(); say('saved')", str(tmp_path / "p.yaml"))
    window.says("saved")
    window.signal(signal.SIGTERM)
    assert window.ends() == 128 + signal.SIGTERM
    assert window.notes() == []


@pytest.mark.parametrize(
    "script",
    [
        "edit(); QTimer.singleShot(0, lambda: sys.exit(3))",
        "edit(); QTimer.singleShot(0, lambda: QApplication.exit(3))",
    ],
)
def test_an_exit_in_a_slot_notes_the_last_edit(script: str, run: Run, tmp_path: Path) -> None:
    window = run(script, str(tmp_path / "p.yaml"))
    assert window.ends() == 3
    (note,) = window.notes()
    assert "other" in note


def test_a_log_out_closes_without_a_question_and_keeps_the_note(run: Run, tmp_path: Path) -> None:
    script = """
from lambdaplanner.ui.endings import Endings
edit()
QApplication.instance().findChild(Endings).log_out()
bench.window.close()
"""
    window = run(script, str(tmp_path / "p.yaml"))
    assert window.ends() == 0
    assert len(window.notes()) == 1


def test_after_a_log_out_that_was_called_off_an_edit_is_asked_about(
    run: Run, tmp_path: Path
) -> None:
    script = """
from lambdaplanner.ui.endings import Endings
asked = []
bench.documents._dialogs.unsaved = lambda name: asked.append(name) or 'discard'
edit()
QApplication.instance().findChild(Endings).log_out()
edit('more')
bench.window.close()
say(asked)
"""
    window = run(script, str(tmp_path / "p.yaml"))
    assert window.rest() == ["['p.yaml']"]
    assert window.notes() == []


def test_work_that_was_discarded_is_not_noted_while_the_program_ends(
    run: Run, tmp_path: Path
) -> None:
    script = """
bench.documents._dialogs.unsaved = lambda name: 'discard'
edit()
bench.recovery.write()
bench.window.close()
"""
    window = run(script, str(tmp_path / "p.yaml"))
    assert window.ends() == 0
    assert list((window.state / "recovery").iterdir()) == []


@pytest.mark.parametrize("name", [b"p.yaml", b"caf\xe9.yaml", b"two\nlines.yaml"])
def test_a_killed_window_is_offered_its_work_again(name: bytes, run: Run, tmp_path: Path) -> None:
    """A1 and A8 from end to end: a relative path, another working folder, any name."""
    folder = tmp_path / "a"
    folder.mkdir()
    file = folder / os.fsdecode(name)
    file.write_text(TEXT)
    script = "edit(); when(lambda: list(bench.recovery.folder.glob('*.yaml')), lambda: say('on'))"
    window = run(script, "open", name, cwd=folder)
    window.says("on")
    window.signal(signal.SIGKILL)

    answer = """
import lambdaplanner.ui.dialogs
def ask_about_work(parent, offer):
    say(offer.file_now)
    return 'take up'
lambdaplanner.ui.dialogs.ask_about_work = ask_about_work
"""
    window = run("bench.documents.save(); bench.window.close()", cwd=tmp_path, before=answer)
    assert window.rest() == ["same"]
    assert window.ends() == 0
    assert "other" in file.read_text()
    assert window.notes() == []
