"""What several commands share: plans from files, JSON to stdout, tables."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lambdaplanner.errors import QuestionError

if TYPE_CHECKING:
    from lambdaplanner.formats.plan_file import OpenedPlan

ALL_WELL = 0
BAD_ANSWER = 1


def add_plan(command: argparse.ArgumentParser, **options: Any) -> None:
    """The argument PLAN."""
    command.add_argument(
        "plan",
        metavar="PLAN",
        type=Path,
        help="a plan file, or a picture with its plan inside",
        **options,
    )


def add_json(command: argparse.ArgumentParser) -> None:
    """The option --json."""
    command.add_argument(
        "--json", action="store_true", help="print one JSON document and nothing else"
    )


def opened(path: Path) -> OpenedPlan:
    """The plan of a file; what is understood but doubtful goes to stderr. Raises PlanFileError."""
    from lambdaplanner.formats.plan_file import open_plan

    plan_file = open_plan(path)
    for warning in plan_file.warnings:
        print(f"warning: {warning.describe(str(path))}", file=sys.stderr)
    for note in plan_file.notes:
        print(f"note: {path}: {note}", file=sys.stderr)
    return plan_file


def port_number(text: str | None) -> int | None:
    """The value of --port, if it was given. Raises QuestionError where it is no port."""
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and int(text) <= 65535):
        raise QuestionError(f"--port {text}: a number from 0 to 65535 is due")
    return int(text)


def print_json(document: Any) -> None:
    """One JSON document to stdout."""
    print(json.dumps(document, indent=2, ensure_ascii=False))


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns as wide as needed; numbers to the right."""
    cells = [[f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row] for row in rows]
    numeric = (
        [isinstance(cell, int) for cell in next(iter(rows), ())]
        if isinstance(rows, list) and rows
        else []
    )
    widths = [max(len(line[i]) for line in [list(head), *cells]) for i in range(len(head))]
    for line in [list(head), *cells]:
        parts = [
            cell.rjust(widths[i]) if i < len(numeric) and numeric[i] else cell.ljust(widths[i])
            for i, cell in enumerate(line)
        ]
        print("  ".join(parts).rstrip())
