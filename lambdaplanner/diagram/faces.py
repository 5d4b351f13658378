"""What a box says: titles, tags, tones, badges and the bar of addresses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lambdaplanner.analysis.answers import CapacityAnswer
from lambdaplanner.counting import count
from lambdaplanner.diagram.function_badges import (
    function_badges,
    group_badges,
    group_interface_badges,
    interface_badges,
)
from lambdaplanner.diagram.items import Badge, Meter, Tone
from lambdaplanner.diagram.structure import REGION, SERVICE, SERVICE_NAT, Node, Structure
from lambdaplanner.diagram.verdicts import URGENCY, Mark, Verdicts
from lambdaplanner.kinds import kind_of, topology
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.note import Note
from lambdaplanner.kinds.registry import INTERNET
from lambdaplanner.kinds.route_table import BLACKHOLE, OUTSIDE, RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.tiers import TIER_TAGS, TIER_TONES
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.document import Unknown
from lambdaplanner.model.interfaces import interface_id
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource


class Face(NamedTuple):
    """All that a box shows beside its kind, shape and place."""

    title: str
    subtitle: str = ""
    tone: str = "neutral"
    tag: str = ""
    badges: tuple[Badge, ...] = ()
    meter: Meter | None = None
    managed: bool = False
    detail: str = ""


def face_of(
    node: Node, plan: Plan, structure: Structure, verdicts: Verdicts, *, headed: bool = False
) -> Face:
    """What the box of a node says now; `headed`: it stands under a heading with its zone."""
    if not node.owner:
        return _aws_face(node, plan, verdicts)
    resource = plan.resource(node.owner)
    if node.members:
        return _card(node, plan, resource, verdicts)
    if node.kind == "eni":
        return _interface(node, plan, resource, verdicts)
    if isinstance(resource, Subnet):
        return _subnet(resource, structure, verdicts, headed=headed)
    row = kind_of(resource)
    badges = _marked((), verdicts, node.id)
    if isinstance(resource, Function):
        badges = _marked(function_badges(resource, verdicts), verdicts, node.id)
        return Face(resource.title, row.summary(resource), row.tone, "", badges)
    if isinstance(resource, RouteTable):
        badges = _marked(_table_badges(resource), verdicts, node.id)
    if isinstance(resource, Note):
        return Face(resource.text or resource.title, "", row.tone, "", badges)
    tag = "VPC" if resource.kind == "vpc" else ""
    return Face(resource.title, row.summary(resource) or _said(resource), row.tone, tag, badges)


def _card(node: Node, plan: Plan, first: Resource, verdicts: Verdicts) -> Face:
    """What the card of several things says: how many, what they have in common, how they do."""
    row = kind_of(first)
    if not isinstance(first, Function):
        badges = _marked_by((), verdicts, node.members)
        names = [plan.resource(name).title for name in node.members]
        return Face(count(len(names), row.noun, row.nouns), _shortened(names), row.tone, "", badges)
    functions = [plan.of(Function.kind)[name] for name in node.members]
    title = f"{count(len(functions), 'function')}, {_groups_of(first, plan)}"
    named = _shortened([function.title for function in functions])
    if node.kind != "eni":
        badges = _marked_by(group_badges(functions, verdicts), verdicts, node.members)
        return Face(title, named, row.tone, "", badges)
    interfaces = [interface_id(name, node.parent) for name in node.members]
    badges = group_interface_badges(functions, node.parent, verdicts)
    badges = _marked_by(badges, verdicts, interfaces)
    return Face(title, f"ENI - {named}", row.tone, "", badges, None, managed=True)


def _shortened(names: Sequence[str]) -> str:
    """The first of some names and how many more there are."""
    return f"{names[0]} and {len(names) - 1} more"


def _said(resource: Resource) -> str:
    """The kind in words, for what has nothing else to say."""
    title = kind_of(resource).title
    return title if title.casefold() != resource.title.casefold() else ""


def _aws_face(node: Node, plan: Plan, verdicts: Verdicts) -> Face:
    badges = _marked((), verdicts, node.id)
    if node.id == REGION:
        return Face(plan.info.region, "", "region", "Region", badges)
    if node.id == SERVICE:
        tag = "Run by AWS, not visible to you"
        return Face("Lambda Service VPC", "", "service", tag, badges, None, managed=True)
    if node.id == SERVICE_NAT:
        return Face(
            "VPC-to-VPC NAT", "one way, into VPCs", "compute", "", badges, None, managed=True
        )
    assert node.id == INTERNET
    return Face("Internet", "any public host", "neutral", "", badges)


def _marked_by(
    badges: tuple[Badge, ...], verdicts: Verdicts, things: Iterable[str]
) -> tuple[Badge, ...]:
    """With the findings about any of several things as one mark; one about many counts once."""
    names = list(things)
    untold = [row for name in names for row in verdicts.unknown.get(name, ())]
    badges = (*badges, *_untold(untold))
    marks = [verdicts.marks[name] for name in names if name in verdicts.marks]
    if not marks:
        return badges
    found = list(dict.fromkeys(line for mark in marks for line in mark.text.split("\n")))
    tone = max((mark.tone for mark in marks), key=URGENCY.index)
    return (*badges, Badge(tone, str(len(found)), "\n".join(found)))


def _untold(rows: Sequence[Unknown]) -> tuple[Badge, ...]:
    """A question mark where something is not told, with what that is."""
    if not rows:
        return ()
    told = (f"Not known: {row.of}" + (f" ({row.why})" if row.why else "") for row in rows)
    return (Badge("unknown", "", "\n".join(dict.fromkeys(told))),)


def _marked(badges: tuple[Badge, ...], verdicts: Verdicts, box_id: str) -> tuple[Badge, ...]:
    badges = (*badges, *_untold(verdicts.unknown.get(box_id, ())))
    mark: Mark | None = verdicts.marks.get(box_id) if verdicts.marks else None
    return badges if mark is None else (*badges, Badge(mark.tone, str(mark.findings), mark.text))


def _table_badges(table: RouteTable) -> tuple[Badge, ...]:
    lost = [route.destination for route in table.routes if route.target == BLACKHOLE]
    away = [route.destination for route in table.routes if route.target == OUTSIDE]
    told = f"Packets to {', '.join(away)} leave what the plan holds"
    beyond = (Badge("unknown", "outside", told),) if away else ()
    if not lost:
        return beyond
    return (
        *beyond,
        Badge("error", "blackhole", f"Packets to {', '.join(lost)} are dropped"),
    )


def _without_groups(owner: Resource) -> str:
    unfiltered = isinstance(owner, Workload) and owner.unfiltered
    return "no group" if unfiltered else "default group"


def _groups_of(owner: Resource, plan: Plan) -> str:
    groups = topology.groups_of(plan, owner) if hasattr(owner, "security_groups") else ()
    return ", ".join(plan.resource(name).title for name in groups) or _without_groups(owner)


def _interface(node: Node, plan: Plan, owner: Resource, verdicts: Verdicts) -> Face:
    badges: tuple[Badge, ...] = ()
    tone = "network"
    if isinstance(owner, Function):
        tone = "compute"
        badges = interface_badges(owner, node.parent, verdicts)
    badges = _marked(badges, verdicts, node.id)
    named = _groups_of(owner, plan)
    return Face(owner.title, f"ENI - {named}", tone, "", badges, None, managed=True)


def _subnet(subnet: Subnet, structure: Structure, verdicts: Verdicts, *, headed: bool) -> Face:
    tier = verdicts.tiers.get(subnet.id) or structure.seats[subnet.id].tier
    subtitle = subnet.cidr if headed else f"{subnet.cidr}  {subnet.az}"
    acl = f"ACL {subnet.network_acl}" if subnet.network_acl else ""
    detail = "  ".join(part for part in (subnet.ipv6_cidr, acl) if part)
    meter = _meter(subnet.id, verdicts.capacity)
    badges = _marked((), verdicts, subnet.id)
    if tier == "private-broken":
        badges = (Badge("error", "no way out", "Its default route leads nowhere."), *badges)
    tone, tag = TIER_TONES[tier], TIER_TAGS[tier]
    return Face(subnet.title, subtitle, tone, tag, badges, meter, detail=detail)


def _meter(subnet: str, capacity: CapacityAnswer | None) -> Meter | None:
    row = capacity.subnets.get(subnet) if capacity else None
    if row is None:
        return None
    tone: Tone = "ok"
    if row.headroom < 0:
        tone = "error"
    elif row.demand and row.headroom * 10 < row.usable:
        tone = "warning"
    text = f"{row.free:,} free"
    if row.headroom < 0:
        text = f"{-row.headroom:,} short"
    elif row.demand:
        text = f"{row.demand:,} of {row.free:,} free"
    return Meter(row.used, row.demand, row.usable, text, tone)
