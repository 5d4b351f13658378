"""Whether an edit lets more through groups and network ACLs than what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.fixes.aims import Aim, Asked, is_outside
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.network_acl import AclEntry, NetworkAcl
from lambdaplanner.kinds.rules import ALL
from lambdaplanner.kinds.security_group import SecurityGroup, SecurityGroupRule
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import ANYWHERE
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.cidr import Block, block, read_address
from lambdaplanner.model.network_fields import PortRange
from lambdaplanner.model.plan import Plan

BY_LIST = frozenset({"s3", "dynamodb"})
"""Services that a rule can name by AWS's own list, so that 0.0.0.0/0 is wider than needed."""
EPHEMERAL = PortRange(1024, 65535)


def widens(before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet, aim: Aim) -> bool:
    """Whether a rule or an entry comes in that nothing asked is behind."""
    for key, (old, new) in changes.items():
        if key.facet != "resource" or new is None:
            continue
        if isinstance(new, SecurityGroup):
            if old is not None and _group_widens(after.plan, old, new, aim):
                return True
        elif isinstance(new, NetworkAcl) and old is not None:
            if _acl_widens(after.plan, old, new, aim):
                return True
        elif old is not None and _guards_less(before.plan, after.plan, old, new, aim):
            return True
    return False


# groups -------------------------------------------------------------------------------------------


def _group_widens(plan: Plan, old: SecurityGroup, new: SecurityGroup, aim: Aim) -> bool:
    sides = ((old.inbound, new.inbound, True), (old.outbound_rules, new.outbound_rules, False))
    return any(_rules_widen(plan, had, has, aim, inbound) for had, has, inbound in sides)


def _guards_less(before: Plan, after: Plan, old: object, new: object, aim: Aim) -> bool:
    """Whether a thing that stays gets groups which let in more than those that it had."""
    had: tuple[str, ...] = getattr(old, "security_groups", ())
    has: tuple[str, ...] = getattr(new, "security_groups", ())
    if had == has or not has:
        return False
    came = [
        one
        for name in has
        if name not in had and isinstance(one := after.find(name), SecurityGroup)
    ]
    there = [one for name in had if isinstance(one := before.find(name), SecurityGroup)]
    inbound = tuple(rule for one in there for rule in one.inbound)
    if any(_rules_widen(after, inbound, one.inbound, aim, inbound=True) for one in came):
        return True
    outbound = tuple(rule for one in there for rule in one.outbound_rules)
    return bool(there) and any(
        _rules_widen(after, outbound, one.outbound_rules, aim, inbound=False) for one in came
    )


def _rules_widen(
    plan: Plan,
    had: Iterable[SecurityGroupRule],
    has: Iterable[SecurityGroupRule],
    aim: Aim,
    inbound: bool,
) -> bool:
    known, there = tuple(had), tuple(has)
    gone = [rule for rule in known if rule not in there]
    return any(
        not any(_covers(old, rule) for old in known)
        and not _rule_is_asked(plan, rule, aim, inbound)
        and not (aim.about and _stands_for_one(plan, rule, gone))
        for rule in there
    )


def _stands_for_one(plan: Plan, rule: SecurityGroupRule, gone: list[SecurityGroupRule]) -> bool:
    """Whether a rule names the blocks of what a rule that goes meant by its group."""
    return (
        rule.cidr is not None
        and any(one.covers(block(rule.cidr)) for one in _inside(plan))
        and any((old.protocol, old.ports) == (rule.protocol, rule.ports) for old in gone)
    )


def _covers(old: SecurityGroupRule, new: SecurityGroupRule) -> bool:
    """Whether what a rule lets through, another one did already."""
    if old.protocol not in (ALL, new.protocol):
        return False
    if old.protocol != ALL and old.ports is not None and not _within(new.ports, old.ports):
        return False
    if old.cidr is not None and new.cidr is not None:
        return block(old.cidr).covers(block(new.cidr))
    return (old.security_group, old.prefix_list, old.cidr) == (
        new.security_group,
        new.prefix_list,
        new.cidr,
    )


def _within(ports: PortRange | None, wide: PortRange) -> bool:
    return ports is not None and wide.first <= ports.first and ports.last <= wide.last


def _rule_is_asked(plan: Plan, rule: SecurityGroupRule, aim: Aim, inbound: bool) -> bool:
    """Whether a rule names no more than the far end of something asked, on its port; or an
    endpoint that a finding is about, from inside the plan.
    """
    if rule.security_group is not None and _only_itself(plan, rule.security_group, rule):
        return True
    for asked in aim.opened:
        if _traffic(rule.protocol, rule.ports, asked):
            end = asked.source if inbound else asked.target
            if _far_end(plan, rule.cidr, rule.security_group, rule.prefix_list, end):
                return True
    return rule.protocol == "tcp" and rule.ports is not None and _of_the_finding(plan, rule, aim)


