"""What several commands share: arguments, and plans from files."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lambdaplanner.cli.console import warn
from lambdaplanner.errors import QuestionError

if TYPE_CHECKING:
    from lambdaplanner.analysis.packets import Obstacle
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
        warn(f"warning: {warning.describe(str(path))}")
    for note in plan_file.notes:
        warn(f"note: {path}: {note}")
    return plan_file


def port_number(text: str | None) -> int | None:
    """The value of --port, if it was given. Raises QuestionError where it is no port."""
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and 1 <= int(text) <= 65535):
        raise QuestionError(f"--port {text}: a number from 1 to 65535 is due")
    return int(text)


def ip_version(text: str | None) -> int | None:
    """The value of --ip, if it was given."""
    return None if text is None else int(text)


def obstacle_document(obstacle: Obstacle) -> dict[str, Any]:
    """What blocks, as JSON has it; what to do about it is left aside."""
    return {
        "at": obstacle.at,
        "code": obstacle.code,
        "direction": obstacle.direction,
        "message": obstacle.message,
    }
