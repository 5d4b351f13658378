"""What opens or removes a boundary, told from the edits themselves and from what they change in
reach: a private subnet made public, an ACL taken off, a rule that is wider than what was asked, a
promise or a target redefined, a thing taken out or away.
"""

from __future__ import annotations

from lambdaplanner.analysis.staleness import kinds_touched
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.impact import VerdictChange
from lambdaplanner.fixes.aims import INTERNET, Aim, Asked, ends_of, is_outside
from lambdaplanner.fixes.parts.widening import widens
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.changes import ACKNOWLEDGED, EXPECTATIONS, UNKNOWN, ChangeSet
from lambdaplanner.model.cidr import block
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource, references_of

SUBNETS_AT_MOST = 16
"""Of a function; AWS takes no more."""


def crosses_boundary(
    before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet, aim: Aim
) -> bool:
    """Whether an edit does what nobody asked for, as far as its own rows say."""
    if any(key in changes for key in (EXPECTATIONS, ACKNOWLEDGED, UNKNOWN)):
        return True
    for key, (old, new) in changes.items():
        if key.facet != "resource":
            continue
        if new is None:
            if key.id not in aim.about:
                return True
        elif old is not None and _redefines(before, old, new, aim):
            return True
    return _leads_otherwise(before, after, changes, aim) or widens(before, after, changes, aim)


def _leads_otherwise(
    before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet, aim: Aim
) -> bool:
    """Whether subnets that were there get a way out that nobody asked for."""
    kinds = kinds_touched(changes)
    if kinds <= _WITHOUT_ROUTES:
        return False
    there = [one.id for one in after.of(Subnet) if one.id in before.plan]
    anew = [name for name in there if before.table(name) is not after.table(name)]
    routed = anew if InternetGateway.kind not in kinds else there
    return _makes_public(before, after, routed) or _ends_isolation(before, after, anew, aim)


_WITHOUT_ROUTES = frozenset({"function", "network-acl", "note", "security-group"})
"""Kinds that lead no subnet anywhere."""


def _makes_public(before: PlanAnalysis, after: PlanAnalysis, subnets: list[str]) -> bool:
    """Whether a private subnet gets a route to an internet gateway; one that holds nothing but
    what has a public address, and has no other way out, was never meant to be private.
    """
    return any(
        after.is_public(subnet)
        and not before.is_public(subnet)
        and not is_meant_public(before, subnet)
        for subnet in subnets
    )


def is_meant_public(view: PlanAnalysis, subnet: str) -> bool:
    """Whether a subnet holds nothing but what has a public address, and has no other way out."""
    things = [
        view.plan.resource(link.source)
        for link in view.plan.mentions_of(subnet)
        if link.field in ("subnet", "subnets", "attachments")
    ]
    return (
        bool(things)
        and all(topology.has_public_address(thing) for thing in things)
        and topology.way_out(view.plan, view.subnet(subnet)) is None
    )


def _ends_isolation(
    before: PlanAnalysis, after: PlanAnalysis, subnets: list[str], aim: Aim
) -> bool:
    """Whether a subnet without a way out gets one that nobody asked for: for a service of AWS an
    endpoint does, and less comes through it.
    """
    led_out = [
        name
        for name in subnets
        if topology.way_out(after.plan, after.subnet(name)) is not None
        and not any(topology.default_routes(before.plan, before.subnet(name)))
    ]
    if not led_out:
        return False
    wanted = [
        asked.source
        for asked in aim.opened
        if is_outside(asked.target) and not asked.target.startswith("aws:")
    ]
    places = {name for source in wanted for name in _places(before.plan, source)}
    return any(
        name not in places
        and _has_hosts(before.plan, name)
        and not is_meant_public(before, name)
        and not _concerns(before.plan, name, aim)
        for name in led_out
    )


def _has_hosts(plan: Plan, subnet: str) -> bool:
    """Whether something stands in a subnet that would go out by its routes."""
    return any(link.field == "subnets" for link in plan.mentions_of(subnet))


