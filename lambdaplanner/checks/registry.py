"""The table of checks: one decorated function each, and the finding that it yields."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from lambdaplanner.analysis.view import PlanAnalysis

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From worst to mildest. An error does not work, a warning will be regretted."""

Reads = Literal["paths", "amounts", "both"]
"""What a check's findings depend on: `amounts` (addresses, targets, memory ...) change without any
path changing.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a check yields: what it is about (the thing to jump to first), what is wrong, and what
    to do.
    """

    about: tuple[str, ...]
    message: str
    fix: str
    severity: Severity | None = None
    """Where this one weighs otherwise than the check's others."""
    members: tuple[str, ...] = ()
    """Of a finding that several things share: those things, all of them in `about`."""
    part: str = ""
    """What of the first thing it is about, where that may have several such findings: the
    destination of a route, the name of a service.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing wrong with a plan."""

    id: str
    severity: Severity
    about: tuple[str, ...]
    message: str
    fix: str
    reference: str = ""
    acknowledged: bool = False
    members: tuple[str, ...] = ()
    """The things that share it; somebody lives with it once each of them is acknowledged."""
    part: str = ""
    """What of the first thing it is about, as `Draft.part`."""


Body = Callable[[PlanAnalysis], Iterator[Draft]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule of the catalogue."""

    id: str
    severity: Severity
    title: str
    """The rule as a sentence without its full stop: what is wrong where it finds something."""
    reference: str
    reads: Reads
    explanation: str
    """The function's docstring, for the guide."""
    body: Body


CHECKS: dict[str, Check] = {}
"""Every check by id, in the order of definition."""

CRASHED = "INT-001"


def check(
    check_id: str, severity: Severity, title: str, *, reference: str = "", reads: Reads = "paths"
) -> Callable[[Body], Body]:
    """Enters a function into the table. Raises ValueError where the id is taken: ids are never
    used twice.
    """

    def enter(body: Body) -> Body:
        if check_id in CHECKS or check_id == CRASHED:
            raise ValueError(f"the check id {check_id} is taken")
        CHECKS[check_id] = Check(
            id=check_id,
            severity=severity,
            title=title,
            reference=reference,
            reads=reads,
            explanation=" ".join((body.__doc__ or "").split()),
            body=body,
        )
        return body

    return enter


def run_check(rule: Check, view: PlanAnalysis) -> list[Finding]:
    """What one check finds; if it breaks, a finding that says so at its end, and the reason goes
    to the log.
    """
    return list(one_by_one(rule, view))


def one_by_one(rule: Check, view: PlanAnalysis) -> Iterator[Finding]:
    """The same, one after another."""
    try:
        for draft in rule.body(view):
            yield Finding(
                id=rule.id,
                severity=draft.severity or rule.severity,
                about=draft.about,
                message=draft.message,
                fix=draft.fix,
                reference=rule.reference,
                members=draft.members,
                part=draft.part,
            )
    except Exception:
        logging.getLogger(__name__).exception("check %s broke", rule.id)
        yield _crashed(rule)


def _crashed(rule: Check) -> Finding:
    return Finding(
        id=CRASHED,
        severity="warning",
        about=(),
        message=f'The check {rule.id} "{rule.title}" broke on this plan, so nobody knows whether '
        "it holds.",
        fix="Please report it with the plan; the log has the details.",
    )
