"""One path: from one interface (or from the internet) to one goal, judged whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lambdaplanner.analysis import end_obstacles as ends
from lambdaplanner.analysis.answers import PathAnswer, Verdict
from lambdaplanner.analysis.asking import Ask
from lambdaplanner.analysis.crossing import emitted
from lambdaplanner.analysis.doubt_obstacles import not_known
from lambdaplanner.analysis.doubts import Doubt
from lambdaplanner.analysis.ends import End
from lambdaplanner.analysis.entering import enter
from lambdaplanner.analysis.hops import Hop, turned
from lambdaplanner.analysis.managed import SERVICE_VPC
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.obstacles import block
from lambdaplanner.analysis.packets import (
    ANY_EPHEMERAL,
    Goal,
    Obstacle,
    Outside,
    Station,
    Trip,
)
from lambdaplanner.analysis.refused import of_gateway
from lambdaplanner.analysis.replies import Leaf, by_the_same, is_refuted, round_trips
from lambdaplanner.analysis.service_gateways import (
    without_dns,
    without_resolver,
)
from lambdaplanner.analysis.services import ServiceWay
from lambdaplanner.analysis.stations import (
    INTERNET_HOP,
    THE_INTERNET,
    address_goal,
    host,
    service_goal,
)
from lambdaplanner.analysis.travel import Journey, depart
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function

# from inside a VPC --------------------------------------------------------------------------------


def from_station(
    ask: Ask, station: Station, goal: Goal, service: ServiceWay | None = None
) -> PathAnswer:
    """From an interface to a goal."""
    own, *further = turned(station.arrival)
    start = Trip(ask.packet(station, goal), station, station.vpc, station.subnet, hops=(own,))
    for problem in ends.at_source(ask, start):
        start = start.blocked(problem)
    if service is not None and not service.vpc.dns_support and isinstance(goal, Outside):
        start = start.blocked(without_resolver(start, service.vpc, goal.service or ""))
    start = start.met(*further)
    untold = _untold_ipv6(ask, station, goal)
    if untold is not None:
        return ended(start.blocked(not_known(start, untold)), _into(goal))
    if not station.addresses or not goal.addresses:
        return ended(start, _into(goal))
    start = emitted(ask.network, start, goal)
    leaves = with_problems(_leaves(ask, start, goal), ends.at_goal(ask, start, goal))
    if service is not None:
        leaves = [_with_service(ask.network, start, leaf, service) for leaf in leaves]
    return summed(start, leaves, _into(goal))


def _untold_ipv6(ask: Ask, *both: Goal) -> Doubt | None:
    """Why nobody knows whether an end has IPv6, where that is asked."""
    if ask.version != 6:
        return None
    names = (n for end in both if isinstance(end, Station) for n in (end.subnet, end.vpc))
    found = (ask.network.doubts.of(name, "ipv6_cidr") for name in names)
    return next((doubt for doubt in found if doubt is not None), None)


def to_nobody(ask: Ask, station: Station, endpoint: Endpoint) -> PathAnswer:
    """From an interface to a service whose name an endpoint takes that has no interface."""
    own, *_ = turned(station.arrival)
    goal = service_goal(endpoint.service_name)
    start = Trip(ask.packet(station, goal), station, station.vpc, station.subnet, hops=(own,))
    for problem in ends.at_source(ask, start):
        start = start.blocked(problem)
    return ended(
        start.blocked(block(start, endpoint.id, "endpoint-nowhere", service=endpoint.service)), None
    )


def _into(goal: Goal) -> str | None:
    return goal.subnet if isinstance(goal, Station) else None


def _leaves(ask: Ask, start: Trip, goal: Goal) -> list[Leaf]:
    """The ways on from the source's own filters; those to the outside are shared by all that leave
    a subnet alike.
    """
    fresh = start.but(hops=(), obstacles=(), not_blocked=True, refuted=False, whole=True)
    if isinstance(goal, Station):
        return round_trips(ask.towards(goal), fresh)
    station = start.sender
    sought = start.packet.target
    key = (*_shared_key(ask, station, goal), sought)
    anonymous = _anonymous(station)
    packet = ask.packet(anonymous, goal)._replace(target=sought)
    sent = fresh.but(sender=anonymous, packet=packet)
    found = ask.network.readings.of(key, lambda: round_trips(ask.towards(goal), sent))
    return [
        leaf._replace(return_hops=leaf.return_hops + station.arrival) if leaf.not_blocked else leaf
        for leaf in found
    ]


def _shared_key(ask: Ask, station: Station, goal: Outside) -> tuple[object, ...]:
    name = "" if station.kind == Function.kind else station.id
    question = (ask.protocol, ask.port, ask.version, goal.text)
    return ("outside", station.subnet, station.addresses, name, station.public, question)


def _anonymous(station: Station) -> Station:
    """The station without what differs between functions of one subnet."""
    name = f"functions in {station.subnet}" if station.kind == Function.kind else station.id
    return station._replace(id=name, arrival=(), groups=(), interface="")


def _with_service(network: Network, start: Trip, leaf: Leaf, service: ServiceWay) -> Leaf:
    """The leaf with the endpoints that would help, if AWS made them or names led there."""
    if leaf.not_blocked:
        return leaf
    problems = [without_dns(start, endpoint, service.vpc) for endpoint in service.without_dns]
    for endpoint in service.refused:
        problems += of_gateway(network, start, endpoint.id)
    return with_problems([leaf], problems)[0]


def with_problems(leaves: list[Leaf], problems: Iterable[Obstacle]) -> list[Leaf]:
    """The same ways, with something at their end that no packet gets past."""
    more = tuple(problems)
    if not more:
        return leaves
    sure = any(not obstacle.in_doubt for obstacle in more)
    return [
        leaf._replace(
            obstacles=(*leaf.obstacles, *more),
            return_hops=(),
            not_blocked=False,
            refuted=leaf.refuted or sure,
        )
        for leaf in leaves
    ]


def summed(start: Trip, leaves: list[Leaf], into: str | None) -> PathAnswer:
    """One path out of the ways that its packets take."""
    told = [leaf for leaf in leaves if not leaf.merged]
    best = max(told, key=lambda leaf: (leaf.not_blocked, leaf.unsure, leaf.whole))
    obstacles = tuple(dict.fromkeys((*start.obstacles, *(o for f in leaves for o in f.obstacles))))
    return PathAnswer(
        via=start.sender.subnet,
        into=into or best.delivered_subnet,
        verdict=_verdict(start, told),
        hops=start.hops + best.hops if start.not_blocked else start.hops,
        return_hops=best.return_hops if start.not_blocked else (),
        obstacles=obstacles,
        assumes=_assumed(start, told),
    )


def _assumed(start: Trip, leaves: list[Leaf]) -> tuple[str, ...]:
    """What is taken for granted by what gets through."""
    if not start.not_blocked:
        return ()
    through = (leaf for leaf in leaves if leaf.not_blocked)
    return tuple(dict.fromkeys((*start.assumes, *(s for leaf in through for s in leaf.assumes))))


def _verdict(start: Trip, leaves: list[Leaf]) -> Verdict:
    if start.refuted or all(leaf.refuted for leaf in leaves):
        return "unreachable"
    if start.unsure or not any(leaf.not_blocked for leaf in leaves):
        return "unknown"
    whole = start.whole and all(leaf.not_blocked and leaf.whole for leaf in leaves)
    return "reachable" if whole else "partial"


def ended(trip: Trip, into: str | None) -> PathAnswer:
    """A path that ends with this trip: it was stopped, or there is nothing more to meet."""
    return PathAnswer(
        via=trip.sender.subnet,
        into=into,
        verdict="reachable" if trip.not_blocked else "unknown" if trip.unsure else "unreachable",
        hops=trip.hops,
        return_hops=turned(trip.hops) if trip.not_blocked else (),
        obstacles=trip.obstacles,
        assumes=trip.assumes if trip.not_blocked else (),
    )


# from the internet --------------------------------------------------------------------------------


def from_outside(ask: Ask, source_end: End, goal: Station) -> PathAnswer:
    """From the internet through the VPC's internet gateway to an interface."""
    head = head_of(source_end)
    sender = sender_of(source_end)
    start = Trip(ask.packet(sender, goal), sender, goal.vpc, None, hops=head[:1])
    for problem in ends.at_outside(ask, start, source_end):
        start = start.blocked(problem)
    start = start.met(*head[1:], *ends.door(ask, goal))
    for problem in ends.at_door(ask, start, goal):
        start = start.blocked(problem)
    if ask.version == 6:
        return ended(start, goal.subnet)
    fresh = start.but(hops=(), obstacles=(), not_blocked=True, refuted=False)
    back = Outside(sender.id, sender.addresses, turned(head))
    leaves = [
        leaf
        for there in _entered(ask, fresh, goal)
        for leaf in _answers(ask.towards(back), there, goal)
    ]
    return summed(start, with_problems(leaves, ends.at_goal(ask, start, goal)), goal.subnet)


