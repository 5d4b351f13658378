"""Writing a file so that it is there either as before or as new, and telling whether somebody else
changed it.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a file was like when it was last read or written. Equal fingerprints: nobody changed it
    since.
    """

    modified_ns: int
    size: int
    digest: bytes
    """BLAKE2b of the content, 16 bytes."""

    def same_content(self, other: Fingerprint) -> bool:
        """Whether only the time differs, if anything does (a checkout or a copy touches files
        without changing them).
        """
        return self.size == other.size and self.digest == other.digest


def fingerprint(path: str | os.PathLike[str]) -> Fingerprint:
    """The fingerprint of a file as it is on disk now. Raises OSError where it cannot be read."""
    with open(path, "rb") as file:
        status = os.fstat(file.fileno())
        data = file.read()
    return fingerprint_of(data, status.st_mtime_ns)


def fingerprint_of(data: bytes, modified_ns: int) -> Fingerprint:
    """The fingerprint of a content that is at hand."""
    return Fingerprint(modified_ns, len(data), hashlib.blake2b(data, digest_size=16).digest())


def unchanged(path: str | os.PathLike[str], known: Fingerprint) -> bool:
    """Whether the file still has the content that `known` tells of; a file that is gone has not.

    Reads the content only where time or size differ. Raises OSError where the file is there and
    cannot be read.
    """
    try:
        status = os.stat(path)
        if status.st_mtime_ns == known.modified_ns and status.st_size == known.size:
            return True
        return status.st_size == known.size and fingerprint(path).same_content(known)
    except FileNotFoundError:
        return False


def save_atomically(path: str | os.PathLike[str], data: bytes) -> Fingerprint:
    """Replaces the content of a file in one step, and returns what the file is like now.

    The content goes to a file beside it, reaches the disk, and takes its place; permissions stay,
    the owner where the system allows it, and a symbolic link stays a link to the file that is
    replaced. Raises OSError, with the old file as it was and nothing left beside it;
    PermissionError for a file that may not be written to, though its folder may.
    """
    import tempfile

    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "There is no such folder", str(target.parent))
    before = _status(target)
    if before is not None:
        if not stat.S_ISREG(before.st_mode):
            raise OSError(errno.EINVAL, "This is not a regular file", str(target))
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "The file is read-only", str(target))
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent
        )
    except OSError as error:
        # The name of the file beside it means nothing to anybody.
        raise OSError(error.errno, error.strerror, str(target)) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            _dress(name, before)
            os.fsync(file.fileno())
        written = os.stat(name).st_mtime_ns
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    _settle(target.parent)
    return fingerprint_of(data, written)


def _status(target: Path) -> os.stat_result | None:
    try:
        return os.stat(target)
    except FileNotFoundError:
        return None


def _dress(name: str, before: os.stat_result | None) -> None:
    """Mode and owner of the file that is replaced; for a new file the mode of any new file."""
    if before is None:
        mask = os.umask(0o077)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)
        return
    if hasattr(os, "chown"):
        # Only the super user may give files away, only members to a group: no reason not to save.
        with contextlib.suppress(OSError):
            os.chown(name, before.st_uid, before.st_gid)
    os.chmod(name, stat.S_IMODE(before.st_mode))


def _settle(folder: Path) -> None:
    """Makes the new name survive a power cut, where folders can be synchronised at all (not on
    Windows).
    """
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
