"""Which way an AWS service's name leads from a subnet: gateway endpoint, interface endpoint, or
the internet (aws.md 7.3).
"""

from __future__ import annotations

from typing import NamedTuple

from lambdaplanner.analysis.doubts import Doubt
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.packets import Goal, Station
from lambdaplanner.analysis.stations import endpoint_station, service_goal, service_hop
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc


class ServiceWay(NamedTuple):
    """Where the service's name leads, and the endpoints that would serve if DNS worked."""

    vpc: Vpc
    goals: tuple[Goal, ...]
    without_dns: tuple[Endpoint, ...] = ()
    refused: tuple[Endpoint, ...] = ()
    """Endpoints that bear the service's name, and that AWS does not make."""
    empty: tuple[Endpoint, ...] = ()
    """Endpoints that take the name but have no interface in any subnet; beside others each may be
    the one that stands, since AWS makes one of them (aws.md 7.2).
    """
    untold: Doubt | None = None
    """Why nobody knows all endpoints, or all interfaces of one, that the name may lead to."""


def way_to_service(
    network: Network, station: Station, service: str, version: int = 4
) -> ServiceWay:
    """The goals that the service's name stands for in a subnet.

    An interface endpoint with private DNS takes the name over: where its filters block, a working
    NAT gateway does not help.
    """
    direct = service_goal(service, version)
    vpc = network.of(Vpc)[station.vpc]
    routed = network.table_of(station.subnet or "").service(service)
    routed = routed if version == 4 else None
    if routed is not None and network.of(Endpoint)[routed].vpc == station.vpc:
        return ServiceWay(vpc, (direct,))
    there = network.endpoints(station.vpc, service)
    refused = tuple(endpoint for endpoint in there if endpoint.refusal(network.region_of(vpc.id)))
    named = network.named_endpoints(station.vpc, service)
    untold = network.doubts.of(vpc.id, "endpoints") if not named else None
    if untold is not None:
        return ServiceWay(vpc, (), untold=untold)
    if not (vpc.dns_support and vpc.dns_hostnames):
        return ServiceWay(vpc, (direct,), tuple(named), refused)
    if not named:
        return ServiceWay(vpc, (direct,), refused=refused)
    goals = tuple(
        endpoint_station(network, endpoint, subnet, service_hop(service), version)
        for endpoint in named
        for subnet in endpoint.subnets
        if network.of(Subnet)[subnet].vpc == endpoint.vpc  # AWS takes no others
    )
    doubts = (network.doubts.of(endpoint.id, "subnets") for endpoint in named)
    partly = next((doubt for doubt in doubts if doubt is not None), None)
    empty = tuple(e for e in named if not any(goal.id == e.id for goal in goals))
    told = tuple(e for e in empty if network.doubts.of(e.id, "subnets") is None)
    return ServiceWay(vpc, goals, empty=told, untold=partly)
