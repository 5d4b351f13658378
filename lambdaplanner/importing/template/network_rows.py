"""VPCs, subnets and gateways."""

from __future__ import annotations

from lambdaplanner.importing.found import Thing, To
from lambdaplanner.importing.template.only_named import only_named_vpc
from lambdaplanner.importing.template.reading import Resource, Row, state
from lambdaplanner.importing.template.values import ABSENT, Unknown
from lambdaplanner.model.cidr import read_block

_IPV6 = "AWS gives the block when it makes the VPC"
_POOL = "its block comes from an address pool"


def _vpc(resource: Resource) -> None:
    thing = resource.add(
        "vpcs",
        cidr=_block(resource, "CidrBlock"),
        dns_support=resource.truth("EnableDnsSupport", default=True),
        dns_hostnames=resource.truth("EnableDnsHostnames"),
    )
    for key, name in (("dns_support", "EnableDnsSupport"), ("dns_hostnames", "EnableDnsHostnames")):
        if why := resource.why(name):
            del thing.fields[key]
            thing.unknown[key] = why
    if "cidr" not in thing.fields:
        thing.unknown.setdefault("cidr", _POOL)
    if resource.text("InstanceTenancy") == "dedicated":
        why = "its tenancy is dedicated: Lambda does not attach functions to it"
        resource.reading.found.leave_out("tenancy", resource.logical, why)


def _further_block(resource: Resource) -> None:
    thing = resource.reading.thing(resource.to("VpcId"))
    if thing is None:
        resource.leave_out("its VPC is not here", "unknown")
        return
    block = _block(resource, "CidrBlock")
    v6 = _block(resource, "Ipv6CidrBlock")
    if isinstance(v6, str):
        thing.fields["ipv6_cidr"] = v6
    elif resource.truth("AmazonProvidedIpv6CidrBlock") or resource.get("Ipv6Pool") is not ABSENT:
        thing.unknown.setdefault("ipv6_cidr", _IPV6)
    elif isinstance(block, str):
        thing.fields["secondary_cidrs"] = [*thing.fields.get("secondary_cidrs", []), block]
    else:
        why = block.why if isinstance(block, Unknown) else _POOL
        resource.leave_out(f"a further block of the VPC: {why}", "unknown")
    if resource.doubt:
        thing.unknown.setdefault("condition", resource.doubt)


def _block(resource: Resource, name: str) -> str | Unknown | None:
    value = resource.get(name)
    if value is ABSENT:
        return None
    if not isinstance(value, str):
        return Unknown(resource.why(name))
    try:
        return str(read_block(value)[0])
    except ValueError:
        return Unknown(f"its {name} is no block of addresses")


def _subnet(resource: Resource) -> None:
    if resource.truth("Ipv6Native"):
        resource.leave_out("a subnet without IPv4 cannot be expressed", "unknown")
        return
    block = _block(resource, "CidrBlock")
    if not isinstance(block, str):
        why = block.why if isinstance(block, Unknown) else _POOL
        resource.leave_out(f"nobody tells its block: {why}", "unknown")
        return
    thing = resource.add(
        "subnets",
        vpc=vpc_named(resource),
        cidr=block,
        az=_zone(resource),
        ipv6_cidr=_block(resource, "Ipv6CidrBlock"),
    )
    if resource.truth("AssignIpv6AddressOnCreation") and "ipv6_cidr" not in thing.fields:
        thing.unknown.setdefault("ipv6_cidr", "its IPv6 block is not told")


def _zone(resource: Resource) -> str | Unknown:
    zone = resource.text("AvailabilityZone", "AvailabilityZoneId")
    why = resource.why("AvailabilityZone", "AvailabilityZoneId")
    return zone or Unknown(why or "the template names no zone")


def vpc_named(resource: Resource, name: str = "VpcId") -> To | Unknown | None:
    """The VPC that a property names; one that no template makes is noted as only named."""
    return only_named_vpc(resource, name)


def _internet_gateway(resource: Resource) -> None:
    _attached(resource, "internet_gateways", "InternetGatewayId")


def _vpn_gateway(resource: Resource) -> None:
    _attached(resource, "virtual_private_gateways", "VpnGatewayId")


def _attached(resource: Resource, section: str, name: str) -> None:
    for attachment in resource.reading.resources("AWS::EC2::VPCGatewayAttachment"):
        if attachment.get(name) == resource.itself:
            thing = resource.add(section, vpc=vpc_named(attachment))
            if attachment.doubt:
                thing.unknown.setdefault("condition", attachment.doubt)
            return
    resource.leave_out("it is attached to no VPC")


def _egress_only(resource: Resource) -> None:
    resource.add("egress_only_internet_gateways", vpc=vpc_named(resource))


def _nat(resource: Resource) -> None:
    private = resource.text("ConnectivityType").lower() == "private"
    regional = resource.text("AvailabilityMode").lower() == "regional"
    if regional or (resource.get("SubnetId") is ABSENT and resource.get("VpcId") is not ABSENT):
        thing = resource.add("nat_gateways", vpc=vpc_named(resource), mode="regional")
        rows, why = resource.parts("AvailabilityZoneAddresses")
        counts = [len(row.values("AllocationIds")[0]) for row in rows]
        addresses = max(counts, default=0)
    else:
        thing = resource.add("nat_gateways", subnet=resource.to("SubnetId"))
        further, why = resource.values("SecondaryAllocationIds")
        addresses = len(further) + (resource.get("AllocationId") is not ABSENT)
    if private:
        thing.fields["connectivity"] = "private"
    elif addresses > 1:
        thing.fields["elastic_ips"] = addresses
    if why and not private:
        thing.unknown["elastic_ips"] = why


def _propagation(resource: Resource) -> None:
    gateway = resource.to("VpnGatewayId")
    for table in resource.tos("RouteTableIds")[0]:
        thing: Thing | None = resource.reading.thing(table)
        if thing is None:
            resource.leave_out("its route table is not here")
        elif isinstance(gateway, To):
            thing.fields["propagate"] = [*thing.fields.get("propagate", []), gateway]
        else:
            state(thing, "routes", gateway)
        if thing is not None and resource.doubt:
            thing.unknown.setdefault("routes", resource.doubt)


def _part_of_others(_resource: Resource) -> None:
    """Read where what it belongs to is read."""


FIRST: dict[str, Row] = {
    "AWS::EC2::VPC": _vpc,
    "AWS::EC2::Subnet": _subnet,
    "AWS::EC2::InternetGateway": _internet_gateway,
    "AWS::EC2::VPNGateway": _vpn_gateway,
    "AWS::EC2::EgressOnlyInternetGateway": _egress_only,
    "AWS::EC2::NatGateway": _nat,
}
THEN: dict[str, Row] = {
    "AWS::EC2::VPCCidrBlock": _further_block,
    "AWS::EC2::VPCGatewayAttachment": _part_of_others,
    "AWS::EC2::VPNGatewayRoutePropagation": _propagation,
}
