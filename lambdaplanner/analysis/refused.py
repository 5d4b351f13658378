"""What AWS refuses to build, so that nothing gets through it: things of different VPCs put
together, subnets outside of their VPC's blocks (AWS.md 2.1, 10).

A plan may hold such things while it is drawn, and checks say so; a path that needs them is never
called reachable.
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.answers import Obstacle
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.obstacles import block_to
from lambdaplanner.analysis.packets import Station, Stop, Trip
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.network_acl import NetworkAcl
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.workload import Workload


def of_interface(network: Network, trip: Trip, station: Station) -> Iterator[Obstacle]:
    """Why AWS would not make an interface of one of the two ends."""
    if station.subnet in network.outside_their_vpc:
        yield outside_its_vpc(network, trip, station.subnet, Stop(trip, trip.goal, station=station))
    record = network.resources.get(station.id)
    if not isinstance(record, Function | Workload | Endpoint):
        return
    if not isinstance(record, Endpoint) and record.id in network.over_several_vpcs:
        yield _over_several_vpcs(trip, record, station)
    elif station.groups and len(station.groups) < len(set(record.security_groups)):
        groups = network.of(SecurityGroup)
        for name in record.security_groups:
            if groups[name].vpc != station.vpc:
                yield _stranger(trip, station.id, station.vpc, groups[name], station)


def outside_its_vpc(
    network: Network, trip: Trip, subnet_id: str, stop: Stop | None = None
) -> Obstacle:
    """A subnet that no block of its VPC holds."""
    subnet = network.of(Subnet)[subnet_id]
    return block_to(
        trip,
        subnet_id,
        "VPC_LOCAL_ROUTE_CIDR_RESTRICTION",
        f"{subnet_id} ({subnet.cidr}) lies outside the blocks of {subnet.vpc}: AWS makes no such "
        "subnet, and no local route leads to it.",
        f"Give {subnet_id} a block of {subnet.vpc}, or {subnet.vpc} a secondary block.",
        stop,
    )


def _over_several_vpcs(trip: Trip, thing: Function | Workload, station: Station) -> Obstacle:
    return block_to(
        trip,
        thing.id,
        "DISCONNECTED_VPCS",
        f"{thing.id} has subnets of different VPCs; AWS takes subnets of one VPC only.",
        f"Keep the subnets of {station.vpc} only, or make two things of {thing.id}.",
        Stop(trip, trip.goal, station=station),
    )


def strange_table(network: Network, trip: Trip, table_id: str) -> Iterator[Obstacle]:
    """A route table of another VPC than its subnet."""
    table = network.of(RouteTable).get(table_id)
    if table is not None and table.vpc != trip.vpc:
        yield _stranger(trip, trip.subnet or "", trip.vpc, table, None)


def strange_acl(network: Network, trip: Trip, acl_id: str, subnet_id: str) -> Iterator[Obstacle]:
    """A network ACL of another VPC than its subnet."""
    acl = network.of(NetworkAcl)[acl_id]
    home = network.of(Subnet)[subnet_id].vpc
    if acl.vpc != home:
        yield _stranger(trip, subnet_id, home, acl, None, subnet_id)


def _stranger(
    trip: Trip,
    holder: str,
    vpc: str,
    thing: RouteTable | NetworkAcl | SecurityGroup,
    station: Station | None,
    border: str | None = None,
) -> Obstacle:
    noun = thing.kind.replace("-", " ").replace("acl", "ACL")
    return block_to(
        trip,
        thing.id,
        "UNASSOCIATED_COMPONENT",
        f"{thing.id} is of {thing.vpc} and {holder} of {vpc}: AWS gives nothing a {noun} of "
        "another VPC.",
        f"Give {holder} a {noun} of {vpc}.",
        Stop(trip, trip.goal, station=station, border=border),
    )
