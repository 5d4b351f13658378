"""Checks of security groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.counting import count
from lambdaplanner.kinds.aws_services import LIST_WEIGHTS
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.prefix_list import PrefixList
from lambdaplanner.kinds.rules import ALL
from lambdaplanner.kinds.security_group import SecurityGroup, SecurityGroupRule
from lambdaplanner.kinds.topology import ANYWHERE, default_group, groups_of
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.cidr import block

RULES = "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html"
GROUPS = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html"
DEFAULT = "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html"
PEER_GROUPS = "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html"
QUOTAS = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html"
RISKY = {
    22: "SSH",
    3389: "RDP",
    1433: "SQL Server",
    3306: "MySQL",
    5432: "PostgreSQL",
    6379: "Redis",
}
LAST_PORT = 65535
RULES_TIMES_GROUPS = 1000


@check(
    "SG-001",
    "warning",
    "A security group lets the whole internet in to a risky port",
    reference=RULES,
)
def open_to_the_world(view: PlanAnalysis) -> Iterator[Draft]:
    """SSH, RDP, databases, or every port at once, from 0.0.0.0/0 or ::/0; the public ports of web
    servers and load balancers are meant to be open.
    """
    for group in view.of(SecurityGroup):
        opened = [what for rule in group.inbound if (what := risk_of(rule))]
        if opened:
            yield Draft(
                about=(group.id,),
                message=f'Security group "{group.id}" lets everybody in to '
                f"{' and '.join(dict.fromkeys(opened))}.",
                fix="Allow only the addresses or groups that need it.",
            )


def risk_of(rule: SecurityGroupRule) -> str:
    """What a rule opens to everybody that should not be; empty where nothing is."""
    if rule.cidr not in ANYWHERE or rule.protocol not in (ALL, "tcp"):
        return ""
    ports = rule.ports
    if rule.protocol == ALL or ports is None or (ports.first <= 1 and ports.last == LAST_PORT):
        return "every port"
    return " and ".join(word for port, word in RISKY.items() if ports.first <= port <= ports.last)


@check("SG-002", "info", "A written rule lets everything out", reference=RULES)
def everything_out(view: PlanAnalysis) -> Iterator[Draft]:
    """AWS's default for a new group is silent; a rule that somebody wrote could have been
    narrower.
    """
    for group in view.of(SecurityGroup):
        for rule in group.outbound or ():
            if lets_all_out(rule):
                yield Draft(
                    about=(group.id,),
                    message=f'Security group "{group.id}" has a rule that lets everything out to '
                    f"{rule.cidr}.",
                    fix="Allow the ports and targets that are needed.",
                )
                break


def lets_all_out(rule: SecurityGroupRule) -> bool:
    """Whether a rule is for every protocol and port, to everywhere."""
    return rule.cidr in ANYWHERE and rule.protocol == ALL


@check("SG-003", "warning", "Workloads have their VPC's default security group", reference=DEFAULT)
def default_group_of_workloads(view: PlanAnalysis) -> Iterator[Draft]:
    """All that have it reach each other on every port. Of functions LAM-017 says so."""
    users: dict[str, list[str]] = {}
    things: list[Workload | Endpoint] = [
        *view.of(Workload),
        *(endpoint for endpoint in view.of(Endpoint) if endpoint.is_interface),
    ]
    for thing in things:
        if thing.subnets and not thing.security_groups and not _unfiltered(thing):
            users.setdefault(view.subnet(thing.subnets[0]).vpc, []).append(thing.id)
    for vpc, names in users.items():
        named = ", ".join(f'"{name}"' for name in names[:3])
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        alone = len(names) == 1
        verb, whom, each = ("has", "it", "it") if alone else ("have", "them", "each")
        yield Draft(
            about=(*names[:3], vpc),
            message=f'{named}{more} {verb} the default security group of VPC "{vpc}": '
            + (_said(view, vpc) or f"whatever has it reaches {whom} on every port."),
            fix=f"Give {each} a security group that lets in what it is for.",
        )


def _said(view: PlanAnalysis, vpc: str) -> str:
    """What a written default group says; empty where it is AWS's own."""
    group = default_group(view.plan, vpc)
    if group is None:
        return ""
    rules = count(len(group.inbound), "inbound rule") if group.inbound else "no inbound rule"
    return f'"{group.id}", which has {rules}.'


def _unfiltered(thing: Workload | Endpoint) -> bool:
    return isinstance(thing, Workload) and thing.unfiltered


