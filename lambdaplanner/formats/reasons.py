"""Why a file could not be read or written, and what a person can do about it."""

from __future__ import annotations

import errno

from lambdaplanner.errors import PlannerError

_REMEDIES = {
    errno.EACCES: "Change the permissions of the file and its folder, or save somewhere else.",
    errno.EPERM: "Change the permissions of the file and its folder, or save somewhere else.",
    errno.EROFS: "The disk or the share can only be read: save somewhere else.",
    errno.ENOSPC: "Make room on the disk, or save somewhere else.",
    errno.EDQUOT: "Make room in your share of the disk, or save somewhere else.",
    errno.EFBIG: "Files may not be so large here: save somewhere else.",
    errno.ENOENT: "Make the folder again, or save somewhere else.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
    errno.ESTALE: "The network folder has gone: connect it again, or save somewhere else.",
    errno.EIO: "The disk or the network does not answer as it should: save somewhere else.",
    errno.EAGAIN: "Try again in a moment.",
}
_ELSEWHERE = "Try again, or save somewhere else."


def what_happened(error: Exception) -> str:
    """One sentence for a person, with a full stop."""
    if isinstance(error, OSError) and error.strerror:
        said = error.strerror
    elif isinstance(error, PlannerError):
        said = str(error)
    else:
        said = f"The program made a mistake: {type(error).__name__}: {error}"
    return f"{said.rstrip('.')}."


def what_to_do(error: Exception) -> str:
    """What may help to save after all."""
    if isinstance(error, OSError) and error.errno is not None:
        return _REMEDIES.get(error.errno, _ELSEWHERE)
    return _ELSEWHERE
