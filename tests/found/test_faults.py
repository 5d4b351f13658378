"""Faults C27 to C29: the program's own mistakes are seen, cost no work, and end nothing."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lambdaplanner.state.log import Log
from tests.ui.window_process import WindowProcess

ROOT = Path(__file__).resolve().parents[2]
TEXT = "lambdaplanner: 1\nvpcs:\n  main: {cidr: 10.0.0.0/16}\n"
Run = Callable[..., WindowProcess]

RAISE = """
def fail(*_given, **_named):
    raise RuntimeError("b\\x1b[31mad <img src=x>")

broken = []
def paint_background(self, *given, kept=CanvasScene.drawBackground):
    if broken:
        fail()
    kept(self, *given)
CanvasScene.drawBackground = paint_background
"""

WAYS = {
    "action": "bench.undo = fail; edit(); bench.window.qt_actions['edit.undo'].trigger()",
    "timer": "edit(); QTimer.singleShot(0, fail)",
    "subscriber": "bench.session.plan.subscribe(fail); QTimer.singleShot(0, edit)",
    "idle work": "edit(); type(bench.inspector).warm = fail",
    "signal": "bench.bridge.selected.connect(fail); edit(); bench.bridge.select(['main'])",
    "thread": "edit(); import threading; threading.Thread(target=fail).start()",
    "deletion": "edit(); type('Doomed', (), {'__del__': fail})()",
    "event": """edit()
from PySide6.QtTest import QTest
field = type('Field', (QWidget,), {'keyPressEvent': fail})(bench.window)
field.show()
QTimer.singleShot(0, lambda: QTest.keyClick(field, 'a'))""",
    "background of the canvas": "edit(); broken.append(True)",
    "what the canvas is painted with": "edit(); bench.view.canvas._screen.paint = fail",
    "a painter that stays open": """edit()
from PySide6.QtGui import QPainter
def paint(self, _event):
    painter = QPainter(self)
    painter.save()
    fail()
from lambdaplanner.ui.panels.parts import ElidedLabel
from PySide6.QtWidgets import QLabel
label = ElidedLabel('x')
bench.inspector.layout().addWidget(label)
ElidedLabel.paintEvent = paint""",
    "icons while painting": "edit(); from lambdaplanner.ui import icons; icons.sprite = fail",
}
"""Where something fails -> what makes it fail, in a window with unsaved work."""

THEN = """
def repaint(times):
    for widget in QApplication.allWidgets():
        widget.update()
    if times:
        QTimer.singleShot(5, lambda: repaint(times - 1))
    else:
        when(dialogs, seen)
def seen():
    bench.bridge.told.disconnect()
    say(len(dialogs()), dialogs()[0].sentence.text())
    say(bench.recovery.trouble or "noted", len(list(bench.recovery.folder.glob("*.yaml"))))
    dialogs()[0].close()
    say("saved", bench.documents.save())
    bench.window.close()
repaint(6)
"""


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    made: list[WindowProcess] = []

    def start(script: str, *arguments: str, **options: Any) -> WindowProcess:
        made.append(WindowProcess(script, tmp_path, *arguments, **options))
        return made[-1]

    (tmp_path / "p.yaml").write_text(TEXT)
    yield start
    for process in made:
        process.close()


@pytest.mark.parametrize("way", WAYS)
def test_a_fault_is_seen_once_and_costs_nothing(way: str, run: Run, tmp_path: Path) -> None:
    window = run(WAYS[way] + THEN, str(tmp_path / "p.yaml"), before=RAISE)

    said = window.rest()

    assert window.ends() == 0, window.errors()
    assert said == ["1 RuntimeError: b\\x1b[31mad <img src=x>", "noted 1", "saved True"]
    assert "other" in (tmp_path / "p.yaml").read_text()
    log = (window.state / "log.txt").read_text()
    assert log.count("Lambda Planner") == 1
    assert "in fail" in log
    assert "\x1b" not in log + window.errors()


def test_a_fault_while_nothing_can_be_noted_does_not_say_that_it_is(
    run: Run, tmp_path: Path
) -> None:
    """C29: the serialiser raises; the dialog and the status line say so, and saving goes on."""
    script = """
import lambdaplanner.state.note
lambdaplanner.state.note.plan_text = fail
edit()
def seen():
    say(dialogs()[0].explained.text()[:50])
    say(bench.window.status_warning.isVisible())
    dialogs()[0].close()
    say(bench.documents.save())
    bench.window.close()
when(dialogs, seen)
"""
    window = run(script, str(tmp_path / "p.yaml"), before=RAISE)
    told = "Your plan is still open. Unsaved work is not noted"
    assert window.rest() == [told, "True", "True"]
    assert window.ends() == 0


def test_a_log_stays_small_private_and_plain(tmp_path: Path) -> None:
    log = Log(tmp_path / "own" / "log.txt")
    for _ in range(40):
        log.append("a\x1b[2J\n" + "x" * 20_000)
    files = sorted((tmp_path / "own").iterdir())
    assert [file.name for file in files] == ["log.1.txt", "log.txt"]
    assert all(file.stat().st_size < 300_000 for file in files)
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in files)
    assert (tmp_path / "own").stat().st_mode & 0o777 == 0o700
    assert "\x1b" not in files[0].read_text()


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("a file")
    Log(tmp_path / "own" / "log.txt").append("lost")


PAINTS = {"paintEvent", "drawBackground", "drawForeground"}
AROUND_PAINTING = {"event", "viewportEvent", "notify"}


def methods(names: set[str], argument: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every method of the window's classes with one of these names."""
    for path in sorted((ROOT / "lambdaplanner/ui").rglob("*.py")):
        for top in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for node in top.body if isinstance(top, ast.ClassDef) else ():
                if isinstance(node, ast.FunctionDef) and node.name in names:
                    taken = [one.arg for one in node.args.args]
                    if not argument or argument in taken:
                        yield f"{path.name}:{node.lineno}", node


def test_every_method_that_paints_is_guarded() -> None:
    painting = [*methods(PAINTS), *methods({"paint"}, "option")]
    assert len(painting) > 10
    unguarded = [
        place
        for place, node in painting
        if "guarded" not in [ast.unparse(one) for one in node.decorator_list]
    ]
    assert unguarded == []


def test_no_method_stands_around_the_painting_of_others() -> None:
    assert list(methods(AROUND_PAINTING)) == []
