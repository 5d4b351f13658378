"""Ends of questions as stations: an interface with its addresses, groups and reply ports, and what
lies behind it.
"""

from __future__ import annotations

from lambdaplanner.analysis.hops import Hop
from lambdaplanner.analysis.managed import INTERNET_ID, into_service_vpc
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.packets import (
    ANY_EPHEMERAL,
    LINUX_EPHEMERAL,
    Outside,
    Station,
)
from lambdaplanner.analysis.ranges import A_SERVICE, INTERNET, Ranges, is_public
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import EVERYTHING_IPV6
from lambdaplanner.kinds.workload import LOAD_BALANCERS, Workload
from lambdaplanner.model import cidr
from lambdaplanner.model.cidr import Address
from lambdaplanner.model.interfaces import interface_id

INTERNET_HOP = Hop(id=INTERNET_ID, kind=INTERNET_ID)
THE_INTERNET = Outside("the internet", INTERNET, (INTERNET_HOP,))
THE_IPV6_INTERNET = THE_INTERNET._replace(where=EVERYTHING_IPV6)


def internet_goal(version: int) -> Outside:
    """Any public host that is asked over a version of IP."""
    return THE_INTERNET if version == 4 else THE_IPV6_INTERNET


def function_station(network: Network, function: Function, subnet: str, version: int) -> Station:
    """The interface that Lambda makes for a function in a subnet, or that of an instance of its
    capacity provider; it has no public address, ever (aws.md 1.1, 1.9).
    """
    vpc = network.of(Subnet)[subnet].vpc
    name = interface_id(function.capacity_provider or function.id, subnet)
    addresses, where = _subnet_addresses(network, subnet, version)
    own = () if function.managed else (into_service_vpc(f"an address of {where}"),)
    return Station(
        function.id,
        function.kind,
        vpc,
        subnet,
        addresses,
        where,
        interface=name,
        groups=network.groups_at(function.id, function.security_groups, vpc),
        arrival=(
            Hop(id=name, kind="eni", by=f"any free address of {where}"),
            *own,
            Hop(id=function.id, kind=function.kind),
        ),
    )


def workload_station(network: Network, workload: Workload, subnet: str, version: int) -> Station:
    """A workload's interface in a subnet."""
    vpc = network.of(Subnet)[subnet].vpc
    name = interface_id(workload.id, subnet)
    addresses, where = _subnet_addresses(network, subnet, version)
    public = workload.has_public_address
    if version == 6:
        addresses = addresses if workload.ipv6 else ()
        public = workload.has_public_ipv6 and all(is_public(Address(6, a)) for a, _ in addresses)
    detail = f"any free address of {where}"
    if version == 4 and workload.private_ip and stands_in(network, workload, subnet):
        value = cidr.address(workload.private_ip).value
        addresses, where, detail = (
            ((value, value),),
            f"{workload.private_ip}/32",
            workload.private_ip,
        )
    wide = workload.type in LOAD_BALANCERS
    untold = network.doubts.of(workload.id, "security_groups")
    groups = network.groups_at(workload.id, workload.security_groups, vpc)
    return Station(
        workload.id,
        workload.kind,
        vpc,
        subnet,
        addresses,
        where,
        ANY_EPHEMERAL if wide else LINUX_EPHEMERAL,
        public,
        name,
        None if workload.unfiltered and not untold else groups,
        (Hop(id=name, kind="eni", by=detail), Hop(id=workload.id, kind=workload.kind)),
    )


def stands_in(network: Network, workload: Workload, subnet: str) -> bool:
    """Whether the fixed address of a workload is its address in this subnet; misplaced, it is
    meant everywhere.
    """
    address = cidr.address(workload.private_ip or "")
    blocks = {name: network.subnet_block(name) for name in workload.subnets}
    holding = {name for name, block in blocks.items() if block and block.holds(address)}
    return subnet in holding or not holding


def endpoint_station(
    network: Network, endpoint: Endpoint, subnet: str, service: Hop, version: int = 4
) -> Station:
    """An interface endpoint's interface in a subnet, with the service behind it; on a plan it has
    IPv4 addresses alone.
    """
    vpc = network.of(Subnet)[subnet].vpc
    name = interface_id(endpoint.id, subnet)
    addresses, where = _subnet_addresses(network, subnet, 4)
    addresses = addresses if version == 4 else ()
    return Station(
        endpoint.id,
        endpoint.kind,
        vpc,
        subnet,
        addresses,
        where,
        interface=name,
        groups=network.groups_at(endpoint.id, endpoint.security_groups, vpc),
        arrival=(
            Hop(id=name, kind="eni", by=f"any free address of {where}"),
            Hop(id=endpoint.id, kind=endpoint.kind, by=f"interface, {endpoint.service}"),
            service,
        ),
    )


def _subnet_addresses(network: Network, subnet: str, version: int) -> tuple[Ranges, str]:
    """What an interface in a subnet may have, and the subnet's block as written."""
    record = network.of(Subnet)[subnet]
    if version == 4:
        return network.free_addresses(subnet), record.cidr
    if record.ipv6_cidr is None:
        return (), ""
    block = cidr.block(record.ipv6_cidr)
    return ((block.first + 4, block.last - 1),), record.ipv6_cidr


def host(name: str, outside: Outside, kind: str = INTERNET_ID) -> Station:
    """Somebody on the internet, as the sender of packets."""
    return Station(name, kind, "", None, outside.addresses, block_text(outside), public=True)


def block_text(outside: Outside) -> str:
    """What a rule for this end names."""
    if outside.addresses == INTERNET:
        return outside.where or "0.0.0.0/0"
    return f"{outside.text}/{128 if ':' in outside.text else 32}"


def address_goal(address: cidr.Address) -> Outside:
    """An address that is no workload's: a host of the internet, or nobody."""
    text = str(address)
    hop = Hop(id=INTERNET_ID, kind=INTERNET_ID, by=text)
    return Outside(text, ((address.value, address.value),), (hop,), public=is_public(address))


def service_goal(service: str, version: int = 4) -> Outside:
    """An AWS service by its public addresses, which only 0.0.0.0/0, or ::/0, is sure to cover."""
    where = EVERYTHING_IPV6 if version == 6 else ""
    arrival = (INTERNET_HOP, service_hop(service))
    return Outside(f"aws:{service}", A_SERVICE, arrival, service=service, where=where)


def service_hop(service: str) -> Hop:
    """The service at the end of a path."""
    return Hop(id=f"aws:{service}", kind="aws-service")
