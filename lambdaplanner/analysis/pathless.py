"""Paths between ends that no VPC joins: decided without a walk."""

from __future__ import annotations

from lambdaplanner.analysis import end_obstacles as ends
from lambdaplanner.analysis.answers import PathAnswer
from lambdaplanner.analysis.asking import Ask
from lambdaplanner.analysis.ends import End
from lambdaplanner.analysis.hops import Hop, turned
from lambdaplanner.analysis.managed import SERVICE_VPC
from lambdaplanner.analysis.obstacles import block
from lambdaplanner.analysis.outside_paths import head_of, sender_of
from lambdaplanner.analysis.packets import Goal, Obstacle, Outside, Station, Stop, Trip
from lambdaplanner.analysis.paths import ended
from lambdaplanner.analysis.stations import INTERNET_HOP, THE_INTERNET, host, service_goal
from lambdaplanner.kinds.function import Function


def outside_only(ask: Ask, source_end: End, goal: Outside) -> PathAnswer:
    """Between two ends that no VPC holds."""
    head = head_of(source_end)
    sender = sender_of(ask, source_end)
    start = Trip(ask.packet(sender, goal), sender, "", None, hops=head[:1])
    for problem in ends.at_outside(ask, start, source_end):
        start = start.blocked(problem)
    if source_end.function is not None and not goal.public:
        start = start.blocked(_not_attached(start, source_end.function.id, goal))
    if not goal.public:
        start = start.blocked(block(start, goal.text, "unknown-address", goal))
    met = start.met(*head[1:], *(hop for hop in goal.arrival if hop != INTERNET_HOP))
    return ended(met, None)


def _not_attached(trip: Trip, function: str, goal: Goal) -> Obstacle:
    """Default networking knows no private address."""
    return block(trip, function, "not-attached", goal, stop=Stop(trip, goal))


def not_attached(ask: Ask, function: str, goal: Station) -> PathAnswer:
    """From a function with default networking to a private address (aws.md 1.1)."""
    sender = host(function, THE_INTERNET, Function.kind)
    hop = Hop(id=function, kind=Function.kind)
    start = Trip(ask.packet(sender, goal), sender, "", None, hops=(hop, SERVICE_VPC))
    return ended(start.blocked(_not_attached(start, function, goal)), goal.subnet)


def invoked_only(
    ask: Ask, source_end: End, start: Station | None, function: str, into: str | None
) -> PathAnswer:
    """To a function: nothing opens connections to one, whatever routes and groups say (aws.md
    3.5).
    """
    sender = start or sender_of(ask, source_end)
    trip = Trip(ask.packet(sender, THE_INTERNET), sender, "", None)
    known = source_end.function is not None or source_end.on_the_internet
    head = head_of(source_end) if known else ()
    hops = turned(start.arrival) if start is not None else head
    return ended(trip.met(*hops).blocked(block(trip, function, "takes-no-inbound")), into)


def source_unknown(ask: Ask, text: str) -> PathAnswer:
    """From a private address that nothing holds."""
    sender = host(text, THE_INTERNET)
    trip = Trip(ask.packet(sender, THE_INTERNET), sender, "", None)
    return ended(trip.blocked(block(trip, text, "unknown-source")), None)


def no_endpoint(ask: Ask, source_end: End, target_end: End) -> PathAnswer:
    """From an external network to an AWS service of which the plan has no interface."""
    sender = host(source_end.text, THE_INTERNET)
    goal = service_goal(target_end.service or "", ask.version)
    trip = Trip(ask.packet(sender, goal), sender, "", None)
    return ended(trip.blocked(block(trip, source_end.text, "network-not-joined", goal)), None)
