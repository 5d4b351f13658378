"""`lambdaplanner [open] [PLAN]`: the window."""

from __future__ import annotations

import argparse
from pathlib import Path

NAME = "open"
SUMMARY = "open the window, on a plan where one is named"
EXAMPLE = "lambdaplanner open orders.yaml"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """PLAN, optional, and --template."""
    command.add_argument(
        "plan",
        metavar="PLAN",
        type=Path,
        nargs="?",
        help="a plan file, or a picture with its plan inside",
    )
    command.add_argument(
        "--template", metavar="NAME", help="start with a template, untitled; see new --list"
    )


def run(arguments: argparse.Namespace) -> int:
    """Opens the window and stays until it is closed."""
    from lambdaplanner.app import run_window

    if arguments.template is not None:
        from lambdaplanner.formats.templates import template_named

        template_named(arguments.template)  # an unknown one is said here, not in a window
    return run_window(arguments.plan, arguments.template)
