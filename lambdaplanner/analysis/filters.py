"""Security groups and network ACLs, compiled; what of a packet they let through and which rule
says so (aws.md 6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from lambdaplanner.analysis.ranges import (
    Range,
    Ranges,
    block_ranges,
    meet,
    meet_all,
    minus,
    minus_all,
)
from lambdaplanner.kinds.aws_services import service_name
from lambdaplanner.kinds.network_acl import AclEntry, NetworkAcl
from lambdaplanner.kinds.rules import ALL
from lambdaplanner.kinds.security_group import SecurityGroup, SecurityGroupRule
from lambdaplanner.kinds.topology import ANYWHERE
from lambdaplanner.model import cidr

Entries = Callable[[str], Sequence[str]]
"""The blocks of a prefix list."""


class Rule(NamedTuple):
    """One rule of a security group."""

    protocol: str
    ports: Range | None
    blocks: tuple[tuple[int, Range], ...]
    group: str | None
    text: str
    """What it allows, with "to" or "from": ``tcp 5432 from function-sg``."""
    listed: str | None = None
    """The prefix list whose blocks these are."""

    @property
    def is_a_services(self) -> bool:
        """Whether its blocks are those of a service, by the name that AWS gives such a list."""
        return self.listed is not None and service_name(self.listed) != self.listed

    def speaks(self, protocol: str, ports: Ranges) -> bool:
        """Whether it is about this protocol and port; a security group judges requests, which have
        one port.
        """
        if self.protocol not in (ALL, protocol):
            return False
        return self.ports is None or (
            bool(ports) and self.ports[0] <= ports[0][0] and ports[-1][1] <= self.ports[1]
        )


class Group(NamedTuple):
    """A security group as interfaces have it."""

    id: str
    vpcs: tuple[str, ...]
    inbound: tuple[Rule, ...]
    outbound: tuple[Rule, ...]

    def rules(self, outward: bool) -> tuple[Rule, ...]:
        """The rules of one direction."""
        return self.outbound if outward else self.inbound


class GroupsVerdict(NamedTuple):
    """What a set of groups lets through: the addresses left out, and the first rule that let
    something pass.
    """

    denied: Ranges
    group: str
    rule: str
    unkept: str
    """A group named by a rule that would fit, if the reference were worth something on this way."""
    by_name: str = ""
    """The group of the far end by whose name a rule let something pass."""


def judge_groups(
    rules: Iterable[tuple[str, Rule]],
    version: int,
    far: Ranges,
    known: frozenset[str],
    claimed: frozenset[str],
) -> GroupsVerdict:
    """What the rules, each with its group's id, let through of the addresses at the far end.

    `claimed` are the groups of the interface at the far end, `known` those of them that references
    can match; of an AWS service, the prefix lists that stand for it.
    """
    group = rule_text = unkept = by_name = ""
    for group_id, rule in rules:
        if rule.group is not None:
            matches = rule.group in known
            left = () if matches else far
            by_name = rule.group if matches else by_name
            if not matches and rule.group in claimed:
                unkept = unkept or rule.group
        else:
            left = () if rule.listed in known else _without(far, version, rule)
        if left != far and not group:
            group, rule_text = group_id, rule.text
        far = left
        if not far:
            break
    return GroupsVerdict(far, group, rule_text, unkept, by_name)


def _without(far: Ranges, version: int, rule: Rule) -> Ranges:
    for block_version, part in rule.blocks:
        if block_version == version:
            far = minus(far, part)
    return far


def compile_group(group: SecurityGroup, entries: Entries) -> Group:
    """A written security group."""
    default = " (default)" if group.outbound is None else ""
    return Group(
        group.id,
        group.vpcs,
        tuple(_rule(rule, "from", "", entries) for rule in group.inbound),
        tuple(_rule(rule, "to", default, entries) for rule in group.outbound_rules),
    )


def default_group(group_id: str, vpc: str) -> Group:
    """The group that AWS makes for a VPC: in from itself, out to everywhere."""
    return Group(
        group_id,
        (vpc,),
        (Rule(ALL, None, (), group_id, f"all from {group_id} (default)"),),
        tuple(
            Rule(ALL, None, _blocks((text,)), None, f"all to {text} (default)") for text in ANYWHERE
        ),
    )


def _rule(rule: SecurityGroupRule, word: str, suffix: str, entries: Entries) -> Rule:
    who = rule.cidr or rule.security_group or rule.prefix_list or ""
    if rule.prefix_list is not None:
        blocks = _blocks(entries(rule.prefix_list))
    else:
        blocks = _blocks((rule.cidr,) if rule.cidr else ())
    text = f"{what(rule.protocol, rule.ports)} {word} {who}{suffix}"
    return Rule(rule.protocol, _ports(rule), blocks, rule.security_group, text, rule.prefix_list)


def _blocks(texts: Iterable[str]) -> tuple[tuple[int, Range], ...]:
    blocks = (cidr.block(text) for text in texts)
    return tuple((block.version, part) for block in blocks for part in block_ranges(block))


def _ports(rule: Any) -> Range | None:
    """AWS applies a rule for all protocols, or for ICMP, to every port."""
    if rule.ports is None or rule.protocol not in ("tcp", "udp"):
        return None
    return (rule.ports.first, rule.ports.last)


def what(protocol: str, ports: object) -> str:
    """A protocol and ports as a person reads them: ``tcp 443``, ``all``."""
    return protocol if ports is None else f"{protocol} {ports}"


class AclRule(NamedTuple):
    """One numbered entry of a network ACL."""

    allow: bool
    protocol: str
    ports: Range | None
    blocks: tuple[tuple[int, Range], ...] | None
    text: str


class Acl(NamedTuple):
    """A written network ACL."""

    id: str
    inbound: tuple[AclRule, ...]
    outbound: tuple[AclRule, ...]


Box = tuple[Ranges, Ranges]
"""Addresses and ports: every one of the first with every one of the second."""


class AclVerdict(NamedTuple):
    """What an ACL lets through, and the first entry that allowed and that denied something."""

    allowed: tuple[Box, ...]
    denied: tuple[Box, ...]
    allowing: str
    denying: str


def compile_acl(acl: NetworkAcl) -> Acl:
    """A written network ACL."""
    return Acl(
        acl.id,
        tuple(_acl_rule(entry, "from") for entry in acl.inbound),
        tuple(_acl_rule(entry, "to") for entry in acl.outbound),
    )


def _acl_rule(entry: AclEntry, word: str) -> AclRule:
    ports = _ports(entry)
    blocks = None if entry.cidr is None else _blocks((entry.cidr,))
    said = what(entry.protocol, entry.ports if ports else None)
    text = f"rule {entry.number}: {entry.action} {said} {word} {entry.cidr or 'anywhere'}"
    return AclRule(entry.action == "allow", entry.protocol, ports, blocks, text)


def judge_acl(
    rules: Sequence[AclRule], version: int, protocol: str, addresses: Ranges, ports: Ranges
) -> AclVerdict:
    """What the entries let through, in their order; what none of them names is denied."""
    left: list[Box] = [(addresses, ports)]
    allowed: list[Box] = []
    denied: list[Box] = []
    allowing = denying = ""
    for rule in rules:
        if rule.protocol not in (ALL, protocol):
            continue
        hit, left = _divide(left, version, rule)
        if hit and rule.allow:
            allowed += hit
            allowing = allowing or rule.text
        elif hit:
            denied += hit
            denying = denying or rule.text
        if not left:
            break
    denying = denying or ("no rule allows it" if left else "")
    return AclVerdict(tuple(allowed), (*denied, *left), allowing, denying)


def _divide(boxes: list[Box], version: int, rule: AclRule) -> tuple[list[Box], list[Box]]:
    """The parts of the boxes that a rule is about, and the parts that it is not about."""
    hit: list[Box] = []
    rest: list[Box] = []
    for addresses, ports in boxes:
        inside, outside = _split_addresses(addresses, version, rule.blocks)
        if outside:
            rest.append((outside, ports))
        if not inside:
            continue
        within = ports if rule.ports is None else meet(ports, rule.ports)
        beyond = () if rule.ports is None else minus(ports, rule.ports)
        if within:
            hit.append((inside, within))
        if beyond:
            rest.append((inside, beyond))
    return hit, rest


def _split_addresses(
    addresses: Ranges, version: int, blocks: tuple[tuple[int, Range], ...] | None
) -> tuple[Ranges, Ranges]:
    if blocks is None:
        return addresses, ()
    parts = tuple(part for block_version, part in blocks if block_version == version)
    return meet_all(addresses, parts), minus_all(addresses, parts)
