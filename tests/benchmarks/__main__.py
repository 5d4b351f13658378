"""`make bench`: measures everything, writes the page of figures into the guide."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.benchmarks.page import page, rows_of

ROOT = Path(__file__).resolve().parents[2]
FIGURES = ROOT / ".benchmarks" / "figures.json"
PAGE = ROOT / "resources" / "guide" / "performance.md"
ORDER = ("start", "files", "live", "walk", "window", "lists", "canvas", "picture")


def main() -> int:
    """Runs every benchmark; the page is written only where all of them ran, and not where arguments
    for pytest chose some.
    """
    os.chdir(ROOT)
    os.environ["PYTHONPATH"] = str(ROOT)
    FIGURES.parent.mkdir(exist_ok=True)
    status = pytest.main(
        [
            *(f"tests/benchmarks/bench_{name}.py" for name in ORDER),
            *("--benchmark-only", f"--benchmark-json={FIGURES}", "--benchmark-columns=median,iqr"),
            *("-p", "no:randomly", "-o", "qt_log_level_fail=CRITICAL", "-q"),
            *sys.argv[1:],
        ]
    )
    if status != pytest.ExitCode.OK:
        return int(status)
    rows = rows_of(FIGURES)
    if sys.argv[1:]:
        print(page(rows))
        return 0
    PAGE.write_text(page(rows), encoding="utf-8")
    missed = [row for row in rows if row.reached is False]
    for row in missed:
        print(f"missed: {row.part}: {row.what}")
    print(f"{len(rows)} figures, {len(missed)} lines missed; see {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
