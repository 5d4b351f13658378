"""What can be joined by drawing a line from one thing to another: one table, read by tool, menus
and tests.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from lambdaplanner.commands import attachment, routing
from lambdaplanner.commands.addresses import overlapping
from lambdaplanner.commands.places import a_noun, called, container_of, noun, subnets_of
from lambdaplanner.commands.reparent import can_reparent, reparent
from lambdaplanner.commands.zones import one_of_each_zone
from lambdaplanner.errors import EditError
from lambdaplanner.kinds import KINDS
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.registry import ROUTE_TARGETS
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import vpc_of
from lambdaplanner.kinds.transit_gateway import TransitAttachment, TransitGateway
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.interfaces import owner_of
from lambdaplanner.model.plan import Plan

Reason = Callable[[Plan, str, str], str | None]
Join = Callable[[Edit, str, str], str]


class Rule(NamedTuple):
    """One pair of kinds that a line can join: what stands against it, doing it (says what was
    done), its name in menus.
    """

    reason: Reason
    join: Join
    verb: str


def can_connect(plan: Plan, source: str, target: str) -> str | None:
    """Why a line cannot lead from one thing to another; None where it can."""
    source, target = owner_of(source), owner_of(target)
    if source == target:
        return "a thing is not connected to itself"
    if source not in plan or target not in plan:
        return "AWS makes this; there is nothing to connect by hand"
    found = _rule(plan, source, target)
    if found is None:
        return _no_rule(plan, source, target)
    rule, first, second = found
    return rule.reason(plan, first, second)


def connection_targets(plan: Plan, source: str) -> frozenset[str]:
    """Every thing that a line from `source` may lead to."""
    source = owner_of(source)
    found = plan.find(source)
    if found is None:
        return frozenset()
    kinds = {second for first, second in RULES if first == found.kind}
    kinds |= {first for first, second in RULES if second == found.kind}
    return frozenset(
        name for kind in kinds for name in plan.of(kind) if can_connect(plan, source, name) is None
    )


def links_kinds(one: str, other: str) -> bool:
    """Whether a line ever joins things of these two kinds."""
    return (one, other) in RULES or (other, one) in RULES


def can_start(plan: Plan, source: str) -> bool:
    """Whether a line could begin here at all."""
    found = plan.find(owner_of(source))
    return found is not None and any(found.kind in kinds for kinds in RULES)


def connect(edit: Edit, source: str, target: str) -> str:
    """Joins two things; says in one sentence what was done. Raises EditError with the reason where
    it cannot be.
    """
    reason = can_connect(edit.plan, source, target)
    if reason is not None:
        raise EditError(reason)
    found = _rule(edit.plan, owner_of(source), owner_of(target))
    assert found is not None
    rule, first, second = found
    return rule.join(edit, first, second)


def _rule(plan: Plan, source: str, target: str) -> tuple[Rule, str, str] | None:
    kinds = plan.resource(source).kind, plan.resource(target).kind
    if kinds in RULES:
        return RULES[kinds], source, target
    if kinds[::-1] in RULES:
        return RULES[kinds[::-1]], target, source
    return None


def _no_rule(plan: Plan, source: str, target: str) -> str:
    first, second = plan.resource(source).kind, plan.resource(target).kind
    possible = [b for a, b in RULES if a == first] + [a for a, b in RULES if b == first]
    if not possible:
        return f"{a_noun(first)} is connected to nothing by a line"
    words = list(dict.fromkeys(noun(kind) for kind in possible))
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
    return f"{a_noun(first)} is not connected to {a_noun(second)}, but to: {listed}"


def _same_vpc(field: str, verb: str) -> Reason:
    """A reason for one field of the first thing that names the second, in the same VPC."""

    def reason(plan: Plan, first: str, second: str) -> str | None:
        one, other = plan.resource(first), plan.resource(second)
        value: Any = getattr(one, field)
        if value == second or (isinstance(value, tuple) and second in value):
            return f"{one.title} {verb} {other.title} already"
        home, elsewhere = vpc_of(plan, one), vpc_of(plan, other)
        if home != elsewhere:
            return f"{other.title} belongs to another VPC, {called(plan, elsewhere or '')}"
        return None

    return reason


def _set(field: str, verb: str) -> Join:
    def join(edit: Edit, first: str, second: str) -> str:
        value = getattr(edit.plan.resource(first), field)
        edit.update(first, **{field: (*value, second) if isinstance(value, tuple) else second})
        return f"{called(edit.plan, first)} {verb} {called(edit.plan, second)}"

    return join


def _endpoint_group(plan: Plan, endpoint: str, group: str) -> str | None:
    one = plan.resource(endpoint)
    assert isinstance(one, Endpoint)
    if not one.is_interface:
        return f"{one.title} is a gateway endpoint and has no interface to guard"
    return _same_vpc("security_groups", "is guarded by")(plan, endpoint, group)


def _endpoint_route(plan: Plan, source: str, endpoint: str) -> str | None:
    """A gateway endpoint is a route of tables; an interface endpoint stands in subnets, one for
    each zone.
    """
    one, place = plan.resource(endpoint), plan.resource(source)
    assert isinstance(one, Endpoint)
    if not one.is_interface:
        return routing.can_route(plan, source, endpoint)
    if not isinstance(place, Subnet):
        return f"{one.title} is an interface endpoint; it stands in subnets and needs no route"
    zones = {
        other.az: other.title
        for name in one.subnets
        if isinstance(other := plan.find(name), Subnet) and other.az
    }
    if source not in one.subnets and place.az in zones:
        return f"{one.title} stands in {zones[place.az]} of the same zone; one for each zone"
    return _same_vpc("subnets", "stands in")(plan, endpoint, source)


def _join_endpoint(edit: Edit, source: str, endpoint: str) -> str:
    one = edit.plan.resource(endpoint)
    assert isinstance(one, Endpoint)
    if one.is_interface:
        return _set("subnets", "stands in")(edit, endpoint, source)
    return routing.route(edit, source, endpoint)


def _can_peer(plan: Plan, first: str, second: str) -> str | None:
    one, other = plan.resource(first), plan.resource(second)
    assert isinstance(one, Vpc)
    assert isinstance(other, Vpc)
    for peering in plan.users(first, "vpcs", Peering.kind):
        if second in peering.vpcs:
            return f"{peering.title} joins them already"
    shared = overlapping(one, other)
    if shared:
        return f"{shared[0]} and {shared[1]} overlap; AWS peers no VPCs that share addresses"
    return None


def _peer(edit: Edit, first: str, second: str) -> str:
    new_id = edit.new_id("peering")
    edit.add(Peering(id=new_id, vpcs=(first, second)))
    one, other = called(edit.plan, first), called(edit.plan, second)
    return f"{new_id} joins {one} and {other}; both need a route to it"


def _can_attach_vpc(plan: Plan, vpc: str, tgw: str) -> str | None:
    hub = plan.resource(tgw)
    assert isinstance(hub, TransitGateway)
    if hub.attachment(vpc):
        return f"{called(plan, vpc)} is attached to {hub.title} already"
    if not subnets_of(plan, vpc):
        name = called(plan, vpc)
        return f"an attachment has an interface in a subnet of each zone, and {name} has no subnet"
    return None


def _attach_vpc(edit: Edit, vpc: str, tgw: str) -> str:
    hub = edit.plan.resource(tgw)
    assert isinstance(hub, TransitGateway)
    subnets = one_of_each_zone(edit.plan, vpc)
    new = TransitAttachment(vpc=vpc, subnets=tuple(subnets))
    edit.update(tgw, attachments=(*hub.attachments, new))
    return f"{called(edit.plan, vpc)} is attached to {hub.title} in {', '.join(subnets)}"


def _move(edit: Edit, thing: str, container: str) -> str:
    reparent(edit, thing, container)
    return f"{called(edit.plan, thing)} belongs to {called(edit.plan, container)}"


def _can_move(plan: Plan, thing: str, container: str) -> str | None:
    if container_of(plan, thing) == container:
        return f"{called(plan, thing)} belongs to {called(plan, container)} already"
    return can_reparent(plan, thing, container)


_ROUTE = Rule(routing.can_route, routing.route, "Add a route to")
_ENDPOINT = Rule(_endpoint_route, _join_endpoint, "Give a way to")
_GUARD_VERB = "is guarded by"

RULES: dict[tuple[str, str], Rule] = {
    ("subnet", "route-table"): Rule(
        _same_vpc("route_table", "uses"), _set("route_table", "uses"), "Use route table"
    ),
    ("subnet", "network-acl"): Rule(
        _same_vpc("network_acl", _GUARD_VERB), _set("network_acl", _GUARD_VERB), "Use network ACL"
    ),
    **{("subnet", kind): _ROUTE for kind in ROUTE_TARGETS},
    **{("route-table", kind): _ROUTE for kind in ROUTE_TARGETS},
    ("subnet", "endpoint"): _ENDPOINT,
    ("route-table", "endpoint"): _ENDPOINT,
    ("function", "subnet"): Rule(attachment.can_attach, attachment.attach, "Attach to"),
    ("function", "security-group"): Rule(
        attachment.can_guard, _set("security_groups", _GUARD_VERB), "Guard by"
    ),
    ("workload", "security-group"): Rule(
        _same_vpc("security_groups", _GUARD_VERB), _set("security_groups", _GUARD_VERB), "Guard by"
    ),
    ("workload", "subnet"): Rule(
        _same_vpc("subnets", "stands in"), _set("subnets", "stands in"), "Add an interface in"
    ),
    ("endpoint", "security-group"): Rule(
        _endpoint_group, _set("security_groups", _GUARD_VERB), "Guard by"
    ),
    ("nat-gateway", "subnet"): Rule(_can_move, _move, "Move to"),
    **{
        (slug, "vpc"): Rule(_can_move, _move, "Attach to")
        for slug, row in KINDS.items()
        if row.one_per_vpc
    },
    ("vpc", "vpc"): Rule(_can_peer, _peer, "Peer with"),
    ("vpc", "transit-gateway"): Rule(_can_attach_vpc, _attach_vpc, "Attach to"),
}
