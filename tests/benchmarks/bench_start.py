"""Start: first paint against a plain window, a question on the command line against its imports.

Each side is a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from lambdaplanner import assets
from lambdaplanner.ui.actions import ACTIONS
from lambdaplanner.ui.docks import DOCKS
from tests.benchmarks.rows import Row, by_turns, record

PART = "Start"

OURS = """
import time
start = time.perf_counter()
import os, sys
from lambdaplanner import app
def painted(*_):
    os.write(1, f"{time.perf_counter() - start}\\n".encode())
    os._exit(0)
app.load = painted
app.run_window(None)
"""

PLAIN = """
import time
start = time.perf_counter()
import json, os, sys
from PySide6.QtCore import QEvent, QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import (QApplication, QDockWidget, QGraphicsScene, QGraphicsView, QLabel,
    QMainWindow, QToolBar)
actions, docks = json.loads(sys.argv[1])
def painted():
    os.write(1, f"{time.perf_counter() - start}\\n".encode())
    os._exit(0)
class Window(QMainWindow):
    was_painted = False
    def event(self, event):
        done = super().event(event)
        if event.type() == QEvent.Type.Paint and not self.was_painted:
            self.was_painted = True
            QTimer.singleShot(0, self, painted)
        return done
app = QApplication([])
app.setStyle("Fusion")
settings = QSettings("plain", "window")
window = Window()
view = QGraphicsView(QGraphicsScene(), window)
window.setCentralWidget(view)
bar, menus = QToolBar("Tools", window), {}
bar.setIconSize(QSize(20, 20))
for menu, text, keys, tip, icon, on_bar in actions:
    action = QAction(text, window)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.setToolTip(tip)
    action.setStatusTip(tip)
    if icon:
        action.setIcon(QIcon(icon))
    if menu not in menus:
        menus[menu] = window.menuBar().addMenu(menu)
    menus[menu].addAction(action)
    if on_bar:
        bar.addAction(action)
window.addToolBar(bar)
last = None
for title, area in docks:
    dock, area = QDockWidget(title, window), Qt.DockWidgetArea(area)
    window.addDockWidget(area, dock)
    bottom = area == Qt.DockWidgetArea.BottomDockWidgetArea
    if bottom and last is not None:
        window.tabifyDockWidget(last, dock)
    last = dock if bottom else None
for stretch in (1, 0, 0):
    window.statusBar().addWidget(QLabel(window), stretch)
settings.value("window/geometry")
window.resize(1440, 900)
window.show()
app.exec()
"""


def _same_window() -> str:
    rows = [
        (
            row.menu,
            row.text,
            row.keys,
            row.tip,
            str(assets.icon_path(row.icon)) if row.icon else "",
            bool(row.tool_bar),
        )
        for row in ACTIONS
    ]
    return json.dumps([rows, [(place.title, place.area.value) for place in DOCKS]])


def _run(arguments: list[str], home: Path) -> str:
    run = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home),
        },
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_first_paint(benchmark: Any, tmp_path: Path) -> None:
    """Counted inside the process, from its first line to the event after the first paint."""
    sides: tuple[list[float], list[float]] = ([], [])
    same = _same_window()

    def ours() -> None:
        sides[0].append(float(_run(["-c", OURS], tmp_path)) * 1000)

    def plain() -> None:
        sides[1].append(float(_run(["-c", PLAIN, same], tmp_path)) * 1000)

    by_turns(benchmark, ours, plain, rounds=15)
    record(
        benchmark,
        Row(
            part=PART,
            what="first paint of the window",
            ours=median(sides[0]),
            against="a plain Qt window with the same menus, tool bar and docks",
            theirs=median(sides[1]),
            most=1.1,
        ),
    )


@pytest.mark.parametrize("template", ["brief-network"])
def test_a_question_on_the_command_line(benchmark: Any, tmp_path: Path, template: str) -> None:
    paths = {path.stem: path for path in assets.template_paths()}
    question = ["-m", "lambdaplanner", "reach", str(paths[template]), "attached", "internet"]
    ours, theirs = by_turns(
        benchmark,
        lambda: _run(question, tmp_path),
        lambda: _run(["-c", "import networkx, yaml"], tmp_path),
        rounds=15,
    )
    record(
        benchmark,
        Row(
            part=PART,
            what="`lambdaplanner reach`, the whole process",
            ours=ours,
            against="a process that only imports networkx and yaml",
            theirs=theirs,
            most=1.5,
        ),
    )
