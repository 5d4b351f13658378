"""What a plan that was just opened is looked at first."""

from __future__ import annotations

from collections import Counter

from lambdaplanner.model.plan import Plan


def first_looked_at(plan: Plan) -> str | None:
    """The VPC that most functions are attached to (the first of equals), else the first one; None
    where there is none.
    """
    subnets = plan.of("subnet")
    attached: Counter[str] = Counter()
    for function in plan.ordered("function"):
        homes = {subnets[name].vpc for name in function.subnets if name in subnets}
        attached.update(home for home in homes if home)
    vpcs = [vpc.id for vpc in plan.ordered("vpc")]
    return max(vpcs, key=lambda name: attached[name], default=None)
