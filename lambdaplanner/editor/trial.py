"""A copy of a plan to try something on."""

from __future__ import annotations

from lambdaplanner.model.changes import INFO, Change, ChangeSet, Key
from lambdaplanner.model.plan import Plan


def scratch(plan: Plan) -> Plan:
    """A plan of its own with the same things in the same order; without placements."""
    parts = {INFO: Change(Plan().info, plan.info)}
    for name in plan:
        parts[Key("resource", name)] = Change(None, plan.resource(name))
        parts[Key("order", name)] = Change(None, plan.order(name))
    trial = Plan()
    trial.apply(ChangeSet(parts), notify=False)
    return trial
