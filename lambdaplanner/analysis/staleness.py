"""Which answers a change can touch. All others are carried over, so in doubt the answer is yes."""

from __future__ import annotations

from lambdaplanner.analysis.ledger import Ledger, ledger_row, subnets_touched
from lambdaplanner.kinds import ResourceKind, kind_of
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
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


def contents_changed(changes: ChangeSet) -> frozenset[str] | None:
    """The route tables and security groups whose contents are all that changes; None where more
    does. Places do not count.
    """
    names: set[str] = set()
    for key, (old, new) in changes.items():
        if key.facet in REMARKS or key == EXPECTATIONS:
            continue
        if key.facet != "resource" or not _only_contents(old, new):
            return None
        names.add(key.id)
    return frozenset(names)


def _only_contents(old: Resource | None, new: Resource | None) -> bool:
    match old, new:
        case RouteTable(), RouteTable():
            kept = (old.vpc, old.main, old.propagate, old.gateway)
            return kept == (new.vpc, new.main, new.propagate, new.gateway)
        case SecurityGroup(), SecurityGroup():
            return (old.vpc, old.default) == (new.vpc, new.default)
    return False


def _region_changes(change: Change) -> bool:
    old: PlanInfo = change.old
    new: PlanInfo = change.new
    shut = old.settings.block_public_access != new.settings.block_public_access
    return shut or old.region != new.region
