"""Plans of the catalogue's cases with the thing that is wrong in them many times."""

from __future__ import annotations

from dataclasses import replace

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import raw_findings
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from tests.checks.cases import plan_with
from tests.checks.rule_cases import Case

TWINS = 5


def told(plan: Plan, check_id: str) -> list[Finding]:
    """What a check finds, acknowledgements left aside."""
    return [one for one in raw_findings(PlanAnalysis(plan)) if one.id == check_id]


def multiplied(case: Case) -> tuple[Plan, list[str]]:
    """The plan of a case with twins of the thing that it is wrong with and of its promises, and the
    ids of all of them; only the one where it is no thing of the plan.
    """
    plan = plan_with(**case.bad)
    names = list(told(plan, case.check)[0].subjects[:1])
    thing = plan.find(names[0]) if names else None
    if thing is None:
        return plan, names
    edit = Edit(plan)
    rows = plan.expectations
    for at in range(TWINS):
        twin = replace(thing, id=f"{names[0]}-{at}")
        if isinstance(twin, RouteTable):
            twin = replace(twin, main=False)
        edit.add(twin)
        names.append(twin.id)
        rows += tuple(replace(row, source=twin.id) for row in rows if row.source == names[0])
    edit.set_expectations(rows)
    return plan, names
