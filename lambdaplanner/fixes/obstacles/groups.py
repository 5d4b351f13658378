"""Fixes of security groups: the narrowest rule that lets a packet through."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambdaplanner.analysis.managed import default_group_id
from lambdaplanner.analysis.obstacles import block_of
from lambdaplanner.analysis.packets import Outside, Packet, Station, Stop
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.commands.attachment import MOST_GROUPS
from lambdaplanner.commands.places import called
from lambdaplanner.fixes.parts.allowing import (
    Guarded,
    Side,
    allow,
    carries,
    group_of,
    own_group,
    rule,
    rules_of,
    sharers,
    unused_groups,
    with_default_group,
)
from lambdaplanner.fixes.registry import Fix, Met, clears
from lambdaplanner.fixes.steps import updating
from lambdaplanner.fixes.stops import alike, public_goal
from lambdaplanner.fixes.wording import said
from lambdaplanner.kinds.aws_services import managed_list
from lambdaplanner.kinds.security_group import SecurityGroup, SecurityGroupRule
from lambdaplanner.kinds.topology import EVERYTHING, EVERYTHING_IPV6
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan

_WORD = {"inbound": "from", "outbound": "to"}


@clears("SG_REFERENCING_SUPPORT")
def switch_references_on(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """A transit gateway carries references to groups where it is told to."""
    for hop in met.path.hops:
        hub = view.plan.find(hop.id)
        if isinstance(hub, TransitGateway) and not hub.security_group_referencing:
            yield _referencing(hub)


def _referencing(hub: TransitGateway) -> Fix:
    return Fix(
        slug="switch-on-referencing",
        label=f"Switch security group referencing of {hub.title} on",
        command=lambda edit: edit.update(hub.id, security_group_referencing=True),
    )


@clears(
    "ENI_SG_RULES_MISMATCH",
    "SG_HAS_NO_RULES",
    "SG_REFERENCES_NOT_PRESERVED",
    "SG_REFERENCING_SUPPORT",
)
def allow_in_a_group(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """A rule by group where references hold, else by blocks; in the group that is there, or in one
    for this thing alone where others have it too.
    """
    stops = alike(met)
    own = stops[0].station if stops else None
    if own is None:
        return
    stops = [stop for stop in stops if stop.station is not None and stop.station.id == own.id]
    yield from _by_unused_groups(view, own, stops[0])
    for rules in _choices(view, stops):
        yield _in_its_group(view.plan, own, stops[0], rules)
    shared = [g.id for g in own.groups or () if len(sharers(view.plan, g.id)) > 1]
    if shared and met.obstacle.at in shared:
        for rules in list(_choices(view, stops))[:1]:
            yield _in_a_group_of_its_own(view.plan, own, stops[0], rules)


def _choices(view: PlanAnalysis, stops: Sequence[Stop]) -> Iterator[tuple[SecurityGroupRule, ...]]:
    """What rules would do, the narrowest first; each for every stop."""
    for narrow in (_by_group, _by_list):
        found = [narrow(view, stop) for stop in stops]
        if None not in found:
            yield tuple(dict.fromkeys(one for one in found if one is not None))
    by_block = (one for stop in stops for one in _by_blocks(view, stop))
    yield tuple(dict.fromkeys(by_block))
    if stops[0].side == "outbound" and public_goal(stops[0]) is not None:
        yield (rule(*_asked(stops[0].trip.packet), cidr=_everywhere(stops[0])),)


def _by_unused_groups(view: PlanAnalysis, own: Station, stop: Stop) -> Iterator[Fix]:
    """A group of the VPC that guards nothing yet and has a rule for such packets: it was made for
    this.
    """
    thing = view.plan.find(own.id)
    if not isinstance(thing, Guarded) or len(thing.security_groups) >= MOST_GROUPS:
        return
    if not thing.security_groups and with_default_group(view.plan, own.vpc) != [own.id]:
        return  # it would no longer be let in by the others that have the default group
    protocol, port = _asked(stop.trip.packet)
    for group in unused_groups(view.plan, own.vpc):
        if any(carries(one, protocol, port) for one in rules_of(group, _side(stop))):
            yield Fix(
                slug="use-security-group",
                label=f"Give {thing.title} the security group {group.title}, which guards nothing "
                "yet",
                command=updating(thing.id, security_groups=(*thing.security_groups, group.id)),
            )


# one rule -----------------------------------------------------------------------------------------


def _asked(packet: Packet) -> tuple[str, int | None]:
    return packet.protocol, None if packet.protocol == "icmp" else packet.ports[0][0]


def _far(stop: Stop) -> Station | Outside | None:
    """The end that a rule names: who sends, as it is seen here, or where it is bound."""
    if stop.side == "outbound":
        return stop.goal
    first = stop.trip.clients[0].station if stop.trip.clients else stop.trip.sender
    return stop.trip.sender if stop.trip.relation == "lost" else first


def _by_group(view: PlanAnalysis, stop: Stop) -> SecurityGroupRule | None:
    """A rule that names a written group of the far end, where such references hold."""
    far, own = _far(stop), stop.station
    if not isinstance(far, Station) or own is None or not _known(view, stop, far, own):
        return None
    written = [g.id for g in far.groups or () if g.id != default_group_id(far.vpc)]
    return rule(*_asked(stop.trip.packet), security_group=written[0]) if written else None


def _by_list(_view: PlanAnalysis, stop: Stop) -> SecurityGroupRule | None:
    """A rule that names AWS's own list of the service that is called."""
    far = _far(stop)
    listed = managed_list(far.service) if isinstance(far, Outside) else ""
    return rule(*_asked(stop.trip.packet), prefix_list=listed) if listed else None


