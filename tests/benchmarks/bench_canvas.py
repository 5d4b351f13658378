"""The canvas: repaint against raw painting, drag, hit test, build and frames, against NodeGraphQt
where its environment is there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
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
from lambdaplanner.ui.theme import LIGHT
from tests.benchmarks.diagrams import diagram, moved, touched_by_move
from tests.benchmarks.raw_painting import Recorder, replay
from tests.benchmarks.rows import Row, by_turns, median_ms, record

SIZE = (1600, 1000)
SIZES = (1_000, 5_000, 20_000)
PEER = "NodeGraphQt, as many boxes"
FRAME_MS = 16.0
_AREA = QRect(0, 0, *SIZE)
pytestmark = pytest.mark.usefixtures("qapp")


def _tree(things: int) -> DiagramTree:
    tree = DiagramTree()
    tree.build(diagram(things))
    return tree


def _fitting(tree: DiagramTree) -> float:
    left, top, right, bottom = tree.bounds() or (0.0, 0.0, 1.0, 1.0)
    return min(SIZE[0] / (right - left), SIZE[1] / (bottom - top))


def _part(things: int) -> str:
    return f"Canvas, {things:,} boxes"


@contextmanager
def _repaint(tree: DiagramTree, zoom: float) -> Iterator[tuple[Callable[..., None], QPainter]]:
    painting = ScreenPainter(Look(LIGHT))
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    painter = QPainter(image)

    def repaint(target: object = painter) -> None:
        painting.paint(target, tree, _AREA, zoom, (0, 0), unhurried=True)  # type: ignore[arg-type]

    yield repaint, painter
    painter.end()


@pytest.mark.parametrize("things", SIZES)
@pytest.mark.parametrize(("what", "most"), [("at 1:1", 1.5), ("all visible", 2.0)])
def test_repaint(
    benchmark: Any,
    things: int,
    what: str,
    most: float,
    nodegraphqt: dict[str, float] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Raw: the recorded calls of every box and line, containers not composed beforehand."""
    tree = _tree(things)
    with _repaint(tree, 1.0 if what == "at 1:1" else _fitting(tree)) as (ours, painter):
        recorder = Recorder(painter)
        with monkeypatch.context() as plain:
            plain.setattr(screen, "_composable", lambda _place: False)
            ours()
            ours(recorder)
        mine, raw = by_turns(benchmark, ours, lambda: replay(recorder.calls), rounds=31)
    rows = [
        Row(
            part=_part(things),
            what=f"repaint {what}",
            ours=mine,
            against="raw painting: the same calls to QPainter, nothing else",
            theirs=raw,
            most=most,
        )
    ]
    if things == 1_000 and nodegraphqt:
        peer = nodegraphqt["repaint_close" if what == "at 1:1" else "repaint_all"]
        rows.append(
            Row(part=_part(things), what=f"repaint {what}", ours=mine, against=PEER, theirs=peer)
        )
    record(benchmark, *rows)


def test_repaint_does_not_grow(benchmark: Any) -> None:
    with _repaint(_tree(20_000), 1.0) as (many, _), _repaint(_tree(1_000), 1.0) as (few, _):
        ours, theirs = by_turns(benchmark, many, few, rounds=31)
    _growth(benchmark, "repaint at 1:1", ours, theirs)


def _growth(benchmark: Any, what: str, ours: float, theirs: float) -> None:
    row = Row(
        part=_part(20_000),
        what=what,
        ours=ours,
        against="the same with 1,000 boxes",
        theirs=theirs,
        most=1.5,
    )
    record(benchmark, row)


def _view(things: int) -> CanvasView:
    scene = CanvasScene(LIGHT)
    made = CanvasView(scene)
    scene.setParent(made)
    made.resize(*SIZE)
    made.show()
    scene.show_diagram(diagram(things))
    made.fit_boxes(frozenset({"c0"}))
    made.zoom_to(1.0)
    _settle(made)
    return made


@pytest.fixture
def view() -> Iterator[CanvasView]:
    made = _view(1_000)
    yield made
    _settle(made)
    made.close()


@pytest.fixture
def large_view() -> Iterator[CanvasView]:
    made = _view(20_000)
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


def _drag(view: CanvasView) -> Callable[[], None]:
    """From the next diagram to the repainted pixels; making the diagram is not the canvas's."""
    shown = view.canvas.diagram
    steps = [moved(shown, "c0", 3 * index, index) for index in range(40)]
    ahead, touched = cycle(steps), touched_by_move(shown, "c0")

    def drag() -> None:
        view.canvas.update_diagram(next(ahead), touched)
        QApplication.processEvents()

    return drag


def test_drag_of_a_container_with_20_children(
    benchmark: Any, view: CanvasView, nodegraphqt: dict[str, float] | None
) -> None:
    mine = median_ms(benchmark, _drag(view), rounds=60)
    what = "drag of a container with 20 children, one step to its pixels"
    _against_peer(benchmark, what, mine, nodegraphqt, "drag", 1 / 25)


def test_drag_does_not_grow(benchmark: Any, view: CanvasView, large_view: CanvasView) -> None:
    ours, theirs = by_turns(benchmark, _drag(large_view), _drag(view), rounds=31)
    _growth(benchmark, "drag of a container with 20 children", ours, theirs)


def _against_peer(
    benchmark: Any,
    what: str,
    ours: float,
    nodegraphqt: dict[str, float] | None,
    figure: str,
    most: float | None,
) -> None:
    part = _part(1_000)
    if nodegraphqt is None:
        record(benchmark, Row(part=part, what=what, ours=ours))
        return
    theirs = nodegraphqt[figure]
    row = Row(part=part, what=what, ours=ours, against=PEER, theirs=theirs, most=most)
    record(benchmark, row)


@pytest.mark.parametrize("things", SIZES)
def test_hit(benchmark: Any, things: int, nodegraphqt: dict[str, float] | None) -> None:
    scene = CanvasScene(LIGHT)
    scene.show_diagram(diagram(things))
    assert scene.box_at(100, 100) == "c0-0"
    benchmark.pedantic(scene.box_at, args=(100.0, 100.0), rounds=50, iterations=100)
    mine = float(benchmark.stats.stats.median) * 1000
    what = "what is under the pointer"
    if things == 1_000:
        _against_peer(benchmark, what, mine, nodegraphqt, "item_at", None)
    else:
        record(benchmark, Row(part=_part(things), what=what, ours=mine))


@pytest.mark.parametrize("things", SIZES)
def test_build(benchmark: Any, things: int, nodegraphqt: dict[str, float] | None) -> None:
    shown, scene = diagram(things), CanvasScene(LIGHT)
    mine = median_ms(benchmark, lambda: scene.show_diagram(shown), rounds=5)
    what = "build the scene from a diagram"
    if things == 1_000:
        _against_peer(benchmark, what, mine, nodegraphqt, "build", 1 / 15)
    else:
        record(benchmark, Row(part=_part(things), what=what, ours=mine))


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
    what = f"longest frame of a long {gesture} (median {median(frames):.1f})"
    record(benchmark, Row(part=_part(1_000), what=what, ours=max(frames), most=FRAME_MS))
