"""The table of fixes: what mends which finding, and what clears which obstacle.

A fixer is a function that yields `Fix` values: drafts, cheap to make. Whether one works is found
out by trying it on a copy (`offers`), so that a fixer need not prove it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, TypeVar

from lambdaplanner.analysis.answers import Answer, PathAnswer
from lambdaplanner.analysis.packets import Obstacle
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.fixes.aims import Asked
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.records import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One edit that mends something; a person reads `label`, in menus and as the undo step."""

    slug: str
    """The way of mending, ``add-nat-gateway``; the same for every plan."""
    label: str
    """What it does to this plan, as an order: ``Route private-a to the NAT gateway nat-a``."""
    command: Callable[[Edit], object]
    """Does it; may raise EditError, and is then not offered."""


class Met(NamedTuple):
    """An obstacle where it was met: in which path of which answer."""

    answer: Answer
    path: PathAnswer
    obstacle: Obstacle


FindingFixer = Callable[[PlanAnalysis, Finding], Iterator[Fix]]
ObstacleFixer = Callable[[PlanAnalysis, Met], Iterator[Fix]]
A = TypeVar("A", bound=FindingFixer)
B = TypeVar("B", bound=ObstacleFixer)

FOR_FINDINGS: dict[str, list[FindingFixer]] = {}
"""Check id -> its fixers, the one to recommend first."""

FOR_OBSTACLES: dict[str, list[ObstacleFixer]] = {}
"""Code of an obstacle -> its fixers, the one to recommend first."""


Asking = Callable[[PlanAnalysis, Finding], Iterator[Asked]]
C = TypeVar("C", bound=Asking)

BY_PROMISES: dict[str, list[Asking]] = {}
"""Check id -> what gives the questions of which a finding is in the way: what mends them, mends
it.
"""


def mended_by_promises(*check_ids: str) -> Callable[[C], C]:
    """Enters what gives those questions, the most telling first, for the findings of some
    checks.
    """

    def enter(asking: C) -> C:
        for check_id in check_ids:
            BY_PROMISES.setdefault(check_id, []).append(asking)
        return asking

    return enter


def mends(*check_ids: str, together: bool = False) -> Callable[[A], A]:
    """Enters a fixer for the findings of some checks. What many things share, it mends for all of
    them itself where it says so (`together`), else it is asked about each.
    """

    def enter(fixer: A) -> A:
        for check_id in check_ids:
            entered = fixer if together else partial(_for_each, fixer)
            FOR_FINDINGS.setdefault(check_id, []).append(entered)
        return fixer

    return enter


def _for_each(fixer: FindingFixer, view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """What a fixer says of the first of the things that share a finding, which may do for all; then
    the same for each of them as one edit.
    """
    parts = [part for name in finding.members for part in finding.told_of([name])]
    if len(parts) < 2:
        yield from fixer(view, finding)
        return
    yield from fixer(view, parts[0])
    drafts = [_by_place(fixer(view, part)) for part in parts]
    for place, first in drafts[0].items():
        same = [found[place] for found in drafts if place in found]
        if len(same) == len(parts):
            yield Fix(
                slug=first.slug,
                label=f"{first.label}; the same for {len(parts) - 1} more",
                command=partial(_all_of, same),
            )


def _by_place(fixes: Iterable[Fix]) -> dict[tuple[str, int], Fix]:
    """Fixes by their slug and how many with the same stand before."""
    count = Counter[str]()
    found = {}
    for fix in fixes:
        found[fix.slug, count[fix.slug]] = fix
        count[fix.slug] += 1
    return found


def _all_of(fixes: Iterable[Fix], edit: Edit) -> None:
    for fix in fixes:
        fix.command(edit)


def clears(*codes: str) -> Callable[[B], B]:
    """Enters a fixer for the obstacles with some codes."""

    def enter(fixer: B) -> B:
        for code in codes:
            FOR_OBSTACLES.setdefault(code, []).append(fixer)
        return fixer

    return enter


R = TypeVar("R", bound=Resource)


def subject(view: PlanAnalysis, finding: Finding, model: type[R]) -> R:
    """The first thing of a kind that a finding is about; its check says that there is one."""
    found = (view.plan.find(name) for name in finding.about)
    return next(thing for thing in found if isinstance(thing, model))
