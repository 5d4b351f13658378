"""What a person needs to know to decide about unsaved work: what it is, since when, and what would
change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from lambdaplanner.errors import PlanFileError
from lambdaplanner.formats.plan_file import OpenedPlan, open_plan
from lambdaplanner.model.plan import Plan
from lambdaplanner.state.note import Note, Work

FileNow = Literal["none", "same", "changed", "broken", "gone"]
"""The work's file: there was none; it is as the work found it; somebody changed it since; it is no
plan any more, or cannot be read; it is not there.
"""

_SHOWN = 4
"""Names of each sort; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Unsaved work of a window that ended."""

    name: str
    path: Path | None
    when: datetime
    file_now: FileNow
    changes: tuple[str, ...]
    """What it changes in the file, one sentence each; empty where that is all the same."""


def offer_of(note: Note) -> Offer:
    """What the note holds, beside its file as it is now."""
    work = note.work
    file_now, there = _file_now(work)
    before = there or work.began_from
    return Offer(
        name=note.name,
        path=work.path,
        when=note.when,
        file_now=file_now,
        changes=tuple(differences(before.plan if before else Plan(), work.plan)),
    )


def _file_now(work: Work) -> tuple[FileNow, OpenedPlan | None]:
    if work.path is None:
        return "none", None
    try:
        there = open_plan(work.path)
    except FileNotFoundError:
        return "gone", None
    except (OSError, PlanFileError):
        return "broken", None
    known = work.began_from.on_disk if work.began_from is not None else None
    return ("same" if known == there.on_disk else "changed"), there


def differences(before: Plan, after: Plan) -> Iterator[str]:
    """What differs between two plans, a sentence for each sort."""
    old, new = set(before), set(after)
    both = [name for name in after if name in old]
    changed = [name for name in both if before.resource(name) != after.resource(name)]
    yield from _named("Added", [name for name in after if name not in old])
    yield from _named("Removed", [name for name in before if name not in new])
    yield from _named("Changed", changed)
    moved = [n for n in both if before.placements.get(n) != after.placements.get(n)]
    yield from _named("Moved", moved)
    if before.info != after.info:
        yield "Changed: the plan's settings"
    if before.expectations != after.expectations:
        yield "Changed: expectations"
    if before.acknowledged != after.acknowledged:
        yield "Changed: acknowledged findings"


def _named(what: str, names: list[str]) -> Iterator[str]:
    if names:
        rest = len(names) - _SHOWN
        more = f" and {rest} more" if rest > 0 else ""
        yield f"{what}: {', '.join(names[:_SHOWN])}{more}"
