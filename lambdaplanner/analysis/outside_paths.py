"""Paths that begin on the internet, or lead out to it and in again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lambdaplanner.analysis import end_obstacles as ends
from lambdaplanner.analysis.answers import RANK, PathAnswer
from lambdaplanner.analysis.asking import Ask
from lambdaplanner.analysis.ends import End
from lambdaplanner.analysis.entering import enter
from lambdaplanner.analysis.hops import Hop, turned
from lambdaplanner.analysis.managed import SERVICE_VPC
from lambdaplanner.analysis.packets import ANY_EPHEMERAL, Outside, Station, Trip
from lambdaplanner.analysis.paths import ended, summed, with_problems
from lambdaplanner.analysis.replies import Leaf, by_the_same, leaf_of
from lambdaplanner.analysis.stations import (
    INTERNET_HOP,
    THE_INTERNET,
    address_goal,
    host,
    internet_goal,
)
from lambdaplanner.analysis.travel import Journey, depart


def one_after(first: PathAnswer, then: PathAnswer) -> PathAnswer:
    """One path out of two, the second of which begins where the first ends."""
    known = {hop.id for hop in first.hops[-1:]}
    further = tuple(hop for hop in then.hops if hop.id not in known)
    return replace(
        first,
        into=then.into,
        verdict=min(first.verdict, then.verdict, key=lambda verdict: RANK[verdict]),
        hops=first.hops if first.verdict == "unreachable" else first.hops + further,
        return_hops=(*then.return_hops, *first.return_hops[1:]) if then.return_hops else (),
        obstacles=(*first.obstacles, *then.obstacles),
        assumes=tuple(dict.fromkeys((*first.assumes, *then.assumes))),
    )


def from_outside(ask: Ask, source_end: End, goal: Station) -> PathAnswer:
    """From the internet through the VPC's internet gateway to an interface."""
    head = head_of(source_end)
    sender = sender_of(ask, source_end)
    start = Trip(ask.packet(sender, goal), sender, goal.vpc, None, hops=head[:1])
    for problem in ends.at_outside(ask, start, source_end):
        start = start.blocked(problem)
    start = start.met(*head[1:], *ends.door(ask, goal))
    for problem in ends.at_door(ask, start, goal):
        start = start.blocked(problem)
    if not goal.addresses:
        for problem in ends.at_goal(ask, start, goal):
            start = start.blocked(problem)
        return ended(start, goal.subnet)
    fresh = start.but(hops=(), obstacles=(), not_blocked=True, refuted=False)
    back = Outside(sender.id, sender.addresses, turned(head))
    if ask.version == 6:
        back = back._replace(where=sender.where)
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
        yield leaf_of(there, back, back.obstacles)


def head_of(source_end: End) -> tuple[Hop, ...]:
    """What stands before a path that begins on the internet."""
    if source_end.function is not None:
        return (
            Hop(id=source_end.function.id, kind=source_end.function.kind),
            SERVICE_VPC,
            INTERNET_HOP,
        )
    return address_goal(source_end.address).arrival if source_end.address else (INTERNET_HOP,)


def sender_of(ask: Ask, source_end: End) -> Station:
    """Who it is that sends; an unattached function sends from an address that nobody knows
    before.
    """
    if source_end.function is not None:
        return host(source_end.function.id, THE_INTERNET, source_end.function.kind)
    anybody = internet_goal(ask.version)
    outside = address_goal(source_end.address) if source_end.address else anybody
    return host(outside.text, outside)
