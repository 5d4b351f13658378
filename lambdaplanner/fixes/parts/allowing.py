"""Parts that several fixes build with: rules of security groups and entries of network ACLs.

Each allows what is asked and no more; all raise EditError where that cannot be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from lambdaplanner.commands.attachment import MOST_GROUPS
from lambdaplanner.errors import EditError
from lambdaplanner.fixes.parts.building import free_id
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.network_acl import AclEntry, NetworkAcl
from lambdaplanner.kinds.rules import ALL
from lambdaplanner.kinds.security_group import SecurityGroup, SecurityGroupRule
from lambdaplanner.kinds.topology import vpc_of
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.cidr import block
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.network_fields import ALL_PORTS, PortRange
from lambdaplanner.model.plan import Plan

Side = Literal["inbound", "outbound"]
Guarded = Function | Workload | Endpoint

FIRST_NUMBER = 100
STEP = 10
LAST_NUMBER = 32766
"""Of entries of a network ACL (aws.md 6.2)."""


# security groups ----------------------------------------------------------------------------------


def rules_of(group: SecurityGroup, side: Side) -> tuple[SecurityGroupRule, ...]:
    """The rules of one side, AWS's default ones where none were written."""
    return group.inbound if side == "inbound" else group.outbound_rules


def allow(edit: Edit, group_id: str, side: Side, *rules: SecurityGroupRule) -> None:
    """Adds rules to a security group where they are not there yet."""
    group = edit.plan.resource(group_id)
    assert isinstance(group, SecurityGroup)
    there = rules_of(group, side)
    new = tuple(rule for rule in dict.fromkeys(rules) if rule not in there)
    if new:
        edit.update(group_id, **{side: (*there, *new)})


def rule(protocol: str, port: int | None, **far_end: str) -> SecurityGroupRule:
    """A rule for one port (None: every port) and what its far end is: `cidr`, `security_group` or
    `prefix_list`.
    """
    ports = None if port is None or protocol == "icmp" else PortRange(port, port)
    return SecurityGroupRule(protocol=protocol, ports=ports, **far_end)


def group_of(edit: Edit, thing_id: str) -> str:
    """The security group that guards a thing and that can be edited.

    Without one it has the VPC's default group, which nobody can edit here: a written group that
    allows the same takes its place, for everything in the VPC that has the default one, since that
    lets in from itself.
    """
    plan = edit.plan
    thing = guarded(plan, thing_id)
    vpc = vpc_of(plan, thing)
    if vpc is None:
        raise EditError(f"{thing.title} is in no VPC and has no security group")
    if _unfiltered(thing):
        raise EditError(f"{thing.title} was made without security groups, and takes none later")
    own = [name for name in thing.security_groups if home_of_group(plan, name) == vpc]
    if own:
        return own[0]
    if thing.security_groups:
        return own_group(edit, thing_id)
    default = topology.default_group(plan, vpc)
    if default is not None:
        return _of_its_own(edit, thing_id, default)
    others = [other for other in with_default_group(plan, vpc) if other != thing_id]
    stem = f"{vpc}-default-sg" if others else f"{thing_id}-sg"
    new_id = free_id(edit, stem, "sg")
    itself = SecurityGroupRule(security_group=new_id, description="As the default group allows")
    edit.add(SecurityGroup(id=new_id, vpc=vpc, inbound=(itself,)))
    for name in (thing_id, *others):
        edit.update(name, security_groups=(new_id,))
    return new_id


def _of_its_own(edit: Edit, thing_id: str, default: SecurityGroup) -> str:
    """A group for a thing alone with the rules of the written default one, which stays what it
    is.
    """
    new_id = free_id(edit, f"{thing_id}-sg", "sg")
    edit.add(replace(default, id=new_id, label="", origin=(), default=False))
    edit.update(thing_id, security_groups=(new_id,))
    return new_id


def own_group(edit: Edit, thing_id: str, outbound: tuple[SecurityGroupRule, ...] = ()) -> str:
    """A new security group for a thing alone, beside those of its VPC that it has; groups of other
    VPCs, which do not apply, go. Where it had none that applies, everything may go out.

    What has the VPC's default group gets a written one as `group_of` says.
    """
    plan = edit.plan
    thing = guarded(plan, thing_id)
    if not thing.security_groups:
        return group_of(edit, thing_id)
    vpc = vpc_of(plan, thing)
    if vpc is None:
        raise EditError(f"{thing.title} is in no VPC and has no security group")
    kept = [name for name in thing.security_groups if home_of_group(plan, name) == vpc]
    if len(kept) >= MOST_GROUPS:
        raise EditError(f"{thing.title} has {len(kept)} security groups already")
    new_id = free_id(edit, f"{thing_id}-sg", "sg")
    edit.add(SecurityGroup(id=new_id, vpc=vpc, outbound=outbound if kept else None))
    edit.update(thing_id, security_groups=(*kept, new_id))
    return new_id


def guarded(plan: Plan, thing_id: str) -> Guarded:
    """The thing with this id, which may have security groups. Raises EditError where it may not."""
    thing = plan.find(thing_id)
    if not isinstance(thing, Guarded):
        raise EditError(f'"{thing_id}" has no security groups')
    return thing


