"""How two texts of one plan differ, line by line."""

from __future__ import annotations

import difflib
from itertools import islice

_MOST = 2_000
"""Lines that anybody reads."""
_COMPARED = 4_000
"""Lines that are compared one by one; beyond them a comparison takes its time."""


def difference(theirs: str, mine: str) -> str:
    """The lines that only one of the texts has, ``-`` those of `theirs`, ``+`` those of `mine`,
    with some lines around them; empty where they say the same.
    """
    old, new = theirs.splitlines(), mine.splitlines()
    start = _same(old, new)
    end = _same(old[start:][::-1], new[start:][::-1])
    before = max(start - 3, 0)
    old, new = old[before : len(old) - end + 3 or None], new[before : len(new) - end + 3 or None]
    if len(old) + len(new) > 2 * _COMPARED:
        lines = iter([*(f"-{line}" for line in old), *(f"+{line}" for line in new)])
    else:
        lines = (
            line
            for line in difflib.unified_diff(old, new, lineterm="", n=3)
            if not line.startswith(("---", "+++", "@@"))
        )
    shown = list(islice(lines, _MOST + 1))
    if len(shown) > _MOST:
        shown[_MOST:] = ["... and more"]
    return "\n".join(shown)


def _same(one: list[str], other: list[str]) -> int:
    """How many lines are alike from the first on."""
    alike = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        alike += 1
    return alike
