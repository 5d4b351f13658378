"""VPC Block Public Access: what of the internet's traffic an account shuts off, whatever its routes
(aws.md 5).
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.obstacles import block
from lambdaplanner.analysis.packets import Obstacle, Trip
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc


def outward_blocked(network: Network, trip: Trip, gateway: str, *, by_nat: bool) -> list[Obstacle]:
    """What stops a request on its way out; replies go as the request came."""
    if trip.direction == "return":
        return []
    mode, exclusion = _said(network, trip.vpc, trip.subnet)
    if mode == "off" or exclusion is not None:
        return []
    if mode == "ingress" and (by_nat or trip.sender.kind == NatGateway.kind):
        return []
    return list(_blocked(trip, gateway, trip.vpc, mode))


def inward_blocked(
    network: Network, trip: Trip, gateway: str, vpc: str, subnet: str | None
) -> list[Obstacle]:
    """What stops a request of the internet at the door of a VPC."""
    mode, exclusion = _said(network, vpc, subnet)
    if mode == "off" or exclusion == "bidirectional":
        return []
    return list(_blocked(trip, gateway, vpc, mode))


def _said(network: Network, vpc: str, subnet: str | None) -> tuple[str, str | None]:
    """The account's mode, and the exclusion that holds for a subnet; one for what goes out alone
    means something only where both ways are shut.
    """
    mode = network.block_public_access
    place = network.of(Subnet).get(subnet or "")
    exclusion = place.public_access if place is not None else None
    exclusion = exclusion or network.of(Vpc)[vpc].public_access
    return mode, None if exclusion == "egress" and mode == "ingress" else exclusion


def _blocked(trip: Trip, gateway: str, vpc: str, mode: str) -> Iterator[Obstacle]:
    sort = "internet-shut" if mode == "bidirectional" else "internet-shut-inward"
    yield block(trip, gateway, sort, home=vpc)
