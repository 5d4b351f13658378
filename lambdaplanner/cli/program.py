"""Reads the command line, runs one command, and turns errors into one sentence and an exit status.

Exit status: 0 all well; 1 the answer is bad; 2 the question could not be asked (message on stderr,
nothing written); 130 stopped by Ctrl+C (nothing written).
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from lambdaplanner.cli.console import Parser, warn, write_any_text
from lambdaplanner.errors import PlannerError, QuestionError
from lambdaplanner.model.nearness import suggestion

COMMANDS = (
    "open",
    "check",
    "reach",
    "capacity",
    "fix",
    "whatif",
    "import",
    "export",
    "new",
    "format",
    "schema",
)
"""Each lives in the module ``NAME_command``, which is loaded only where its name is asked for."""
NOT_ASKED = 2
STOPPED = 130
"""By Ctrl+C, as shells have it."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the program with these arguments (the process's own where left out); gives the exit
    status.
    """
    arguments = _with_command(list(sys.argv[1:] if argv is None else argv))
    write_any_text()
    try:
        chosen = _chosen(arguments)
        status = int(chosen.run(chosen))
        sys.stdout.flush()
        return status
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else NOT_ASKED
    except PlannerError as error:
        for line in error.lines:
            warn(line)
        return NOT_ASKED
    except BrokenPipeError:
        _hush()
        return NOT_ASKED
    except OSError as error:
        _hush()
        _refuse(error)
        return NOT_ASKED
    except KeyboardInterrupt:
        warn("stopped")
        return STOPPED


def _chosen(arguments: list[str]) -> argparse.Namespace:
    """The arguments as they are meant; what is none is told with what was probably meant."""
    first = arguments[0]
    named = first in COMMANDS
    if not named and not first.startswith("-"):
        raise QuestionError(f'there is no command "{first}"{suggestion(first, COMMANDS)}')
    chosen, rest = parser(arguments[:1] if named else COMMANDS).parse_known_args(arguments)
    if rest:
        command: Parser = chosen.command
        near = suggestion(rest[0], command.options) if rest[0].startswith("-") else ""
        command.error(f"unrecognized arguments: {' '.join(rest)}{near}")
    return chosen


def command_module(name: str) -> Any:
    """The module of a command: NAME, SUMMARY, EXAMPLE, `add_arguments` and `run`."""
    return import_module(f"lambdaplanner.cli.{name}_command")


def parser(names: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """The parser of the command line with these commands."""
    top = Parser(
        prog="lambdaplanner",
        description="Draw AWS VPCs with Lambda attachments; know what reaches what, and what fits.",
        epilog="example: lambdaplanner reach orders.yaml orders internet\n"
        "A plan may also be a picture with its plan inside (.png, .svg).",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    from lambdaplanner import __version__

    top.add_argument("--version", action="version", version=f"lambdaplanner {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in names:
        module = command_module(name)
        command = commands.add_parser(
            module.NAME,
            help=module.SUMMARY,
            description=module.SUMMARY,
            epilog=f"example: {module.EXAMPLE}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        module.add_arguments(command)
        command.set_defaults(run=module.run, command=command)
    return top


def _with_command(arguments: list[str]) -> list[str]:
    """A plan or nothing at all in first place means `open`."""
    if not arguments:
        return ["open"]
    first = arguments[0]
    if first in COMMANDS or first in ("-h", "--help", "--version"):
        return arguments
    looks_like_file = not first.startswith("-") and ("." in first or Path(first).exists())
    return ["open", *arguments] if looks_like_file else arguments


def _refuse(error: OSError) -> None:
    """Says which file the system refused, why, and what may help."""
    from lambdaplanner.formats.reasons import remedy

    name = os.fsdecode(error.filename) if error.filename is not None else "lambdaplanner"
    what = error.strerror or str(error)
    hint = remedy(error)
    if what == os.strerror(errno.ENOENT):
        folder = Path(name).parent
        is_there = folder.exists()
        what = "there is no such file" if is_there else f"there is no folder {folder}"
        hint = "lambdaplanner new FILE makes a plan" if is_there else hint
    warn(str(PlannerError(what, hint=hint, where=name)))


def _hush() -> None:
    """What stdout could not take is given up; Python would try again at its end, and complain."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