def _entered(ask: Ask, trip: Trip, goal: Station) -> Iterator[Trip]:
    """In by the VPC's internet gateway, and by its edge table where it has one."""
    gateways = ask.network.internet_gateways(goal.vpc)
    inside = trip.but(goal=goal)
    yield from enter(ask.towards(goal), inside, gateways[0] if gateways else "")


def _answers(journey: Journey, there: Trip, goal: Station) -> Iterator[Leaf]:
    """What has come in through the gateway, and its replies, which have to leave by it (aws.md
    5).
    """
    packet = there.packet
    ports = packet.ports if packet.protocol == "icmp" else (ANY_EPHEMERAL,)
    reply = packet._replace(source=packet.target, target=packet.source, ports=ports)
    sender = goal._replace(public=True)
    start = there.but(
        packet=reply,
        sender=sender,
        vpc=goal.vpc,
        subnet=goal.subnet,
        direction="return",
        hops=(),
        arrived=False,
        passed=(),
    )
    for sent in depart(journey, start.met(*turned(goal.arrival))):
        back = by_the_same(sent, there.passed, journey.goal) if sent.arrived else sent
        not_blocked = back.not_blocked and back.arrived
        merged = back.merged
        sure = is_refuted(back, not_blocked=not_blocked)
        met = back.obstacles
        yield Leaf(
            there.hops,
            back.hops,
            met,
            not_blocked,
            back.whole,
            merged=merged,
            refuted=sure,
            assumes=back.assumes,
        )


def head_of(source_end: End) -> tuple[Hop, ...]:
    """What stands before a path that begins on the internet."""
    if source_end.function is not None:
        return (
            Hop(id=source_end.function.id, kind=source_end.function.kind),
            SERVICE_VPC,
            INTERNET_HOP,
        )
    return address_goal(source_end.address).arrival if source_end.address else (INTERNET_HOP,)


def sender_of(source_end: End) -> Station:
    """Who it is that sends; an unattached function sends from an address that nobody knows
    before.
    """
    if source_end.function is not None:
        return host(source_end.function.id, THE_INTERNET, source_end.function.kind)
    outside = address_goal(source_end.address) if source_end.address else THE_INTERNET
    return host(outside.text, outside)
