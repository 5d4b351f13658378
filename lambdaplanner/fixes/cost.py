"""What a way of mending costs, found out from its edits alone: a fixer cannot say so of itself.

The order of the classes is the order in which ways are offered; by itself `fix --write` takes only
those below `BOUNDARY`.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.fixes.aims import Aim
from lambdaplanner.fixes.boundaries import crosses_boundary
from lambdaplanner.fixes.spares import is_spare
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.changes import INFO, Change, ChangeSet
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource, fields_of, references_of


class Cost(IntEnum):
    """From what nobody minds to what has to be asked for by name."""

    FAULT = 0
    """Touches only what is there and in use."""
    UNUSED = 1
    """Uses a thing that lies there unused."""
    FREE = 2
    """Adds a thing that costs nothing."""
    LESS = 3
    """Takes something out and puts nothing in its place: after what mends for nothing, before what
    costs money.
    """
    PAID = 4
    """Adds something with a price: a NAT gateway, an interface endpoint, an attachment to a
    transit gateway, a public address.
    """
    BOUNDARY = 5
    """Opens or removes a boundary, or redefines what nobody asked about."""
    ACCOUNT = 6
    """Changes a fact of the account, which an edit of a plan does not make true."""

    @property
    def taken_unasked(self) -> bool:
        """Whether `fix --write` takes such a way by itself."""
        return self < Cost.BOUNDARY


def cost_of(before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet, aim: Aim) -> Cost:
    """The class of an edit that leads from one state of a plan to another. What an edit changes in
    reach is not looked at here: see `boundaries.reaches_unasked`.
    """
    if INFO in changes:
        return Cost.ACCOUNT
    if crosses_boundary(before, after, changes, aim):
        return Cost.BOUNDARY
    records = [change for key, change in changes.items() if key.facet == "resource"]
    if any(_is_paid(change) for change in records):
        return Cost.PAID
    if _takes_away(records) and not aim.closing:
        return Cost.LESS
    if any(change.old is None for change in records):
        return Cost.FREE
    if any(_lies_unused(before.plan, name) for name in _newly_named(records)):
        return Cost.UNUSED
    return Cost.FAULT


def _takes_away(records: list[Change]) -> bool:
    """Whether an edit takes something out of a thing, or out of the plan, and puts nothing in its
    place.
    """
    more = [_rows_more(old, new) for old, new in records]
    return any(numbers and min(numbers) < 0 for numbers in more) and not any(
        numbers and max(numbers) > 0 for numbers in more
    )


def _rows_more(old: Resource | None, new: Resource | None) -> list[int]:
    """How many rows more each field of a thing has; what comes or goes as a whole counts one."""
    if old is None or new is None:
        return [1 if old is None else -1]
    pairs = ((getattr(old, info.name), getattr(new, info.name)) for info in fields_of(type(new)))
    return [
        len(has) - len(had)
        for had, has in pairs
        if isinstance(had, tuple) and isinstance(has, tuple)
    ]


# what has a price ---------------------------------------------------------------------------------


def _is_paid(change: Change) -> bool:
    """Whether there is more to pay for after a change of one thing."""
    match change.new:
        case NatGateway() | Endpoint() | TransitGateway() | Workload():
            return _priced(change.new) > _priced(change.old)
    return False


def _priced(thing: Resource | None) -> int:
    """What a thing is billed for, counted (https://aws.amazon.com/vpc/pricing/)."""
    match thing:
        case NatGateway():
            addresses = thing.elastic_ips if thing.connectivity == "public" else 0
            return 1 + max(addresses, 1) + 100 * thing.regional
        case Endpoint(type="interface"):
            return max(1, len(thing.subnets))
        case TransitGateway():
            return len(thing.attachments)
        case Workload():
            return int(thing.wants_public_address)
    return 0


# what lies unused ---------------------------------------------------------------------------------


def _newly_named(records: list[Change]) -> Iterator[str]:
    """The things, there before, that an edit makes something use: what is named anew, and an
    endpoint that gets its first table.
    """
    for old, new in records:
        if old is None or new is None:
            continue
        known = {mention.target for mention in references_of(old)}
        yield from (m.target for m in references_of(new) if m.target not in known)
        if isinstance(new, Endpoint) and new.route_tables != getattr(old, "route_tables", ()):
            yield new.id


_OWN = frozenset({"vpc"})
"""Kinds that are never unused, whoever names them."""


def _lies_unused(plan: Plan, name: str) -> bool:
    thing = plan.find(name)
    if thing is None or thing.kind in _OWN:
        return False
    if isinstance(thing, Endpoint):
        return not thing.subnets
    if isinstance(thing, RouteTable):
        return is_spare(plan, thing)
    return not plan.mentions_of(name)
