"""The whole program in a process of its own, offscreen; a script acts once it is there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_PROGRAM = """
import faulthandler
import sys
faulthandler.dump_traceback_later(90, exit=True)  # a question that nobody answers
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from lambdaplanner.app import run_window
from lambdaplanner.cli import main
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.ui.canvas.scene import CanvasScene
from lambdaplanner.ui.fault_dialog import FaultDialog
from lambdaplanner.ui.workbench import Workbench

def say(*words):
    sys.stdout.write(" ".join(map(str, words)) + "\\n")
    sys.stdout.flush()

def edit(name="other"):
    bench.bridge.do("Add", lambda edit: edit.add(Vpc(id=name, cidr="10.9.0.0/16")))

def dialogs():
    every = QApplication.topLevelWidgets()
    return [one for one in every if isinstance(one, FaultDialog) and one.isVisible()]

def when(condition, then):
    if condition():
        then()
    else:
        QTimer.singleShot(10, lambda: when(condition, then))

{before}

def act():
{script}

def started(self, path, template=None, start=Workbench.start):
    global bench
    bench = self
    start(self, path, template)
    QTimer.singleShot(0, act)

Workbench.start = started
sys.exit(main(sys.argv[1:]))
"""


class WindowProcess:
    """A running program."""

    def __init__(
        self,
        script: str,
        home: Path,
        *arguments: str | bytes,
        cwd: Path | None = None,
        before: str = "",
    ) -> None:
        indented = "".join(f"    {line}\n" for line in script.strip().splitlines())
        program = _PROGRAM.replace("{script}", indented).replace("{before}", before)
        self.home = home
        self._process = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            cwd=cwd or ROOT,
            env=_environment(home),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def says(self, words: str) -> None:
        """Waits until the script says this."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.decode().strip() == words:
                return
        raise AssertionError(f"never said {words}: {self.errors()}")

    def signal(self, number: int) -> None:
        """Sends a signal."""
        self._process.send_signal(number)

    def ends(self) -> int:
        """Waits until it ended; its exit status."""
        return self._process.wait(timeout=120)

    def rest(self) -> list[str]:
        """What it says until it ends."""
        assert self._process.stdout is not None
        return self._process.stdout.read().decode().splitlines()

    def errors(self) -> str:
        """What it wrote to stderr; it has to end first."""
        assert self._process.stderr is not None
        return self._process.stderr.read().decode(errors="replace")

    def close(self) -> None:
        """Ends it, if it has not."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdout, self._process.stderr):
            assert stream is not None
            stream.close()

    @property
    def state(self) -> Path:
        """The program's own folder."""
        return self.home / "data/lambdaplanner/Lambda Planner"

    def notes(self) -> list[str]:
        """The texts of the notes."""
        return [note.read_text() for note in sorted((self.state / "recovery").glob("*.yaml"))]


def _environment(home: Path) -> dict[str, str]:
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "PYTHONPATH": str(ROOT),
    }
