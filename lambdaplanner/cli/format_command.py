"""`lambdaplanner format`: canonical form, comments kept."""

from __future__ import annotations

import argparse
from pathlib import Path

from lambdaplanner.cli.console import say
from lambdaplanner.cli.shared import ALL_WELL, BAD_ANSWER

NAME = "format"
SUMMARY = "rewrite plans in canonical form, keeping every comment"
EXAMPLE = "lambdaplanner format --check plans/*.yaml"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """PLAN..., --check."""
    command.add_argument("plans", metavar="PLAN", type=Path, nargs="+", help="plan files")
    command.add_argument(
        "--check", action="store_true", help="only say which files would change; exit 1 if any"
    )


def run(arguments: argparse.Namespace) -> int:
    """Formats all of the files or none: all are on the disk before the first one is replaced."""
    from lambdaplanner.formats.plan_file import formatted, write_formatted

    differing = [found for path in arguments.plans if (found := formatted(path)) is not None]
    if not arguments.check:
        write_formatted(differing)
    for found in differing:
        say(f"{'would change' if arguments.check else 'formatted'} {found.path}")
    return BAD_ANSWER if arguments.check and differing else ALL_WELL
