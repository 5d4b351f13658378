"""A log of what went wrong inside the program, as plain text that stays small."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from lambdaplanner.state.private_folder import make_private
from lambdaplanner.visible import visible

_LONGEST = 256 * 1024
"""Bytes after which a new file is begun; the one before is kept, older ones are not."""


class Log:
    """A file that grows line by line."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._previous = file.with_name(f"{file.stem}.1{file.suffix}")

    def append(self, text: str) -> None:
        """Writes a text of one or many lines, its control characters as escapes; where that cannot
        be, nothing is said: who logs has something to say already.
        """
        lines = "".join(f"{visible(line)}\n" for line in text.splitlines())
        with contextlib.suppress(OSError):
            make_private(self.file.parent)
            if self.file.exists() and self.file.stat().st_size > _LONGEST:
                self.file.replace(self._previous)
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
            with os.fdopen(os.open(self.file, flags, 0o600), "ab") as file:
                file.write(lines.encode("utf-8", errors="backslashreplace"))
