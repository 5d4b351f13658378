"""The words of obstacles at security groups."""

from __future__ import annotations

from lambdaplanner.analysis.filters import GroupsVerdict
from lambdaplanner.analysis.managed import default_group_id
from lambdaplanner.analysis.obstacles import block_of, block_to, name_of, said
from lambdaplanner.analysis.packets import Goal, Obstacle, Outside, Side, Station, Stop, Trip
from lambdaplanner.kinds.aws_services import managed_list

_PRESERVED = "SG_REFERENCES_NOT_PRESERVED"
_UNKEPT = {
    "lost": (_PRESERVED, "address translation hides the sender's groups"),
    "beyond": (_PRESERVED, "references do not cross a peering of transit gateways"),
    "middlebox": (_PRESERVED, "references do not hold behind an appliance"),
    "transit": (_PRESERVED, "references do not hold on this way"),
    "transit-off": (
        "SG_REFERENCING_SUPPORT",
        "the transit gateway has security group referencing switched off",
    ),
}


def groups_deny(
    trip: Trip, station: Station, far: Goal, verdict: GroupsVerdict, side: Side
) -> Obstacle:
    """The groups of an interface let nothing, or not everything, through."""
    names = [group.id for group in station.groups or ()]
    at = names[0] if names else station.interface
    code, why = _reason(station, trip, verdict, side)
    word = "to" if side == "outbound" else "from"
    request = f"{said(trip.packet)} {word} {name_of(far)}"
    if verdict.group:
        message = f"Only a part of {request} gets through {' and '.join(names)}: {why}."
    elif len(names) > 1:
        message = f"Security groups {', '.join(names)} do not let {request} through: {why}."
    elif names:
        message = f"Security group {at} does not let {request} through: {why}."
    else:
        message = f"No group of {station.vpc} applies to {at}: {request} does not get through."
    fix = f"Allow {side} {said(trip.packet)} {word} {_rule_end(trip, station, far)} in {at}."
    if at == default_group_id(station.vpc):
        what = f"{side} {said(trip.packet)} {word} {_rule_end(trip, station, far)}"
        fix = f"Give {station.id} a security group that allows {what}."
    if not names:
        fix = f"Give {station.id} a security group of {station.vpc}."
    return block_to(trip, at, code, message, fix, Stop(trip, far, side, station))


def groups_cover_some(trip: Trip, station: Station, far: Goal, verdict: GroupsVerdict) -> Obstacle:
    """Rules name public blocks, and the far end is an AWS service."""
    asked = said(trip.packet)
    return block_to(
        trip,
        verdict.group,
        "ENI_SG_RULES_MISMATCH",
        f"{verdict.group} lets {asked} out to a part of the public addresses ({verdict.rule}); "
        f"whether those are all of {name_of(far)} the plan does not say.",
        f"Allow outbound {asked} to {_rule_end(trip, station, far)} in {verdict.group}.",
        Stop(trip, far, "outbound", station),
    )


def _rule_end(trip: Trip, station: Station, far: Goal) -> str:
    """What a rule would name: the sender as it is seen, a group where that works, else a block."""
    if trip.relation == "lost":
        return trip.sender.where if trip.clients else block_of(far)
    if isinstance(far, Station) and far.groups and far.vpc == station.vpc:
        return far.groups[0].id
    if isinstance(far, Outside) and managed_list(far.service):
        return managed_list(far.service)
    return block_of(far)


def _reason(station: Station, trip: Trip, verdict: GroupsVerdict, side: Side) -> tuple[str, str]:
    if verdict.unkept and side == "outbound" and trip.relation == "lost":
        return _PRESERVED, f"a rule names {verdict.unkept}, and address translation hides groups"
    if verdict.unkept and side == "outbound":
        why = "outbound rules can name groups only of the same VPC or of a peered one"
        return _PRESERVED, f"a rule names {verdict.unkept}, but {why}"
    if verdict.unkept:
        code, why = _UNKEPT[trip.relation]
        return code, f"a rule names {verdict.unkept}, but {why}"
    if station.groups and not any(g.rules(side == "outbound") for g in station.groups):
        return "SG_HAS_NO_RULES", f"there is no {side} rule"
    if verdict.group:
        return "ENI_SG_RULES_MISMATCH", f"no {side} rule covers all the addresses it may have"
    return "ENI_SG_RULES_MISMATCH", f"no {side} rule allows it"
