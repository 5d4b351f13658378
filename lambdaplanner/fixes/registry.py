"""The table of fixes: what mends which finding, and what clears which obstacle.

A fixer is a function that yields `Fix` values: drafts, cheap to make. Whether one works is found
out by trying it on a copy (`offers`), so that a fixer need not prove it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
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


def mends(*check_ids: str) -> Callable[[A], A]:
    """Enters a fixer for the findings of some checks."""

    def enter(fixer: A) -> A:
        for check_id in check_ids:
            FOR_FINDINGS.setdefault(check_id, []).append(fixer)
        return fixer

    return enter


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
