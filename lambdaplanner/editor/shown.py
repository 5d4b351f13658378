"""The answers that a diagram shows, gathered from analysis and checks."""

from __future__ import annotations

from collections.abc import Iterable

from lambdaplanner.analysis.internet import subnet_tier
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import findings, local_day
from lambdaplanner.diagram.verdicts import Verdicts, marks_of
from lambdaplanner.model.plan import Plan


def shown(view: PlanAnalysis, found: Iterable[Finding]) -> Verdicts:
    """Tiers, internet verdicts, capacity and marks of one state of a plan."""
    plan = view.plan
    network = view.network
    return Verdicts(
        tiers={name: subnet_tier(network, name) for name in plan.of("subnet")},
        internet={name: view.internet(name) for name in plan.of("function")},
        capacity=view.capacity(),
        marks=marks_of(finding for finding in found if not finding.acknowledged),
    )


def shown_of(plan: Plan) -> Verdicts:
    """The same from scratch, for pictures made without a window."""
    view = PlanAnalysis(plan)
    return shown(view, findings(view, local_day()))
