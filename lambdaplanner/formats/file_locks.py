"""Locks on open files that end with their process, however it ends."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator

if sys.platform != "win32":
    import fcntl

PATIENCE_S = 2.0
"""How long a save waits for another program's; taking a place needs no more than milliseconds."""
_PAUSE_S = 0.02


def lock(handle: int) -> bool:
    """Locks an open file for as long as it is open; False where its file system knows no locks.

    Raises BlockingIOError where another open file holds the lock.
    """
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise
    except OSError:
        return False
    return True


def has_name(handle: int, name: str) -> bool:
    """Whether an open file still is the one of this name."""
    try:
        return os.path.samestat(os.fstat(handle), os.lstat(name))
    except FileNotFoundError:
        return False


@contextlib.contextmanager
def alone_with(name: str) -> Iterator[None]:
    """While it lasts no other program that asks so too replaces the file of this name. Nothing is
    held where there is no such file, or it cannot be read. Raises BlockingIOError where another
    one keeps it too long.
    """
    handle = _locked(name)
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _locked(name: str) -> int | None:
    end = time.monotonic() + PATIENCE_S
    while True:
        try:
            handle = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        except (FileNotFoundError, PermissionError):
            return None
        try:
            lock(handle)
            if has_name(handle, name):
                return handle
        except BlockingIOError:
            if time.monotonic() > end:
                os.close(handle)
                raise BlockingIOError(
                    errno.EAGAIN, "Another program is writing this file", name
                ) from None
            time.sleep(_PAUSE_S)
        os.close(handle)
