"""What a box says: titles, tags, tones, badges and the bar of addresses."""

from __future__ import annotations

from typing import NamedTuple

from lambdaplanner.analysis.answers import CapacityAnswer, Verdict
from lambdaplanner.analysis.capacity_reasons import NO_SUBNET
from lambdaplanner.diagram.items import Badge, Meter, Tone
from lambdaplanner.diagram.structure import REGION, SERVICE, SERVICE_NAT, Node, Structure
from lambdaplanner.diagram.verdicts import Mark, Verdicts
from lambdaplanner.kinds import kind_of
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.note import Note
from lambdaplanner.kinds.registry import INTERNET
from lambdaplanner.kinds.route_table import BLACKHOLE, RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.tiers import TIER_TAGS, TIER_TONES
from lambdaplanner.kinds.workload import Workload
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


def face_of(node: Node, plan: Plan, structure: Structure, verdicts: Verdicts) -> Face:
    """What the box of a node says now."""
    if not node.owner:
        return _aws_face(node, plan, verdicts)
    resource = plan.resource(node.owner)
    if node.kind == "eni":
        return _interface(node, plan, resource, verdicts)
    if isinstance(resource, Subnet):
        return _subnet(resource, structure, verdicts)
    row = kind_of(resource)
    badges = _marked((), verdicts, node.id)
    if isinstance(resource, Function):
        badges = _marked(_function_badges(resource, verdicts), verdicts, node.id)
        return Face(resource.title, row.summary(resource), row.tone, "", badges)
    if isinstance(resource, RouteTable):
        badges = _marked(_table_badges(resource), verdicts, node.id)
    if isinstance(resource, Note):
        return Face(resource.text or resource.title, "", row.tone, "", badges)
    tag = "VPC" if resource.kind == "vpc" else ""
    return Face(resource.title, row.summary(resource) or _said(resource), row.tone, tag, badges)


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


def _marked(badges: tuple[Badge, ...], verdicts: Verdicts, box_id: str) -> tuple[Badge, ...]:
    mark: Mark | None = verdicts.marks.get(box_id) if verdicts.marks else None
    return badges if mark is None else (*badges, Badge(mark.tone, str(mark.findings), mark.text))


_INTERNET: dict[Verdict, tuple[Tone, str]] = {
    "reachable": ("ok", "internet"),
    "partial": ("warning", "internet: some subnets"),
    "unreachable": ("error", "no internet"),
}


def _function_badges(function: Function, verdicts: Verdicts) -> tuple[Badge, ...]:
    badges = []
    answer = verdicts.internet.get(function.id)
    if answer is not None:
        tone, text = _INTERNET[answer.verdict]
        reasons = dict.fromkeys(o.message for path in answer.paths for o in path.obstacles)
        badges.append(Badge(tone, text, "\n".join(reasons)))
    if function.attached and not function.may_create_interfaces:
        badges.append(
            Badge("error", "role", "The role has no policy that lets Lambda create its interfaces")
        )
    capacity = verdicts.capacity and verdicts.capacity.functions.get(function.id)
    if capacity and capacity.verdict != "ok":
        if capacity.verdict == "exhausted":
            text = f"{capacity.shortfall:,} short" if capacity.shortfall else "no addresses"
            if capacity.stranded:
                text, told = NO_SUBNET, NO_SUBNET
            elif capacity.contended:
                told = f"{capacity.error}: who gets the addresses is not decided"
            else:
                told = f"{capacity.error}: " if capacity.error else ""
                told += f"at most {capacity.max_concurrency:,} of {capacity.concurrency:,} fit"
            badges.append(Badge("error", text, told))
        else:
            badges.append(
                Badge("warning", capacity.verdict, f"at most {capacity.max_concurrency:,} fit")
            )
    return tuple(badges)


def _table_badges(table: RouteTable) -> tuple[Badge, ...]:
    lost = [route.destination for route in table.routes if route.target == BLACKHOLE]
    if not lost:
        return ()
    return (Badge("error", "blackhole", f"Packets to {', '.join(lost)} are dropped"),)


def _without_groups(owner: Resource) -> str:
    unfiltered = isinstance(owner, Workload) and owner.unfiltered
    return "no group" if unfiltered else "default group"


def _interface(node: Node, plan: Plan, owner: Resource, verdicts: Verdicts) -> Face:
    groups = getattr(owner, "security_groups", ())
    named = ", ".join(plan.resource(name).title for name in groups) or _without_groups(owner)
    badges: tuple[Badge, ...] = ()
    tone = "network"
    if isinstance(owner, Function):
        tone = "compute"
        badges = _interface_badges(owner, node.parent, verdicts)
    badges = _marked(badges, verdicts, node.id)
    return Face(owner.title, f"ENI - {named}", tone, "", badges, None, managed=True)


def _interface_badges(function: Function, subnet: str, verdicts: Verdicts) -> tuple[Badge, ...]:
    answer = verdicts.internet.get(function.id)
    paths = [path for path in answer.paths if path.via == subnet] if answer else []
    if not paths:
        return ()
    found = {path.verdict for path in paths}
    worst: Verdict = "partial" if len(found) > 1 else found.pop()
    tone, text = _INTERNET[worst]
    reasons = dict.fromkeys(obstacle.message for path in paths for obstacle in path.obstacles)
    return (Badge(tone, "internet: in part" if worst == "partial" else text, "\n".join(reasons)),)


def _subnet(subnet: Subnet, structure: Structure, verdicts: Verdicts) -> Face:
    tier = verdicts.tiers.get(subnet.id) or structure.seats[subnet.id].tier
    acl = f"  ACL {subnet.network_acl}" if subnet.network_acl else ""
    subtitle = f"{subnet.cidr}  {subnet.az}{acl}"
    meter = _meter(subnet.id, verdicts.capacity)
    badges = _marked((), verdicts, subnet.id)
    if tier == "private-broken":
        badges = (Badge("error", "no way out", "Its default route leads nowhere."), *badges)
    return Face(subnet.title, subtitle, TIER_TONES[tier], TIER_TAGS[tier], badges, meter)


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
