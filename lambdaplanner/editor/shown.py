"""The answers that a diagram shows, gathered from analysis and checks."""

from __future__ import annotations

from collections.abc import Iterable

from lambdaplanner.analysis.internet import subnet_tier
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import findings, local_day
from lambdaplanner.checks.untold import UNTOLD
from lambdaplanner.diagram.verdicts import Verdicts, marks_of
from lambdaplanner.model.document import Unknown
from lambdaplanner.model.plan import Plan


def shown(view: PlanAnalysis, found: Iterable[Finding]) -> Verdicts:
    """Tiers, internet verdicts, capacity and marks of one state of a plan."""
    plan = view.plan
    network = view.network
    return Verdicts(
        tiers={name: subnet_tier(network, name) for name in plan.of("subnet")},
        internet={name: view.internet(name) for name in plan.of("function")},
        capacity=view.capacity(),
        marks=marks_of(one for one in found if not one.acknowledged and one.id != UNTOLD),
        unknown=_untold(plan),
    )


def _untold(plan: Plan) -> dict[str, tuple[Unknown, ...]]:
    found: dict[str, tuple[Unknown, ...]] = {}
    for row in plan.unknown:
        found[row.about] = (*found.get(row.about, ()), row)
    return found


def shown_of(plan: Plan) -> Verdicts:
    """The same from scratch, for pictures made without a window."""
    view = PlanAnalysis(plan)
    return shown(view, findings(view, local_day()))
