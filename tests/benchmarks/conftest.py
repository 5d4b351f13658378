"""What several benchmarks share: the peer's figures, settings of their own, a settled collector."""

from __future__ import annotations

import gc
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guards import isolate

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / ".venv-bench" / "bin" / "python"


@pytest.fixture(scope="session")
def nodegraphqt() -> dict[str, float] | None:
    """NodeGraphQt's milliseconds with 1,000 boxes, taken in a process of its own; None where its
    environment is missing.
    """
    if not PEERS.exists():
        return None
    script = Path(__file__).with_name("peer_nodegraphqt.py")
    run = subprocess.run(
        [str(PEERS), str(script), "1000"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    figures: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return figures


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings and notes of unsaved work of their own, also for windows that serve several
    benchmarks; otherwise a note that a crash left would open a dialog, which nobody answers.
    """
    with pytest.MonkeyPatch.context() as patch:
        isolate(tmp_path_factory.mktemp("home"), patch)
        yield


@pytest.fixture(autouse=True)
def guarded_qt() -> None:
    """Stands in for the tests' guard, which closes every window after each test."""


@pytest.fixture(autouse=True)
def settled_collector() -> Iterator[None]:
    """As the program has it: what stood before is never looked at again, what is new is."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
