"""Claims on a name that end with the process, however it ends.

A claim is a lock on an open file. The number of a process proves nothing: another one may have it
by now, in a container every first process is number 1, and one that ended keeps it until its parent
asks. A lock on an open file the system takes away with the last descriptor.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}


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
            if not _locked(handle):
                os.close(handle)
                return None
            if _is_named(handle, path):
                return Claim(path, handle)
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)  # its owner removed it between opening and locking


def _locked(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _TAKEN
    return True


def _is_named(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
