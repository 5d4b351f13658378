"""The canvas: repaint against raw painting in one run, drag, hit test, build, frames, pictures.

Ratios and figures in milliseconds go to each benchmark's `extra_info`. The peer's figures are added
where the interpreter of its environment is named in LAMBDAPLANNER_PEERS.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from lambdaplanner.ui.canvas import screen
from lambdaplanner.ui.canvas.look import Look
from lambdaplanner.ui.canvas.scene import CanvasScene
from lambdaplanner.ui.canvas.screen import ScreenPainter
from lambdaplanner.ui.canvas.tree import DiagramTree
from lambdaplanner.ui.canvas.view import CanvasView
from lambdaplanner.ui.picture.composition import Composition
from lambdaplanner.ui.picture.options import PictureOptions
from lambdaplanner.ui.picture.render import encode
from lambdaplanner.ui.theme import LIGHT
from tests.benchmarks.diagrams import diagram, moved, touched_by_move
from tests.benchmarks.raw_painting import Recorder, interleaved, replay

SIZE = (1600, 1000)
SIZES = (1_000, 5_000, 20_000)
_AREA = QRect(0, 0, *SIZE)
pytestmark = pytest.mark.usefixtures("qapp")


def _tree(things: int) -> DiagramTree:
    tree = DiagramTree()
    tree.build(diagram(things))
    return tree


def _fitting(tree: DiagramTree) -> float:
    left, top, right, bottom = tree.bounds() or (0.0, 0.0, 1.0, 1.0)
    return min(SIZE[0] / (right - left), SIZE[1] / (bottom - top))


@pytest.mark.parametrize("things", SIZES)
@pytest.mark.parametrize("what", ["close", "all"])
def test_repaint(benchmark: Any, things: int, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Raw: the recorded calls of every box and line, containers not composed beforehand."""
    tree, painting = _tree(things), ScreenPainter(Look(LIGHT))
    zoom = 1.0 if what == "close" else _fitting(tree)
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    painter = QPainter(image)

    def ours(target: object = painter) -> None:
        painting.paint(target, tree, _AREA, zoom, (0, 0), unhurried=True)  # type: ignore[arg-type]

    recorder = Recorder(painter)
    with monkeypatch.context() as plain:
        plain.setattr(screen, "_composable", lambda _place: False)
        ours()
        ours(recorder)
    mine, raw = interleaved(ours, lambda: replay(recorder.calls))
    benchmark.extra_info.update(ours_ms=mine, raw_ms=raw, ratio=mine / raw)
    benchmark.pedantic(ours, rounds=15)
    painter.end()


@pytest.fixture
def view(request: pytest.FixtureRequest) -> Iterator[CanvasView]:
    scene = CanvasScene(LIGHT)
    made = CanvasView(scene)
    scene.setParent(made)
    made.resize(*SIZE)
    made.show()
    scene.show_diagram(diagram(getattr(request, "param", 1000)))
    made.fit_boxes(frozenset({"c0"}))
    made.zoom_to(1.0)
    _settle(made)
    yield made
    _settle(made)
    made.close()


def _settle(view: CanvasView) -> None:
    """Until every sprite is there."""
    for _ in range(400):
        QApplication.processEvents()
        if view.canvas.painted_completely:
            break
    QApplication.processEvents()


@pytest.mark.parametrize("view", SIZES, indirect=True)
def test_drag_of_a_container_with_20_children(benchmark: Any, view: CanvasView) -> None:
    """From the next diagram to the repainted pixels; making the diagram is not the canvas's."""
    shown = view.canvas.diagram
    steps = [moved(shown, "c0", 3 * index, index) for index in range(40)]
    ahead, touched = iter(steps * 100), touched_by_move(shown, "c0")

    def drag() -> None:
        view.canvas.update_diagram(next(ahead), touched)
        QApplication.processEvents()

    benchmark.pedantic(drag, rounds=60)


