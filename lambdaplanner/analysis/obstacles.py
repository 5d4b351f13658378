"""Making obstacles: a place says what sort it meets and what is particular there; code, message and
remedy come from the one table of words. Codes: aws.md 9.2.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from lambdaplanner.analysis.end_words import BEYOND, ENDS
from lambdaplanner.analysis.filters import GroupsVerdict
from lambdaplanner.analysis.gateway_words import GATEWAYS
from lambdaplanner.analysis.managed import default_group_id
from lambdaplanner.analysis.obstacle_words import (
    DOUBTS,
    FILTERS,
    GROUP_REASONS,
    GROUP_REMEDIES,
    ROUTES,
    Words,
)
from lambdaplanner.analysis.packets import (
    Goal,
    Obstacle,
    Outside,
    Packet,
    Side,
    Station,
    Stop,
    Trip,
)
from lambdaplanner.analysis.ranges import Ranges
from lambdaplanner.kinds.aws_services import managed_list

WORDS: dict[str, Words] = ROUTES | FILTERS | ENDS | GATEWAYS | BEYOND | DOUBTS
"""Sort of obstacle -> its words."""


def block(
    trip: Trip,
    at: str,
    sort: str,
    goal: Goal | None = None,
    *,
    stop: Stop | None = None,
    fix: str = "",
    **data: object,
) -> Obstacle:
    """An obstacle of a sort in the direction of the trip, at the thing that decides; `goal` is the
    far end that it speaks of, `fix` what is better there than the usual remedy. `stop` left out, it
    was on its way to where it is bound.
    """
    stop = stop or Stop(trip, trip.goal)
    told = _Told(_Met(trip, goal, stop.side), at=at, **data)
    words = WORDS[sort]
    return Obstacle(
        at=at,
        code=words.code.format_map(told),
        direction=trip.direction,
        message=words.message.format_map(told),
        fix=fix or words.fix.format_map(told),
        stop=stop,
    )


class _Met(NamedTuple):
    """What words are derived from."""

    trip: Trip
    goal: Goal | None
    side: Side | None

    @property
    def end(self) -> Goal:
        """The far end that is spoken of; without one, sentences that name one make no sense."""
        assert self.goal is not None
        return self.goal


class _Told(dict[str, object]):
    """What a place gave, and what is derived where a sentence has it."""

    def __init__(self, met: _Met, **data: object) -> None:
        super().__init__(data)
        self._met = met

    def __missing__(self, name: str) -> object:
        return DERIVED[name](self._met)


DERIVED: dict[str, Callable[[_Met], object]] = {
    "vpc": lambda met: met.trip.vpc,
    "subnet": lambda met: met.trip.subnet,
    "sender": lambda met: met.trip.sender.id or "the source",
    "protocol": lambda met: met.trip.packet.protocol,
    "ports": lambda met: spans(met.trip.packet.ports),
    "packet": lambda met: said(met.trip.packet),
    "packets": lambda met: "Replies" if met.trip.direction == "return" else "Packets",
    "would": lambda met: "would" if met.trip.not_blocked else "would not",
    "goal": lambda met: name_of(met.end),
    "block": lambda met: block_of(met.end),
    "way_back": lambda met: _way_back(met.end),
    "by_public": lambda met: _by_public(met.end),
    "side": lambda met: met.side,
    "pass_": lambda met: "leave" if met.side == "outbound" else "enter",
    "word": lambda met: "to" if met.side == "outbound" else "from",
}
"""What words name that no place has to give, and how it is found."""


def name_of(goal: Goal) -> str:
    """The far end as a sentence names it."""
    return goal.text if isinstance(goal, Outside) else goal.id


def block_of(goal: Goal) -> str:
    """What a route or rule for the far end names."""
    if isinstance(goal, Outside) and goal.where:
        return goal.where
    if isinstance(goal, Outside):
        single = goal.text[0].isdigit() or (":" in goal.text and not goal.service)
        return f"{goal.text}/{128 if ':' in goal.text else 32}" if single else "0.0.0.0/0"
    return goal.where


def said(packet: Packet) -> str:
    """Protocol and ports: ``tcp 443``, ``icmp``."""
    return (
        packet.protocol if packet.protocol == "icmp" else f"{packet.protocol} {spans(packet.ports)}"
    )


def spans(ranges: Ranges) -> str:
    """Ports as a person writes them: ``443``, ``1024-32767 and 61000-65535``."""
    parts = [str(low) if low == high else f"{low}-{high}" for low, high in ranges]
    return " and ".join(parts)


def _way_back(goal: Goal) -> str:
    """Where replies have to go."""
    if isinstance(goal, Outside):
        return "to the internet gateway by which the request came"
    return "by the way that the request took"


def _by_public(goal: Goal) -> str:
    """What else helps where the far end has a public address too, which a plan has no number of."""
    if isinstance(goal, Station) and goal.public:
        return f", or call {goal.id} by its public address, as the internet does"
    return ""


# several sorts of one cause -----------------------------------------------------------------------


def no_route(trip: Trip, table: str, goal: Goal, advice: str, over_ipv6: str = "") -> Obstacle:
    """No route of the table fits; `advice` says what leads outside from there, `over_ipv6` is the
    route by which IPv6 leaves all the same.
    """
    if trip.direction == "return":
        return block(trip, table, "no-route-back", goal)
    if not isinstance(goal, Outside) or not goal.public:
        return block(trip, table, "no-route", goal)
    sort = "no-way-out-but-ipv6" if over_ipv6 else "no-way-out"
    return block(trip, table, sort, goal, advice=advice, over_ipv6=over_ipv6)


def regional_nat_stranded(trip: Trip, nat: str, vpc: str, goal: Goal) -> Obstacle:
    """A regional NAT gateway's own route table is AWS's; the plan says nothing of it but the
    internet gateway.
    """
    sort = "nat-regional-alone" if isinstance(goal, Outside) else "nat-regional-inside"
    return block(trip, nat, sort, goal, stop=Stop(trip, goal), home=vpc)


def groups_deny(
    trip: Trip, station: Station, far: Goal, verdict: GroupsVerdict, side: Side
) -> Obstacle:
    """The groups of an interface let nothing, or not everything, through."""
    names = [group.id for group in station.groups or ()]
    at = names[0] if names else station.interface
    reason, why = GROUP_REASONS[_reason(station, trip, verdict, side)]
    word = "to" if side == "outbound" else "from"
    sort = ("no-group", "group-denies", "groups-deny")[min(len(names), 2)]
    if verdict.group:
        sort = "group-lets-some"
    remedy = "default" if at == default_group_id(station.vpc) else "own"
    if not names:
        remedy = "none"
    allowed = f"{side} {said(trip.packet)} {word} {_rule_end(trip, station, far)}"
    given = {"at": at, "station": station.id, "home": station.vpc, "allowed": allowed}
    return block(
        trip,
        at,
        sort,
        far,
        stop=Stop(trip, far, side, station),
        code=reason,
        why=why.format(group=verdict.unkept, side=side),
        request=f"{said(trip.packet)} {word} {name_of(far)}",
        groups=(" and " if verdict.group else ", ").join(names),
        home=station.vpc,
        remedy=GROUP_REMEDIES[remedy].format_map(given),
    )


def groups_cover_some(trip: Trip, station: Station, far: Goal, verdict: GroupsVerdict) -> Obstacle:
    """Rules name public blocks, and the far end is an AWS service."""
    return block(
        trip,
        verdict.group,
        "group-covers-some",
        far,
        stop=Stop(trip, far, "outbound", station),
        rule=verdict.rule,
        end=_rule_end(trip, station, far),
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


_OUTBOUND = {"lost": "translated", "region": "region"}
"""Why a reference of an outbound rule is worth nothing, where it is for how the packet goes."""


def _reason(station: Station, trip: Trip, verdict: GroupsVerdict, side: Side) -> str:
    if verdict.unkept and side == "outbound":
        return _OUTBOUND.get(trip.relation, "outbound")
    if verdict.unkept:
        return trip.relation
    if station.groups and not any(g.rules(side == "outbound") for g in station.groups):
        return "empty"
    return "some" if verdict.group else "none"
