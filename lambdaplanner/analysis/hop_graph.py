"""The network as one directed graph: where packets can go next by attachment and route, filters
left aside.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import networkx as nx

from lambdaplanner.analysis.managed import INTERNET_ID, SERVICE_VPC_ID, V2N_ID, interface_id
from lambdaplanner.analysis.routes import LOCAL
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.route_table import BLACKHOLE
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload

if TYPE_CHECKING:
    from lambdaplanner.analysis.network import Network

Edge = tuple[str, str, str]
"""From, to, and the route or attachment that joins them."""


def hop_graph(network: Network) -> nx.DiGraph[str]:
    """The frozen graph. Who is not a descendant cannot be reached; who is may still be behind a
    filter.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    for part in (_functions, _interfaces, _routes, _gateways, _joins):
        for source, target, detail in part(network):
            graph.add_edge(source, target, detail=detail)
    nx.freeze(graph)
    return graph


def _functions(network: Network) -> Iterator[Edge]:
    for function in network.of(Function).values():
        if not function.attached:
            yield function.id, SERVICE_VPC_ID, "default networking"
            yield SERVICE_VPC_ID, INTERNET_ID, ""
            continue
        yield function.id, V2N_ID, "attached"
        for subnet in function.subnets:
            name = interface_id(function.id, subnet)
            yield function.id, name, "attached"
            yield name, subnet, "inside"


def _interfaces(network: Network) -> Iterator[Edge]:
    for workload in network.of(Workload).values():
        yield from _owned(workload.id, workload.subnets)
        for subnet in workload.subnets:
            name = interface_id(workload.id, subnet)
            yield workload.id, name, "has"
            yield name, subnet, "inside"
    for endpoint in network.of(Endpoint).values():
        yield from _owned(endpoint.id, endpoint.subnets)


def _owned(owner: str, subnets: tuple[str, ...]) -> Iterator[Edge]:
    for subnet in subnets:
        name = interface_id(owner, subnet)
        yield subnet, name, "inside"
        yield name, owner, "of"


def _routes(network: Network) -> Iterator[Edge]:
    by_vpc: dict[str, list[str]] = {}
    for subnet in network.of(Subnet).values():
        table = network.table_of(subnet.id)
        yield subnet.id, table.id, "route table"
        by_vpc.setdefault(subnet.vpc, []).append(subnet.id)
        for way in table.ways:
            if way.target == LOCAL:
                yield table.id, subnet.vpc, way.detail
            elif way.target != BLACKHOLE:
                yield table.id, way.target, way.detail
        for service, endpoint in table.services.items():
            yield table.id, endpoint, service
    for vpc, subnets in by_vpc.items():
        for subnet_id in subnets:
            yield vpc, subnet_id, "local"


def _gateways(network: Network) -> Iterator[Edge]:
    for nat in network.of(NatGateway).values():
        if nat.subnet is not None:
            yield nat.id, nat.subnet, "stands in"
        for gateway in network.internet_gateways(network.home_of(nat)) if nat.regional else ():
            yield nat.id, gateway, "its own route table"
    for vpc in network.of(Vpc):
        for gateway in network.internet_gateways(vpc):
            yield gateway, INTERNET_ID, "attached"
            yield INTERNET_ID, gateway, "attached"
            yield gateway, vpc, "attached"


def _joins(network: Network) -> Iterator[Edge]:
    for peering in network.of(Peering).values():
        for vpc in peering.vpcs:
            yield peering.id, vpc, "joins"
    for gateway in network.of(TransitGateway).values():
        for attachment in gateway.attachments:
            for subnet in attachment.subnets:
                yield gateway.id, subnet, "attachment"