def _known(view: PlanAnalysis, stop: Stop, far: Station, own: Station) -> bool:
    relation = stop.trip.relation
    if far.vpc == own.vpc:
        return stop.side == "outbound" or relation in ("vpc", "assumed")
    if view.network.peered(far.vpc, own.vpc):
        return stop.side == "outbound" or relation in ("peering", "assumed")
    return stop.side == "inbound" and relation == "transit"


def _by_blocks(view: PlanAnalysis, stop: Stop) -> list[SecurityGroupRule]:
    """Rules that name the blocks of the far end: all subnets that it stands in, its fixed address,
    the address that was asked about, or everywhere.
    """
    far = _far(stop)
    if far is None:
        return []
    if isinstance(far, Station) and far.vpc and "/" not in far.where:
        blocks = [str(one) for one in view.network.blocks(far.vpc)]
    else:
        blocks = [block_of(far)]
    return [rule(*_asked(stop.trip.packet), cidr=text) for text in blocks]


def _everywhere(stop: Stop) -> str:
    return EVERYTHING_IPV6 if stop.trip.packet.version == 6 else EVERYTHING


# where it is written ------------------------------------------------------------------------------


def _in_its_group(
    plan: Plan, own: Station, stop: Stop, rules: tuple[SecurityGroupRule, ...]
) -> Fix:
    side = _side(stop)
    groups = [g.id for g in own.groups or () if isinstance(plan.find(g.id), SecurityGroup)]
    where = f"in {called(plan, groups[0])}" if groups else f"in a security group for {own.id}"
    return Fix(
        slug="allow-in-group",
        label=f"Allow {side} {_said(rules, side)} {where}",
        command=lambda edit: allow(edit, group_of(edit, own.id), side, *rules),
    )


def _in_a_group_of_its_own(
    plan: Plan, own: Station, stop: Stop, rules: tuple[SecurityGroupRule, ...]
) -> Fix:
    side = _side(stop)

    def command(edit: Edit) -> None:
        allow(edit, own_group(edit, own.id), side, *rules)

    return Fix(
        slug="add-security-group",
        label=f"Give {called(plan, own.id)} a security group of its own that allows {side} "
        f"{_said(rules, side)}",
        command=command,
    )


def _side(stop: Stop) -> Side:
    return stop.side or "inbound"


def _said(rules: Sequence[SecurityGroupRule], side: Side) -> str:
    return " and ".join(said(one, _WORD[side]) for one in rules)
