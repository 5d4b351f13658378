"""What stands against a path at its two ends: roles, protocols, addresses, the door of the VPC."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lambdaplanner.analysis.hops import Hop, Translation
from lambdaplanner.analysis.obstacles import block
from lambdaplanner.analysis.packets import Goal, Obstacle, Station, Stop, Trip
from lambdaplanner.analysis.public_access import inward_blocked
from lambdaplanner.analysis.ranges import meet_all
from lambdaplanner.analysis.refusal import PUBLIC
from lambdaplanner.analysis.refused import obstacle, of_gateway, of_interface
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.workload import Workload

if TYPE_CHECKING:
    from lambdaplanner.analysis.asking import Ask
    from lambdaplanner.analysis.ends import End


# at the source ------------------------------------------------------------------------------------


def at_source(ask: Ask, trip: Trip) -> Iterator[Obstacle]:
    """What keeps an interface from sending at all."""
    yield from of_interface(ask.network, trip, trip.sender)
    record = ask.network.resources.get(trip.sender.id)
    if isinstance(record, Function):
        untold = ask.network.doubts.of(record.id, "role_policies")
        if not record.may_create_interfaces and untold is None:
            yield block(trip, record.id, "role-lacks-right")
        yield from _protocol(trip, record.id)
        if ask.version == 6:
            yield from _function_ipv6(trip, record)
    elif isinstance(record, Workload) and not trip.sender.addresses:
        yield no_ipv6_address(trip, trip.sender)


def _protocol(trip: Trip, function: str) -> Iterator[Obstacle]:
    if trip.packet.protocol == "icmp":
        yield block(trip, function, "function-icmp")


def _function_ipv6(trip: Trip, function: Function) -> Iterator[Obstacle]:
    if function.managed:  # which IPv6 the instances of a provider have, AWS does not say
        yield no_ipv6_address(trip, trip.sender)
    elif not function.ipv6:
        yield block(trip, function.id, "function-ipv4-only")


def no_ipv6_address(trip: Trip, station: Station) -> Obstacle:
    """An interface that a plan gives IPv4 alone."""
    stop = Stop(trip, trip.goal, station=station)
    return block(trip, station.interface, "no-ipv6-address", stop=stop, station=station.id)


def at_outside(ask: Ask, trip: Trip, source_end: End) -> Iterator[Obstacle]:
    """What keeps a function with default networking from sending."""
    function = source_end.function
    if function is None:
        return
    yield from _protocol(trip, function.id)
    if ask.version == 6:
        yield block(trip, function.id, "unattached-ipv6")


# at the goal --------------------------------------------------------------------------------------


def at_goal(ask: Ask, trip: Trip, goal: Goal) -> Iterator[Obstacle]:
    """What keeps a goal from being reached, however good the way."""
    if not isinstance(goal, Station):
        return
    yield from of_interface(ask.network, trip, goal)
    if not goal.addresses:
        yield no_ipv6_address(trip, goal)
    record = ask.network.resources.get(goal.id)
    if isinstance(record, Endpoint) and trip.packet.protocol != "tcp":
        yield block(trip, record.id, "endpoint-tcp-only")


# at the door of the VPC ---------------------------------------------------------------------------


def door(ask: Ask, goal: Station) -> tuple[Hop, ...]:
    """The internet gateway by which the internet comes in, if the VPC has one."""
    gateways = ask.network.internet_gateways(goal.vpc)
    known = f"public address of {goal.id}"
    translated = goal.public and ask.version == 4
    change = Translation("target", f"the {known}", goal.spoken) if translated else None
    detail = known if goal.public else f"no {known}"
    return tuple(
        Hop(id=name, kind=InternetGateway.kind, by=detail, translation=change)
        for name in gateways[:1]
    )


def at_door(ask: Ask, trip: Trip, goal: Station) -> Iterator[Obstacle]:
    """What the internet gateway asks of a packet that comes in (aws.md 5)."""
    gateways = ask.network.internet_gateways(goal.vpc)
    at = gateways[0] if gateways else goal.interface
    if not gateways:
        yield block(trip, goal.vpc, "no-door", stop=Stop(trip, goal))
    if gateways:
        yield from of_gateway(ask.network, trip, at)
        yield from inward_blocked(ask.network, trip, at, goal.vpc, goal.subnet)
    never = ask.network.refusals.against((goal.id, PUBLIC))
    for refusal in never:
        yield obstacle(trip, refusal, goal.id, Stop(trip, goal, station=goal))
    if not goal.public and not never and goal.addresses:
        yield block(trip, at, "meant-by-private-address", goal, stop=Stop(trip, goal))
    if meet_all(trip.packet.source, ask.network.whole_vpc(goal.vpc, ask.version)):
        yield block(trip, at, "spoofed", home=goal.vpc)
