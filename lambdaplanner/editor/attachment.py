"""What a person should know before a function is attached to subnets and groups: one sentence for
each wrong choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from lambdaplanner.analysis.capacity import assess
from lambdaplanner.commands.attachment import MOST_GROUPS, MOST_SUBNETS
from lambdaplanner.commands.places import called
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.role_policies import VPC_ACCESS_POLICY
from lambdaplanner.kinds.security_group import SecurityGroup, SecurityGroupRule
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import Tier
from lambdaplanner.model.cidr import ANY_IPV4, block
from lambdaplanner.model.plan import Plan

HTTPS = 443
_MEMORY_OF_AN_INTERFACE = 3 * 1024
"""MB of memory that share one interface in the model of before 2019 (aws.md 1.4)."""


class Caution(NamedTuple):
    """One wrong choice: how bad, what it is about (ids), and the sentence with a way out."""

    tone: Literal["error", "warning", "info"]
    about: tuple[str, ...]
    message: str


def attachment_warnings(
    plan: Plan,
    function_id: str,
    subnets: Sequence[str],
    groups: Sequence[str],
    *,
    add_policy: bool = True,
    new_group: bool = False,
) -> list[Caution]:
    """What would go wrong with this choice, worst first; nothing is changed by asking. A group to
    be made with it (`new_group`) lets everything out.
    """
    function = plan.find(function_id)
    if not isinstance(function, Function):
        return []
    chosen = [subnet for name in subnets if isinstance(subnet := plan.find(name), Subnet)]
    guards = [group for name in groups if isinstance(group := plan.find(name), SecurityGroup)]
    found = [
        *_policy(function, add_policy),
        *_limits(chosen, len(guards) + new_group),
        *_one_vpc(plan, chosen, guards),
        *_ways_out(plan, chosen),
        *(() if new_group else _outbound(plan, guards, chosen)),
        *_addresses(plan, function, chosen),
        *_zones(chosen),
    ]
    return sorted(found, key=lambda one: ("error", "warning", "info").index(one.tone))


def suitable_subnets(plan: Plan, vpc: str) -> list[str]:
    """The private subnets of a VPC from which a function reaches the internet, by a NAT gateway."""
    subnets = plan.users(vpc, "vpc", Subnet.kind)
    return [subnet.id for subnet in subnets if topology.leads_out(plan, subnet)]


def recommended_subnets(plan: Plan, vpc: str) -> list[str]:
    """The subnets of a VPC to begin with: those with a NAT gateway, else private, else isolated
    ones; never a public one.
    """
    suitable = suitable_subnets(plan, vpc)
    by_tier: dict[Tier, list[str]] = {}
    for subnet in plan.users(vpc, "vpc", Subnet.kind):
        by_tier.setdefault(topology.tier(plan, subnet), []).append(subnet.id)
    return suitable or by_tier.get("private") or by_tier.get("isolated") or []


def _policy(function: Function, add_policy: bool) -> Iterator[Caution]:
    if add_policy:
        return
    if function.interface_rights == "unknown":
        yield Caution(
            "warning",
            (function.id,),
            f"Whether the role of {function.title} lets Lambda create the network interfaces, its "
            "policies do not tell; without that right AWS refuses the attachment.",
        )
    if not function.may_create_interfaces:
        yield Caution(
            "error",
            (function.id,),
            f"The role of {function.title} lacks {VPC_ACCESS_POLICY}, so Lambda cannot create the "
            "network interfaces, and AWS refuses the attachment; let the policy be added.",
        )


def _limits(subnets: Sequence[Subnet], groups: int) -> Iterator[Caution]:
    if not subnets:
        yield Caution("error", (), "No subnet is chosen; choose at least one private subnet.")
    if len(subnets) > MOST_SUBNETS:
        yield Caution("error", (), f"A function has at most {MOST_SUBNETS} subnets.")
    if groups > MOST_GROUPS:
        yield Caution("error", (), f"A function has at most {MOST_GROUPS} security groups.")


def _one_vpc(
    plan: Plan, subnets: Sequence[Subnet], groups: Sequence[SecurityGroup]
) -> Iterator[Caution]:
    vpcs = dict.fromkeys(subnet.vpc for subnet in subnets)
    if len(vpcs) > 1:
        names = " and ".join(called(plan, vpc) for vpc in vpcs)
        yield Caution(
            "error", tuple(vpcs), f"The subnets lie in {names}; a function is attached to one VPC."
        )
    for group in groups:
        if len(vpcs) == 1 and group.vpc not in vpcs:
            yield Caution(
                "error",
                (group.id,),
                f"{group.title} belongs to {called(plan, group.vpc)}; "
                "choose a group of the same VPC.",
            )


def _ways_out(plan: Plan, subnets: Sequence[Subnet]) -> Iterator[Caution]:
    tiers = {subnet.id: topology.tier(plan, subnet) for subnet in subnets}
    for subnet in subnets:
        if tiers[subnet.id] == "public":
            yield Caution(
                "error",
                (subnet.id,),
                f"{subnet.title} is a public subnet: an interface of a function never has a public "
                "address, so through its internet gateway the function reaches nothing. Choose a "
                "private subnet that routes to a NAT gateway.",
            )
    private = [name for name in tiers if tiers[name] == "private"]
    if private and len(private) < len(tiers):
        others = [name for name in tiers if tiers[name] != "private"]
        yield Caution(
            "error",
            tuple(others),
            f"Only {_listed(plan, private)} {_leads(private)} to the internet: some invocations "
            "would reach it and some not. Choose subnets with the same routes, without "
            f"{_listed(plan, others)}.",
        )
    if tiers and set(tiers.values()) == {"isolated"}:
        yield Caution(
            "info",
            tuple(tiers),
            f"{_listed(plan, tiers)} {_leads(list(tiers))} nowhere outside of the VPC: the "
            "function reaches what is in the VPC and no internet.",
        )


def _leads(names: Sequence[str]) -> str:
    return "leads" if len(names) == 1 else "lead"


def _outbound(
    plan: Plan, groups: Sequence[SecurityGroup], subnets: Sequence[Subnet]
) -> Iterator[Caution]:
    if not groups and subnets:
        yield Caution(
            "info", (), "Without a security group the VPC's default group guards the interfaces."
        )
    if groups and not any(_lets_out(plan, rule) for g in groups for rule in g.outbound_rules):
        yield Caution(
            "warning",
            tuple(group.id for group in groups),
            f"No outbound rule of {_listed(plan, [g.id for g in groups])} allows HTTPS to the "
            f"internet (tcp {HTTPS} to 0.0.0.0/0); the function reaches only what the rules name.",
        )


def _lets_out(plan: Plan, rule: SecurityGroupRule) -> bool:
    if rule.protocol not in ("all", "tcp"):
        return False
    in_range = rule.ports is None or rule.ports.first <= HTTPS <= rule.ports.last
    if rule.protocol == "tcp" and not in_range:
        return False
    blocks = [rule.cidr] if rule.cidr else getattr(plan.find(rule.prefix_list), "entries", ())
    return any(block(text).covers(ANY_IPV4) for text in blocks)


def _addresses(plan: Plan, function: Function, subnets: Sequence[Subnet]) -> Iterator[Caution]:
    if not subnets:
        return
    answer = assess(plan, concurrency={function.id: 0})
    rooms = [answer.subnets[subnet.id] for subnet in subnets]
    free = sum(max(0, room.headroom) for room in rooms)
    needed = _needed(function, answer.model, len(subnets))
    names = _listed(plan, [subnet.id for subnet in subnets])
    if free < needed:
        yield Caution(
            "error",
            tuple(subnet.id for subnet in subnets),
            f"{names} {'has' if len(subnets) == 1 else 'have'} {free:,} addresses left, and "
            f"{function.concurrency:,} concurrent invocations take {needed:,}: "
            "EC2ThrottledException. Choose larger or more subnets.",
        )


def _needed(function: Function, model: str, subnets: int) -> int:
    if model == "hyperplane":
        return subnets
    if model == "eni-per-3gb":
        return -(-function.concurrency * function.memory_mb // _MEMORY_OF_AN_INTERFACE)
    return function.concurrency


def _zones(subnets: Sequence[Subnet]) -> Iterator[Caution]:
    zones = dict.fromkeys(subnet.az for subnet in subnets)
    if len(zones) == 1:
        yield Caution(
            "warning",
            tuple(subnet.id for subnet in subnets),
            f"All in one zone, {next(iter(zones))}: when it fails, the function does too. "
            "Choose subnets in two zones.",
        )


def _listed(plan: Plan, names: Iterable[str]) -> str:
    words = [called(plan, name) for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
