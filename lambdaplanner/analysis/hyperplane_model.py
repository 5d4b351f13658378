"""AWS today: one network interface for each distinct (subnet, set of security groups), shared by
all functions.

https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-enis; the
sizing is aws.md 1.3.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lambdaplanner.analysis.address_models import prefix_for
from lambdaplanner.analysis.answers import CapacityVerdict, FunctionCapacity
from lambdaplanner.analysis.capacity_question import Asked, CapacityQuestion
from lambdaplanner.analysis.managed import default_group_id
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.workload import Workload

CONNECTIONS_PER_INTERFACE = 65_000
OUT_OF_ADDRESSES = "SubnetIPAddressLimitReachedException"
OUT_OF_INTERFACES = "ENILimitReachedException"
SHARING_THE_QUOTA = frozenset({"efs"})
"""Workload types whose interfaces count towards the same quota for each VPC."""


class InterfaceKey(NamedTuple):
    """What makes an interface the same: the subnet and the whole set of groups, whatever their
    order.
    """

    subnet: str
    groups: frozenset[str]


class Interfaces:
    """The interfaces that all functions of a question need."""

    def __init__(self, question: CapacityQuestion) -> None:
        self._question = question
        self._scale = math.lcm(*(len(a.subnets) for a in question.functions if a.subnets))
        """Loads are kept times this, so that even shares stay whole numbers."""
        self._load: dict[InterfaceKey, int] = {}
        self._keys = {asked.id: tuple(self._keys_of(asked)) for asked in question.functions}
        for asked in question.functions:
            load = self._share(asked, asked.concurrency)
            for key in self._keys[asked.id]:
                self._load[key] = self._load.get(key, 0) + load
        self.demand: dict[str, int] = {}
        self._spare: dict[str, int] = {}
        """One more for each key of a subnet: interfaces being replaced stand beside their
        successors.
        """
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
        if any(self.demand[subnet] > free[subnet] for subnet in asked.subnets):
            return "exhausted"
        if any(
            self.demand[subnet] + self._spare[subnet] > free[subnet] for subnet in asked.subnets
        ):
            return "tight"
        return "ok"

    def function(self, asked: Asked) -> FunctionCapacity:
        """Everything about one function; its demand is the interfaces it uses, shared ones
        included.
        """
        verdict = self.verdict(asked)
        most = self._most(asked)
        short = verdict == "exhausted"
        error = OUT_OF_INTERFACES if self._over_quota(asked) else OUT_OF_ADDRESSES
        return FunctionCapacity(
            concurrency=asked.concurrency,
            demand=sum(self._count(self._load[key]) for key in self._keys[asked.id]),
            max_concurrency=most,
            verdict=verdict,
            shortfall=max(0, asked.concurrency - most),
            error=error if short else None,
            suggested_prefix=None if verdict == "ok" else self._suggested(asked),
            bottleneck=self._bottleneck(asked) if verdict != "ok" else (),
        )

    def lacking(self) -> int:
        """Invocations that find no place; sets of functions that share interfaces are let in one
        after the other, those with the most invocations first.
        """
        sharing: dict[tuple[InterfaceKey, ...], list[Asked]] = {}
        for asked in self._question.functions:
            if asked.attached:
                sharing.setdefault(self._keys[asked.id], []).append(asked)
        left = dict(self._question.free)
        quota = self._question.settings.hyperplane_enis_per_vpc
        quotas = {vpc: quota - count for vpc, count in self._per_vpc({}, self.per_vpc).items()}
        lost = 0
        for keys, functions in sorted(
            sharing.items(), key=lambda item: -sum(one.concurrency for one in item[1])
        ):
            if not self._let_in(keys, left, quotas):
                wanted = sum(one.concurrency for one in functions)
                each = sum(max(0, one.concurrency - self._most(one)) for one in functions)
                lost += min(wanted, each)
        return lost

    def _let_in(
        self, keys: tuple[InterfaceKey, ...], left: dict[str, int], quotas: dict[str, int]
    ) -> bool:
        """Takes the addresses and the quota of some interfaces, if all of them can be there."""
        counts = [(key.subnet, self._vpc(key.subnet), self._count(self._load[key])) for key in keys]
        needed: dict[str, int] = {}
        for _, vpc, count in counts:
            needed[vpc] = needed.get(vpc, 0) + count
        if not keys or any(count > left[subnet] for subnet, _, count in counts):
            return False
        if any(count > quotas[vpc] for vpc, count in needed.items()):
            return False
        for subnet, vpc, count in counts:
            left[subnet] -= count
            quotas[vpc] -= count
        return True

    def beyond_quota(self) -> str:
        """The VPC with the most interfaces beyond what it may have."""
        quota = self._question.settings.hyperplane_enis_per_vpc
        vpc, most = max(self.per_vpc.items(), key=lambda item: item[1], default=("", 0))
        return f"{vpc} would have {most:,} interfaces of {quota:,}" if most > quota else ""

    def _keys_of(self, asked: Asked) -> Iterable[InterfaceKey]:
        groups = frozenset(asked.security_groups)
        for subnet in asked.subnets:
            yield InterfaceKey(subnet, groups or frozenset({default_group_id(self._vpc(subnet))}))

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

    def _per_vpc(self, demand: Mapping[str, int], vpcs: Iterable[str] = ()) -> dict[str, int]:
        """Interfaces that count towards the quota, by VPC; only VPCs with functions in them, and
        those named.
        """
        totals = dict.fromkeys(vpcs, 0)
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
        """The highest concurrency whose connections its interfaces can carry, the others at their
        targets.
        """
        if not asked.attached:
            return max(asked.concurrency, self._question.settings.account_concurrency)
        if not asked.subnets:
            return 0
        step = self._share(asked, 1)
        own = step * asked.concurrency
        most: list[int] = []
        by_vpc: dict[str, list[int]] = {}
        counted: dict[str, int] = {}
        for key in self._keys[asked.id]:
            load = self._load[key]
            count = self._count(load)
            room = self._question.free[key.subnet] - (self.demand[key.subnet] - count)
            most.append(self._within(room, [load - own], step))
            vpc = self._vpc(key.subnet)
            by_vpc.setdefault(vpc, []).append(load - own)
            counted[vpc] = counted.get(vpc, 0) + count
        quota = self._question.settings.hyperplane_enis_per_vpc
        for vpc, others in by_vpc.items():
            most.append(self._within(quota - self.per_vpc[vpc] + counted[vpc], others, step))
        return min(most)

    def _within(self, interfaces: int, others: list[int], step: int) -> int:
        """The highest concurrency that so many interfaces carry together; each has a load of
        others and takes `step`.

        Starts where whole interfaces would be full, and goes back from one interface's limit to
        the next: at most once for each of them.
        """
        if interfaces < len(others):
            return 0
        capacity = CONNECTIONS_PER_INTERFACE * self._scale
        count = (interfaces * capacity - sum(others)) // (step * len(others))
        while count > 0:
            needed = [self._count(load + count * step) for load in others]
            if sum(needed) <= interfaces:
                return count
            count = max(
                ((one - 1) * capacity - load) // step
                for one, load in zip(needed, others, strict=True)
                if one > 1
            )
        return 0

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
        short = [s for s in asked.subnets if self.demand[s] > free[s]]
        tight = [s for s in asked.subnets if self.demand[s] + self._spare[s] > free[s]]
        return tuple(short or tight)
