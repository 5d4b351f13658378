"""Plan files with 10,000 things: opened, read, written and saved, against PyYAML on libyaml."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from lambdaplanner.formats.document import plain_plan
from lambdaplanner.formats.plan_file import open_plan, plan_text, save_plan
from lambdaplanner.formats.yaml_reader import parse
from lambdaplanner.formats.yaml_writer import write
from lambdaplanner.model.edit import Edit
from lambdaplanner.ui.workbench import Workbench
from tests.benchmarks.plans import realistic_plan
from tests.benchmarks.rows import Row, by_turns, record
from tests.benchmarks.window import answer_and_paint, close, opened_window, settle

PART = "Plan files, 10,000 things"
LOADER = "`yaml.load` (CSafeLoader) of the same text"
DUMPER = "`yaml.dump` (CSafeDumper) of the same content"
THINGS = 10_000
ROUNDS = 3
pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("plans") / "plan.yaml"
    file.write_text(plan_text(realistic_plan(THINGS)), encoding="utf-8")
    return file


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    made = opened_window(tmp_path)
    yield made
    close(made)


def _loaded(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)


def _record(benchmark: Any, what: str, times: tuple[float, float], most: float | None) -> None:
    ours, theirs = times
    against = DUMPER if what.startswith(("write", "save")) else LOADER
    row = Row(part=PART, what=what, ours=ours, against=against, theirs=theirs, most=most)
    record(benchmark, row)


def test_open(benchmark: Any, path: Path, workbench: Workbench) -> None:
    text = path.read_text(encoding="utf-8")

    def ours() -> None:
        assert workbench.documents.open(path)
        answer_and_paint(workbench)

    ours_ms, theirs_ms = by_turns(benchmark, ours, lambda: _loaded(text), ROUNDS)
    start = time.perf_counter()
    settle(workbench)
    rest_ms = (time.perf_counter() - start) * 1000
    ends = {
        "open: from the file to the first painted canvas and every panel": ours_ms,
        "open: until every thing is on the canvas, containers being filled frame by frame": ours_ms
        + rest_ms,
    }
    rows = [
        Row(part=PART, what=what, ours=end, against=LOADER, theirs=theirs_ms, most=1.0)
        for what, end in ends.items()
    ]
    record(benchmark, *rows)


def test_read(benchmark: Any, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    times = by_turns(benchmark, lambda: open_plan(path), lambda: _loaded(text), ROUNDS)
    _record(benchmark, "read: from the file to a checked plan", times, None)


def test_parse(benchmark: Any, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    times = by_turns(benchmark, lambda: parse(text), lambda: _loaded(text), ROUNDS)
    _record(benchmark, "parse, line and column kept", times, 0.35)


def test_write(benchmark: Any, path: Path) -> None:
    sections = plain_plan(open_plan(path).plan)
    assert _loaded(write(sections)) == sections
    times = by_turns(
        benchmark,
        lambda: write(sections),
        lambda: yaml.dump(sections, Dumper=yaml.CSafeDumper, sort_keys=False),
        ROUNDS,
    )
    _record(benchmark, "write a new text", times, 0.12)


def test_save(benchmark: Any, path: Path, tmp_path: Path) -> None:
    """Over the file that was opened, whose comments and order stay; from the second save on."""
    opened = open_plan(path)
    sections = plain_plan(opened.plan)
    copy = tmp_path / "plan.yaml"
    saved = save_plan(opened.plan, copy, opened)
    name = opened.plan.ordered("function")[0].id
    targets = iter(range(1, 1000))

    def ours() -> None:
        nonlocal saved
        Edit(opened.plan).update(name, concurrency=next(targets))
        saved = save_plan(opened.plan, copy, saved)

    times = by_turns(
        benchmark,
        ours,
        lambda: yaml.dump(sections, Dumper=yaml.CSafeDumper, sort_keys=False),
        ROUNDS,
    )
    _record(benchmark, "save after one edit, everything else kept as it was written", times, None)
