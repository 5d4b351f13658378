"""A visit to a plan of 1,000 things in the real window: how long a person waits at the worst, and
what one frame of such a plan costs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from lambdaplanner.formats.plan_file import plan_text
from lambdaplanner.ui.workbench import Workbench
from tests.benchmarks.edits import EDITS
from tests.benchmarks.plans import realistic_plan
from tests.benchmarks.rows import Row, median_ms, record
from tests.benchmarks.window import close, opened_window, settle

pytestmark = pytest.mark.usefixtures("qapp")

THINGS = 1_000
PART = f"A visit, {THINGS:,} things"
MOST_STALL = 50.0
ONE_FRAME = 16.0
Step = Callable[[], object]


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    folder = tmp_path_factory.mktemp("visit")
    file = folder / "plan.yaml"
    file.write_text(plan_text(realistic_plan(THINGS)), encoding="utf-8")
    made = opened_window(folder)
    assert made.documents.open(file)
    settle(made)
    yield made
    close(made)


def steps(bench: Workbench) -> Iterator[tuple[str, Step]]:
    """What a person does, and what it is called."""
    for function in bench.session.plan.ordered("function")[:3]:
        yield "choosing a function", partial(bench.bridge.select, [function.id])
    for dock in ("trace", "reach", "capacity", "whatif", "findings"):
        yield f"opening {dock}", partial(bench.window.show_dock, dock)
    for name, edits in EDITS.items():
        yield f"editing {name}", partial(bench.bridge.do, "Edit", next(edits(bench.session.plan)))
        yield f"taking back {name}", bench.undo
    for _ in range(5):
        yield "the next finding", partial(bench.findings.step, 1)
    for zoom in (bench.view.zoom_in, bench.view.zoom_in, bench.view.zoom_out, bench.view.zoom_out):
        yield "zooming", zoom


def visit(bench: Workbench) -> dict[str, float]:
    """The longest wait of each kind of step, milliseconds."""
    longest: dict[str, float] = {}
    for name, step in steps(bench):
        for turn in (step, QApplication.processEvents, bench.bridge.settle):
            start = time.perf_counter()
            turn()
            took = (time.perf_counter() - start) * 1000
            longest[name] = max(longest.get(name, 0.0), took)
        QApplication.processEvents()
    return longest


def test_longest_stall(benchmark: Any, visited: Workbench) -> None:
    visit(visited)
    found: list[dict[str, float]] = []
    benchmark.pedantic(lambda: found.append(visit(visited)), rounds=3)
    name, took = max(found[-1].items(), key=lambda row: row[1])
    rows = [Row(part=PART, what=f"the longest stall: {name}", ours=took, most=MOST_STALL)]
    record(benchmark, *rows)


def test_frame(benchmark: Any, visited: Workbench) -> None:
    """The whole canvas of a plan whose lines cross containers, painted again."""
    visited.view.zoom_to(1.0)
    settle(visited)
    port = visited.view.viewport()
    what = "one frame of the canvas at 100 %"
    time_ = median_ms(benchmark, port.repaint, rounds=31)
    record(benchmark, Row(part=PART, what=what, ours=time_, most=ONE_FRAME))


def test_theme(benchmark: Any, visited: Workbench) -> None:
    def switch() -> None:
        visited.toggle_theme()
        QApplication.processEvents()

    time_ = median_ms(benchmark, switch, rounds=5)
    what = "switching between light and dark, with a message meanwhile"
    record(benchmark, Row(part=PART, what=what, ours=time_))
