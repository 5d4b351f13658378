"""What lies beyond AWS: virtual private gateways, and the networks behind them and behind
attachments of transit gateways (aws.md 3.7).

Nobody knows what such a network does with a packet: it is taken to answer, and the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.doubt_obstacles import not_known
from lambdaplanner.analysis.doubts import Doubt
from lambdaplanner.analysis.hops import Hop
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.obstacles import block
from lambdaplanner.analysis.packets import Outside, Station, Trip
from lambdaplanner.analysis.ranges import Ranges, block_range, joined, meet_all, minus_all
from lambdaplanner.analysis.refused import of_gateway
from lambdaplanner.analysis.travel import Journey, Step, leave
from lambdaplanner.kinds.external_network import ExternalNetwork
from lambdaplanner.kinds.virtual_private_gateway import VirtualPrivateGateway
from lambdaplanner.model import cidr


def blocks_of_network(network: ExternalNetwork, version: int) -> Ranges:
    """The addresses of an external network, of one IP version."""
    blocks = (cidr.block(text) for text in network.cidrs)
    return joined([block_range(one) for one in blocks if one.version == version])


def through_virtual_private_gateway(journey: Journey, trip: Trip, step: Step) -> Iterator[Trip]:
    """Out to the networks behind it, for what has an address of its own VPC; there is no way by it
    for anybody else's packets.
    """
    network = journey.network
    gateway = network.of(VirtualPrivateGateway)[step.way.target]
    if gateway.vpc != trip.vpc:
        yield trip.blocked(block(trip, step.table, "target-not-here", route=step.way.detail))
        return
    hop = Hop(id=gateway.id, kind=gateway.kind)
    met = trip.met(hop)
    for problem in of_gateway(network, trip, gateway.id):
        met = met.blocked(problem)
    version = trip.packet.version
    own = joined([block_range(one) for one in network.blocks(gateway.vpc, version)])
    if trip.brought or minus_all(trip.packet.source, own):
        yield met.blocked(block(trip, gateway.id, "edge-to-edge", home=gateway.vpc))
        return
    if gateway.networks is None:
        doubt = Doubt(gateway.id, "networks", "nobody told what is behind it")
        yield met.strayed(not_known(trip, doubt))
        return
    if version == 6:
        met = met.assuming(over_direct_connect(gateway.id))
    left = trip.packet.target
    for name in gateway.networks:
        behind = blocks_of_network(network.of(ExternalNetwork)[name], version)
        inside = meet_all(trip.packet.target, behind)
        left = minus_all(left, behind)
        if inside:
            part = met.but(packet=met.packet._replace(target=inside))
            yield from into_network(journey, part, name, hop)
    if left:
        part = met.but(packet=met.packet._replace(target=left))
        yield part.blocked(block(trip, gateway.id, "no-prefix", journey.goal))


def over_direct_connect(gateway: str) -> str:
    """What is taken for granted where IPv6 goes by a virtual private gateway (aws.md 3.7)."""
    return f"{gateway} is joined by Direct Connect, since a VPN there carries no IPv6"


def into_network(journey: Journey, trip: Trip, name: str, door: Hop) -> Iterator[Trip]:
    """The packet gets to an external network by a gateway of the plan."""
    goal = journey.goal
    assumed = trip.assuming(f"{name} answers").but(beyond=name)
    if isinstance(goal, Station):
        if goal.id == name:
            yield assumed.met(*goal.arrival).but(arrived=True)
        else:
            yield trip.blocked(block(trip, name, "network-of-another", goal))
    elif name in goal.networks:
        yield from leave(journey, assumed, door)
    elif goal.public and goal.service is None and not goal.networks:
        onward = trip.assuming(f"{name} carries it on to {goal.text}").but(beyond=name)
        yield from leave(journey, onward, door)
    else:
        yield trip.blocked(block(trip, name, "network-of-another", goal))


def network_station(network: Network, name: str, addresses: Ranges) -> Station:
    """An external network as who sends, and gets replies."""
    record = network.of(ExternalNetwork)[name]
    hop = Hop(id=name, kind=ExternalNetwork.kind)
    return Station(name, ExternalNetwork.kind, "", None, addresses, record.cidrs[0], arrival=(hop,))


def network_goal(network: Network, text: str, addresses: Ranges, names: tuple[str, ...]) -> Outside:
    """An external network, or an address of one, as where packets are bound."""
    hops = tuple(Hop(id=name, kind=ExternalNetwork.kind) for name in names[:1])
    where = network.of(ExternalNetwork)[text].cidrs[0] if text in names else ""
    return Outside(text, addresses, hops, public=False, networks=frozenset(names), where=where)