def _redefines(before: PlanAnalysis, old: Resource, new: Resource, aim: Aim) -> bool:
    match old, new:
        case RouteTable(), RouteTable():
            return _routes_wider(old, new)
        case Subnet(), Subnet():
            return _changes_subnet(before, old, new, aim)
        case Function(), Function():
            return (
                new.concurrency < old.concurrency
                or new.connections_per_environment != old.connections_per_environment
                or _is_detached(before, old, new)
            )
        case Workload(), Workload():
            opened = new.wants_public_address and not old.wants_public_address
            closed = old.wants_public_address and not new.wants_public_address
            return (opened and not _asked_from_outside(before.plan, new.id, aim.opened)) or (
                closed and not _asked_from_outside(before.plan, new.id, aim.closed)
            )
        case Endpoint(), Endpoint():
            return old.private_dns and not new.private_dns and old.id not in aim.about
    return False


def _routes_wider(old: RouteTable, new: RouteTable) -> bool:
    """Whether a route for a part of the addresses becomes one for more of them."""
    gone = [r for r in old.routes if r not in new.routes and "/" in r.destination]
    return any(
        block(came.destination).covers(block(route.destination))
        for route in gone
        for came in new.routes
        if came not in old.routes
        if came.target == route.target and "/" in came.destination
    )


def _changes_subnet(before: PlanAnalysis, old: Subnet, new: Subnet, aim: Aim) -> bool:
    """An ACL off, or another one in its place, but for one that never applied; another block for
    a subnet that nobody spoke of.
    """
    acl = before.plan.find(old.network_acl)
    off = new.network_acl != old.network_acl and getattr(acl, "vpc", None) == old.vpc
    return off or (new.cidr != old.cidr and not _concerns(before.plan, old.id, aim))


def _concerns(plan: Plan, name: str, aim: Aim) -> bool:
    """Whether a finding is about a thing, or about what stands in it or with it in one VPC."""
    if name in aim.about or not aim.about:
        return name in aim.about
    users = {link.source for link in plan.mentions_of(name)}
    homes = {mention.target for mention in references_of(plan.resource(name))}
    return not aim.about.isdisjoint(users | homes)


def _is_detached(before: PlanAnalysis, old: Function, new: Function) -> bool:
    """Whether a function leaves a subnet for none in its place, which was good for it: neither
    public, nor one too many, nor of another VPC than those that stay.
    """
    if len(new.subnets) >= len(old.subnets) or len(old.subnets) > SUBNETS_AT_MOST:
        return False
    if not new.subnets:
        return True
    home = before.subnet(new.subnets[0]).vpc if new.subnets[0] in before.plan else ""
    lost = [before.subnet(name) for name in old.subnets if name not in new.subnets]
    return any(one.vpc == home and not before.is_public(one.id) for one in lost)


def _asked_from_outside(plan: Plan, name: str, wanted: tuple[Asked, ...]) -> bool:
    asked = (one for one in wanted if is_outside(one.source))
    return name in ends_of(plan, asked, source=False)


# in reach -----------------------------------------------------------------------------------------


def reaches_unasked(before: PlanAnalysis, verdicts: tuple[VerdictChange, ...], aim: Aim) -> bool:
    """Whether things come to reach one another that nobody asked to, or no longer do.

    The way out of a subnet is everybody's in it, and so are routes between two subnets: what its
    own groups let through there is not held against an edit.
    """
    plan = before.plan
    opened = [(asked.source, asked.target) for asked in aim.opened]
    closed = [(asked.source, asked.target) for asked in aim.closed]
    related = _related(plan, aim.about)
    for change in verdicts:
        pair = (change.source, change.target)
        if change.before is None or change.after is None or not related.isdisjoint(pair):
            continue
        if change.is_worse:
            if pair not in closed:
                return True
        elif pair not in opened and not _comes_with_it(before, change, aim):
            return True
    return False


def _related(plan: Plan, about: frozenset[str]) -> frozenset[str]:
    """What a finding is about, with all that stands in it or is guarded by it."""
    found = set(about)
    for _ in range(2):
        found |= {link.source for name in found for link in plan.mentions_of(name)}
    return frozenset(found)


def _comes_with_it(before: PlanAnalysis, change: VerdictChange, aim: Aim) -> bool:
    """Whether a pair stands where the ends of something asked stand."""
    if is_outside(change.target):
        return True
    if change.source == INTERNET:
        return False
    plan = before.plan
    near, far = _places(plan, change.source), _places(plan, change.target)
    return any(
        not near.isdisjoint(_places(plan, asked.source))
        and not far.isdisjoint(_places(plan, asked.target))
        for asked in aim.opened
    )


def _places(plan: Plan, name: str) -> frozenset[str]:
    return frozenset(getattr(plan.find(name), "subnets", ()))
