"""`lambdaplanner [PLAN]`: the window."""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "open"
SUMMARY = "open the window, on a plan where one is named"
EXAMPLE = "lambdaplanner orders.yaml"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """PLAN, optional."""
    command.add_argument(
        "plan",
        metavar="PLAN",
        type=Path,
        nargs="?",
        help="a plan file, or a picture with its plan inside",
    )


def run(arguments: argparse.Namespace) -> int:
    """Opens the window and stays until it is closed."""
    from lambdaplanner.app import run_window

    return run_window(arguments.plan)