@check("SG-004", "warning", "A rule names a group that it can never match", reference=PEER_GROUPS)
def stale_references(view: PlanAnalysis) -> Iterator[Draft]:
    """References hold in a VPC, over an active peering, and inbound over a transit gateway that has
    them switched on.
    """
    for group in view.of(SecurityGroup):
        for rules, inbound in ((group.inbound, True), (group.outbound or (), False)):
            for name in dict.fromkeys(rule.security_group for rule in rules):
                other = view.plan.find(name)
                if not isinstance(other, SecurityGroup):
                    continue
                vpcs = {group.vpc, other.vpc}
                pairs = ((one, far) for one in group.vpcs for far in other.vpcs)
                if any(one == far or view.network.peered(one, far) for one, far in pairs):
                    continue
                hubs = _joining(view, vpcs)
                if inbound and any(hub.security_group_referencing for hub in hubs):
                    continue
                word = "inbound" if inbound else "outbound"
                peerings = [p for p in view.of(Peering) if set(p.vpcs) == vpcs]
                if peerings and not hubs:
                    why, fix = _not_active(peerings[0], group.vpc)
                else:
                    why, fix = _unmatched(hubs, inbound, group.vpc)
                yield Draft(
                    about=(group.id, other.id),
                    message=f'An {word} rule of security group "{group.id}" names "{other.id}" of '
                    f'VPC "{other.vpc}", {why}.',
                    fix=fix,
                )


def _joining(view: PlanAnalysis, vpcs: set[str]) -> list[TransitGateway]:
    hubs = view.of(TransitGateway)
    return [hub for hub in hubs if vpcs <= {attachment.vpc for attachment in hub.attachments}]


def _not_active(peering: Peering, vpc: str) -> tuple[str, str]:
    why = f'but peering "{peering.id}" with "{vpc}" cannot become active'
    return (
        why,
        "Give one of the two VPCs other blocks, so that the peering works, or take the rule out.",
    )


def _unmatched(hubs: Sequence[TransitGateway], inbound: bool, vpc: str) -> tuple[str, str]:
    """Why a reference between two VPCs that are not peered holds nothing, and what to do."""
    block = "Name the other VPC's block"
    if not hubs:
        return f'which is not joined to "{vpc}"', f"{block}, or peer the two VPCs."
    hub = hubs[0].id
    if not inbound:
        over = f'which transit gateway "{hub}" joins to "{vpc}"'
        return f"{over}: there only inbound rules can name groups", f"{block}."
    return (
        f'which transit gateway "{hub}" joins to "{vpc}" with security group referencing off',
        f"Switch security_group_referencing of {hub} on, or name the other VPC's block.",
    )


@check(
    "SG-005",
    "info",
    "Some rules of a security group say what they are for, others do not",
    reference=RULES,
)
def undescribed_rules(view: PlanAnalysis) -> Iterator[Draft]:
    """Where a group's rules are described, one without looks forgotten."""
    for group in view.of(SecurityGroup):
        rules = (*group.inbound, *(group.outbound or ()))
        silent = sum(not rule.description for rule in rules)
        if 0 < silent < len(rules):
            yield Draft(
                about=(group.id,),
                message=f'{silent} of {len(rules)} rules of security group "{group.id}" do not say '
                "what they are for.",
                fix="Describe each rule.",
            )


@check(
    "SG-006",
    "warning",
    "A security group has more rules than its quota",
    reference=QUOTAS,
    reads="both",
)
def too_many_rules(view: PlanAnalysis) -> Iterator[Draft]:
    """IPv4 and IPv6 count apart, a group counts for both, a prefix list by its entries, and one of
    AWS's own by the weight that AWS gives it (aws:cloudfront 55); rules times groups on one
    interface are at most 1,000.
    """
    quota = view.plan.info.settings.quotas.rules_per_security_group
    sizes: dict[str, int] = {}
    for group in view.of(SecurityGroup):
        counts = [
            (_count(view, rules, version), word, version)
            for rules, word in ((group.inbound, "inbound"), (group.outbound or (), "outbound"))
            for version in (4, 6)
        ]
        sizes[group.id] = max(number for number, _, _ in counts)
        for number, word, version in counts:
            if number > quota:
                yield Draft(
                    about=(group.id,),
                    message=f'Security group "{group.id}" has {number:,} {word} rules for '
                    f"IPv{version}; its quota is {quota:,}.",
                    fix="Put blocks together, or ask AWS to raise the quota.",
                )
    things: list[Function | Workload | Endpoint] = [
        *view.attached,
        *view.of(Workload),
        *(endpoint for endpoint in view.of(Endpoint) if endpoint.is_interface),
    ]
    for thing in things:
        names = groups_of(view.plan, thing)
        largest = max((sizes[name] for name in names), default=0)
        if len(names) * largest > RULES_TIMES_GROUPS:
            yield Draft(
                about=(thing.id, *names),
                message=f'"{thing.id}" has {len(names)} security groups of up to {largest:,} '
                f"rules; AWS takes {RULES_TIMES_GROUPS:,} groups times rules on an interface.",
                fix="Use fewer groups, or fewer rules in each.",
            )


def _count(view: PlanAnalysis, rules: Sequence[SecurityGroupRule], version: int) -> int:
    total = 0
    for rule in rules:
        if rule.prefix_list in LIST_WEIGHTS:
            total += LIST_WEIGHTS[rule.prefix_list] if version == 4 else 0
        elif rule.prefix_list is not None:
            listed = view.plan.find(rule.prefix_list)
            entries = listed.entries if isinstance(listed, PrefixList) else ()
            total += sum(block(text).version == version for text in entries)
        elif rule.cidr is not None:
            total += block(rule.cidr).version == version
        else:
            total += 1  # a group counts for both versions
    return total
