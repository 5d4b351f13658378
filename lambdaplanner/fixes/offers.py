"""What is offered for a finding or an obstacle: the fixes that, tried on a copy, really mend it and
break nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lambdaplanner.analysis.answers import Answer, Verdict
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.catalogue import CHECKS
from lambdaplanner.checks.registry import Finding, run_check
from lambdaplanner.checks.report import judge_expectations, raw_findings
from lambdaplanner.errors import EditError, QuestionError
from lambdaplanner.fixes.catalogue import FOR_FINDINGS, FOR_OBSTACLES
from lambdaplanner.fixes.registry import Fix, Met
from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.edit import Edit

_ORDER: dict[Verdict, int] = {"unreachable": 0, "partial": 1, "reachable": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A fix that works, what it changes, and the analysis of the plan as it would then be."""

    fix: Fix
    changes: ChangeSet
    after: PlanAnalysis


def fixable(finding: Finding) -> bool:
    """Whether there is any fixer for such findings; whether one works here, only trying tells."""
    return finding.id in FOR_FINDINGS


def clearable(code: str) -> bool:
    """The same for obstacles with a code."""
    return code in FOR_OBSTACLES


def for_finding(view: PlanAnalysis, finding: Finding) -> Iterator[Offer]:
    """The fixes after which the finding is gone, best first."""
    fixers = FOR_FINDINGS.get(finding.id, ())
    drafts = (fix for fixer in fixers for fix in fixer(view, finding))
    return _working(view, drafts, lambda after: not _still_found(after, finding))


def for_obstacle(view: PlanAnalysis, met: Met) -> Iterator[Offer]:
    """The fixes after which the obstacle is gone and its question fares no worse, best first."""
    fixers = FOR_OBSTACLES.get(met.obstacle.code, ())
    drafts = (fix for fixer in fixers for fix in fixer(view, met))
    return _working(view, drafts, lambda after: _cleared(after, met))


def tried(view: PlanAnalysis, fix: Fix) -> Offer | None:
    """A fix as it would be on a copy of the plan; None where it cannot be or changes nothing."""
    plan = view.plan.copy()
    edit = Edit(plan)
    try:
        fix.command(edit)
    except EditError:
        return None
    if not edit.changes:
        return None
    return Offer(fix=fix, changes=edit.changes, after=PlanAnalysis(plan))


def _working(
    view: PlanAnalysis, drafts: Iterable[Fix], gone: Callable[[PlanAnalysis], bool]
) -> Iterator[Offer]:
    harm = _harm(view)
    seen: list[ChangeSet] = []
    for draft in drafts:
        offer = tried(view, draft)
        if offer is None or offer.changes in seen or not gone(offer.after):
            continue
        seen.append(offer.changes)
        if _harm(offer.after) <= harm:
            yield offer


def _harm(view: PlanAnalysis) -> set[tuple[str, ...]]:
    """The errors and the broken promises of a plan; a fix may add none."""
    errors = {(f.id, *f.about) for f in raw_findings(view) if f.severity == "error"}
    broken = {
        (row.source, row.target, row.protocol, str(row.port), row.expect)
        for row in judge_expectations(view)
        if not row.ok
    }
    return errors | broken


def _still_found(after: PlanAnalysis, finding: Finding) -> bool:
    found = run_check(CHECKS[finding.id], after)
    return any(other.about == finding.about for other in found)


def _cleared(after: PlanAnalysis, met: Met) -> bool:
    answer = _asked_again(after, met.answer)
    if answer is None or _ORDER[answer.verdict] < _ORDER[met.answer.verdict]:
        return False
    way, obstacle = (met.path.via, met.path.into), met.obstacle
    return not any(
        (other.at, other.code, other.direction) == (obstacle.at, obstacle.code, obstacle.direction)
        for path in answer.paths
        if (path.via, path.into) == way
        for other in path.obstacles
    )


def _asked_again(after: PlanAnalysis, answer: Answer) -> Answer | None:
    try:
        return after.question(answer.source, answer.target, answer.port, answer.protocol)
    except QuestionError:
        return None
