"""Why a file could not be read or written, and what a person can do about it."""

from __future__ import annotations

import errno

from lambdaplanner.errors import PlannerError

_PERMISSIONS = "change the permissions of the file and its folder"
_REMEDIES = {
    errno.EACCES: _PERMISSIONS,
    errno.EPERM: _PERMISSIONS,
    errno.EROFS: "name another folder, or make the disk or the share writable",
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room in your share of the disk",
    errno.EFBIG: "raise the limit on the size of files",
    errno.ENOENT: "check the name, or make the folder",
    errno.ENOTDIR: "check the name: a part of it is a file where a folder should be",
    errno.EISDIR: "name a file in it",
    errno.EINVAL: "name a plain file",
    errno.ELOOP: "mend the symbolic links in its path",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EMFILE: "close other programs, or raise the limit on open files",
    errno.ENFILE: "close other programs, or raise the limit on open files",
    errno.ESTALE: "connect the network folder again",
    errno.EIO: "see whether the disk or the network answers as it should",
    errno.EAGAIN: "try again in a moment",
}
_AGAIN = "try again"


def what_happened(error: Exception) -> str:
    """One sentence for a person, with a full stop."""
    if isinstance(error, OSError) and error.strerror:
        said = error.strerror
    elif isinstance(error, PlannerError):
        said = str(error)
    else:
        said = f"The program made a mistake: {type(error).__name__}: {error}"
    return f"{said.rstrip('.')}."


def remedy(error: Exception) -> str:
    """What may help, without a full stop; empty where nobody knows."""
    if isinstance(error, OSError) and error.errno is not None:
        return _REMEDIES.get(error.errno, "")
    return ""


def what_to_do(error: Exception) -> str:
    """What may help to save after all, as a sentence."""
    way = remedy(error) or _AGAIN
    return f"{way[0].upper()}{way[1:]}, or save somewhere else."
