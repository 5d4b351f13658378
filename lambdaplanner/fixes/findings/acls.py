"""Fixes for findings about network ACLs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from lambdaplanner.analysis.packets import ANY_EPHEMERAL
from lambdaplanner.analysis.ranges import ALL_PORTS
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.acls import dead_by, for_replies, risks_of, unanswered_sides
from lambdaplanner.checks.registry import Finding
from lambdaplanner.fixes.findings.filters import home_like
from lambdaplanner.fixes.parts.allowing import Side, admit
from lambdaplanner.fixes.parts.building import said_subnets
from lambdaplanner.fixes.registry import Fix, mends, subject
from lambdaplanner.fixes.steps import updating
from lambdaplanner.kinds.network_acl import AclEntry, NetworkAcl
from lambdaplanner.kinds.rules import ALL
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.network_fields import PortRange

REPLIES = PortRange(*ANY_EPHEMERAL)
ANYWHERE, ANYWHERE_IPV6 = "0.0.0.0/0", "::/0"
WORD = {"inbound": "from", "outbound": "to"}


@mends("ACL-001")
def let_replies_pass(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Replies to and from just whom requests are allowed; or no ACL of one's own."""
    acl = subject(view, finding, NetworkAcl)
    subnets = [n for n in finding.about[1:] if isinstance(view.plan.find(n), Subnet)]
    ipv6 = any(view.subnet(name).ipv6_cidr for name in subnets)
    places = [view.subnet(name) for name in subnets]
    attached = {name for function in view.attached for name in function.subnets}
    senders = any(name not in attached for name in subnets)
    far: dict[Side, list[str]] = {}
    for word, _ in unanswered_sides(view, places, senders=senders):
        entries = acl.outbound if word == "in" else acl.inbound
        far["inbound" if word == "in" else "outbound"] = _asked(entries, ipv6=ipv6)
    named = " and ".join(f"{WORD[side]} {', '.join(blocks)}" for side, blocks in far.items())
    yield Fix(
        slug="allow-replies",
        label=f"Allow replies, tcp {REPLIES}, {named} in {acl.title}",
        command=partial(_admit, acl=acl.id, far=far),
    )
    yield _without_acl(view, subnets)


def _asked(entries: Sequence[AclEntry], *, ipv6: bool) -> list[str]:
    """Whom entries let requests go to or come from: blocks."""
    found: dict[str, None] = {}
    for entry in entries:
        ports = ALL_PORTS if entry.ports is None else (entry.ports.first, entry.ports.last)
        if entry.action == "allow" and entry.protocol in (ALL, "tcp") and not for_replies(ports):
            whole = (ANYWHERE, ANYWHERE_IPV6) if ipv6 else (ANYWHERE,)
            found.update(dict.fromkeys(whole if entry.cidr is None else (entry.cidr,)))
    kept = [text for text in found if ":" in text or text == ANYWHERE or ANYWHERE not in found]
    return [text for text in kept if ":" not in text or ipv6]


def _admit(edit: Edit, acl: str, far: dict[Side, list[str]]) -> None:
    for side, blocks in far.items():
        for text in blocks:
            admit(edit, acl, side, "tcp", REPLIES, text)


@mends("LAM-016")
def let_replies_to_functions_pass(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Replies from just whom functions may send to; or no ACL of one's own."""
    acl = subject(view, finding, NetworkAcl)
    subnets = [n for n in finding.about[1:] if isinstance(view.plan.find(n), Subnet)]
    ipv6 = any(view.subnet(name).ipv6_cidr for name in subnets)
    far: dict[Side, list[str]] = {"inbound": _asked(acl.outbound, ipv6=ipv6)}
    yield Fix(
        slug="allow-replies",
        label=f"Allow replies, tcp {REPLIES}, from {', '.join(far['inbound'])} in {acl.title}",
        command=partial(_admit, acl=acl.id, far=far),
    )
    yield _without_acl(view, subnets)


def _without_acl(view: PlanAnalysis, subnets: list[str]) -> Fix:
    return Fix(
        slug="use-default-acl",
        label=f"Give {said_subnets(view.plan, subnets)} the default network ACL",
        command=updating(*subnets, network_acl=None),
    )


@mends("ACL-002")
def closed_to_everybody(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The VPC's own block in place of everybody; or no such entry."""
    acl = subject(view, finding, NetworkAcl)
    wrong = risks_of(acl)
    homes = {entry.cidr: home_like(view, acl.vpc, entry.cidr) for entry in wrong}
    named = f"entry {' and '.join(str(entry.number) for entry in wrong)}"
    if all(homes.values()):
        yield Fix(
            slug="only-own-vpc",
            label=f"Let only {' and '.join(dict.fromkeys(str(h) for h in homes.values()))} in by "
            f"{named} of {acl.title}",
            command=updating(
                acl.id,
                inbound=tuple(
                    replace(entry, cidr=homes[entry.cidr]) if entry in wrong else entry
                    for entry in acl.inbound
                ),
            ),
        )
    yield Fix(
        slug="remove-entries",
        label=f"Take {named} out of {acl.title}",
        command=updating(acl.id, inbound=tuple(e for e in acl.inbound if e not in wrong)),
    )


@mends("ACL-003")
def without_dead_entries(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Before the entry that hides them, where they decide otherwise; or without them."""
    acl = subject(view, finding, NetworkAcl)
    sides: tuple[Side, ...] = ("inbound", "outbound")
    hidden = [
        f"{side} {entry.number}"
        for side in sides
        for entry, first in _dead(getattr(acl, side))
        if entry.action != first.action
    ]
    if hidden:
        yield Fix(
            slug="move-entries-up",
            label=f"Let {' and '.join(hidden)} of {acl.title} decide before what hides them",
            command=partial(_move_up, acl=acl.id),
        )
    yield Fix(
        slug="remove-entries",
        label=f"Take the entries that never decide out of {acl.title}",
        command=updating(acl.id, **{side: _alive(getattr(acl, side)) for side in sides}),
    )


def _dead(entries: Sequence[AclEntry]) -> list[tuple[AclEntry, AclEntry]]:
    """The entries that never decide, each with the one that hides it."""
    ordered = sorted(entries, key=lambda entry: entry.number)
    found = ((entry, dead_by(entry, ordered[:place])) for place, entry in enumerate(ordered))
    return [(entry, first) for entry, first in found if first is not None]


def _alive(entries: Sequence[AclEntry]) -> tuple[AclEntry, ...]:
    dead = [entry for entry, _ in _dead(entries)]
    return tuple(entry for entry in entries if entry not in dead)


def _move_up(edit: Edit, acl: str) -> None:
    """Hidden entries that decide otherwise come right before what hides them; others go."""
    found = edit.plan.resource(acl)
    assert isinstance(found, NetworkAcl)
    for side in ("inbound", "outbound"):
        dead = _dead(getattr(found, side))
        ordered = [e for e in getattr(found, side) if e not in [entry for entry, _ in dead]]
        for entry, first in dead:
            if entry.action != first.action:
                ordered.insert(ordered.index(first), entry)
        numbers = sorted(entry.number for entry in ordered)
        renumbered = (
            replace(entry, number=number) for entry, number in zip(ordered, numbers, strict=True)
        )
        edit.update(acl, **{side: tuple(renumbered)})
