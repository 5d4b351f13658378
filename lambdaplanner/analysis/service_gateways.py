"""Endpoints as route targets: a gateway endpoint leads to its service; others are appliances
(aws.md 7.1).
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.appliances import through_firewall
from lambdaplanner.analysis.hops import Hop
from lambdaplanner.analysis.obstacles import block
from lambdaplanner.analysis.packets import Obstacle, Outside, Trip
from lambdaplanner.analysis.ranges import INTERNET
from lambdaplanner.analysis.refused import of_gateway
from lambdaplanner.analysis.refused_routes import aws_list
from lambdaplanner.analysis.routes import LISTED
from lambdaplanner.analysis.travel import Journey, Step, leave
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.vpc import Vpc


def through_endpoint(journey: Journey, trip: Trip, step: Step) -> Iterator[Trip]:
    """To the service, for what starts in the endpoint's own VPC."""
    endpoint = journey.network.of(Endpoint)[step.way.target]
    if endpoint.is_firewall:
        yield from through_firewall(journey, trip, step)
        return
    hop = Hop(id=endpoint.id, kind=endpoint.kind, by=f"{endpoint.type}, {endpoint.service}")
    met = trip.met(hop)
    goal = journey.goal
    if endpoint.is_interface or not isinstance(goal, Outside) or trip.direction == "return":
        yield met.blocked(block(trip, endpoint.id, "appliance", route=step.way.detail))
        return
    if endpoint.vpc != trip.vpc:
        yield trip.blocked(block(trip, step.table, "target-not-here", route=step.way.detail))
        return
    refused = list(of_gateway(journey.network, trip, endpoint.id))
    if refused:
        for problem in refused:
            met = met.blocked(problem)
        yield met
        return
    listed = step.way.rank == LISTED
    if "/" in step.way.text or (listed and not aws_list(step.way.text)):
        yield met.blocked(_by_block(trip, endpoint, step))
        return
    if not _serves(endpoint, goal):
        other = endpoint.service
        yield met.blocked(block(trip, endpoint.id, "endpoint-of-another", goal, service=other))
        return
    for problem in _problems(journey, trip, endpoint):
        met = met.blocked(problem)
    yield from leave(journey, met, hop)


def _serves(endpoint: Endpoint, goal: Outside) -> bool:
    """Whether the goal is the endpoint's service, or an address of the list that leads to it."""
    if goal.service is not None:
        return goal.service == endpoint.service_name
    return goal.addresses != INTERNET


def _by_block(trip: Trip, endpoint: Endpoint, step: Step) -> Obstacle:
    service, route = endpoint.service, step.way.detail
    return block(
        trip, step.table, "endpoint-by-block", route=route, service=service, endpoint=endpoint.id
    )


def _problems(journey: Journey, trip: Trip, endpoint: Endpoint) -> Iterator[Obstacle]:
    goal = journey.goal
    vpc = journey.network.of(Vpc)[endpoint.vpc]
    if trip.brought:
        home, origin = endpoint.vpc, trip.sender.vpc
        yield block(trip, endpoint.id, "endpoint-brought", home=home, origin=origin)
    if trip.packet.protocol == "udp":
        yield block(trip, endpoint.id, "endpoint-udp")
    if isinstance(goal, Outside) and goal.service and not (vpc.dns_support and vpc.dns_hostnames):
        yield without_dns(trip, endpoint, vpc)


def without_resolver(trip: Trip, vpc: Vpc, service: str) -> Obstacle:
    """No name leads anywhere, however good the routes are.

    https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html
    """
    return block(trip, vpc.id, "no-resolver", service=service)


def without_dns(trip: Trip, endpoint: Endpoint, vpc: Vpc) -> Obstacle:
    """A DNS attribute of the VPC is off."""
    attributes = (("dns_support", vpc.dns_support), ("dns_hostnames", vpc.dns_hostnames))
    off = " and ".join(name for name, on in attributes if not on)
    return block(trip, endpoint.id, "endpoint-without-dns", home=vpc.id, off=off)
