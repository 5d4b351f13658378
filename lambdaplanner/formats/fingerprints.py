"""Reading files that are files, and telling whether somebody else changed one."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a file held when it was last read or written. Equal fingerprints: equal content.

    Times are left out: copying and restoring keep them over another content, and a checkout
    changes them over the same.
    """

    size: int
    digest: bytes
    """BLAKE2b of the content, 16 bytes."""


def fingerprint_of(data: bytes) -> Fingerprint:
    """The fingerprint of a content that is at hand."""
    return Fingerprint(len(data), hashlib.blake2b(data, digest_size=16).digest())


def fingerprint(path: str | os.PathLike[str]) -> Fingerprint:
    """The fingerprint of a file as it is on disk now. Raises OSError where it cannot be read."""
    with open_regular(path) as file:
        return fingerprint_of(file.read())


def unchanged(path: str | os.PathLike[str], known: Fingerprint) -> bool:
    """Whether the file still has the content that `known` tells of; a file that is gone has not.

    Raises OSError where the file is there and cannot be read.
    """
    try:
        with open_regular(path) as file:
            same_size = os.fstat(file.fileno()).st_size == known.size
            return same_size and fingerprint_of(file.read(known.size + 1)) == known
    except FileNotFoundError:
        return False


def open_regular(path: str | os.PathLike[str]) -> BinaryIO:
    """The file, open for reading. Raises OSError, also for a pipe or a device: reading those may
    never end.
    """
    name = os.fspath(path)
    _check_regular(Path(name).stat(), name)
    # What stands there may be another thing by now; opening a pipe must not wait for its writer.
    handle = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        _check_regular(os.fstat(handle), name)
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def _check_regular(status: os.stat_result, name: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "This is a folder, not a file", name)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "This is not a regular file", name)
