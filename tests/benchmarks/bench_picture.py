"""PNG: against one QImage painted and saved by Qt, and the memory that a very large one takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage, QPainter

from lambdaplanner.ui.picture.composition import Composition
from lambdaplanner.ui.picture.options import PictureOptions
from lambdaplanner.ui.picture.render import encode
from lambdaplanner.ui.theme import LIGHT
from tests.benchmarks.diagrams import diagram
from tests.benchmarks.rows import Row, by_turns, record

PART = "PNG"
pytestmark = pytest.mark.usefixtures("qapp")

LARGE = """
import json, resource, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from lambdaplanner.ui.picture.options import PictureOptions
from lambdaplanner.ui.picture.render import render
from lambdaplanner.ui.theme import LIGHT
from tests.benchmarks.diagrams import diagram
def peak():
    status = Path("/proc/self/status")
    if status.exists():  # there, getrusage counts what the parent had before this program started
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) / 2**10
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (2**20 if sys.platform == "darwin" else 2**10)
app = QApplication([])
shown = diagram(5000)
render(diagram(40), LIGHT, PictureOptions(scale=1), sys.argv[1])
before, told = peak(), []
made = render(shown, LIGHT, PictureOptions(scale=2), sys.argv[1],
              progress=lambda part: told.append(part) is None)
print(json.dumps([peak() - before, made.width, made.height, len(told)]))
"""


def test_picture_against_qt(benchmark: Any, tmp_path: Path) -> None:
    shown, options = diagram(200), PictureOptions(scale=2)
    saved = tmp_path / "qt.png"

    def with_qt() -> None:
        composition = Composition(shown, LIGHT, options)
        size = round(composition.width * 2), round(composition.height * 2)
        image = QImage(*size, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.scale(2, 2)
        composition.paint(painter)
        painter.end()
        assert image.save(str(saved))

    ours, qt = by_turns(benchmark, lambda: encode(shown, LIGHT, options), with_qt, rounds=5)
    size = len(encode(shown, LIGHT, options)) / 1e6
    qt_size = saved.stat().st_size / 1e6
    record(
        benchmark,
        Row(
            part=PART,
            what="200 things at scale 2",
            ours=ours,
            against="the same composition painted into one QImage and saved by Qt",
            theirs=qt,
            most=0.6,
        ),
        Row(
            part=PART,
            what="its file",
            ours=size,
            unit="MB",
            against="Qt's file",
            theirs=qt_size,
        ),
    )


def test_memory_of_a_large_picture(benchmark: Any, tmp_path: Path) -> None:
    """In a process of its own, whose peak is its own."""
    results: list[tuple[float, int, int, int]] = []

    def whole() -> None:
        run = subprocess.run(
            [sys.executable, "-c", LARGE, str(tmp_path / "large.png")],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        assert run.returncode == 0, run.stderr
        results.append(json.loads(run.stdout.splitlines()[-1]))

    benchmark.pedantic(whole, rounds=1)
    growth, width, height, told = results[0]
    assert told > 2, "no progress was told"
    what = f"peak memory growth for {width:,} x {height:,} pixels ({width * height / 1e6:,.0f} Mpx)"
    one_image = width * height * 4 / 2**20
    record(
        benchmark,
        Row(part=PART, what=what, ours=growth, unit="MiB", most=300.0),
        Row(
            part=PART,
            what="the same",
            ours=growth,
            unit="MiB",
            against="the pixels of one QImage of that size",
            theirs=one_image,
        ),
    )
