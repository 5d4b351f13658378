"""Painting an icon whose engine had lost its Python half ended the program: the steps that did it.

In a process of its own, since what fails here is no exception.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import sys
from PySide6.QtCore import QSettings
from lambdaplanner import app as planner
from lambdaplanner.ui.workbench import Workbench

app = planner.make_application()
settings = QSettings(sys.argv[1], QSettings.Format.IniFormat)
window = planner.make_window(settings)
window.show()
app.processEvents()
bench = Workbench(window, settings)
bench.start(None, "brief-network")
for _ in range(3):
    for chosen in (["attached"], [], ["attached"]):
        bench.bridge.select(chosen)
        bench.bridge.settle()
        for _ in range(5):
            app.processEvents()
window.close()
"""


def test_a_function_can_be_selected_again_and_again(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "fresh.ini")],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
