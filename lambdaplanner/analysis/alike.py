"""Subnets in which a packet fares the same, so that one of them is followed for all.

Where a transit gateway has no attachment in a packet's zone, AWS does not say which subnet of the
attachment it takes, and all of them have to be tried. Most differ in nothing: neither in their
route table nor in what their zone leads to.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cached_property
from typing import NamedTuple

from lambdaplanner.analysis.filters import judge_acl
from lambdaplanner.analysis.kinship import Kin, kin_by_contents, plain
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.packets import Goal, Outside, Packet, Station, Trip
from lambdaplanner.analysis.ranges import INTERNET, meet
from lambdaplanner.analysis.refused import place_refused
from lambdaplanner.analysis.travel import Journey
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.transit_gateway import TransitGateway


class Choice(NamedTuple):
    """A subnet out of which a packet may come."""

    subnet: str
    like: str
    """The first subnet from which any packet takes the same way as from this one, though by another
    route table: `fares` without a look at the packet.
    """


def unlike(
    network: Network, subnets: tuple[str, ...], packet: Packet, goal: Goal
) -> tuple[Choice, ...]:
    """Of these subnets of one VPC the first of each sort; where the packet may end is a sort of
    its own.
    """
    if len(subnets) < 2:
        return tuple(Choice(name, name) for name in subnets)
    key = ("unlike", subnets, _ends_in(network, subnets, packet, goal))
    return network.readings.of(key, lambda: _first_of_each(network, subnets, key[2]))


def _first_of_each(
    network: Network, subnets: tuple[str, ...], ends: frozenset[str]
) -> tuple[Choice, ...]:
    found: dict[Hashable, Choice] = {}
    likes: dict[Hashable, str] = {}
    for name in subnets:
        sort = name if name in ends else _sort(network, name)
        if sort not in found:
            like = name if sort == name else _by_any_table(network, name, sort)
            found[sort] = Choice(name, likes.setdefault(like, name))
    return tuple(found.values())


def _by_any_table(network: Network, subnet: str, sort: Hashable) -> Hashable:
    """A sort without the name of its route table."""
    table = network.table_of(subnet)
    if table.services or table.listed:  # which lead somewhere without a block
        return subnet
    assert isinstance(sort, tuple)
    return table.ways, sort[1:]


def _ends_in(
    network: Network, subnets: tuple[str, ...], packet: Packet, goal: Goal
) -> frozenset[str]:
    if isinstance(goal, Station):
        return frozenset((goal.subnet,)) if goal.subnet in subnets else frozenset()
    if goal.addresses == INTERNET:
        return frozenset()
    blocks = {name: network.subnet_block(name, packet.version) for name in subnets}
    return frozenset(
        name
        for name, block in blocks.items()
        if block is not None and meet(packet.target, (block.first, block.last))
    )


class Followed:
    """The subnets out of which a packet met nothing that would be told otherwise of others."""

    def __init__(self, journey: Journey, trip: Trip) -> None:
        self._journey = journey
        self._trip = trip
        self._subnets: list[str] = []
        self._likes: set[str] = set()
        self._numbers: set[int] = set()

    def note(self, subnet: str, like: str) -> None:
        """One more."""
        self._subnets.append(subnet)
        self._likes.add(like)
        if self._kin is not None:
            self._numbers.add(self._kin[subnet])

    def stands_for(self, subnet: str, like: str) -> bool:
        """Whether a packet fares in this subnet as it did in one of them."""
        if not self._subnets:
            return False
        if like in self._likes or (self._kin is not None and self._kin[subnet] in self._numbers):
            return True
        packet = self._trip.packet
        return _fares_as(self._journey.network, subnet, self._subnets, packet, self._journey.goal)

    @cached_property
    def _kin(self) -> Kin | None:
        journey = self._journey
        told_apart = journey.walk.every_way
        if told_apart or not _kin_fare_alike(journey.network, self._trip, journey.goal):
            return None
        return kin_by_contents(journey.network)


def _kin_fare_alike(network: Network, trip: Trip, goal: Goal) -> bool:
    """Whether it is plain how what comes of a trip ends, there and back."""
    if trip.packet.version != 4:
        return False
    if isinstance(goal, Outside) and (goal.addresses != INTERNET or goal.service is not None):
        return False
    senders = (trip.sender, *(client.station for client in trip.clients))
    ends = senders if isinstance(goal, Outside) else (goal, *senders)
    return all(end.subnet is None or plain(network, end.vpc) for end in ends)


def _fares_as(network: Network, subnet: str, others: list[str], packet: Packet, goal: Goal) -> bool:
    """Whether a packet fares in a subnet as it does in one of the others."""
    if not others:
        return False
    mine = fares(network, subnet, packet, goal)
    return any(fares(network, other, packet, goal) == mine for other in others)


def fares(network: Network, subnet: str, packet: Packet, goal: Goal) -> Hashable:
    """What a subnet has in common with those in which this very packet takes the same way, whatever
    tables and ACLs are passed: only what stands in the way may be named otherwise.
    """
    service = goal.service if isinstance(goal, Outside) else None
    bound = goal.subnet if isinstance(goal, Station) else None
    key = ("fares", subnet, packet, service, bound, goal.addresses)
    return network.readings.of(key, lambda: _fares(network, subnet, packet, goal))


def _fares(network: Network, subnet: str, packet: Packet, goal: Goal) -> Hashable:
    table = network.table_of(subnet)
    own = (
        (isinstance(goal, Outside) and goal.service is not None)
        or _ends_in(network, (subnet,), packet, goal)
        or network.refusals.takes(subnet, table.id)
        or network.refusals.takes(subnet)
        or network.stands_apart(subnet)
        or any(nat.subnet == subnet for nat in network.all_nat_gateways())
        or not _passes(network, subnet, packet, outward=True)
    )
    if own:
        return subnet
    record = network.of(Subnet)[subnet]
    pieces = tuple(table.pieces(packet.version, packet.target))
    targets = sorted({way.target for _, winners in pieces for way in winners})
    return (
        pieces,
        table.listed,
        tuple(_zonal(network, record, target, packet) for target in targets),
    )


def _passes(network: Network, subnet: str, packet: Packet, *, outward: bool) -> bool:
    """Whether the ACL of a subnet lets all of a packet through."""
    acl = network.acl_of(subnet)
    if acl is None:
        return True
    if network.refusals.takes(subnet, acl.id):
        return False
    rules, far = (acl.outbound, packet.target) if outward else (acl.inbound, packet.source)
    return not judge_acl(rules, packet.version, packet.protocol, far, packet.ports).denied


def _sort(network: Network, subnet: str) -> Hashable:
    """What a subnet has in common with those in which a packet passing through fares the same, and
    for which every obstacle reads the same. One with an ACL, or with a NAT gateway in it, is named
    by obstacles.
    """
    table = network.table_of(subnet)
    if (
        network.acl_of(subnet) is not None
        or network.refusals.takes(subnet, table.id)
        or network.refusals.takes(subnet)
        or network.stands_apart(subnet)
        or any(nat.subnet == subnet for nat in network.all_nat_gateways())
    ):
        return subnet
    record = network.of(Subnet)[subnet]
    targets = {way.target for way in table.ways}
    zonal = tuple(_zonal(network, record, target) for target in sorted(targets))
    return table.id, zonal


def _zonal(network: Network, subnet: Subnet, target: str, packet: Packet | None = None) -> Hashable:
    """What the zone of a subnet changes for what is routed to a target: for any packet, or for
    this one.
    """
    nat = network.of(NatGateway).get(target)
    if nat is not None:
        return subnet.az if nat.regional else None
    gateway = network.of(TransitGateway).get(target)
    if gateway is None:
        return None
    places = network.of(Subnet)
    found: list[Hashable] = []
    for attachment in gateway.attachments:
        here = tuple(name for name in attachment.subnets if places[name].az == subnet.az)
        own = attachment.vpc == subnet.vpc
        if own and not here:
            return subnet.id  # an obstacle names it
        plain = own and all(
            _unguarded(network, name, packet, alone=len(here) == 1)
            and not place_refused(network, gateway.id, attachment.vpc, name)
            for name in here
        )
        found.append(None if plain else here)
    return tuple(found)


def _unguarded(network: Network, subnet: str, packet: Packet | None, *, alone: bool) -> bool:
    """Whether the ACL of an attachment's subnet changes nothing."""
    if network.acl_of(subnet) is None:
        return True
    return packet is not None and alone and _passes(network, subnet, packet, outward=False)
