"""Endpoints as route targets: a gateway endpoint leads to its service; others are appliances
(AWS.md 7.1).
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis import obstacles
from lambdaplanner.analysis.answers import Hop, Obstacle
from lambdaplanner.analysis.packets import Outside, Trip
from lambdaplanner.analysis.travel import Journey, Step, leave
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.vpc import Vpc


def through_endpoint(journey: Journey, trip: Trip, step: Step) -> Iterator[Trip]:
    """To the service, for what starts in the endpoint's own VPC."""
    endpoint = journey.network.of(Endpoint)[step.way.target]
    hop = Hop(id=endpoint.id, kind=endpoint.kind, detail=f"{endpoint.type}, {endpoint.service}")
    met = trip.met(hop)
    goal = journey.goal
    if endpoint.is_interface or not isinstance(goal, Outside) or trip.direction == "return":
        yield met.blocked(obstacles.appliance(trip, endpoint.id, step.way.detail))
        return
    if endpoint.vpc != trip.vpc:
        yield trip.blocked(obstacles.not_attached_here(trip, step.table, step.way.detail))
        return
    for problem in _problems(journey, trip, endpoint):
        met = met.blocked(problem)
    yield from leave(journey, met, hop)


def _problems(journey: Journey, trip: Trip, endpoint: Endpoint) -> Iterator[Obstacle]:
    goal = journey.goal
    vpc = journey.network.of(Vpc)[endpoint.vpc]
    if trip.brought:
        yield obstacles.block_to(
            trip,
            endpoint.id,
            "VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION",
            f"{endpoint.id} serves only what starts in {endpoint.vpc}.",
            f"Give {trip.sender.vpc} a gateway endpoint of its own.",
        )
    if trip.packet.protocol == "udp":
        yield obstacles.block_to(
            trip,
            endpoint.id,
            "VPCE_GATEWAY_PROTOCOL_RESTRICTION",
            f"{endpoint.id} is a gateway endpoint and does not carry udp.",
            "Use tcp.",
        )
    if isinstance(goal, Outside) and goal.service and not (vpc.dns_support and vpc.dns_hostnames):
        yield without_dns(trip, endpoint, vpc)


def without_dns(trip: Trip, endpoint: Endpoint, vpc: Vpc) -> Obstacle:
    """A DNS attribute of the VPC is off."""
    attributes = (("dns_support", vpc.dns_support), ("dns_hostnames", vpc.dns_hostnames))
    off = " and ".join(name for name, on in attributes if not on)
    return obstacles.block_to(
        trip,
        endpoint.id,
        "ENDPOINT_WITHOUT_DNS",
        f"{endpoint.id} needs names to lead to it, and {vpc.id} has {off} off.",
        f"Switch {off} of {vpc.id} on.",
    )
