"""The real window, for faults that were found in it: mouse and keys as a person uses them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.found.hand import Hand
from tests.ui.test_story import Answers
from tests.windows import MakeBench


@pytest.fixture
def hand(make_bench: MakeBench, tmp_path: Path) -> Iterator[Hand]:
    """A hand in a window of its own, with an empty plan."""
    answers = Answers(tmp_path)
    bench = make_bench(answers)
    bench.view.setFocus()
    yield Hand(bench, tmp_path)
    answers.unsaved_answer = "discard"
    bench.window.close()
