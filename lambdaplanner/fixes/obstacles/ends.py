"""Fixes at the ends of a path: addresses that an interface cannot have."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.fixes.registry import Fix, Met, clears
from lambdaplanner.kinds.subnet import RESERVED_ADDRESSES, Subnet
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.blocks import next_free
from lambdaplanner.model.cidr import Address, Block, address, block
from lambdaplanner.model.plan import Plan


@clears("ENI_ADDRESS_RESTRICTION")
def have_a_possible_address(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """A fixed address is one of the subnet's."""
    station = met.obstacle.stop.station if met.obstacle.stop is not None else None
    workload = view.plan.find(station.id) if station is not None else None
    if not isinstance(workload, Workload) or workload.private_ip is None:
        return
    name = workload.id
    free = free_address(view.plan, workload.subnets[0])
    if free is not None:
        yield Fix(
            slug="choose-free-address",
            label=f"Give {workload.title} the private address {free} instead of "
            f"{workload.private_ip}",
            command=lambda edit: edit.update(name, private_ip=free),
        )
    yield Fix(
        slug="leave-address-out",
        label=f"Let AWS choose the private address of {workload.title}",
        command=lambda edit: edit.update(name, private_ip=None),
    )


def free_address(plan: Plan, subnet_id: str) -> str | None:
    """The first address of a subnet that AWS does not keep and no workload has fixed."""
    subnet = plan.resource(subnet_id)
    assert isinstance(subnet, Subnet)
    whole = block(subnet.cidr)
    if whole.size <= RESERVED_ADDRESSES:
        return None
    kept = RESERVED_ADDRESSES - 1
    fixed = [w.private_ip for w in plan.of(Workload.kind).values() if w.private_ip is not None]
    taken = [Block(4, whole.first + n, 32) for n in range(kept)]
    taken += [Block(4, whole.last, 32), *(Block(4, address(text).value, 32) for text in fixed)]
    found = next_free([whole], taken, 32)
    return None if found is None else str(Address(4, found.first))
