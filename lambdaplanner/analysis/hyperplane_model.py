"""AWS today: one network interface for each distinct (subnet, set of security groups), shared by all functions.

https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-enis; the sizing is AWS.md 1.3.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lambdaplanner.analysis.address_models import prefix_for
from lambdaplanner.analysis.answers import CapacityVerdict, FunctionCapacity
from lambdaplanner.analysis.capacity_question import Asked, CapacityQuestion
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.workload import Workload

CONNECTIONS_PER_INTERFACE = 65_000
OUT_OF_ADDRESSES = "SubnetIPAddressLimitReachedException"
OUT_OF_INTERFACES = "ENILimitReachedException"
SHARING_THE_QUOTA = frozenset({"efs"})
"""Workload types whose interfaces count towards the same quota for each VPC."""


class InterfaceKey(NamedTuple):
    """What makes an interface the same: the subnet and the whole set of groups, whatever their order."""

    subnet: str
    groups: frozenset[str]


class Interfaces:
    """The interfaces that all functions of a question need."""

    def __init__(self, question: CapacityQuestion) -> None:
        self._question = question
        self._scale = math.lcm(*(len(a.subnets) for a in question.functions if a.subnets))
        """Loads are kept times this, so that even shares stay whole numbers."""
        self._load: dict[InterfaceKey, int] = {}
        for asked in question.functions:
            load = self._share(asked, asked.concurrency)
            for key in self._keys(asked):
                self._load[key] = self._load.get(key, 0) + load
        self.demand: dict[str, int] = {}
        self._spare: dict[str, int] = {}
        """One more for each key of a subnet: interfaces being replaced stand beside their successors."""
        for key, load in self._load.items():
            count = self._count(load)
            self.demand[key.subnet] = self.demand.get(key.subnet, 0) + count
            self._spare[key.subnet] = self._spare.get(key.subnet, 0) + 1
        self.per_vpc = self._per_vpc(self.demand)

    def verdict(self, asked: Asked) -> CapacityVerdict:
        """Whether the interfaces that the function uses can be there, and be replaced."""
        if not asked.attached:
            return "ok"
        if not asked.subnets or self._over_quota(asked):
            return "exhausted"
        free = self._question.free
        if any(self.demand[subnet] > free(subnet) for subnet in asked.subnets):
            return "exhausted"
        if any(
            self.demand[subnet] + self._spare[subnet] > free(subnet) for subnet in asked.subnets
        ):
            return "tight"
        return "ok"

    def function(self, asked: Asked) -> FunctionCapacity:
        """Everything about one function; its demand is the interfaces it uses, shared ones included."""
        verdict = self.verdict(asked)
        most = self._most(asked)
        short = verdict == "exhausted"
        error = OUT_OF_INTERFACES if self._over_quota(asked) else OUT_OF_ADDRESSES
        return FunctionCapacity(
            concurrency=asked.concurrency,
            demand=sum(self._count(self._load[key]) for key in self._keys(asked)),
            max_concurrency=most,
            verdict=verdict,
            shortfall=max(0, asked.concurrency - most),
            error=error if short else None,
            suggested_prefix=None if verdict == "ok" else self._suggested(asked),
            bottleneck=self._bottleneck(asked) if verdict != "ok" else (),
        )

    def _keys(self, asked: Asked) -> Iterable[InterfaceKey]:
        for subnet in asked.subnets:
            groups = asked.security_groups or (f"default-sg:{self._vpc(subnet)}",)
            yield InterfaceKey(subnet, frozenset(groups))

    def _vpc(self, subnet_id: str) -> str:
        subnet = self._question.plan.resource(subnet_id)
        return subnet.vpc if isinstance(subnet, Subnet) else ""

    def _share(self, asked: Asked, concurrency: int) -> int:
        """The load on each of its interfaces, in connections times `_scale`."""
        if not asked.subnets:
            return 0
        return concurrency * asked.connections * (self._scale // len(asked.subnets))

    def _count(self, load: int) -> int:
        return max(1, -(-load // (CONNECTIONS_PER_INTERFACE * self._scale)))

    def _per_vpc(self, demand: Mapping[str, int]) -> dict[str, int]:
        """Interfaces that count towards the quota, by VPC; only VPCs with functions in them."""
        totals: dict[str, int] = {}
        for subnet, count in demand.items():
            vpc = self._vpc(subnet)
            totals[vpc] = totals.get(vpc, 0) + count
        for workload in self._question.plan.of(Workload.kind).values():
            if workload.type in SHARING_THE_QUOTA:
                for subnet in workload.subnets:
                    vpc = self._vpc(subnet)
                    if vpc in totals:
                        totals[vpc] += workload.addresses_per_subnet
        return totals

    def _over_quota(self, asked: Asked) -> bool:
        quota = self._question.settings.hyperplane_enis_per_vpc
        return any(self.per_vpc[self._vpc(subnet)] > quota for subnet in asked.subnets)

    def _most(self, asked: Asked) -> int:
        """The highest concurrency whose connections its interfaces can carry, the others at their targets."""
        if not asked.attached:
            return max(asked.concurrency, self._question.settings.account_concurrency)
        if not asked.subnets or not self._possible(asked, 0):
            return 0
        high = self._by_addresses(asked)
        low = 0
        if self._possible(asked, high):
            return high
        while high - low > 1:
            middle = (low + high) // 2
            if self._possible(asked, middle):
                low = middle
            else:
                high = middle
        return low

    def _by_addresses(self, asked: Asked) -> int:
        """How far the addresses of its subnets go, whatever the quota for each VPC says."""
        own = self._share(asked, asked.concurrency)
        limits = []
        for key in self._keys(asked):
            load = self._load[key]
            others = self.demand[key.subnet] - self._count(load)
            room = self._question.free(key.subnet) - others
            capacity = room * CONNECTIONS_PER_INTERFACE * self._scale
            limits.append((capacity - (load - own)) // self._share(asked, 1))
        return max(0, min(limits))

    def _possible(self, asked: Asked, concurrency: int) -> bool:
        change = self._share(asked, concurrency) - self._share(asked, asked.concurrency)
        grown: dict[str, int] = {}
        for key in self._keys(asked):
            load = self._load[key]
            extra = self._count(load + change) - self._count(load)
            if self.demand[key.subnet] + extra > self._question.free(key.subnet):
                return False
            vpc = self._vpc(key.subnet)
            grown[vpc] = grown.get(vpc, 0) + extra
        quota = self._question.settings.hyperplane_enis_per_vpc
        return all(self.per_vpc[vpc] + extra <= quota for vpc, extra in grown.items())

    def _suggested(self, asked: Asked) -> int | None:
        """None too where the quota for each VPC is what is missing: no subnet size mends that."""
        if self._over_quota(asked) or not asked.subnets:
            return None
        ledger = self._question.ledger
        return prefix_for(
            max(ledger[s].used + self.demand[s] + self._spare[s] for s in asked.subnets)
        )

    def _bottleneck(self, asked: Asked) -> tuple[str, ...]:
        free = self._question.free
        short = [s for s in asked.subnets if self.demand[s] > free(s)]
        tight = [s for s in asked.subnets if self.demand[s] + self._spare[s] > free(s)]
        return tuple(short or tight)