def _only_itself(plan: Plan, group: str, rule: SecurityGroupRule) -> bool:
    """Whether a rule lets a group's own members in, as the VPC's default group does."""
    found = plan.find(group)
    return isinstance(found, SecurityGroup) and rule in found.inbound


def _of_the_finding(plan: Plan, rule: SecurityGroupRule, aim: Aim) -> bool:
    if not any(isinstance(plan.find(n), Endpoint | SecurityGroup) for n in aim.about):
        return False
    return rule.security_group is not None or (
        rule.cidr is not None and any(one.covers(block(rule.cidr)) for one in _inside(plan))
    )


def _traffic(protocol: str, ports: PortRange | None, asked: Asked) -> bool:
    if protocol != asked.protocol:
        return False
    if protocol == "icmp" or asked.port is None:
        return True
    return ports == PortRange(asked.port, asked.port)


def _far_end(plan: Plan, cidr: str | None, group: str | None, listed: str | None, end: str) -> bool:
    """Whether a rule names an end and not more."""
    if group is not None:
        return True
    if listed is not None:
        return is_outside(end)
    if cidr in ANYWHERE:
        return is_outside(end) and end.removeprefix("aws:") not in BY_LIST and _no_address(end)
    wanted = block(cidr or "")
    if any(one.covers(wanted) for one in _inside(plan)):
        return True
    return not _no_address(end) and wanted.size == 1


def _no_address(end: str) -> bool:
    """Whether an end outside is no single address."""
    return not end[:1].isdigit() and (end.startswith("aws:") or ":" not in end)


def _inside(plan: Plan) -> Iterator[Block]:
    """The blocks that people and gateways of the plan have addresses of."""
    for subnet in plan.of(Subnet.kind).values():
        yield from (block(text) for text in (subnet.cidr, subnet.ipv6_cidr) if text)
    for vpc in plan.of(Vpc.kind).values():
        yield from (block(text) for text in vpc.cidrs)


# network ACLs -------------------------------------------------------------------------------------


def _acl_widens(plan: Plan, old: NetworkAcl, new: NetworkAcl, aim: Aim) -> bool:
    return any(
        _entries_widen(plan, getattr(old, s), getattr(new, s), aim) for s in ("inbound", "outbound")
    )


def _entries_widen(
    plan: Plan, had: tuple[AclEntry, ...], has: tuple[AclEntry, ...], aim: Aim
) -> bool:
    """Whether a denial goes, or something is allowed that is not asked for."""
    known = {_row(entry) for entry in had}
    left = {_row(entry) for entry in has}
    gone = any(entry.action == "deny" and _row(entry) not in left for entry in had)
    if gone:
        return True
    return any(
        entry.action == "allow"
        and _row(entry) not in known
        and not any(_allows(old, entry) for old in had)
        and not _entry_is_asked(plan, entry, had, aim)
        for entry in has
    )


def _allows(old: AclEntry, new: AclEntry) -> bool:
    """Whether what an entry allows, another one did already."""
    if old.action != "allow" or old.protocol not in (ALL, new.protocol):
        return False
    if old.protocol != ALL and old.ports is not None and not _within(new.ports, old.ports):
        return False
    if old.cidr is None or new.cidr is None:
        return old.cidr is None
    return block(old.cidr).covers(block(new.cidr))


def _row(entry: AclEntry) -> tuple[object, ...]:
    return (entry.action, entry.protocol, entry.ports, entry.cidr)


def _entry_is_asked(plan: Plan, entry: AclEntry, had: tuple[AclEntry, ...], aim: Aim) -> bool:
    """Whether an entry is for requests or replies of something asked, and for its ends alone: not
    for everybody where entries name the addresses of a service one by one.
    """
    listed = _name_public_parts(plan, had)
    inside = entry.cidr is not None and any(one.covers(block(entry.cidr)) for one in _inside(plan))
    if entry.protocol == ALL:
        return False
    for asked in aim.opened:
        replies = entry.ports is not None and _within(entry.ports, EPHEMERAL)
        if not replies and not _traffic(entry.protocol, entry.ports, asked):
            continue
        outside = [end for end in (asked.source, asked.target) if is_outside(end)]
        whole = entry.cidr in ANYWHERE and not (
            listed and all(end.startswith("aws:") for end in outside)
        )
        if inside or (outside and (whole or _single(entry.cidr, outside))):
            return True
    return False


def _name_public_parts(plan: Plan, entries: tuple[AclEntry, ...]) -> bool:
    """Whether entries let through some addresses outside of the plan's own, and not all."""
    own = list(_inside(plan))
    named = (e.cidr for e in entries if e.action == "allow" and e.cidr not in (None, *ANYWHERE))
    return any(not any(one.overlaps(block(cidr or "")) for one in own) for cidr in named)


def _single(cidr: str | None, ends: list[str]) -> bool:
    texts = [end for end in ends if not _no_address(end)]
    return cidr is not None and any(
        block(cidr).covers(Block(one.version, one.value, 32 if one.version == 4 else 128))
        for one in map(read_address, texts)
    )
