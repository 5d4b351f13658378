"""Writing a file so that it is there either as before or as new, and never over what somebody else
wrote meanwhile.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from pathlib import Path
from types import TracebackType

from lambdaplanner.errors import ChangedMeanwhile
from lambdaplanner.formats.file_locks import alone_with
from lambdaplanner.formats.fingerprints import Fingerprint, fingerprint_of, unchanged
from lambdaplanner.formats.part_files import make_part, sweep_parts

_ACCESS_LIST = "system.posix_acl_access"


def save_atomically(
    path: str | os.PathLike[str],
    data: bytes,
    *,
    known: Fingerprint | None = None,
    must_be_new: bool = False,
) -> Fingerprint:
    """Replaces the content of a file in one step, and returns what the file is like now.

    The content goes to a file beside it, reaches the disk, and takes its place. Permissions,
    access lists and extended attributes stay, the owner where the system allows it, and a symbolic
    link stays a link to the file that is replaced; another hard link keeps the old content.

    Raises ChangedMeanwhile where the file is not what `known` tells of, FileExistsError where it
    must be new and is there, any other OSError where it cannot be written: always with the old
    file as it was and nothing left beside it.
    """
    with Replacement(path, data) as replacement:
        return replacement.take_place(known=known, must_be_new=must_be_new)


class Replacement:
    """The next content of a file, on the disk beside it; it takes its place, or leaves no trace.

    Making one raises OSError where it cannot be written; PermissionError for a file that may not
    be written to, though its folder may.
    """

    def __init__(self, path: str | os.PathLike[str], data: bytes) -> None:
        self._target = Path(os.path.realpath(path))
        self._data = data
        before = _status(self._target)
        sweep_parts(self._target)
        try:
            self._handle, self._name = make_part(self._target)
        except OSError as error:
            # The name of the file beside it means nothing to anybody.
            why = error.strerror
            if error.errno == errno.ENOENT and self._target.parent.exists():
                why = f"Nothing can be made in the folder {self._target.parent}"
                raise OSError(errno.EROFS, why, str(self._target)) from error
            raise OSError(error.errno, why, str(self._target)) from error
        self._open = True
        try:
            self._write(before)
        except BaseException as error:
            self._discard()
            if isinstance(error, OSError):
                raise OSError(error.errno, error.strerror, str(self._target)) from error
            raise

    def __enter__(self) -> Replacement:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._discard()

    def check(self, known: Fingerprint) -> None:
        """Raises ChangedMeanwhile where the file is there and not what `known` tells of."""
        if os.path.lexists(self._target) and not unchanged(self._target, known):
            raise ChangedMeanwhile(
                "somebody else changed the file meanwhile; nothing was written",
                hint="ask again",
                where=str(self._target),
            )

    def take_place(
        self, *, known: Fingerprint | None = None, must_be_new: bool = False
    ) -> Fingerprint:
        """Takes the place of the file, and gives what that is like now. Raises as
        `save_atomically` does.
        """
        if sys.platform == "win32":
            self._close()  # an open file cannot be renamed there
        with alone_with(str(self._target)):
            if known is not None:
                self.check(known)
            if must_be_new:
                _rename_to_new(self._name, str(self._target))
            else:
                os.replace(self._name, self._target)
        _settle(self._target.parent)
        return fingerprint_of(self._data)

    def _write(self, before: os.stat_result | None) -> None:
        with os.fdopen(self._handle, "wb", closefd=False) as file:
            file.write(self._data)
            file.flush()
        _dress(self._name, self._target, before)
        os.fsync(self._handle)

    def _close(self) -> None:
        if self._open:
            self._open = False
            os.close(self._handle)

    def _discard(self) -> None:
        """Removes the file beside, unless it has taken the place already."""
        with contextlib.suppress(OSError):
            os.unlink(self._name)
        self._close()


def _status(target: Path) -> os.stat_result | None:
    """What is known of the file to be replaced; None where there is none. Raises OSError where it
    is none that can be replaced.
    """
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "There is no such folder", str(target.parent))
    try:
        before = os.stat(target)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(before.st_mode):
        raise OSError(errno.EINVAL, "This is not a regular file", str(target))
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "The file is read-only", str(target))
    return before


def _dress(name: str, target: Path, before: os.stat_result | None) -> None:
    """Mode, owner and attributes of the file that is replaced; for a new file the mode of any new
    file.
    """
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
    if sys.platform == "linux":
        # Where the file system keeps none, or some are the system's alone, the rest is saved.
        with contextlib.suppress(OSError):
            _copy_attributes(str(target), name)


if sys.platform == "linux":

    def _copy_attributes(source: str, target: str) -> None:
        """Extended attributes, of which an access list is one."""
        kept = os.listxattr(source)
        if _ACCESS_LIST not in kept and _ACCESS_LIST in os.listxattr(target):
            os.removexattr(target, _ACCESS_LIST)  # the folder gives one to each new file
        for attribute in kept:
            with contextlib.suppress(OSError):
                os.setxattr(target, attribute, os.getxattr(source, attribute))


def _rename_to_new(name: str, target: str) -> None:
    """Gives a file another name that nothing has yet. Raises FileExistsError where it is taken."""
    if not hasattr(os, "link"):
        os.rename(name, target)
        return
    try:
        os.link(name, target)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, "The file exists already", target) from None
        os.rename(name, target)  # a file system without hard links


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
