"""The one place through which the command line speaks: nothing that a plan, a file name or an
argument holds reaches a terminal raw.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from lambdaplanner.visible import visible, visible_json


def say(line: str = "") -> None:
    """One line to stdout; a line end or a control character inside is shown as an escape."""
    print(visible(line))


def put(text: str) -> None:
    """Writes a text as it is: a script or a plan, for another program or a file to take."""
    sys.stdout.write(text)


def warn(line: str) -> None:
    """One line to stderr, likewise."""
    print(visible(line), file=sys.stderr)


def watched() -> bool:
    """Whether stderr is a terminal, on which somebody may be waiting."""
    return sys.stderr.isatty()


def rewrite(line: str) -> None:
    """Puts `line` in the place of the line that stands last on the terminal at stderr."""
    sys.stderr.write(f"\r\033[K{visible(line)}")
    sys.stderr.flush()


def print_json(document: Any) -> None:
    """One JSON document to stdout."""
    print(visible_json(json.dumps(document, indent=2, ensure_ascii=False)))


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Columns as wide as needed; numbers to the right."""
    listed = list(rows)
    cells = [
        [f"{cell:,}" if isinstance(cell, int) else visible(str(cell)) for cell in row]
        for row in listed
    ]
    numeric = [
        any(isinstance(cell, int) for cell in column) for column in zip(*listed, strict=True)
    ]
    widths = [max(len(line[i]) for line in [list(head), *cells]) for i in range(len(head))]
    for line in [list(head), *cells]:
        parts = [
            cell.rjust(widths[i]) if i < len(numeric) and numeric[i] else cell.ljust(widths[i])
            for i, cell in enumerate(line)
        ]
        say("  ".join(parts).rstrip())


class Parser(argparse.ArgumentParser):
    """argparse's own, whose complaints repeat arguments."""

    @property
    def options(self) -> list[str]:
        """Everything that may be written with a dash."""
        return [text for action in self._actions for text in action.option_strings]

    def error(self, message: str) -> NoReturn:
        """The usage and one line, then status 2."""
        self.print_usage(sys.stderr)
        warn(f"{self.prog}: error: {message}")
        self.exit(2)


def write_any_text() -> None:
    """A terminal that cannot show a character gets an escape instead of a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
