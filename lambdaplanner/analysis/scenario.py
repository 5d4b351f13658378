"""What to imagine of a plan: zones that are gone, NAT gateways that fail, more traffic. One value
for every question that takes one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from lambdaplanner.errors import QuestionError
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.subnet import Subnet
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

    def grown(self, concurrency: int) -> int:
        """A concurrency target under it, rounded up."""
        return -(-concurrency * self.times.numerator // self.times.denominator)

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


AS_PLANNED = Scenario()


def check_scenario(plan: Plan, scenario: Scenario) -> None:
    """Raises QuestionError where the plan has no such zone or gateway, or the factor makes no
    sense.
    """
    for zone in scenario.without_zones:
        _check_zone(plan, zone)
    gateways = plan.of(NatGateway.kind)
    for name in scenario.without_nats:
        if name not in gateways:
            raise QuestionError(f'there is no NAT gateway "{name}"{suggestion(name, gateways)}')
    if not 0 < scenario.times <= MOST_TIMES:
        raise QuestionError(
            f"{float(scenario.times):g} times the concurrency makes no sense; "
            f"a factor above 0 and up to {MOST_TIMES:,} does"
        )


def _check_zone(plan: Plan, zone: str) -> None:
    zones = sorted({subnet.az for subnet in plan.of(Subnet.kind).values() if subnet.az})
    if zone not in zones:
        known = f"the plan has subnets in {', '.join(zones)}" if zones else "the plan has no subnet"
        near = suggestion(zone, zones)
        raise QuestionError(f'no subnet stands in zone "{zone}"{near}', hint="" if near else known)
