"""The program's own folder: nobody else reads it."""

from __future__ import annotations

import contextlib
import errno
import stat
from pathlib import Path

_OWNER_ONLY = 0o700


def make_private(folder: Path) -> None:
    """Makes a folder that only its owner can enter, and those above it where they are missing; one
    that is there is closed to the others.

    Raises OSError where it cannot be made, or where something else has its name.
    """
    missing = [above for above in folder.parents if not above.exists()]
    try:
        for part in (*reversed(missing), folder):  # `parents=True` would leave those open
            part.mkdir(mode=_OWNER_ONLY, exist_ok=True)
    except FileExistsError as error:
        message = "There is a file where the folder should be"
        raise NotADirectoryError(errno.ENOTDIR, message, str(folder)) from error
    if stat.S_IMODE(folder.stat().st_mode) & ~_OWNER_ONLY:
        with contextlib.suppress(PermissionError):
            folder.chmod(_OWNER_ONLY)
