"""One path: from one interface (or from the internet) to one goal, judged whole."""

from __future__ import annotations

from collections.abc import Iterable

from lambdaplanner.analysis import end_obstacles as ends
from lambdaplanner.analysis.answers import PathAnswer, Verdict
from lambdaplanner.analysis.asking import Ask
from lambdaplanner.analysis.crossing import emitted
from lambdaplanner.analysis.doubt_obstacles import not_known
from lambdaplanner.analysis.doubts import Doubt
from lambdaplanner.analysis.hops import turned
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.obstacles import block
from lambdaplanner.analysis.packets import (
    Goal,
    Obstacle,
    Outside,
    Station,
    Trip,
)
from lambdaplanner.analysis.refused import of_gateway
from lambdaplanner.analysis.replies import Leaf, round_trips
from lambdaplanner.analysis.service_gateways import (
    without_dns,
    without_resolver,
)
from lambdaplanner.analysis.services import ServiceWay
from lambdaplanner.analysis.stations import (
    service_goal,
)
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
        for problem in ends.at_goal(ask, start, goal) if not goal.addresses else ():
            start = start.blocked(problem)
        return ended(start, _into(goal))
    if ask.version == 6 and isinstance(goal, Outside) and goal.service is not None:
        start = start.assuming(f"{goal.text} answers over IPv6")
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
    goal = service_goal(endpoint.service_name, ask.version)
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
