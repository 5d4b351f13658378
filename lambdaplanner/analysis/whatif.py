"""What if a zone is gone, a NAT gateway fails, traffic doubles: a copy of the plan as it would then
be. The plan itself is never touched.
"""

from __future__ import annotations

from dataclasses import dataclass

from lambdaplanner.analysis.scenario import Scenario, check_scenario
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.network_fields import ENDS
from lambdaplanner.model.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Imagined:
    """The plan under a scenario."""

    plan: Plan
    stranded: tuple[str, ...]
    """Functions and workloads left without any subnet; they are not in `plan`."""


def imagine(plan: Plan, scenario: Scenario) -> Imagined:
    """The plan under a scenario.

    A zone takes its subnets with it and all that stands in them, zonal NAT gateways too; routes to
    those become blackholes. A function that keeps a subnet elsewhere lives on there; one that keeps
    none is stranded, since Lambda does not fall back to its default networking. Raises
    QuestionError where the plan has no such zone or gateway, or the factor makes no sense.
    """
    check_scenario(plan, scenario)
    copy = plan.copy()
    edit = Edit(copy)
    gone = [s.id for s in plan.ordered(Subnet.kind) if s.az in scenario.without_zones]
    stranded = [
        function.id
        for function in plan.ordered(Function.kind)
        if function.subnets and set(function.subnets) <= set(gone)
    ]
    leaving = [*stranded, *gone, *scenario.without_nats]
    if leaving:
        edit.remove(*dict.fromkeys(leaving))
    if scenario.times != 1:
        for function in copy.ordered(Function.kind):
            edit.update(function.id, concurrency=scenario.grown(function.concurrency))
    ends = [end for kind in ENDS for end in plan.ordered(kind)]
    return Imagined(plan=copy, stranded=tuple(end.id for end in ends if end.id not in copy))


def zones_of(plan: Plan) -> tuple[str, ...]:
    """Every zone with a subnet, sorted; of a subnet without one nobody knows when it is lost."""
    return tuple(sorted({subnet.az for subnet in plan.of(Subnet.kind).values() if subnet.az}))
