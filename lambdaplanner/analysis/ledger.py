"""Who takes which addresses of a subnet: the ledger that every capacity answer starts from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lambdaplanner.kinds import kind_of
from lambdaplanner.kinds.subnet import RESERVED_ADDRESSES, Subnet
from lambdaplanner.model import cidr
from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource, references_of


class LedgerRow(NamedTuple):
    """IPv4 addresses of one subnet, functions left out; `free` is negative where more is used than
    there is.
    """

    addresses: int
    reserved: int
    usable: int
    used: int
    used_by: tuple[tuple[str, int], ...]
    """Who takes how many, the subnet's own reserved addresses under its own id; in the order made.
    """

    @property
    def free(self) -> int:
        """What the functions can have."""
        return self.usable - self.used


Ledger = Mapping[str, LedgerRow]


def shortages(rows: Ledger) -> dict[str, LedgerRow]:
    """The rows of subnets that have no address left, or more used than there are."""
    return {name: row for name, row in rows.items() if row.free <= 0}


def ledger(plan: Plan) -> dict[str, LedgerRow]:
    """The row of every subnet of the plan."""
    return {name: ledger_row(plan, subnet) for name, subnet in plan.of("subnet").items()}


def ledger_row(plan: Plan, subnet: Subnet) -> LedgerRow:
    """One subnet's row: one address for each network interface in it (aws.md 2.2 and 2.3).

    A block smaller than AWS's five reserved addresses has none that are usable.
    """
    size = cidr.block(subnet.cidr).size
    reserved = min(RESERVED_ADDRESSES, size)
    used_by = tuple(_takers(plan, subnet.id))
    used = sum(count for _, count in used_by)
    return LedgerRow(size, reserved, size - reserved, used, used_by)


def _takers(plan: Plan, subnet_id: str) -> Iterable[tuple[str, int]]:
    graph = plan.graph
    names = {subnet_id, *graph.predecessors(subnet_id)}
    for name in sorted(names, key=plan.order):
        resource = plan.resource(name)
        count = kind_of(resource).addresses(resource, subnet_id)
        if count:
            yield name, count


def subnets_touched(changes: ChangeSet) -> set[str]:
    """The subnets whose rows may differ after these changes; those that are gone are among them."""
    touched: set[str] = set()
    for key, (old, new) in changes.items():
        if key.facet == "resource":
            for resource in (old, new):
                touched.update(_subnets_named(resource))
    return touched


def _subnets_named(resource: Resource | None) -> Iterable[str]:
    if resource is None:
        return
    if resource.kind == Subnet.kind:
        yield resource.id
        return
    for mention in references_of(resource):
        if Subnet.kind in mention.kinds:
            yield mention.target
