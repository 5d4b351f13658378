"""`lambdaplanner format`: canonical form, comments kept."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

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
    """Formats; every file is read before the first one is written."""
    from lambdaplanner.formats.plan_file import formatted, write_bytes

    changes = [(path, formatted(path)) for path in arguments.plans]
    differing = [(path, data) for path, data in changes if data is not None]
    for path, data in differing:
        if not arguments.check:
            write_bytes(path, data)
        print(f"{'would change' if arguments.check else 'formatted'} {path}", file=sys.stdout)
    return BAD_ANSWER if arguments.check and differing else ALL_WELL
