"""Leading one end of a drawn line to another thing: what the line stood for follows."""

from __future__ import annotations

from typing import Literal

from lambdaplanner.commands.fields import set_route
from lambdaplanner.commands.links import can_connect, connect, connection_targets
from lambdaplanner.commands.places import called
from lambdaplanner.commands.unlink import can_disconnect, disconnect
from lambdaplanner.errors import EditError
from lambdaplanner.kinds.registry import ROUTE_TARGETS
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan

End = Literal["source", "target"]
"""Which end of a line is led elsewhere."""


def new_ends(trial: Plan, source: str, target: str, end: End) -> frozenset[str]:
    """Every thing that one end of the line between two things may be led to; none where the line
    follows from something else. `trial` is a copy of the plan that this may change and change back.
    """
    if source not in trial or target not in trial or can_disconnect(trial, source, target):
        return frozenset()
    old, fixed = (source, target) if end == "source" else (target, source)
    kind = trial.resource(old).kind
    edit = Edit(trial)
    try:
        disconnect(edit, source, target)
        if fixed not in trial or old not in trial:
            return frozenset()
        found = connection_targets(trial, fixed) - {old}
        return frozenset(one for one in found if _alike(trial, fixed, kind, one))
    except EditError:
        return frozenset()
    finally:
        edit.roll_back()


def _alike(plan: Plan, fixed: str, kind: str, new: str) -> bool:
    """Whether the line would still be of its sort: a table's route may lead to any target, all else
    joins things of the kinds that it joined.
    """
    other = plan.resource(new).kind
    if kind == other:
        return True
    routes = isinstance(plan.resource(fixed), RouteTable)
    return routes and {kind, other} <= set(ROUTE_TARGETS)


def reconnect(edit: Edit, source: str, target: str, end: End, new: str) -> str:
    """Leads one end of the line between two things to another; routes keep their destinations. Says
    what was done.

    Raises EditError with the reason where that cannot be.
    """
    destinations = _routed(edit.plan, source, target)
    disconnect(edit, source, target)
    source, target = (new, target) if end == "source" else (source, new)
    reason = can_connect(edit.plan, source, target)
    if reason is not None:
        raise EditError(reason)
    if not destinations or edit.plan.resource(target).kind == "endpoint":
        return connect(edit, source, target)
    for destination in destinations:
        set_route(edit, source, destination, target)
    leads = ", ".join(destinations)
    return f"{called(edit.plan, source)} sends {leads} to {called(edit.plan, target)}"


def _routed(plan: Plan, source: str, target: str) -> tuple[str, ...]:
    """The destinations that a table sends to a target; none where the line is no route."""
    table = plan.find(source)
    routes = table.routes if isinstance(table, RouteTable) else ()
    return tuple(route.destination for route in routes if route.target == target)