def home_of_group(plan: Plan, group_id: str) -> str:
    """The VPC of a security group."""
    group = plan.resource(group_id)
    assert isinstance(group, SecurityGroup)
    return group.vpc


def with_default_group(plan: Plan, vpc: str) -> list[str]:
    """What has the default security group of a VPC, because no other is named."""
    things = [thing for kind in (Function, Workload) for thing in plan.ordered(kind.kind)]
    things += [e for e in plan.ordered(Endpoint.kind) if e.is_interface]
    return [
        thing.id
        for thing in things
        if not thing.security_groups and thing.subnets and not _unfiltered(thing)
        if vpc_of(plan, thing) == vpc
    ]


def _unfiltered(thing: Guarded) -> bool:
    return isinstance(thing, Workload) and thing.unfiltered


def sharers(plan: Plan, group_id: str) -> list[str]:
    """What a security group guards, in the order of the kinds."""
    return [
        thing.id
        for kind in (Function, Workload, Endpoint)
        for thing in plan.users(group_id, "security_groups", kind.kind)
    ]


def carries(one: SecurityGroupRule, protocol: str, port: int | None) -> bool:
    """Whether a rule is for packets of a protocol and port by name."""
    if one.protocol != protocol:
        return False
    return port is None or (one.ports is not None and one.ports.first <= port <= one.ports.last)


def unused_groups(plan: Plan, vpc: str) -> list[SecurityGroup]:
    """The security groups of a VPC that guard nothing, in the order made."""
    used = {
        name
        for kind in (Function, Workload, Endpoint)
        for thing in plan.of(kind.kind).values()
        for name in topology.groups_of(plan, thing)
    }
    groups = plan.ordered(SecurityGroup.kind)
    return [g for g in groups if g.vpc == vpc and g.id not in used and not g.default]


# network ACLs -------------------------------------------------------------------------------------


def admit(
    edit: Edit, acl_id: str, side: Side, protocol: str, ports: PortRange | None, far: str
) -> int:
    """Adds an entry to a network ACL that allows this before anything denies it; gives its number.

    Where no number is free the entries are numbered anew, in the order that they have.
    """
    return _entered(edit, acl_id, side, _entry("allow", protocol, ports, far))


def forbid(
    edit: Edit, acl_id: str, side: Side, protocol: str, ports: PortRange | None, far: str
) -> int:
    """Adds an entry to a network ACL that denies this before anything allows it; gives its
    number.
    """
    return _entered(edit, acl_id, side, _entry("deny", protocol, ports, far))


def _entry(action: str, protocol: str, ports: PortRange | None, far: str) -> AclEntry:
    return AclEntry(
        number=FIRST_NUMBER,
        action=action,
        protocol=protocol,
        ports=None if protocol not in ("tcp", "udp") or ports == ALL_PORTS else ports,
        cidr=far,
    )


def _entered(edit: Edit, acl_id: str, side: Side, new: AclEntry) -> int:
    acl = edit.plan.resource(acl_id)
    assert isinstance(acl, NetworkAcl)
    entries: Sequence[AclEntry] = getattr(acl, side)
    at = next((i for i, entry in enumerate(entries) if _hides(entry, new)), len(entries))
    number = _number_before(entries, at)
    if number is None:
        entries = _numbered_anew(entries)
        number = _number_before(entries, at)
    if number is None:
        raise EditError(f"{acl.title} has no number left for another {side} entry")
    edit.update(acl_id, **{side: (*entries, replace(new, number=number))})
    return number


def _hides(entry: AclEntry, wanted: AclEntry) -> bool:
    """Whether an entry decides otherwise about a part of what another one is for."""
    if entry.action == wanted.action or entry.protocol not in (ALL, wanted.protocol):
        return False
    if entry.cidr is not None and not block(entry.cidr).overlaps(block(wanted.cidr or "")):
        return False
    if entry.protocol == ALL or entry.ports is None or wanted.ports is None:
        return True
    return entry.ports.first <= wanted.ports.last and wanted.ports.first <= entry.ports.last


def _number_before(entries: Sequence[AclEntry], at: int) -> int | None:
    """A free number with which an entry comes before the one at `at`, and as late as possible."""
    if at == len(entries):
        last = entries[-1].number if entries else 0
        number = -(-(last + 1) // STEP) * STEP if entries else FIRST_NUMBER
        return min(number, LAST_NUMBER) if last < LAST_NUMBER else _gap(entries, at)
    return _gap(entries, at)


def _gap(entries: Sequence[AclEntry], at: int) -> int | None:
    for place in range(at, -1, -1):
        before = entries[place - 1].number if place else 0
        after = entries[place].number if place < len(entries) else LAST_NUMBER + 1
        if after - before > 1:
            return before + (after - before) // 2
    return None


def _numbered_anew(entries: Sequence[AclEntry]) -> tuple[AclEntry, ...]:
    step = min(FIRST_NUMBER, LAST_NUMBER // (len(entries) + 1))
    if step < 2:
        return tuple(entries)
    return tuple(replace(entry, number=step * i) for i, entry in enumerate(entries, 1))
