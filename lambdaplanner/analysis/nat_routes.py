"""Which NAT gateways the subnets of a plan send packets through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lambdaplanner.analysis.internet import likeness, ways_out
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.packets import Trip
from lambdaplanner.analysis.ranges import INTERNET
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.subnet import Subnet


class Use(NamedTuple):
    """A gateway, and the zone whose addresses of it carry the packets."""

    gateway: str
    zone: str


def gateways_used(network: Network, subnet_id: str) -> tuple[Use, ...]:
    """The NAT gateways that packets from a subnet go through, each once.

    By the default IPv4 route as far as it leads, over transit gateways and through a second NAT
    gateway too; and every gateway of its own VPC to which a narrower route leads. Filters are left
    aside: ports are planned for what the plan means to send, and a filter is mended sooner than a
    gateway. What is lost before a gateway, or refused by it, does not use it: a blackhole, a zone
    without an attachment, a gateway that stands in the very subnet. What is lost behind it does.
    """
    return network.readings.of(("nat gateways", subnet_id), lambda: _used(network, subnet_id))


def _used(network: Network, subnet_id: str) -> tuple[Use, ...]:
    return tuple(dict.fromkeys((*_by_default(network, subnet_id), *_directly(network, subnet_id))))


def _by_default(network: Network, subnet_id: str) -> tuple[Use, ...]:
    winners = network.table_of(subnet_id).winners(4, INTERNET[0][0])
    if not winners:
        return ()
    zone = network.of(Subnet)[subnet_id].az
    key = ("nat gateways of", zone, *likeness(network, subnet_id, winners))
    return network.readings.of(key, lambda: tuple(_walked(network, subnet_id)))


def _walked(network: Network, subnet_id: str) -> Iterator[Use]:
    for trip in ways_out(network, subnet_id):
        senders = (*(client.station for client in trip.clients), trip.sender)
        for station in senders:
            if station.kind == NatGateway.kind:
                yield Use(station.id, _zone(network, station.subnet or _left(trip)))


def _left(trip: Trip) -> str:
    """The subnet from which packets went into a regional gateway: the last one they left."""
    return trip.seen[-1][1] or ""


def _directly(network: Network, subnet_id: str) -> Iterator[Use]:
    """Gateways that routes of the subnet's own table name, whatever their destination."""
    subnet = network.of(Subnet)[subnet_id]
    table = network.table_of(subnet_id)
    gateways = network.of(NatGateway)
    for way in table.ways:
        nat = gateways.get(way.target)
        if nat is None or way.block.version != 4 or nat.subnet == subnet_id:
            continue
        if network.home_of(nat) == subnet.vpc and way in table.winners(4, way.block.first):
            yield Use(nat.id, _zone(network, nat.subnet or subnet_id))


def _zone(network: Network, subnet_id: str) -> str:
    return network.of(Subnet)[subnet_id].az
