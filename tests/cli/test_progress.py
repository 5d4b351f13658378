"""What takes long says so on a terminal and can be stopped; a pipe gets nothing."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from lambdaplanner.cli import main, progress
from lambdaplanner.cli.progress import Progress
from tests.found.plans import found

SHOP = str(found("shop", "window"))
TO_MEND = str(found("fix-makes-a-second-group"))
LONG = {
    "check": (("check", SHOP), "lambdaplanner.checks.report.report"),
    "reach": (("reach", SHOP, "--out-of", "internet"), "lambdaplanner.analysis.survey.reach_from"),
    "path": (
        ("reach", TO_MEND, "orders", "files"),
        "lambdaplanner.fixes.advice.advised",
    ),
    "whatif": (("whatif", SHOP, "--times", "2"), "lambdaplanner.checks.impact.compare"),
    "capacity": (("capacity", SHOP), "lambdaplanner.analysis.capacity.assess"),
    "fix": (("fix", TO_MEND), "lambdaplanner.fixes.repair.ways"),
    "write": (("fix", TO_MEND, "--write"), "lambdaplanner.fixes.repair.repair"),
}


class Terminal:
    """Stands for stderr at a terminal: keeps the lines, and tells when one is shown."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.spoken = Event()

    def rewrite(self, line: str) -> None:
        self.lines.append(line)
        self.spoken.set()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    made = Terminal()
    monkeypatch.setattr(progress, "AFTER_S", 0)
    monkeypatch.setattr(progress, "watched", lambda: True)
    monkeypatch.setattr(progress, "rewrite", made.rewrite)
    return made


def stopped_by_hand(then: Callable[[], object]) -> Callable[..., object]:
    """An answer that takes until something is said, and is stopped then."""

    def answer(*_: object, **__: object) -> object:
        then()
        raise KeyboardInterrupt

    return answer


@pytest.mark.parametrize("name", LONG)
def test_a_long_answer_says_so_and_can_be_stopped(
    name: str,
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    arguments, slow = LONG[name]
    before = Path(arguments[1]).read_bytes()
    monkeypatch.setattr(slow, stopped_by_hand(terminal.spoken.wait))

    assert main(list(arguments)) == 130

    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "stopped\n")
    assert terminal.lines[0].endswith("; Ctrl+C stops")
    assert terminal.lines[-1] == "", "the line is taken away"
    assert Path(arguments[1]).read_bytes() == before


def test_a_quick_answer_says_nothing(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "AFTER_S", 1000)
    assert main(["check", SHOP]) in (0, 1)
    assert terminal.lines == []
    assert capsys.readouterr().err == ""


def test_a_pipe_gets_nothing(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "watched", lambda: False)
    assert main(["check", SHOP]) in (0, 1)
    assert terminal.lines == []
    assert capsys.readouterr().err == ""


def test_steps_are_counted(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY_S", 0)
    with Progress("Checking", 2) as steps:
        for done in range(2):
            while f"Checking: {done} of 2; Ctrl+C stops" not in terminal.lines:
                terminal.spoken.wait()
            steps.step()


DRIVEN = """
import threading
import lambdaplanner.checks.report as checks
from lambdaplanner.cli import main
checks.report = lambda plan: threading.Event().wait()
raise SystemExit(main(["check", {plan!r}]))
"""


@contextmanager
def at_a_terminal(code: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A Python of its own whose stderr is a terminal, and the other end of that."""
    ours, theirs = pty.openpty()
    try:
        with subprocess.Popen(
            [sys.executable, "-c", code], stderr=theirs, stdout=subprocess.PIPE
        ) as process:
            yield process, ours
    finally:
        os.close(theirs)
        os.close(ours)


def test_ctrl_c_at_a_real_terminal() -> None:
    with at_a_terminal(DRIVEN.format(plan=SHOP)) as (process, terminal):
        said = b""
        while b"Ctrl+C stops" not in said:
            said += os.read(terminal, 1000)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate()
        while not said.endswith(b"\n"):
            said += os.read(terminal, 1000)

    assert process.returncode == 130
    assert out == b""
    assert b"Traceback" not in said
    assert said.endswith(b"\r\x1b[Kstopped\r\n")
