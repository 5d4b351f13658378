"""The things of a plan as they stand, and who may have which address."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar, cast

from lambdaplanner.analysis.ledger import Ledger, ledger
from lambdaplanner.analysis.looks import subnets_in
from lambdaplanner.analysis.ranges import Ranges, block_range, joined, minus
from lambdaplanner.analysis.reading import Readings
from lambdaplanner.analysis.vpc_blocks import standing_blocks
from lambdaplanner.kinds import KINDS
from lambdaplanner.kinds.capacity_provider import CapacityProvider
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.subnet import RESERVED_ADDRESSES, Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model import cidr
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource

R = TypeVar("R", bound=Resource)
V = TypeVar("V")

_KINDS = [slug for slug, row in KINDS.items() if row.in_network]


def _as_it_runs(plan: Plan, resource: Resource) -> Resource:
    """A thing as packets know it: a function where its capacity provider has it run."""
    if not isinstance(resource, Function) or not resource.managed:
        return resource
    provider = plan.find(resource.capacity_provider)
    return resource.on(provider) if isinstance(provider, CapacityProvider) else resource


class Snapshot:
    """The things of a plan as they stood, for `kinds.topology`."""

    def __init__(self, by_id: Mapping[str, Resource], by_kind: Mapping[str, Mapping[str, Any]]):
        self._by_id = by_id
        self._by_kind = by_kind
        self._derived: dict[object, Any] = {}

    def find(self, resource_id: str | None) -> Resource | None:
        """The thing with this id, if there is one."""
        return None if resource_id is None else self._by_id.get(resource_id)

    def of(self, kind: str) -> Mapping[str, Any]:
        """All things of a kind by id."""
        return self._by_kind.get(kind, {})

    def ordered(self, kind: str) -> Iterable[Any]:
        """All things of a kind in the order in which they were made."""
        return self.of(kind).values()

    def derived(self, make: Callable[[Snapshot], V]) -> V:
        """What `make` finds, found once."""
        if make not in self._derived:
            self._derived[make] = make(self)
        return cast("V", self._derived[make])


class Addressing:
    """A snapshot of a plan's things, with look-ups for addresses; later edits do not reach it."""

    def __init__(self, plan: Plan, rows: Ledger | None = None) -> None:
        """`rows`: the plan's ledger where it is known already."""
        self.ledger = ledger(plan) if rows is None else rows
        self.region = plan.info.region
        self.unknown = plan.unknown
        self.block_public_access = plan.info.settings.block_public_access
        self.resources: dict[str, Resource] = {}
        self._by_kind: dict[str, dict[str, Any]] = {}
        for name in _KINDS:
            found = {one.id: _as_it_runs(plan, one) for one in plan.ordered(name)}
            self._by_kind[name] = found
            self.resources.update(found)
        self.things = Snapshot(self.resources, self._by_kind)
        self.memo: dict[Any, Any] = {}
        """Parts of answers, kept by the questions themselves."""
        self.readings = Readings(self._tell)
        """Answers and parts of answers that an edit elsewhere may leave as they are."""

    def _tell(self, look: Any) -> object:
        """What a look says of this state; nothing of it counts as read."""
        return look.told_by(self)

    def region_of(self, vpc_id: str) -> str:
        """The Region of a VPC: its own, else the plan's."""
        vpc = self.of(Vpc).get(vpc_id)
        return self.region if vpc is None else vpc.region_in(self.region)

    def of(self, model: type[R]) -> dict[str, R]:
        """All things of a kind by id, in the order made."""
        return self._by_kind[model.kind]

    @cached_property
    def _fixed(self) -> list[tuple[int, str]]:
        """Every fixed address with its workload, sorted."""
        return sorted(
            (cidr.address(workload.private_ip).value, workload.id)
            for workload in self.of(Workload).values()
            if workload.private_ip is not None
        )

    def _fixed_between(self, first: int, last: int) -> list[tuple[int, str]]:
        low = bisect_left(self._fixed, (first, ""))
        return self._fixed[low : bisect_left(self._fixed, (last + 1, ""))]

    def free_addresses(self, subnet_id: str) -> Ranges:
        """What an interface without a fixed address may get: neither AWS's own nor somebody's
        fixed one.

        The whole block where it is too small to have any.
        """
        key = ("free", subnet_id)
        if key not in self.memo:
            self.memo[key] = self._free(subnet_id)
        found: Ranges = self.memo[key]
        return found

    def _free(self, subnet_id: str) -> Ranges:
        block = cidr.block(self.of(Subnet)[subnet_id].cidr)
        first, last = block.first, block.last
        whole: Ranges = ((first, last),)
        if block.size <= RESERVED_ADDRESSES:
            return whole
        free: Ranges = ((first + 4, last - 1),)
        workloads = self.of(Workload)
        for value, name in self._fixed_between(first, last):
            if subnet_id in workloads[name].subnets:
                free = minus(free, (value, value))
        return free or whole

    def holders(self, address: cidr.Address) -> list[Workload]:
        """The workloads whose fixed address this is, by id."""
        if address.version != 4:
            return []
        found = self._fixed_between(address.value, address.value)
        return [self.of(Workload)[name] for _, name in found]

    def known_by(self, address: str) -> list[Workload]:
        """The workloads that the internet knows by an address, in the order made."""
        found = self.of(Workload).values()
        return [one for one in found if one.public_address == address and one.has_public_address]

    def blocks(self, vpc_id: str, version: int = 4) -> tuple[cidr.Block, ...]:
        """The blocks of a VPC of one IP version."""
        vpc = self.of(Vpc)[vpc_id]
        texts = vpc.cidrs if version == 4 else ((vpc.ipv6_cidr,) if vpc.ipv6_cidr else ())
        return tuple(cidr.block(text) for text in texts)

    def standing_blocks(self, vpc_id: str) -> tuple[cidr.Block, ...]:
        """The blocks of a VPC that it really has, of both IP versions: less those AWS refuses."""
        texts = standing_blocks(self.of(Vpc)[vpc_id])
        return (*(cidr.block(text) for text in texts), *self.blocks(vpc_id, 6))

    def whole_vpc(self, vpc_id: str, version: int = 4) -> Ranges:
        """Every address of a VPC of one IP version."""
        return joined([block_range(block) for block in self.blocks(vpc_id, version)])

    def subnet_block(self, subnet_id: str, version: int = 4) -> cidr.Block | None:
        """A subnet's block of one IP version, if it has one."""
        subnet = self.of(Subnet)[subnet_id]
        text = subnet.cidr if version == 4 else subnet.ipv6_cidr
        return cidr.block(text) if text else None

    def subnet_at(self, vpc_id: str, address: cidr.Address) -> str | None:
        """The subnet of a VPC that owns an address; of overlapping ones the smallest."""
        self.readings.note((subnets_in(vpc_id),))
        found = [
            (-block.prefix, name)
            for name in self.subnets_of(vpc_id)
            if (block := self.subnet_block(name, address.version)) and block.holds(address)
        ]
        return min(found)[1] if found else None

    def subnets_of(self, vpc_id: str) -> list[str]:
        """The subnets of a VPC, in the order made."""
        return self._made_in_vpc.get(vpc_id, [])

    @cached_property
    def _made_in_vpc(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for subnet in self.of(Subnet).values():
            found.setdefault(subnet.vpc, []).append(subnet.id)
        return found
