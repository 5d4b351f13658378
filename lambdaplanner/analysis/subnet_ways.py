"""Ways between two subnets and back, walked once for all pairs of things that stand there."""

from __future__ import annotations

from typing import NamedTuple

from lambdaplanner.analysis.asking import Ask
from lambdaplanner.analysis.hops import Hop
from lambdaplanner.analysis.packets import Station, Trip
from lambdaplanner.analysis.replies import answered
from lambdaplanner.analysis.travel import depart
from lambdaplanner.kinds.network_acl import NetworkAcl

_ACL_CODE = "SUBNET_ACL_RESTRICTION"


class RoundTrip(NamedTuple):
    """A way between two subnets and back, groups left aside."""

    not_blocked: bool
    whole: bool
    there: Trip
    unsure: bool = False
    """Whether nobody knows how it ends, or something was taken for granted on it."""


def sent_by(way: RoundTrip, start: Trip) -> Trip:
    """The trip that walked a way, as this sender's; a group looks at its groups and at the port."""
    trip, packet = way.there, way.there.packet._replace(ports=start.packet.ports)
    if not trip.clients:
        return trip.but(packet=packet, sender=start.sender, whole=True)
    first = trip.clients[0]._replace(station=start.sender)
    return trip.but(packet=packet, clients=(first, *trip.clients[1:]), whole=True)


def round_trips_between(ask: Ask, station: Station, goal: Station) -> list[RoundTrip]:
    readings = ask.network.readings
    ends_alike = (
        "way",
        (station.subnet, station.addresses, station.ephemeral, station.public),
        (goal.subnet, goal.addresses),
        ask.protocol,
    )
    port = ask.port if ask.network.of(NetworkAcl) else None
    for key in ((*ends_alike, "any port"), (*ends_alike, port)):
        found = readings.recall(key)
        if found is not None:
            known: list[RoundTrip] = found.value
            return known
    result = readings.recorded(lambda: _walked(ask, station, goal))
    ways: list[RoundTrip] = result.value[0]
    filtered = result.value[1]
    readings.keep((*ends_alike, port if filtered else "any port"), result._replace(value=ways))
    return ways


def _walked(ask: Ask, station: Station, goal: Station) -> tuple[list[RoundTrip], bool]:
    """The ways, and whether an ACL was met on one, so that another port may fare otherwise."""
    bare = station._replace(id=f"hosts in {station.subnet}", groups=(), arrival=())
    open_goal = goal._replace(groups=None, arrival=())
    journey = ask.towards(open_goal)
    start = Trip(ask.packet(bare, open_goal), bare, station.vpc, station.subnet)
    ways: list[RoundTrip] = []
    filtered = False
    for there in depart(journey, start):
        leaves = list(answered(journey, there)) if there.arrived else []
        told = [leaf for leaf in leaves if not leaf.merged]
        filtered = filtered or _met_acl(there.hops) or any(_met_acl(f.return_hops) for f in leaves)
        stops = [*there.obstacles, *(o for leaf in leaves for o in leaf.obstacles)]
        filtered = filtered or any(o.code == _ACL_CODE for o in stops)
        ways += [RoundTrip(f.not_blocked, f.whole, there, not f.certain) for f in told]
        if not leaves and not there.merged:
            ways.append(RoundTrip(False, False, there, there.unsure))
    return ways, filtered


def _met_acl(hops: tuple[Hop, ...]) -> bool:
    return any(hop.kind == NetworkAcl.kind for hop in hops)
