"""The list of files opened lately, as plain values."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST = 10


def with_newest(paths: Sequence[str], newest: str) -> list[str]:
    """The list with `newest` first, each file once, no longer than it should be."""
    return [newest, *(path for path in paths if path != newest)][:LONGEST]
