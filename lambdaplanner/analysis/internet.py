"""The way to the internet: of a function, and of a subnet, which makes it public or private
(aws.md 3.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from lambdaplanner.analysis.forwarding import HANDLERS
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.packets import Packet, Station, Trip
from lambdaplanner.analysis.ranges import INTERNET
from lambdaplanner.analysis.replies import Leaf, round_trips
from lambdaplanner.analysis.routes import Winners
from lambdaplanner.analysis.stations import THE_INTERNET
from lambdaplanner.analysis.travel import Journey, depart
from lambdaplanner.analysis.walk import Walk
from lambdaplanner.errors import QuestionError
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.nearness import suggestion

Tier = Literal["public", "private", "private-broken", "isolated"]
"""public: a route to an internet gateway. private: a working way out for what has no public
address. private-broken: a default route that leads nowhere. isolated: no default route.
"""

_FILTER = "SUBNET_ACL_RESTRICTION"


def subnet_tier(network: Network, subnet_id: str) -> Tier:
    """What a subnet is by its routes alone, never by a flag or a filter. Raises QuestionError for
    an unknown subnet.
    """
    if subnet_id not in network.of(Subnet):
        near = suggestion(subnet_id, network.of(Subnet))
        raise QuestionError(f'there is no subnet "{subnet_id}"{near}')
    return network.readings.of(("tier", subnet_id), lambda: _tier(network, subnet_id))


def _tier(network: Network, subnet_id: str) -> Tier:
    if is_public(network, subnet_id):
        return "public"
    winners = network.table_of(subnet_id).winners(4, INTERNET[0][0])
    if not winners:
        return _by_ipv6(network, subnet_id)
    key = ("tier of", *likeness(network, subnet_id, winners))
    return network.readings.of(key, lambda: _private(network, subnet_id))


def _by_ipv6(network: Network, subnet_id: str) -> Tier:
    """What a subnet is that sends no IPv4 to the internet."""
    subnet = network.of(Subnet)[subnet_id]
    if next(topology.default_routes(network.things, subnet), None) is None:
        return "isolated"
    target = topology.way_out(network.things, subnet)
    there = target is not None and subnet.vpc in topology.vpcs_of(network.things, target)
    return "private" if there else "private-broken"


def _private(network: Network, subnet_id: str) -> Tier:
    met = (o for leaf in _probe(network, subnet_id) for o in leaf.obstacles)
    codes = {obstacle.code for obstacle in met if not obstacle.in_doubt}
    return "private-broken" if codes - {_FILTER} else "private"


def likeness(network: Network, subnet_id: str, winners: Winners) -> tuple[object, ...]:
    """What subnets have in common whose default routes (`winners`) fare alike but for filters: a
    thousand of them ask once.
    """
    subnet = network.of(Subnet)[subnet_id]
    targets = tuple(way.target for way in winners)
    nat = network.of(NatGateway).get(targets[0])
    own = nat is not None and nat.subnet == subnet_id
    place = subnet.az if nat is None else own
    if network.stands_apart(subnet_id):
        return (subnet_id, targets)
    return (subnet.vpc, targets, place)


def is_public(network: Network, subnet_id: str) -> bool:
    """Whether a subnet has a route to an internet gateway that is attached to its VPC."""
    network.read_table(subnet_id)
    return topology.is_public(network.things, network.of(Subnet)[subnet_id])


def _probe(network: Network, subnet_id: str) -> list[Leaf]:
    return round_trips(Journey(network, THE_INTERNET, HANDLERS), bare_trip(network, subnet_id))


def ways_out(network: Network, subnet_id: str) -> Iterator[Trip]:
    """Where the default route of a subnet leads, as far as it leads, there only."""
    journey = Journey(network, THE_INTERNET, HANDLERS, Walk(every_way=True))
    return depart(journey, bare_trip(network, subnet_id))


def bare_trip(network: Network, subnet_id: str) -> Trip:
    """To the internet, by an interface without a public address and without groups."""
    vpc = network.of(Subnet)[subnet_id].vpc
    addresses = network.free_addresses(subnet_id)
    where = str(network.subnet_block(subnet_id))
    station = Station(f"hosts in {subnet_id}", Subnet.kind, vpc, subnet_id, addresses, where)
    packet = Packet(4, addresses, INTERNET, "tcp", ((443, 443),))
    return Trip(packet, station, vpc, subnet_id)
