"""`lambdaplanner export`: the diagram as a picture, the very bytes that the window exports."""

from __future__ import annotations

import argparse
import math
from datetime import date
from pathlib import Path

from lambdaplanner.cli.console import say
from lambdaplanner.cli.shared import ALL_WELL, add_plan, opened, port_number
from lambdaplanner.errors import QuestionError

NAME = "export"
SUMMARY = "draw the diagram; OUT's ending chooses .png, .svg or .pdf"
EXAMPLE = (
    "lambdaplanner export orders.yaml orders.png --scale 3 --theme dark\n"
    "         lambdaplanner export orders.yaml orders.pdf --fit a4 --legend\n"
    "         lambdaplanner export orders.yaml why.svg --path orders internet --port 443"
)


def add_arguments(command: argparse.ArgumentParser) -> None:
    """PLAN, OUT and the options of the picture."""
    add_plan(command)
    command.add_argument("out", metavar="OUT", type=Path, help="the picture to write")
    command.add_argument(
        "--scale",
        metavar="N",
        type=_positive,
        default=2.0,
        help="pixels for each unit (default: 2)",
    )
    command.add_argument(
        "--dpi",
        metavar="N",
        type=_positive,
        help="dots per inch noted in the picture (default: 96 for each unit of scale)",
    )
    command.add_argument(
        "--fit",
        metavar="PAGE",
        help="16:9, 4:3, a4, a3 or pixels such as 1600x900 (default: as large as the drawing)",
    )
    command.add_argument("--transparent", action="store_true", help="no background")
    command.add_argument(
        "--theme", choices=("light", "dark"), default="light", help="default: light"
    )
    command.add_argument(
        "--margin",
        metavar="N",
        type=_margin,
        default=24,
        help="units around the diagram (default: 24)",
    )
    command.add_argument(
        "--only",
        metavar="ID",
        nargs="+",
        action="extend",
        default=[],
        help="only these things and what is in them",
    )
    _add_contents(command)


def _add_contents(command: argparse.ArgumentParser) -> None:
    """What is painted beside the things themselves."""
    command.add_argument(
        "--path",
        metavar=("FROM", "TO"),
        nargs=2,
        help="paint this path and dim the rest; the ends are those of reach",
    )
    command.add_argument(
        "--port", metavar="N", help="of the path; default: the target workload's port, else 443"
    )
    command.add_argument(
        "--legend", action="store_true", help="explain below what the marks mean that are used"
    )
    command.add_argument(
        "--no-title",
        action="store_true",
        help="leave out the block above with name, description, region and verdicts",
    )
    command.add_argument(
        "--date", metavar="DAY", help="a day such as 2026-01-31, or today, for the title block"
    )
    command.add_argument("--no-plan", action="store_true", help="leave the plan out of the picture")
    command.add_argument(
        "--verdicts",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="badges and capacity bars (default: yes)",
    )


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a number") from None
    if not (math.isfinite(value) and 0 < value <= 10_000):
        raise argparse.ArgumentTypeError(f"{text} is not a number above 0")
    return value


def _margin(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 5):
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 0")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Writes the picture."""
    from lambdaplanner.ui.export import export_plan
    from lambdaplanner.ui.subject import ExportOptions, PathAsked

    asked = _path(arguments)
    plan_file = opened(arguments.plan)
    options = ExportOptions(
        scale=arguments.scale,
        dpi=arguments.dpi,
        fit=arguments.fit or "",
        transparent=arguments.transparent,
        theme=arguments.theme,
        margin=arguments.margin,
        only=tuple(arguments.only),
        path=None if asked is None else PathAsked(*asked),
        legend=arguments.legend,
        title=not arguments.no_title,
        day=_day(arguments.date),
        with_plan=not arguments.no_plan,
        verdicts=arguments.verdicts,
    )
    export_plan(plan_file.plan, plan_file.text, arguments.out, options)
    say(f"wrote {arguments.out}")
    return ALL_WELL


def _path(arguments: argparse.Namespace) -> tuple[str, str, int | None] | None:
    port = port_number(arguments.port)
    if arguments.path is not None:
        source, target = arguments.path
        return source, target, port
    if port is not None:
        raise QuestionError("--port asks about a path", hint="add --path FROM TO")
    return None


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    from lambdaplanner.checks.report import local_day

    if text == "today":
        return local_day()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise QuestionError(f"--date {text}: a day such as 2026-01-31 is due") from None
