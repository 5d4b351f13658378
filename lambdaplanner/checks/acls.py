"""Checks of network ACLs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from lambdaplanner.analysis.filters import AclRule, judge_acl
from lambdaplanner.analysis.packets import ANY_EPHEMERAL
from lambdaplanner.analysis.ranges import ALL_PORTS, INTERNET, Range, block_range, joined, meet
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.network_acl import AclEntry, NetworkAcl
from lambdaplanner.kinds.rules import ALL
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.cidr import ANY_IPV4, ANY_IPV6, block

ACLS = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html"
RISKY = {22: "SSH", 3389: "RDP"}
TO_ALL = (None, *topology.ANYWHERE)
EVERYWHERE = (ANY_IPV4, ANY_IPV6)
FEW = 1024
"""Ports of an entry that is for some services; more are a range, such as that of replies."""


@check(
    "ACL-001",
    "warning",
    "A network ACL lets requests through, but not their replies",
    reference=ACLS,
)
def replies_not_allowed(view: PlanAnalysis) -> Iterator[Draft]:
    """ACLs judge every packet by itself: who lets requests out must let replies in on 1024-65535,
    and the other way round. Of what functions send LAM-016 says so.
    """
    attached = {name for function in view.attached for name in function.subnets}
    things: list[Workload | Endpoint] = [*view.of(Workload), *view.of(Endpoint)]
    asked = {name for thing in things for name in thing.subnets}
    users: dict[str, list[Subnet]] = {}
    for subnet in view.of(Subnet):
        acl = topology.acl_of(view.plan, subnet)
        if acl is not None and (subnet.id not in attached or subnet.id in asked):
            users.setdefault(acl.id, []).append(subnet)
    for acl_id, subnets in users.items():
        senders = any(subnet.id not in attached for subnet in subnets)
        for behind, rule in unanswered_sides(view, subnets, senders=senders):
            ahead = "out" if behind == "in" else "in"
            yield Draft(
                about=(acl_id, *(subnet.id for subnet in subnets)),
                message=f'Network ACL "{acl_id}" lets requests {ahead}, but not all of their '
                f"replies {behind}: those of {rule} go to ports 1024-65535.",
                fix=f"Allow tcp 1024-65535 {behind}bound, as far as requests may come.",
            )
            break


def unanswered_sides(
    view: PlanAnalysis, subnets: Sequence[Subnet], *, senders: bool
) -> Iterator[tuple[Literal["in", "out"], str]]:
    """On which sides the ACL of some subnets keeps replies back, each with the first entry whose
    requests they answer; what comes in is of interest only where something may send.
    """
    acl = view.network.acl_of(subnets[0].id)
    assert acl is not None
    versions = (4, 6) if any(subnet.ipv6_cidr for subnet in subnets) else (4,)
    unheard = _unanswered(acl.inbound, acl.outbound, versions)
    if unheard:
        yield "out", unheard
    unheard = _unanswered(acl.outbound, acl.inbound, versions) if senders else ""
    if unheard:
        yield "in", unheard


def _unanswered(
    ahead: Sequence[AclRule], behind: Sequence[AclRule], versions: tuple[int, ...]
) -> str:
    """The first entry that lets through requests whose replies do not all pass the other way;
    empty where there is none. To the internet counts by a host anywhere.
    """
    for rule in ahead:
        ports = ALL_PORTS if rule.ports is None else rule.ports
        if not rule.allow or rule.protocol not in (ALL, "tcp") or for_replies(ports):
            continue
        for version in versions:
            blocks = rule.blocks or tuple((one.version, block_range(one)) for one in EVERYWHERE)
            named = tuple(part for of, part in blocks if of == version)
            passing = judge_acl(ahead, version, "tcp", named, (ports,)).allowed
            sent = joined([part for addresses, _ in passing for part in addresses])
            asked = INTERNET if version == 4 and meet(sent, INTERNET[0]) else sent
            if asked and judge_acl(behind, version, "tcp", asked, (ANY_EPHEMERAL,)).denied:
                return rule.text
    return ""


def for_replies(ports: Range) -> bool:
    """Whether ports look like those that replies go to: many, and none of a well-known service."""
    return ports[0] >= ANY_EPHEMERAL[0] and ports[1] - ports[0] >= FEW


@check(
    "ACL-002", "warning", "A network ACL lets the whole internet in to a risky port", reference=ACLS
)
def acl_open_to_the_world(view: PlanAnalysis) -> Iterator[Draft]:
    """An entry for SSH or RDP from everywhere, or one for every port behind narrower ones, which
    have no point then. One for every port alone is the default of AWS, and silent.
    """
    for acl in view.of(NetworkAcl):
        opened = risks_of(acl)
        if opened:
            yield Draft(
                about=(acl.id,),
                message=f'Network ACL "{acl.id}" lets everybody in to '
                f"{' and '.join(dict.fromkeys(opened.values()))}.",
                fix="Allow only the addresses that need it.",
            )


def risks_of(acl: NetworkAcl) -> dict[AclEntry, str]:
    """The inbound entries that open to everybody what should not be, with what they open."""
    found: dict[AclEntry, str] = {}
    ordered = sorted(acl.inbound, key=lambda entry: entry.number)
    for place, entry in enumerate(ordered):
        before = ordered[:place]
        if entry.action != "allow" or entry.cidr not in TO_ALL or dead_by(entry, before):
            continue
        ports = entry.ports
        if entry.protocol == "tcp" and ports is not None and ports.last - ports.first < FEW:
            named = [word for port, word in RISKY.items() if ports.first <= port <= ports.last]
            if named:
                found[entry] = " and ".join(named)
        elif entry.protocol in (ALL, "tcp") and (entry.protocol == ALL or ports is None):
            narrower = _without_a_point(entry, before)
            if narrower:
                found[entry] = (
                    f"every port (entry {entry.number}), which leaves entry {narrower[0]} "
                    "without a point"
                )
    return found


def _without_a_point(wide: AclEntry, before: Sequence[AclEntry]) -> list[int]:
    """The numbers of earlier entries that allow what the wide one does anyway, with no denial
    between.
    """
    start = max((at + 1 for at, entry in enumerate(before) if entry.action == "deny"), default=0)
    return [
        before[at].number
        for at in range(start, len(before))
        if covers(wide, before[at]) and not dead_by(before[at], before[:at])
    ]


@check("ACL-003", "info", "An entry of a network ACL can never match", reference=ACLS)
def dead_entries(view: PlanAnalysis) -> Iterator[Draft]:
    """An earlier entry matches all that it would; the lowest number decides."""
    for acl in view.of(NetworkAcl):
        dead = []
        for entries, word in ((acl.inbound, "inbound"), (acl.outbound, "outbound")):
            ordered = sorted(entries, key=lambda entry: entry.number)
            for place, entry in enumerate(ordered):
                first = dead_by(entry, ordered[:place])
                if first is not None:
                    dead.append(f"{word} {entry.number} (all of it matches {first.number} before)")
        if dead:
            yield Draft(
                about=(acl.id,),
                message=f'Network ACL "{acl.id}" has entries that never decide: {", ".join(dead)}.',
                fix="Give them lower numbers, or take them out.",
            )


def dead_by(entry: AclEntry, before: Sequence[AclEntry]) -> AclEntry | None:
    """The earlier entry that matches all that this one does, if there is one."""
    return next((earlier for earlier in before if covers(earlier, entry)), None)


def covers(outer: AclEntry, inner: AclEntry) -> bool:
    """Whether an entry matches all that another one does."""
    if outer.protocol not in (ALL, inner.protocol):
        return False
    if outer.protocol != ALL and outer.ports is not None:
        if inner.ports is None or inner.protocol == ALL:
            return False
        if not (outer.ports.first <= inner.ports.first and inner.ports.last <= outer.ports.last):
            return False
    if outer.cidr is None:
        return True
    return inner.cidr is not None and block(outer.cidr).covers(block(inner.cidr))
