"""The way back: replies go to whoever sent, through every translation in turn, past stateless
filters (aws.md 3.5, 4.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from lambdaplanner.analysis.entering import enter
from lambdaplanner.analysis.hops import Hop, Translation, turned
from lambdaplanner.analysis.obstacles import block, regional_nat_stranded
from lambdaplanner.analysis.packets import Client, Goal, Obstacle, Outside, Packet, Station, Trip
from lambdaplanner.analysis.ranges import ALL_PORTS, everywhere
from lambdaplanner.analysis.transit import from_network
from lambdaplanner.analysis.travel import Journey, arrive, beyond, depart
from lambdaplanner.analysis.walk import hidden, state_of
from lambdaplanner.kinds.transit_gateway import TransitGateway


class Leaf(NamedTuple):
    """One way there and back, for the addresses that take it."""

    hops: tuple[Hop, ...]
    return_hops: tuple[Hop, ...]
    obstacles: tuple[Obstacle, ...]
    not_blocked: bool
    whole: bool
    delivered_subnet: str | None = None
    merged: bool = False
    """Whether another one says how it ends; this one only what stood against it until there."""
    refuted: bool = False
    """Whether something stops it for sure; what is blocked and not refuted, nobody knows."""
    assumes: tuple[str, ...] = ()
    """What was taken for granted."""

    @property
    def unsure(self) -> bool:
        """Whether nobody knows how it ends."""
        return not (self.not_blocked or self.refuted)

    @property
    def certain(self) -> bool:
        """Whether everybody knows how it ends, with nothing taken for granted."""
        return not (self.unsure or self.assumes)


def round_trips(journey: Journey, start: Trip) -> list[Leaf]:
    """Every way from a sender to the goal and back, the sender's own filters passed before."""
    return ways_home(journey, depart(journey, start))


def ways_home(journey: Journey, sent: Iterable[Trip]) -> list[Leaf]:
    """The same for packets that were sent otherwise than out of a subnet."""
    judged = (there for out in sent for there in _judged_on(journey, out))
    return [leaf for there in judged for leaf in answered(journey, there)]


def answered(journey: Journey, there: Trip) -> Iterator[Leaf]:
    """What has arrived, and its replies."""
    known = there.arrived and journey.walk.knows(state_of(there, journey.goal))
    if known or there.astray or not there.arrived:
        merged = known or there.merged
        met = _told(there, not_blocked=False)
        sure = is_refuted(there, not_blocked=False)
        yield Leaf(there.hops, (), met, False, there.whole, there.delivered_subnet, merged, sure)
        return
    clients = (*there.clients, Client(there.sender, there.packet.source, there.passed))
    start = there.but(direction="return", hops=(), seen=(), arrived=False, passed=())
    for back in _back(journey, start, journey.goal, clients):
        not_blocked = back.not_blocked and back.arrived
        met = _told(back, not_blocked=not_blocked)
        if back.obstacles != there.obstacles or not (not_blocked or back.merged):
            journey.walk.troubles += 1
        yield leaf_of(there, back, met)


def leaf_of(there: Trip, back: Trip, met: tuple[Obstacle, ...]) -> Leaf:
    """A way there with one way of its replies, and what stood against both."""
    not_blocked = back.not_blocked and back.arrived
    return Leaf(
        there.hops,
        back.hops,
        met,
        not_blocked,
        back.whole,
        merged=back.merged,
        refuted=is_refuted(back, not_blocked=not_blocked),
        assumes=back.assumes,
    )


def is_refuted(trip: Trip, *, not_blocked: bool) -> bool:
    """Whether a trip was stopped for sure, and not only as far as anybody knows."""
    if not_blocked:
        return False
    return trip.refuted or not any(obstacle.in_doubt for obstacle in trip.obstacles)


def _told(trip: Trip, *, not_blocked: bool) -> tuple[Obstacle, ...]:
    """What stood against a trip; where it is lost, in what case that matters."""
    return trip.obstacles if not_blocked or trip.doubt is None else (trip.doubt, *trip.obstacles)


def _judged_on(journey: Journey, trip: Trip) -> Iterator[Trip]:
    """What was stopped on the way is taken to its goal all the same, so that obstacles further on
    are found.
    """
    goal = journey.goal
    if trip.merged or trip.arrived or trip.delivered_subnet is not None or _unknown(trip):
        yield trip
    elif trip.astray:
        yield from _wherever(journey, trip)
    elif isinstance(goal, Station):
        first = trip.clients[0] if trip.clients else Client(trip.sender, trip.packet.source)
        yield from arrive(
            journey,
            trip.but(
                packet=trip.packet._replace(source=first.addresses),
                sender=first.station,
                clients=(),
                relation="assumed",
                vpc=goal.vpc,
                subnet=None,
                not_blocked=False,
            ),
        )
    elif goal.networks:
        yield trip
    elif goal.public:
        yield trip.but(not_blocked=False, arrived=True)
    else:
        yield trip.blocked(block(trip, goal.text, "unknown-address", goal))


