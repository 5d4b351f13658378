"""Claims on a name that end with the process, however it ends.

A claim is a lock on an open file. The number of a process proves nothing: another one may have it
by now, in a container every first process is number 1, and one that ended keeps it until its parent
asks. A lock on an open file the system takes away with the last descriptor.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from lambdaplanner.formats.file_locks import has_name, lock

if sys.platform == "win32":
    import msvcrt


class Claim:
    """A lock file, held until `release` or the end of the process."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle = handle

    def release(self) -> None:
        """Lets go, and takes the lock file away."""
        if self._handle < 0:
            return
        # Removed while it is held: who opened it meanwhile sees that it has no name any more.
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
        os.close(self._handle)
        self._handle = -1
        with contextlib.suppress(OSError):  # Windows removes no file that is open
            if sys.platform == "win32":
                self._path.unlink(missing_ok=True)


def claim(path: Path) -> Claim | None:
    """Claims a name by the lock file `path`; None where a process that runs has it.

    On a file system that knows no locks everything counts as free. Raises OSError where the lock
    file cannot be made.
    """
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
            if has_name(handle, str(path)):
                return Claim(path, handle)
        except (BlockingIOError, PermissionError):
            os.close(handle)
            return None
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # its owner removed it between opening and locking


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        # `lock` leaves Windows out, where a locked file cannot be replaced; this one never is.
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        lock(handle)
