"""Checks of network ACLs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambdaplanner.analysis.filters import AclRule, judge_acl
from lambdaplanner.analysis.packets import ANY_EPHEMERAL
from lambdaplanner.analysis.ranges import ALL_PORTS, INTERNET
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.network_acl import AclEntry, NetworkAcl
from lambdaplanner.kinds.rules import ALL
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.cidr import block

ACLS = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html"
RISKY = {22: "SSH", 3389: "RDP"}
ANYWHERE = (None, "0.0.0.0/0", "::/0")


@check(
    "ACL-001",
    "warning",
    "A network ACL lets requests through, but not their replies",
    reference=ACLS,
)
def replies_not_allowed(view: PlanAnalysis) -> Iterator[Draft]:
    """ACLs judge every packet by itself: who lets requests out must let replies in on 1024-65535,
    and the other way round. Told of what is open to everywhere; of functions LAM-016 says so.
    """
    functions = {name for function in view.attached for name in function.subnets}
    users: dict[str, list[str]] = {}
    for subnet in view.of(Subnet):
        if subnet.network_acl is not None and subnet.id not in functions:
            users.setdefault(subnet.network_acl, []).append(subnet.id)
    for acl_id, subnets in users.items():
        acl = view.network.acl_of(subnets[0])
        assert acl is not None
        for way, back, ahead, behind in (
            (acl.inbound, acl.outbound, "in", "out"),
            (acl.outbound, acl.inbound, "out", "in"),
        ):
            if _passes(way, (ALL_PORTS[0], 1023)) and not _passes_all(back):
                yield Draft(
                    about=(acl_id, *subnets),
                    message=f'Network ACL "{acl_id}" lets requests {ahead}, but not all of their '
                    f"replies {behind}: those go to ports 1024-65535.",
                    fix=f"Allow tcp 1024-65535 {behind}bound, as far as requests may come.",
                )
                break


def _passes(rules: Sequence[AclRule], ports: tuple[int, int]) -> bool:
    return bool(judge_acl(rules, 4, "tcp", INTERNET, (ports,)).allowed)


def _passes_all(rules: Sequence[AclRule]) -> bool:
    return not judge_acl(rules, 4, "tcp", INTERNET, (ANY_EPHEMERAL,)).denied


@check(
    "ACL-002", "warning", "A network ACL lets the whole internet in to a risky port", reference=ACLS
)
def acl_open_to_the_world(view: PlanAnalysis) -> Iterator[Draft]:
    """An entry for SSH or RDP from everywhere. One that allows every port is the default of AWS,
    and silent.
    """
    for acl in view.of(NetworkAcl):
        opened = [
            word
            for entry in acl.inbound
            if entry.action == "allow" and entry.cidr in ANYWHERE and names_few_ports(entry)
            for port, word in RISKY.items()
            if entry.ports and entry.ports.first <= port <= entry.ports.last
        ]
        if opened:
            yield Draft(
                about=(acl.id,),
                message=f'Network ACL "{acl.id}" lets everybody in to '
                f"{' and '.join(dict.fromkeys(opened))}.",
                fix="Allow only the addresses that need it.",
            )


def names_few_ports(entry: AclEntry) -> bool:
    """Whether an entry is about TCP on less than a thousand ports."""
    ports = entry.ports
    return entry.protocol == "tcp" and ports is not None and ports.last - ports.first < 1024


@check("ACL-003", "info", "An entry of a network ACL can never match", reference=ACLS)
def dead_entries(view: PlanAnalysis) -> Iterator[Draft]:
    """An earlier entry matches all that it would; the lowest number decides."""
    for acl in view.of(NetworkAcl):
        for entries, word in ((acl.inbound, "inbound"), (acl.outbound, "outbound")):
            ordered = sorted(entries, key=lambda entry: entry.number)
            for place, entry in enumerate(ordered):
                first = next((e for e in ordered[:place] if covers(e, entry)), None)
                if first is not None and first.action != entry.action:
                    yield Draft(
                        about=(acl.id,),
                        message=f'The {word} entry {entry.number} of network ACL "{acl.id}" never '
                        f"decides: entry {first.number} matches all of it before.",
                        fix="Give it a lower number, or take it out.",
                    )


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
