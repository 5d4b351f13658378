"""Taking a drawn line away: what it stood for goes, the things at its ends stay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lambdaplanner.commands import attachment, routing
from lambdaplanner.commands.places import SERVICE_NAT, called
from lambdaplanner.errors import EditError
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.registry import ROUTE_TARGETS
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.interfaces import interface_ends
from lambdaplanner.model.plan import Plan

Part = Callable[[Edit, str, str], str]


def can_disconnect(plan: Plan, source: str, target: str) -> str | None:
    """Why the line between two boxes cannot be deleted; None where it can."""
    return (
        None if _found(plan, source, target) else "AWS makes this connection; it goes with its ends"
    )


def disconnect(edit: Edit, source: str, target: str) -> str:
    """Takes out what the line between two boxes stands for; says what was done.

    Raises EditError where the line stands for nothing that a person made.
    """
    found = _found(edit.plan, source, target)
    if found is None:
        raise EditError("AWS makes this connection; it goes with its ends")
    part, first, second = found
    return part(edit, first, second)


def _found(plan: Plan, source: str, target: str) -> tuple[Part, str, str] | None:
    for one, other in ((source, target), (target, source)):
        interface = interface_ends(one)
        if interface is not None and all(end in plan for end in interface):
            group = plan.find(other)
            if group is not None and group.kind == "security-group":
                return _let_go("security_groups"), interface[0], other
            return leave_subnet, *interface
        if one == SERVICE_NAT:
            function = plan.find(other)
            if isinstance(function, Function):
                return _detach_wholly, other, one
    ends = plan.find(source), plan.find(target)
    if ends[0] is None or ends[1] is None:
        return None
    kinds = ends[0].kind, ends[1].kind
    if kinds in _PARTS:
        return _PARTS[kinds], source, target
    if kinds[::-1] in _PARTS:
        return _PARTS[kinds[::-1]], target, source
    return None


def _detach_wholly(edit: Edit, function: str, _nat: str) -> str:
    attachment.detach(edit, function)
    return f"{called(edit.plan, function)} is no longer attached to a VPC"


def leave_subnet(edit: Edit, owner: str, subnet: str) -> str:
    """Takes a function's, workload's or endpoint's interface out of a subnet; says what was done.

    Raises EditError for the only interface of a workload, which cannot be without one.
    """
    if isinstance(edit.plan.resource(owner), Function):
        return _detach(edit, owner, subnet)
    return _leave_subnet(edit, owner, subnet)


def _detach(edit: Edit, function: str, subnet: str) -> str:
    attachment.detach(edit, function, subnet)
    return f"{called(edit.plan, function)} is no longer attached to {called(edit.plan, subnet)}"


def _let_go(field: str) -> Part:
    """Takes the second thing out of a field of the first."""

    def part(edit: Edit, first: str, second: str) -> str:
        value: Any = getattr(edit.plan.resource(first), field)
        left = tuple(v for v in value if v != second) if isinstance(value, tuple) else None
        if left == value or (left is None and value != second):
            raise EditError(f"{called(edit.plan, first)} does not name {called(edit.plan, second)}")
        edit.update(first, **{field: left})
        return f"{called(edit.plan, first)} no longer names {called(edit.plan, second)}"

    return part


def _leave_subnet(edit: Edit, workload: str, subnet: str) -> str:
    thing: Any = edit.plan.resource(workload)
    if thing.kind == "workload" and thing.subnets == (subnet,):
        raise EditError(f"{thing.title} stands in no other subnet; delete it instead")
    return _let_go("subnets")(edit, workload, subnet)


def _no_way(edit: Edit, source: str, endpoint: str) -> str:
    thing = edit.plan.resource(endpoint)
    if isinstance(thing, Endpoint) and thing.is_interface:
        return _let_go("subnets")(edit, endpoint, source)
    return routing.unroute(edit, source, endpoint)


def _leave_appliance(edit: Edit, subnet: str, workload: str) -> str:
    thing: Any = edit.plan.resource(workload)
    if subnet in thing.subnets:
        return _leave_subnet(edit, workload, subnet)
    return routing.unroute(edit, subnet, workload)


def _end_peering(edit: Edit, peering: str, _vpc: str) -> str:
    said = f"{called(edit.plan, peering)} is gone; routes to it are blackholes"
    edit.remove(peering)
    return said


def _part_vpcs(edit: Edit, first: str, second: str) -> str:
    for peering in edit.plan.users(first, "vpcs", Peering.kind):
        if second in peering.vpcs:
            return _end_peering(edit, peering.id, first)
    raise EditError(f"no peering joins {called(edit.plan, first)} and {called(edit.plan, second)}")


def _leave_hub(edit: Edit, vpc: str, tgw: str) -> str:
    hub = edit.plan.resource(tgw)
    assert isinstance(hub, TransitGateway)
    left = tuple(one for one in hub.attachments if one.vpc != vpc)
    edit.update(tgw, attachments=left)
    return f"{called(edit.plan, vpc)} is no longer attached to {hub.title}"


_PARTS: dict[tuple[str, str], Part] = {
    **{("subnet", kind): routing.unroute for kind in ROUTE_TARGETS},
    **{("route-table", kind): routing.unroute for kind in ROUTE_TARGETS},
    ("subnet", "route-table"): _let_go("route_table"),
    ("subnet", "network-acl"): _let_go("network_acl"),
    ("subnet", "workload"): _leave_appliance,
    ("subnet", "endpoint"): _no_way,
    ("route-table", "endpoint"): _no_way,
    ("function", "subnet"): _detach,
    ("function", "security-group"): _let_go("security_groups"),
    ("workload", "security-group"): _let_go("security_groups"),
    ("endpoint", "security-group"): _let_go("security_groups"),
    ("peering", "vpc"): _end_peering,
    ("vpc", "vpc"): _part_vpcs,
    ("vpc", "transit-gateway"): _leave_hub,
}
