"""From older format versions to this one: one function a step, on plain mappings.

`MIGRATIONS[n]` turns version n + 1 into version n + 2 and may give notes for the user. They never
import the model, and are never edited after a release. Version 1 is the first, so that there is
nothing to do yet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Migration = Callable[[dict[str, Any]], list[str]]
"""Changes a raw plan in place; gives notes for the user."""

FORMAT_VERSION = 1
VERSION_KEY = "lambdaplanner"

MIGRATIONS: tuple[Migration, ...] = ()


def migrate(
    root: dict[str, Any], version: int, steps: tuple[Migration, ...] = MIGRATIONS
) -> list[str]:
    """Brings a raw plan of an older version up to this one; gives the notes of all steps."""
    notes: list[str] = []
    for step in steps[version - 1 :]:
        notes += step(root)
    return notes
