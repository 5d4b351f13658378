"""Peerings on the way: one step into the other VPC (aws.md 3.4)."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.doubt_obstacles import not_known
from lambdaplanner.analysis.hops import Hop
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.obstacles import block
from lambdaplanner.analysis.packets import Trip
from lambdaplanner.analysis.ranges import Ranges, block_range, joined, meet_all, minus_all
from lambdaplanner.analysis.refused import of_gateway
from lambdaplanner.analysis.travel import Journey, Step, deliver
from lambdaplanner.analysis.untold_blocks import untold_block
from lambdaplanner.kinds.peering import Peering


def over_peering(journey: Journey, trip: Trip, step: Step) -> Iterator[Trip]:
    """Into the other VPC, and no further: neither transit nor the other's gateways (aws.md 3.4)."""
    network = journey.network
    peering = network.of(Peering)[step.way.target]
    if trip.vpc not in peering.vpcs:
        yield trip.blocked(block(trip, step.table, "target-not-here", route=step.way.detail))
        return
    peer = next(vpc for vpc in peering.vpcs if vpc != trip.vpc)
    met = trip.met(Hop(id=peering.id, kind=peering.kind, by=f"into {peer}"))
    for problem in of_gateway(network, trip, peering.id):
        met = met.blocked(problem)
    if not network.peering_works(peering):
        one, other = peering.vpcs[:2]
        met = met.blocked(block(trip, peering.id, "peering-fails", one=one, other=other))
    elif trip.brought or _from_elsewhere(network, trip):
        met = met.blocked(block(trip, peering.id, "peering-transit"))
    blocks = _addresses(network, peer, trip.packet.version)
    beyond = minus_all(trip.packet.target, blocks)
    inside = meet_all(trip.packet.target, blocks)
    if beyond:
        part = met.but(packet=met.packet._replace(target=beyond))
        doubt = untold_block(network, peer, part.packet)
        if doubt is not None:
            yield part.strayed(not_known(trip, doubt))
            return
        yield part.blocked(block(trip, peering.id, "peering-beyond", journey.goal, peer=peer))
    if inside:
        part = met.but(packet=met.packet._replace(target=inside), vpc=peer, subnet=None)
        kept = "peering" if network.of_one_region(trip.vpc, peer) else "region"
        relation = kept if trip.relation == "vpc" else trip.relation
        yield from deliver(journey, part.but(relation=relation), step.table)


def _from_elsewhere(network: Network, trip: Trip) -> bool:
    """Whether the packet has a source address outside of the VPC, as what a NAT gateway sends back
    from the internet has.
    """
    own = _addresses(network, trip.vpc, trip.packet.version)
    return bool(minus_all(trip.packet.source, own))


def _addresses(network: Network, vpc: str, version: int) -> Ranges:
    return joined([block_range(block) for block in network.blocks(vpc, version)])
