"""Paths that begin in an external network: by every gateway of the plan that joins it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambdaplanner.analysis import end_obstacles as ends
from lambdaplanner.analysis.answers import PathAnswer
from lambdaplanner.analysis.asking import Ask
from lambdaplanner.analysis.beyond import (
    blocks_of_network,
    network_station,
    over_direct_connect,
)
from lambdaplanner.analysis.doubt_obstacles import not_known
from lambdaplanner.analysis.doubts import Doubt
from lambdaplanner.analysis.ends import End
from lambdaplanner.analysis.entering import enter
from lambdaplanner.analysis.hops import Hop
from lambdaplanner.analysis.obstacles import block
from lambdaplanner.analysis.packets import Goal, Station, Trip
from lambdaplanner.analysis.paths import ended, summed, with_problems
from lambdaplanner.analysis.ranges import Ranges
from lambdaplanner.analysis.refused import of_gateway
from lambdaplanner.analysis.replies import Leaf, ways_home
from lambdaplanner.analysis.transit import from_network
from lambdaplanner.kinds.external_network import ExternalNetwork
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.virtual_private_gateway import VirtualPrivateGateway


def addresses_of(ask: Ask, end: End, name: str) -> Ranges:
    """The addresses of an external network that a question is about."""
    if end.address is not None:
        return ((end.address.value, end.address.value),)
    return blocks_of_network(ask.network.of(ExternalNetwork)[name], ask.version)


def from_networks(ask: Ask, end: End, goals: Sequence[Goal]) -> Iterator[PathAnswer]:
    """From each of the networks to each of the goals."""
    for name in end.networks:
        sender = network_station(ask.network, name, addresses_of(ask, end, name))
        for goal in goals:
            yield _path(ask, sender, goal)


def _path(ask: Ask, sender: Station, goal: Goal) -> PathAnswer:
    start = Trip(ask.packet(sender, goal), sender, "", None, hops=sender.arrival)
    into = goal.subnet if isinstance(goal, Station) else None
    if not sender.addresses or not goal.addresses:
        problem = block(start, sender.id, "network-lacks-version", version=ask.version)
        return ended(start.blocked(problem), into)
    fresh = start.but(hops=()).assuming(f"{sender.id} sends it into AWS")
    doors = [leaves for leaves in _doors(ask, fresh, goal) if leaves]
    if not doors:
        return ended(start.blocked(block(start, sender.id, "network-not-joined", goal)), into)
    leading = [leaves for leaves in doors if any(leaf.not_blocked for leaf in leaves)]
    leaves = [leaf for found in leading or doors for leaf in found]
    return summed(start, with_problems(leaves, ends.at_goal(ask, start, goal)), into)


def _doors(ask: Ask, trip: Trip, goal: Goal) -> Iterator[list[Leaf]]:
    """The ways by each gateway that the network may send by, which tells it of its own VPC alone,
    or of what its transit gateway knows.
    """
    network, journey, name = ask.network, ask.towards(goal), trip.sender.id
    for gateway in network.of(VirtualPrivateGateway).values():
        if not isinstance(goal, Station) or goal.vpc != gateway.vpc:
            continue
        door = trip.met(Hop(id=gateway.id, kind=gateway.kind)).but(vpc=goal.vpc)
        for problem in of_gateway(network, trip, gateway.id):
            door = door.blocked(problem)
        if gateway.networks is None:
            doubt = Doubt(gateway.id, "networks", "nobody told what is behind it")
            yield ways_home(journey, [door.strayed(not_known(door, doubt))])
        elif name in gateway.networks:
            if ask.version == 6:
                door = door.assuming(over_direct_connect(gateway.id))
            yield ways_home(journey, enter(journey, door, gateway.id))
    for hub in network.of(TransitGateway).values():
        if hub.attachment(name) is not None:
            yield ways_home(journey, from_network(journey, trip, hub.id, name))
