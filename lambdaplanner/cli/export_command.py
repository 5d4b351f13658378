"""`lambdaplanner export`: the diagram as a picture, the very bytes that the window exports."""

from __future__ import annotations

import argparse
import math
from pathlib import Path

from lambdaplanner.cli.console import say
from lambdaplanner.cli.shared import ALL_WELL, add_plan, opened

NAME = "export"
SUMMARY = "draw the whole diagram; OUT's ending chooses .png, .svg or .pdf"
EXAMPLE = "lambdaplanner export orders.yaml orders.png --scale 3 --theme dark"


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
    from lambdaplanner.ui.export import ExportOptions, export_plan

    plan_file = opened(arguments.plan)
    options = ExportOptions(
        scale=arguments.scale,
        dpi=arguments.dpi,
        transparent=arguments.transparent,
        theme=arguments.theme,
        margin=arguments.margin,
        only=tuple(arguments.only),
        with_plan=not arguments.no_plan,
        verdicts=arguments.verdicts,
    )
    export_plan(plan_file.plan, plan_file.text, arguments.out, options)
    say(f"wrote {arguments.out}")
    return ALL_WELL
