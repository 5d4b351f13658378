"""Internet gateways on the way out, for IPv4 and for IPv6 (aws.md 5)."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.advice import free_endpoint
from lambdaplanner.analysis.hops import Hop, Translation
from lambdaplanner.analysis.obstacles import block
from lambdaplanner.analysis.packets import Obstacle, Outside, Trip
from lambdaplanner.analysis.public_access import outward_blocked
from lambdaplanner.analysis.ranges import RFC1918, RFC6598, meet_all
from lambdaplanner.analysis.refused import of_gateway
from lambdaplanner.analysis.travel import Journey, Step, leave
from lambdaplanner.kinds.egress_only_internet_gateway import EgressOnlyInternetGateway
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.internet_gateway import InternetGateway


def through_internet_gateway(journey: Journey, trip: Trip, step: Step) -> Iterator[Trip]:
    """One-to-one translation for what has a public address, and nothing for anybody else (aws.md
    5).
    """
    gateway = journey.network.of(InternetGateway)[step.way.target]
    if gateway.vpc != trip.vpc:
        yield trip.blocked(block(trip, step.table, "target-not-here", route=step.way.detail))
        return
    goal = journey.goal
    for problem in of_gateway(journey.network, trip, gateway.id):
        trip = trip.blocked(problem)
    if trip.direction == "return" and not isinstance(goal, Outside):
        yield trip.blocked(block(trip, step.table, "reply-astray", goal, route=step.way.detail))
        return
    known = _association(trip)
    translates = trip.sender.public and not trip.brought and trip.packet.version == 4
    change = Translation("source", trip.sender.spoken, f"the {known}") if translates else None
    hop = Hop(id=gateway.id, kind=gateway.kind, by=known, translation=change)
    yield from past_internet_gateway(journey, trip.met(hop), hop)


def past_internet_gateway(journey: Journey, trip: Trip, hop: Hop) -> Iterator[Trip]:
    """What the internet gateway does with a packet that stands before it."""
    goal = journey.goal
    for problem in outward_blocked(journey.network, trip, hop.id, by_nat=False):
        trip = trip.blocked(problem)
    private = _private_range(trip)
    if trip.packet.version == 6 and (trip.brought or not trip.sender.public):
        yield trip.blocked(block(trip, hop.id, "ipv6-at-igw"))
    elif private:
        yield trip.blocked(block(trip, hop.id, f"igw-rfc{private}", goal))
    elif not isinstance(goal, Outside):
        yield trip.blocked(block(trip, hop.id, "out-of-the-vpc", goal))
    elif not goal.public:
        yield trip.blocked(block(trip, goal.text, "unknown-address", goal))
    elif trip.sender.public and not trip.brought:
        yield from leave(journey, trip, hop)
    else:
        yield from leave(journey, trip.blocked(_unseen(journey, trip, hop.id)), hop)


def _unseen(journey: Journey, trip: Trip, gateway: str) -> Obstacle:
    if trip.sender.kind == "nat-gateway" and not trip.sender.public:
        return block(trip, trip.sender.id, "nat-private")
    sort = "igw-function"
    if trip.sender.kind != Function.kind:
        sort = "igw-brought" if trip.sender.public else "igw-private-sender"
    found = free_endpoint(journey.network, trip, journey.goal)
    return block(trip, gateway, sort, fix=found.sentence if found else "")


def _association(trip: Trip) -> str:
    if not trip.sender.public or trip.brought:
        return "no public address is associated with the source"
    kind = "elastic IP" if trip.sender.kind == "nat-gateway" else "public address"
    return f"{kind} of {trip.sender.id}"


def _private_range(trip: Trip) -> str:
    for number, blocks in (("1918", RFC1918), ("6598", RFC6598)):
        if trip.packet.version == 4 and meet_all(trip.packet.target, blocks):
            return number
    return ""


def through_egress_only_gateway(journey: Journey, trip: Trip, step: Step) -> Iterator[Trip]:
    """IPv6 out, and only replies in."""
    gateway = journey.network.of(EgressOnlyInternetGateway)[step.way.target]
    goal = journey.goal
    if gateway.vpc != trip.vpc or trip.packet.version != 6:
        yield trip.blocked(block(trip, step.table, "target-not-here", route=step.way.detail))
        return
    for problem in of_gateway(journey.network, trip, gateway.id):
        trip = trip.blocked(problem)
    for problem in outward_blocked(journey.network, trip, gateway.id, by_nat=True):
        trip = trip.blocked(problem)
    if trip.brought:
        yield trip.blocked(block(trip, gateway.id, "ipv6-brought", home=gateway.vpc))
    elif trip.direction == "return":
        yield trip.blocked(block(trip, step.table, "reply-astray", goal, route=step.way.detail))
    elif isinstance(goal, Outside) and goal.public:
        hop = Hop(id=gateway.id, kind=gateway.kind)
        yield from leave(journey, trip.met(hop), hop)
    else:
        yield trip.blocked(block(trip, gateway.id, "out-of-the-vpc", goal))