@pytest.mark.parametrize("things", SIZES)
def test_hit(benchmark: Any, things: int) -> None:
    scene = CanvasScene(LIGHT)
    scene.show_diagram(diagram(things))
    assert scene.box_at(100, 100) == "c0-0"
    benchmark(scene.box_at, 100.0, 100.0)


@pytest.mark.parametrize("things", SIZES)
def test_build(benchmark: Any, things: int) -> None:
    shown, scene = diagram(things), CanvasScene(LIGHT)
    benchmark.pedantic(scene.show_diagram, args=(shown,), rounds=5)


@pytest.mark.parametrize("gesture", ["drag", "pan", "zoom"])
def test_frames_of_a_gesture(benchmark: Any, view: CanvasView, gesture: str) -> None:
    """The longest and the median frame over a long gesture at 1,000 things."""
    shown = view.canvas.diagram
    steps = [moved(shown, "c0", 4 * index, 2 * index) for index in range(60)]
    frames: list[float] = []

    def step(index: int) -> None:
        if gesture == "drag":
            view.canvas.update_diagram(steps[index])
        elif gesture == "pan":
            view.navigation.pan(-37, -23)
        else:
            view.navigation.zoom_by(0.93 if index < 30 else 1 / 0.93, QPointF(500, 400))

    def whole() -> None:
        for index in range(60):
            start = time.perf_counter()
            step(index)
            QApplication.processEvents()
            frames.append((time.perf_counter() - start) * 1000)

    benchmark.pedantic(whole, rounds=1)
    frames.sort()
    benchmark.extra_info.update(
        median_ms=median(frames), p95_ms=frames[-len(frames) // 20], longest_ms=frames[-1]
    )


def test_picture_against_qt(benchmark: Any, tmp_path: Path) -> None:
    """200 things at scale 2: ours against painting into one QImage and saving it with Qt."""
    shown, options = diagram(200), PictureOptions()

    def ours() -> bytes:
        return encode(shown, LIGHT, options)

    def with_qt() -> None:
        composition = Composition(shown, LIGHT, options)
        image = QImage(
            round(composition.width * 2), round(composition.height * 2), QImage.Format.Format_RGB32
        )
        painter = QPainter(image)
        painter.scale(2, 2)
        composition.paint(painter)
        painter.end()
        image.save(str(tmp_path / "qt.png"))

    mine, qt = interleaved(ours, with_qt, rounds=5)
    benchmark.extra_info.update(
        ours_ms=mine,
        qt_ms=qt,
        ratio=mine / qt,
        bytes_ratio=len(ours()) / (tmp_path / "qt.png").stat().st_size,
    )
    benchmark.pedantic(ours, rounds=3)


@pytest.mark.parametrize("things", [1_000])
def test_peer_nodegraphqt(benchmark: Any, view: CanvasView, things: int) -> None:
    """Drag and build against NodeGraphQt, each in its own process, one after the other."""
    shown = view.canvas.diagram
    steps = iter([moved(shown, "c0", 3 * index, index) for index in range(40)] * 100)

    def drag() -> None:
        view.canvas.update_diagram(next(steps))
        QApplication.processEvents()

    mine, _ = interleaved(drag, lambda: None)
    build, _ = interleaved(lambda: CanvasScene(LIGHT).show_diagram(shown), lambda: None, rounds=5)
    benchmark.extra_info.update(drag_ms=mine, build_ms=build)
    python = os.environ.get("LAMBDAPLANNER_PEERS", "")
    if python:
        script = Path(__file__).with_name("peer_nodegraphqt.py")
        run = subprocess.run(
            [python, str(script), str(things)], capture_output=True, text=True, check=True
        )
        peer = json.loads(run.stdout.splitlines()[-1])
        benchmark.extra_info.update(
            peer=peer, drag_ratio=mine / peer["drag"], build_ratio=build / peer["build"]
        )
    benchmark.pedantic(drag, rounds=15)
