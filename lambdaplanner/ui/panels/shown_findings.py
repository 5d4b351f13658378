"""Findings and broken expectations as the list shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lambdaplanner.analysis.ends import said_ip
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import ExpectationResult, acknowledged
from lambdaplanner.fixes.offers import fixable
from lambdaplanner.model.document import Acknowledgement
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.panels.words import stopped
from lambdaplanner.ui.problems import FindingProblem, Problem, PromiseProblem

BROKEN = "Expectation"
"""What stands in place of a check's id where a promise is broken."""
_CAUSES_NAMED = 3
"""Of what breaks a promise, on its card; the path has all."""


class Shown(NamedTuple):
    """A finding as the list shows it."""

    id: str
    severity: str
    about: tuple[str, ...]
    message: str
    fix: str
    reference: str
    acknowledged: bool
    origin: Finding | ExpectationResult
    """What it is shown for."""
    note: Acknowledgement | None = None
    """What somebody wrote about it, though its day may be over."""


def shown_of(
    findings: Iterable[Finding],
    expectations: Iterable[ExpectationResult],
    plan: Plan | None = None,
) -> list[Shown]:
    """Broken promises first, then the findings in their order, each with the note about it that
    the plan has."""
    notes = () if plan is None else plan.acknowledged
    broken = [_broken(one) for one in expectations if not one.ok]
    return [
        *broken,
        *(
            Shown(
                f.id,
                f.severity,
                f.about,
                f.message,
                f.fix,
                f.reference,
                f.acknowledged,
                f,
                next((n for n in notes if plan and acknowledged(plan, f, [n])), None),
            )
            for f in findings
        ),
    ]


def _broken(one: ExpectationResult) -> Shown:
    port = "" if one.port is None else f" {one.port}"
    asked = f"{one.source} to {one.target}, {one.protocol}{port}{said_ip(one.ip)}"
    if one.verdict is None:
        message = f"{asked}: {one.problem}"
    else:
        state = f"{asked} should be {one.expect}, and is {one.verdict}."
        message = " ".join((state, *_causes(one)))
    fix = "Follow the path to see what decides, or change what the plan promises."
    return Shown(BROKEN, "error", (one.source, one.target), message, fix, "", False, one)


def _causes(one: ExpectationResult) -> list[str]:
    """What keeps a promise from holding, as `check` tells it."""
    told = list(dict.fromkeys(stopped(obstacle.message) for obstacle in one.obstacles))
    rest = len(told) - _CAUSES_NAMED
    return told if rest <= 1 else [*told[:_CAUSES_NAMED], f"{rest} more stand in the way."]


def problem_of(shown: Shown) -> Problem | None:
    """What may be mended of it; None where no edit could."""
    origin = shown.origin
    if isinstance(origin, ExpectationResult):
        return PromiseProblem(origin) if origin.verdict is not None else None
    if fixable(origin) and not shown.acknowledged:
        return FindingProblem(origin)
    return None
