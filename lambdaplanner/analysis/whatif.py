"""What if a zone is gone, a NAT gateway fails, traffic doubles: a copy of the plan as it would then
be. The plan itself is never touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lambdaplanner.analysis.capacity_question import check_zone
from lambdaplanner.errors import QuestionError
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.nearness import suggestion
from lambdaplanner.model.plan import Plan

MOST_TIMES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What to imagine; with nothing set, the plan as it is."""

    without_zones: tuple[str, ...] = ()
    without_nats: tuple[str, ...] = ()
    times: Fraction = Fraction(1)
    """What every concurrency target is multiplied with."""

    def __bool__(self) -> bool:
        return bool(self.without_zones or self.without_nats) or self.times != 1

    @property
    def loses(self) -> bool:
        """Whether something is gone, so that nothing gets better by it."""
        return bool(self.without_zones or self.without_nats)

    @property
    def sentence(self) -> str:
        """What is imagined, for a headline."""
        parts = [f"without zone {zone}" for zone in self.without_zones]
        parts += [f"without {nat}" for nat in self.without_nats]
        if self.times != 1:
            parts.append(f"with {float(self.times):g} times the concurrency")
        return " and ".join(parts) or "as planned"


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
    _check(plan, scenario)
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
            more = -(-function.concurrency * scenario.times.numerator // scenario.times.denominator)
            edit.update(function.id, concurrency=more)
    ends = [*plan.ordered(Function.kind), *plan.ordered("workload")]
    return Imagined(plan=copy, stranded=tuple(end.id for end in ends if end.id not in copy))


def zones_of(plan: Plan) -> tuple[str, ...]:
    """Every zone with a subnet, sorted."""
    return tuple(sorted({subnet.az for subnet in plan.of(Subnet.kind).values()}))


def _check(plan: Plan, scenario: Scenario) -> None:
    for zone in scenario.without_zones:
        check_zone(plan, zone)
    gateways = plan.of(NatGateway.kind)
    for name in scenario.without_nats:
        if name not in gateways:
            raise QuestionError(f'there is no NAT gateway "{name}"{suggestion(name, gateways)}')
    if not 0 < scenario.times <= MOST_TIMES:
        raise QuestionError(
            f"{float(scenario.times):g} times the concurrency makes no sense; "
            f"a factor above 0 and up to {MOST_TIMES:,} does"
        )
