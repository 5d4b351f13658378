"""Files beside a file that hold its next content until it takes its place.

Each is locked by its writer as long as that lives. A lock ends with its process, so what no lock
is on was left by a process that was killed, whatever its number and however young the file.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from lambdaplanner.formats.file_locks import has_name, lock

_ENDING = ".part"
_RANDOM = 4
"""Bytes of the name that nobody can foresee."""


def make_part(target: Path) -> tuple[int, str]:
    """A new, locked, empty file beside `target`: its descriptor and its path. Raises OSError."""
    while True:
        name = str(target.parent / f"{_beginning(target)}{os.urandom(_RANDOM).hex()}{_ENDING}")
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with contextlib.suppress(FileExistsError):
            handle = os.open(name, flags, 0o600)
            with contextlib.suppress(BlockingIOError):
                lock(handle)
                if has_name(handle, name):
                    return handle, name
            os.close(handle)  # swept between its making and its lock


def sweep_parts(path: str | os.PathLike[str]) -> None:
    """Removes what killed processes left beside a file; what a living one writes stays."""
    with contextlib.suppress(OSError):
        for name in list(_parts(Path(os.path.realpath(path)))):
            with contextlib.suppress(OSError):
                _sweep(name)


def _beginning(target: Path) -> str:
    return f".{target.name[:40]}."


def _parts(target: Path) -> Iterator[str]:
    beginning = _beginning(target)
    length = len(beginning) + 2 * _RANDOM + len(_ENDING)
    with os.scandir(target.parent) as entries:
        for entry in entries:
            name = entry.name
            if len(name) == length and name.startswith(beginning) and name.endswith(_ENDING):
                yield entry.path


def _sweep(name: str) -> None:
    if not stat.S_ISREG(Path(name).lstat().st_mode):
        return
    if sys.platform == "win32":
        Path(name).unlink()  # refused there as long as somebody has it open
        return
    handle = os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    try:
        # Where nothing can be locked, nobody can tell whether its writer lives.
        if lock(handle) and has_name(handle, name):
            Path(name).unlink()
    finally:
        os.close(handle)