def _wherever(journey: Journey, trip: Trip) -> Iterator[Trip]:
    """What went a way that nobody knows: only what stops it at its goal whatever that way, and
    whatever address it gets there, is said for sure.
    """
    goal = journey.goal
    if not isinstance(goal, Station):
        yield trip
        return
    anywhere = everywhere(trip.packet.version)
    first = trip.clients[0].station if trip.clients else trip.sender
    packet = trip.packet._replace(source=anywhere, target=goal.addresses)
    bare = trip.but(packet=packet, sender=first, clients=(), relation="assumed", obstacles=())
    for there in arrive(journey, bare.but(vpc=goal.vpc, subnet=None)):
        sure = there.obstacles if there.refuted else ()
        yield trip.but(obstacles=(*trip.obstacles, *sure), refuted=there.refuted)


def _unknown(trip: Trip) -> bool:
    return any(obstacle.code == "UNKNOWN_DESTINATION" for obstacle in trip.obstacles)


def _back(journey: Journey, trip: Trip, at: Goal, clients: tuple[Client, ...]) -> Iterator[Trip]:
    """From `at` to the last of the clients, and on from there to those before it."""
    client, before = clients[-1], clients[:-1]
    station = client.station
    homeward = journey.towards(station)
    for back in _leg(homeward, _reply(trip, client), at):
        if back.merged or back.astray:
            yield back
            continue
        if not back.arrived:
            lost = back.but(not_blocked=False, vpc=station.vpc, subnet=None)
            arrived = list(arrive(homeward, lost))
        else:
            arrived = [by_the_same(back, client.passed, client.station)]
        for there in arrived:
            if before:
                told = _translated_back(there, station, before[-1].station)
                onward = told.but(packet=_onward(there.packet), seen=(), arrived=False, passed=())
                if journey.walk.knows((state_of(onward, station), hidden(before))):
                    yield onward.but(merged=True)
                else:
                    yield from _back(journey, onward, station, before)
            else:
                yield there


def by_the_same(back: Trip, passed: tuple[str, ...], goal: Goal) -> Trip:
    """The reply, stopped where it did not pass the appliances that the request passed."""
    differing = set(back.passed) ^ set(passed)
    if not differing:
        return back
    named = tuple(name for name in (*passed, *back.passed) if name in differing)
    said = " and ".join(named)
    return back.blocked(block(back, named[0], "reply-past-appliance", goal, named=said))


def _translated_back(trip: Trip, nat: Station, client: Station) -> Trip:
    """The trip, its last hop telling to whom the gateway sends the reply on."""
    if not trip.not_blocked:
        return trip
    *others, last = trip.hops
    change = Translation("target", nat.spoken, client.spoken)
    return trip.but(hops=(*others, replace(last, translation=change)))


def _reply(trip: Trip, client: Client) -> Trip:
    packet = trip.packet
    ports = ALL_PORTS if packet.protocol == "icmp" else client.station.ephemeral
    reply = packet._replace(source=packet.target, target=client.addresses, ports=(ports,))
    return trip.but(packet=reply)


def _onward(packet: Packet) -> Packet:
    """The far end's addresses as targets again: the next reply is made from them."""
    return packet._replace(target=packet.source)


def _leg(journey: Journey, trip: Trip, at: Goal) -> Iterator[Trip]:
    client = journey.goal
    assert isinstance(client, Station)
    if isinstance(at, Outside):
        gateway = () if trip.exit is None else (trip.exit.turned(),)
        started = trip.met(*turned(beyond(at, trip.exit)), *gateway)
        if trip.beyond and trip.exit is not None and trip.exit.kind == TransitGateway.kind:
            yield from from_network(journey, started, trip.exit.id, trip.beyond)
            return
        inside = started.but(vpc=client.vpc, subnet=None)
        yield from enter(journey, inside, trip.exit.id if trip.exit is not None else "")
        return
    started = trip.but(sender=at, vpc=at.vpc, subnet=at.subnet, brought=False)
    if at.kind != "nat-gateway":
        started = started.met(*turned(at.arrival))
    if at.subnet is not None:
        yield from depart(journey, started)
    elif client.vpc == at.vpc:
        yield from arrive(journey, started)
    else:
        yield started.blocked(regional_nat_stranded(started, at.id, at.vpc, client))
