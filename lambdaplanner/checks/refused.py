"""The list of what AWS refuses to build, as findings: paths are judged by the same rows."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft


def refused(view: PlanAnalysis, check_id: str) -> Iterator[Draft]:
    """The rows of the list that are a check's findings."""
    for row in view.network.refusals.of(check_id):
        yield Draft(about=row.about, message=row.message, fix=row.fix, part=row.part)
