"""How messages name several things."""

from __future__ import annotations

from collections.abc import Iterable

NAMED = 3
"""Things that a message names one by one; of others it says how many."""


def listed(names: Iterable[str]) -> str:
    """The first few ids in quotes, and how many more."""
    quoted = [f'"{name}"' for name in names]
    more = f" and {len(quoted) - NAMED} more" if len(quoted) > NAMED else ""
    return ", ".join(quoted[:NAMED]) + more
