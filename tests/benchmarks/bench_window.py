"""One edit to all visible answers through the whole window: canvas and panels repainted. This is
what a user feels.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from lambdaplanner.formats.plan_file import plan_text
from lambdaplanner.ui.workbench import Workbench
from tests.benchmarks.bench_live import LINES
from tests.benchmarks.edits import EDITS
from tests.benchmarks.plans import realistic_plan
from tests.benchmarks.rows import Row, median_ms, record
from tests.benchmarks.window import answer_and_paint, close, opened_window, settle

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module", params=LINES)
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[int, Workbench]]:
    folder = tmp_path_factory.mktemp("window")
    file = folder / "plan.yaml"
    file.write_text(plan_text(realistic_plan(request.param)), encoding="utf-8")
    made = opened_window(folder)
    assert made.documents.open(file)
    settle(made)
    yield request.param, made
    close(made)


@pytest.mark.parametrize("edit", EDITS)
def test_edit_to_painted_answers(benchmark: Any, filled: tuple[int, Workbench], edit: str) -> None:
    things, workbench = filled
    edits = EDITS[edit](workbench.session.plan)

    def one_edit() -> None:
        workbench.recovery.forget()  # its timer: the note of unsaved work has a row of its own
        assert workbench.bridge.do(edit, next(edits), merge=edit)
        answer_and_paint(workbench)

    time = median_ms(benchmark, one_edit, rounds=15 if things == 1000 else 5)
    part = f"One edit to all visible answers, {things:,} things, {things // 10:,} functions"
    what = f"{edit}: answers, canvas and panels, painted"
    record(benchmark, Row(part=part, what=what, ours=time, most=LINES[things]))


def test_note_of_unsaved_work(benchmark: Any, filled: tuple[int, Workbench]) -> None:
    """Written some seconds after an edit, also while something is being dragged."""
    things, workbench = filled
    edits = EDITS["concurrency of a function"](workbench.session.plan)

    def edit() -> None:
        assert workbench.bridge.do("Edit", next(edits))
        answer_and_paint(workbench)

    edit()
    benchmark.pedantic(workbench.recovery.write, setup=edit, rounds=5)
    row = Row(
        part=f"One edit to all visible answers, {things:,} things, {things // 10:,} functions",
        what="pause for the note of unsaved work, three seconds later",
        ours=float(benchmark.stats.stats.median) * 1000,
        most=16.0 if things == 1_000 else None,
    )
    record(benchmark, row)
