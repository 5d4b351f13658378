"""The page of figures in the guide, written from what pytest-benchmark put down."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import PySide6

from tests.benchmarks.rows import Row

WHY: dict[str, str] = {
    "first paint": "importing our modules, and the style sheet's first use",
    "`lambdaplanner reach`": "our modules' imports",
    "open": "every line is routed at once; later the whole canvas is repainted a container filled",
    "a route: answers": "every function's paths are asked anew, those through checks too",
    "a security group's rule: answers": "every function's paths are asked anew, by checks too",
    "concurrency of a function: answers, canvas": "all visible lines painted anew, one by one",
    "a route: answers, canvas": "paths asked anew, and the diagram's structure made anew",
    "a security group's rule: answers, canvas": "paths asked anew",
    "place of a subnet: answers, canvas": "all visible lines painted anew, one by one",
    "pause": "the whole plan is made into text at once",
    "capacity": "how functions spread over the subnets they share is worked out from nothing",
    "drag": "the peer's step is much shorter here than where the line was drawn",
}
"""By the beginning of what was measured: why its line is missed. Kept by hand."""

_HEAD = """# Speed

<!-- Written by `make bench`; edit the words in tests/benchmarks, not here. -->

Measured on {day}: {system}, {cores} cores, no GPU, Python {python}, PySide6 {pyside}, painted by
Qt's raster engine without a display. {reached} of {lines} lines reached.

Every figure is a median. Where something is compared, both sides were taken in the same run, by
turns where they could be, because machines drift: ratios carry over to another machine,
milliseconds do not. Less is better everywhere.
"""

_FOOT = """
## How it was measured

- Plans are made by a generator: VPCs of 200 things over three zones, with gateways, route tables,
  security groups, endpoints, peerings, workloads, and one function in ten things. Canvas and
  picture rows use boxes in containers of 20 with as many lines.
- First paint is counted inside the process, from its first line to the event after the first paint.
- Raw painting repeats the very calls to QPainter that our canvas makes, with everything else done
  before; no canvas that draws this picture can be faster by much.
- NodeGraphQt {peer}
- `diagrams`, which also draws AWS networks as PNG, needs Graphviz from outside Python; it is not
  compared here.
- An edit to all visible answers is one change, the answers of every function, the capacity of every
  subnet, all findings and expectations. *Painted* means the real window: its canvas and all its
  panels, repainted.
- `make bench` repeats all of it; the whole record of the run is then in `.benchmarks/figures.json`.
"""
_PEER = {
    True: "runs in an environment of its own, on the same version of Qt, before our side of the\n"
    "  same test run. Beyond 1,000 boxes it needs minutes to build and is left out.",
    False: "could not be installed on this machine, so that its rows are missing here.",
}


def rows_of(figures: Path) -> list[Row]:
    """Every row of a run, in the order in which they were measured."""
    record = json.loads(figures.read_text(encoding="utf-8"))
    benchmarks = record["benchmarks"]
    return [Row(**row) for each in benchmarks for row in each["extra_info"].get("rows", ())]


def page(rows: Sequence[Row]) -> str:
    """The page as Markdown."""
    verdicts = [row.reached for row in rows if row.reached is not None]
    head = _HEAD.format(
        day=datetime.now(UTC).date().isoformat(),
        system=platform.system(),
        cores=os.cpu_count(),
        python=platform.python_version(),
        pyside=PySide6.__version__,
        reached=sum(verdicts),
        lines=len(verdicts),
    )
    parts = [head]
    for part, members in groupby(_by_part(rows), key=lambda row: row.part):
        parts.append(f"\n## {part}\n\n{_table(list(members))}\n")
    with_peer = any("NodeGraphQt" in row.against for row in rows)
    parts.append(_FOOT.format(peer=_PEER[with_peer]))
    return "".join(parts)


def _by_part(rows: Iterable[Row]) -> list[Row]:
    """Rows of one part together, parts in the order in which they first appear."""
    listed = list(rows)
    order = list(dict.fromkeys(row.part for row in listed))
    return sorted(listed, key=lambda row: order.index(row.part))


def _table(rows: list[Row]) -> str:
    head = ("What", "Ours", "Against", "Theirs", "Ratio", "Line", "", "Why")
    cells = [_cells(row) for row in rows]
    used = [n for n in range(len(head)) if n < 2 or any(row[n] for row in cells)]
    marks = ["---:" if head[n] in ("Ours", "Theirs", "Ratio", "Line") else "---" for n in used]
    lines = [[head[n] for n in used], marks, *([row[n] for n in used] for row in cells)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    ratio = row.ratio
    if row.most is None:
        line = ""
    else:
        line = f"<= {row.most:.3g}{'x' if ratio is not None else ' ' + row.unit}"
    return (
        row.what,
        _figure(row.ours, row.unit),
        row.against,
        "" if row.theirs is None else _figure(row.theirs, row.unit),
        "" if ratio is None else f"{ratio:.3g}x",
        line,
        {None: "", True: "reached", False: "**missed**"}[row.reached],
        _why(row) if row.reached is False else "",
    )


def _figure(value: float, unit: str) -> str:
    if unit == "ms" and value < 0.1:
        return f"{value * 1000:.2g} us"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}"


def _why(row: Row) -> str:
    starts = [start for start in WHY if row.what.startswith(start)]
    return WHY[max(starts, key=len)] if starts else ""
