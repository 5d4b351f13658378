"""The real window on a real X server, as a newcomer starts it; other tests run offscreen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QGuiApplication
from lambdaplanner import app as planner

planner.check_display()
app = planner.make_application()
settings = QSettings(sys.argv[1], QSettings.Format.IniFormat)
window = planner.make_window(settings)
window.painted.connect(lambda: planner.load(window, settings, None, "brief-network"))

def look():
    if not window.windowTitle().startswith("A function"):
        QTimer.singleShot(50, look)
        return
    image = window.grab().toImage()
    wide, high = range(0, image.width(), 7), range(0, image.height(), 7)
    colours = {image.pixel(x, y) for x in wide for y in high}
    print(QGuiApplication.platformName(), len(colours) > 50, window.status_summary.text())
    app.exit(0)

QTimer.singleShot(50, look)
window.show()
sys.exit(app.exec())
"""


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of its own, ended with the test."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as numbers:
        number = numbers.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(timeout=20)


if sys.platform.startswith("linux"):

    def test_the_window_opens_the_first_template(display: str, tmp_path: Path) -> None:
        environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "HOME": str(tmp_path),
            "XDG_DATA_HOME": str(tmp_path),
            "PYTHONPATH": str(ROOT),
        }
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(tmp_path / "s.ini")],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.split(maxsplit=2) == ["xcb", "True", "1 warning\n"]
