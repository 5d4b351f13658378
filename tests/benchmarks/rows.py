"""One row of the page of figures: what was measured, against what, and the line to reach."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

Action = Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Figures are medians. `most` is the line to reach: of the ratio where there is something to
    compare with, else of our own figure; None where no line was drawn.
    """

    part: str
    what: str
    ours: float
    unit: str = "ms"
    against: str = ""
    theirs: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours by theirs."""
        return self.ours / self.theirs if self.theirs else None

    @property
    def reached(self) -> bool | None:
        """Whether the line was reached; None where there is none."""
        if self.most is None:
            return None
        ratio = self.ratio
        return (self.ours if ratio is None else ratio) <= self.most


def record(benchmark: Any, *rows: Row) -> None:
    """Puts rows into what pytest-benchmark writes down."""
    benchmark.extra_info["rows"] = [asdict(row) for row in rows]


def median_ms(benchmark: Any, action: Action, rounds: int) -> float:
    """The median of an action in milliseconds, after one round that does not count."""
    benchmark.pedantic(action, rounds=rounds, warmup_rounds=1)
    return float(benchmark.stats.stats.median) * 1000


def by_turns(benchmark: Any, ours: Action, theirs: Action, rounds: int) -> tuple[float, float]:
    """The medians in milliseconds of both, taken by turns, since machines drift from one minute to
    the next.
    """
    times: list[float] = []

    def other_side() -> None:
        start = time.perf_counter()
        theirs()
        times.append((time.perf_counter() - start) * 1000)

    ours()
    theirs()
    benchmark.pedantic(ours, setup=other_side, rounds=rounds)
    return float(benchmark.stats.stats.median) * 1000, median(times)
