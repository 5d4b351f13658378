"""What would lead a packet on that has no way out of its VPC: the sentence that an obstacle bears,
and the means that the first way to mend it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from lambdaplanner.analysis.packets import Outside, Trip
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.aws_services import GATEWAY_SERVICES
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import EVERYTHING, serves_zone
from lambdaplanner.kinds.transit_gateway import TransitGateway

if TYPE_CHECKING:
    from lambdaplanner.analysis.network import Network


class Advice(NamedTuple):
    """What to do: the way of mending (a slug of `fixes`), and what is used or made."""

    slug: str
    at: str
    """The thing that is there and is used; empty where it is made."""
    sentence: str


def way_out(network: Network, trip: Trip, table: str, goal: Outside) -> Advice:
    """How what is in a subnet without a route gets to the internet, or to an AWS service."""
    if trip.sender.public:
        return by_internet_gateway(network, trip, table)
    if goal.service is not None and trip.sender.vpc == trip.vpc:
        return to_service(network, trip, table, goal.service)
    for nat in _nats(network, trip):
        sentence = f"Route {EVERYTHING} in {table} to the NAT gateway {nat}."
        return Advice("route-to-nat-gateway", nat, sentence)
    for hub, egress in _egress_vpcs(network, trip.vpc):
        return Advice(
            "route-to-egress-vpc",
            hub,
            f"Route {EVERYTHING} in {table} to {hub}, by which the NAT gateway of {egress} leads "
            "to the internet.",
        )
    return Advice(
        "add-nat-gateway",
        "",
        f"Add a NAT gateway in a public subnet of {trip.vpc}, and a route {EVERYTHING} to it to "
        f"{table}.",
    )


def to_service(network: Network, trip: Trip, table: str, service: str) -> Advice:
    """How what is in a subnet gets to an AWS service without the internet."""
    gateway = service in GATEWAY_SERVICES
    there = _endpoint(network, trip.vpc, service, interface=not gateway)
    if gateway and there:
        sentence = f"Associate the gateway endpoint {there} with {table}."
        return Advice("use-gateway-endpoint", there, sentence)
    if gateway:
        sentence = f"Add a gateway endpoint for {service} to {table}."
        return Advice("add-gateway-endpoint", "", sentence)
    if there:
        sentence = f"Switch private DNS of {there} on."
        return Advice("switch-private-dns-on", there, sentence)
    place = trip.sender.subnet or trip.subnet
    sentence = f"Add an interface endpoint for {service} in {place}."
    return Advice("add-interface-endpoint", "", sentence)


def free_endpoint(network: Network, trip: Trip, goal: object) -> Advice | None:
    """The gateway endpoint that a packet to its service could use from where it is, if one stands
    in its VPC.
    """
    if not isinstance(goal, Outside) or goal.service not in GATEWAY_SERVICES or not trip.subnet:
        return None
    there = _endpoint(network, trip.vpc, goal.service or "", interface=False)
    if there is None or trip.sender.vpc != trip.vpc:
        return None
    return to_service(network, trip, network.table_of(trip.subnet).id, goal.service or "")


def by_internet_gateway(network: Network, trip: Trip, table: str) -> Advice:
    """How what has a public address gets out of a VPC by one of its route tables."""
    for gateway in network.of(InternetGateway).values():
        if gateway.vpc == trip.vpc:
            sentence = f"Route {EVERYTHING} in {table} to the internet gateway {gateway.id}."
            return Advice("route-to-internet-gateway", gateway.id, sentence)
    return Advice(
        "route-to-internet-gateway",
        "",
        f"Add an internet gateway to {trip.vpc}, and a route {EVERYTHING} to it to {table}.",
    )


def _endpoint(network: Network, vpc: str, service: str, *, interface: bool) -> str | None:
    fitting = (
        endpoint.id
        for endpoint in network.of(Endpoint).values()
        if endpoint.vpc == vpc and endpoint.is_interface is interface
        if endpoint.serves(service, network.region_of(vpc))
    )
    return next(fitting, None)


# what leads to the internet already ---------------------------------------------------------------


def _nats(network: Network, trip: Trip) -> Iterator[str]:
    """The NAT gateways of the packet's VPC that work for its subnet, those of its zone first."""
    subnets = network.of(Subnet)
    zone = subnets[trip.subnet].az if trip.subnet in subnets else ""
    found = [
        nat
        for nat in network.all_nat_gateways()
        if nat.subnet != trip.subnet and _works(network, nat, trip.vpc)
    ]
    yield from (
        nat.id for nat in sorted(found, key=lambda nat: not serves_zone(network.things, nat, zone))
    )


def _works(network: Network, nat: NatGateway, vpc: str) -> bool:
    """Whether a NAT gateway of a VPC carries packets to the internet."""
    if nat.subnet is not None:  # what is looked at is noted: where its subnet leads, and a firewall
        target = network.default_target(nat.subnet)
        for name in target.subnets[:1] if isinstance(target, Endpoint) else ():
            network.default_target(name)
    return network.home_of(nat) == vpc and topology.nat_works(network.things, nat)


def _egress_vpcs(network: Network, spoke: str) -> Iterator[tuple[str, str]]:
    """The transit gateways of a VPC, each with another VPC there whose attachment leads to a NAT
    gateway that works.
    """
    for hub in network.of(TransitGateway).values():
        if hub.attachment(spoke) is None:
            continue
        for other in hub.attachments:
            if other.vpc != spoke and other.subnets:
                nats = [network.default_target(s) for s in other.subnets]
                if all(isinstance(n, NatGateway) and _works(network, n, other.vpc) for n in nats):
                    yield hub.id, other.vpc
