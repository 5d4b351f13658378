"""`lambdaplanner new`: a plan from a template."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from lambdaplanner.cli.console import print_table, say
from lambdaplanner.cli.shared import ALL_WELL
from lambdaplanner.errors import PlanFileError, QuestionError

NAME = "new"
SUMMARY = "write a new plan from a template"
EXAMPLE = "lambdaplanner new orders.yaml --template two-zones"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """OUT, --template, --list."""
    command.add_argument(
        "out", metavar="OUT", type=Path, nargs="?", help="the file to write; it must not exist yet"
    )
    command.add_argument("--template", metavar="NAME", help="which template (default: the first)")
    command.add_argument("--list", action="store_true", help="show the templates")


def run(arguments: argparse.Namespace) -> int:
    """Writes the plan, or lists the templates."""
    from lambdaplanner.formats.templates import template_named, templates

    if arguments.list:
        found = templates()
        print_table(("template", "what it is"), [(t.name, t.description) for t in found])
        return ALL_WELL
    if arguments.out is None:
        raise QuestionError("OUT is missing", hint="name the file to write, or use --list")
    text = template_named(arguments.template).text
    _write_new(arguments.out, text)
    say(f"wrote {arguments.out}")
    return ALL_WELL


def _write_new(path: Path, text: str) -> None:
    from lambdaplanner.formats.atomic import save_atomically

    try:
        if os.path.lexists(path):
            raise FileExistsError
        save_atomically(path, text.encode("utf-8"), must_be_new=True)
    except FileExistsError:
        raise PlanFileError(
            "the file exists already", hint="choose another name", where=str(path)
        ) from None
