"""Which answers a change can touch. All others are carried over, so in doubt the answer is yes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lambdaplanner.analysis.ledger import Ledger, ledger_row, subnets_touched
from lambdaplanner.analysis.looks import NAT_GATEWAYS, PEERINGS, SUBNETS, subnets_in
from lambdaplanner.kinds import ResourceKind, kind_of
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.note import Note
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.route_table import OUTSIDE, RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.changes import EXPECTATIONS, INFO, REMARKS, UNKNOWN, Change, ChangeSet
from lambdaplanner.model.document import PlanInfo
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource, fields_of


def rows_after(plan: Plan, rows: Ledger, changes: ChangeSet) -> Ledger:
    """The ledger after changes that the plan has taken; only rows that they touch are new."""
    touched = subnets_touched(changes)
    if not touched:
        return rows
    updated = dict(rows)
    for name in touched:
        subnet = plan.find(name)
        if isinstance(subnet, Subnet):
            updated[name] = ledger_row(plan, subnet)
        else:
            updated.pop(name, None)
    return updated


def reorders(changes: ChangeSet) -> bool:
    """Whether a thing that stays gets another place in the order, as when it is taken out and made
    anew.
    """
    return any(key.facet == "order" and None not in change for key, change in changes.items())


def kinds_touched(changes: ChangeSet) -> set[str]:
    """The kinds of the things that are made, changed or taken out."""
    return {
        resource.kind
        for key, change in changes.items()
        if key.facet == "resource"
        for resource in change
        if resource is not None
    }


def touches_amounts(changes: ChangeSet) -> bool:
    """Whether the ledger, a capacity or a check of amounts may say something else after these."""
    return reorders(changes) or any(
        key == INFO or (key.facet == "resource" and _row_of(change).counted)
        for key, change in changes.items()
    )


def _row_of(change: Change) -> ResourceKind:
    return kind_of(change.new or change.old)


def touches_paths(changes: ChangeSet) -> bool:
    """Whether an answer about reachability may be another after these changes."""
    return reorders(changes) or any(
        _path_changes(change)
        if key.facet == "resource"
        else key == UNKNOWN or (key == INFO and _region_changes(change))
        for key, change in changes.items()
    )


def _path_changes(change: Change) -> bool:
    old, new = change
    if not _row_of(change).in_network:
        return False
    if old is None or new is None or type(old) is not type(new):
        return True
    return any(
        getattr(old, info.name) != getattr(new, info.name)
        for info in fields_of(type(new))
        if not info.remark and not info.amount
    )


class Touched(NamedTuple):
    """What a change makes another of all that results have read, as they name it (`looks`)."""

    names: frozenset[str]
    alone: bool
    """Whether it adds things that results have no name for."""


def touched(changes: ChangeSet, plan: Plan) -> Touched | None:
    """What results may have read that changes make another; None where that may be all. `plan` has
    taken the changes. Places do not count.
    """
    names: set[str] = set()
    alone = False
    for key, (old, new) in changes.items():
        if key.facet in REMARKS or key == EXPECTATIONS or (key.facet == "order" and old is None):
            continue
        named = _named(old, new, plan) if key.facet == "resource" else None
        if named is None:
            return None
        names.update(named)
        alone = alone or (old is None and isinstance(new, Subnet | RouteTable | SecurityGroup))
    return Touched(frozenset(names), alone)


def _named(old: Resource | None, new: Resource | None, plan: Plan) -> Iterable[str] | None:
    """What results have read that a change of one thing may make another. What is added leads
    nowhere before something names it, and that changes too.
    """
    match old, new:
        case (None, Peering()):
            return (PEERINGS,)
        case (None, NatGateway()):
            return (NAT_GATEWAYS,)
        case (
            None,
            Function() | SecurityGroup(default=False) | RouteTable(main=False, gateway=None),
        ):
            return (new.id, *_led_outside(old, new))
        case (None, Subnet()):
            # a route for the whole block of a subnet is one that AWS takes
            tables = plan.of(RouteTable.kind).values()
            return (SUBNETS, subnets_in(new.vpc), *(t.id for t in tables if t.vpc == new.vpc))
        case (Note() | None, Note() | None):
            return ()
    if old is not None and new is not None and _is_named(old, new):
        return (new.id, *_led_outside(old, new))
    return None


def _led_outside(old: Resource | None, new: Resource) -> Iterable[str]:
    """What tells of all VPCs, where the first or the last route of a table to what is not on the
    plan comes or goes.
    """
    had, has = (
        isinstance(one, RouteTable) and any(route.target == OUTSIDE for route in one.routes)
        for one in (old, new)
    )
    return () if had == has else (PEERINGS,)


def _is_named(old: Resource, new: Resource) -> bool:
    """Whether who read a thing that changes has named it."""
    match old, new:
        case RouteTable(), RouteTable():
            kept = (old.vpc, old.main, old.propagate, old.gateway)
            return kept == (new.vpc, new.main, new.propagate, new.gateway)
        case SecurityGroup(), SecurityGroup():
            return (old.vpcs, old.default) == (new.vpcs, new.default)
        case Function(), Function():
            return True
        case (
            Workload(private_ip=None, forwards=None, public_address=None),
            Workload(private_ip=None, forwards=None, public_address=None),
        ):
            return True
    return False


def _region_changes(change: Change) -> bool:
    old: PlanInfo = change.old
    new: PlanInfo = change.new
    shut = old.settings.block_public_access != new.settings.block_public_access
    return shut or old.region != new.region
