"""Nothing gets through what AWS refuses to build: the rows of the one list as obstacles, at the
thing that a path needs (`refused_things`).
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.packets import Obstacle, Station, Stop, Trip
from lambdaplanner.analysis.refusal import IPV6, ROOM, ROOM_FOR_LAMBDA, Part, Refusal
from lambdaplanner.kinds.function import Function


def of_interface(network: Network, trip: Trip, station: Station) -> Iterator[Obstacle]:
    """Why AWS would not make an interface of one of the two ends."""
    stop = Stop(trip, trip.goal, station=station)
    name, subnet = station.id, station.subnet or ""
    parts: list[Part] = [(station.vpc,), (subnet,), (subnet, ROOM), (name,), (name, subnet)]
    record = network.resources.get(station.id)
    provider = record.capacity_provider if isinstance(record, Function) else None
    if provider is not None:
        parts += [(provider,), (provider, subnet)]
    elif station.kind == Function.kind:
        parts.append((subnet, ROOM_FOR_LAMBDA))
    if trip.packet.version == 6:
        parts.append((subnet, IPV6))
    for refusal in network.refusals.against(*parts):
        yield obstacle(trip, refusal, subnet_or(refusal, subnet, station.interface), stop)
    if station.groups:  # strangers alone do not apply, and its groups say so
        yield from _strange_groups(network, trip, provider or station.id, stop)


def subnet_or(refusal: Refusal, subnet: str, interface: str) -> str:
    """The part of an interface that a refusal without a place of its own takes away."""
    return subnet if any(part[0] == subnet for part in refusal.takes) else interface


def _strange_groups(network: Network, trip: Trip, owner: str, stop: Stop) -> Iterator[Obstacle]:
    record = network.resources.get(owner)
    for group in getattr(record, "security_groups", ()):
        for refusal in network.refusals.against((owner, group)):
            yield obstacle(trip, refusal, group, stop)


def of_gateway(network: Network, trip: Trip, gateway: str) -> Iterator[Obstacle]:
    """Why AWS would not make a gateway, a peering or an endpoint that a route leads to."""
    for refusal in network.refusals.against((gateway,)):
        yield obstacle(trip, refusal, gateway)


def place_refused(network: Network, owner: str, vpc: str, subnet: str) -> bool:
    """Whether AWS would not give a gateway an interface in a subnet."""
    return bool(network.refusals.against(*_place(owner, vpc, subnet)))


def _place(owner: str, vpc: str, subnet: str) -> tuple[Part, ...]:
    return ((vpc,), (subnet,), (subnet, ROOM), (owner,), (owner, subnet), (owner, vpc))


def of_place(network: Network, trip: Trip, owner: str, vpc: str, subnet: str) -> Iterator[Obstacle]:
    """Why AWS would not give a gateway an interface in a subnet."""
    for refusal in network.refusals.against(*_place(owner, vpc, subnet)):
        yield obstacle(trip, refusal, subnet)


def of_association(network: Network, trip: Trip, subnet: str, name: str) -> Iterator[Obstacle]:
    """Why a subnet would not get the route table or the network ACL that it names."""
    for refusal in network.refusals.against((subnet, name)):
        yield obstacle(trip, refusal, name, Stop(trip, trip.goal, border=subnet))


def obstacle(trip: Trip, refusal: Refusal, part: str, stop: Stop | None = None) -> Obstacle:
    """A row as what stands in the way of a trip; `part` is the thing met, where the row names no
    place.
    """
    told = (stop or Stop(trip, trip.goal))._replace(refusal=refusal)
    return Obstacle(
        at=refusal.at or part,
        code=refusal.code,
        direction=trip.direction,
        message=refusal.message,
        fix=refusal.fix,
        stop=told,
    )
