"""Network ACLs, prefix lists and endpoints."""

from __future__ import annotations

from typing import Any

from lambdaplanner.importing.found import To
from lambdaplanner.importing.packets import packets
from lambdaplanner.importing.template.group_rows import groups
from lambdaplanner.importing.template.network_rows import vpc_named
from lambdaplanner.importing.template.reading import Resource, Row
from lambdaplanner.importing.template.routing_rows import doubt_others
from lambdaplanner.importing.template.values import ABSENT
from lambdaplanner.kinds.aws_services import read_service
from lambdaplanner.model.cidr import read_block

_LAST_RULE = 32766


def _acl(resource: Resource) -> None:
    resource.add("network_acls", vpc=vpc_named(resource), inbound={}, outbound={})


def _entry(resource: Resource) -> None:
    acl = resource.reading.thing(resource.to("NetworkAclId"))
    if acl is None:
        resource.leave_out("its network ACL is not here", "unknown")
        doubt_others(resource, "NetworkAclId", "network_acls", "rules")
        return
    read = ("RuleNumber", "Protocol", "RuleAction", "Egress", "CidrBlock", "Ipv6CidrBlock")
    why = resource.doubt or next((why for name in read if (why := resource.why(name))), "")
    ports, kinds = resource.part("PortRange"), resource.part("Icmp")
    why = why or ports.why("From") or ports.why("To") or kinds.why("Type")
    number = resource.text("RuleNumber")
    if why or not number.isascii() or not number.isdigit() or len(number) > 5:
        acl.unknown.setdefault("rules", why or "an entry has no number")
        return
    protocol = resource.text("Protocol") or "-1"
    icmp = protocol in ("1", "58", "icmp", "icmpv6")
    spoken = packets(
        protocol,
        kinds.text("Type") if icmp else ports.text("From"),
        "" if icmp else ports.text("To"),
    )
    if spoken is None:
        action = resource.text("RuleAction").lower()
        resource.leave_out(f"it {action}s what cannot be asked about", "less")
        return
    side = "outbound" if resource.truth("Egress") else "inbound"
    row: dict[str, Any] = {"action": resource.text("RuleAction").lower(), **spoken}
    try:
        row["cidr"] = str(read_block(resource.text("CidrBlock", "Ipv6CidrBlock"))[0])
    except ValueError:
        acl.unknown.setdefault("rules", f"entry {number} has no block that can be read")
        return
    if 0 < int(number) <= _LAST_RULE:
        entries = acl.fields[side]
        if int(number) in entries and entries[int(number)] != row:
            acl.unknown.setdefault("rules", f"two entries have the number {number}")
        entries[int(number)] = row


def _prefix_list(resource: Resource) -> None:
    rows, why = resource.parts("Entries")
    blocks = [row.text("Cidr") for row in rows]
    doubt = next((row.why("Cidr") for row in rows if row.why("Cidr")), "")
    known = [one for one in blocks if one]
    thing = resource.add("prefix_lists", (resource.text("PrefixListName"),))
    thing.fields["entries"] = known
    if why or doubt:
        thing.unknown["entries"] = why or doubt


def _endpoint(resource: Resource) -> None:
    kind = resource.text("VpcEndpointType") or "Gateway"
    if resource.why("VpcEndpointType"):
        resource.leave_out(resource.why("VpcEndpointType"), "unknown")
    elif kind.lower() == "gateway":
        _with_service(resource, type="gateway", route_tables=resource.tos("RouteTableIds"))
    elif kind.lower() == "interface":
        _interface(resource)
    elif kind.lower() == "gatewayloadbalancer":
        resource.add(
            "endpoints", vpc=vpc_named(resource), type="firewall", subnets=resource.tos("SubnetIds")
        )
    else:
        resource.leave_out(f"an endpoint of type {kind[:30]} cannot be expressed", "less")


def _interface(resource: Resource) -> None:
    named = groups(resource, "SecurityGroupIds")
    only = resource.part("DnsOptions").text("PrivateDnsOnlyForInboundResolverEndpoint")
    _with_service(
        resource,
        type="interface",
        subnets=resource.tos("SubnetIds"),
        security_groups=named,
        private_dns=resource.truth("PrivateDnsEnabled"),
        inbound_resolver_only=True if only in ("OnlyInboundResolver", "true") else None,
    )


def _with_service(resource: Resource, **fields: Any) -> None:
    name = resource.text("ServiceName")
    if not name:
        why = resource.why("ServiceName") or "it names no service"
        resource.leave_out(why, "unknown")
        return
    service = read_service(name)
    region = resource.text("ServiceRegion") or service.region
    elsewhere = region if region != resource.reading.world.region else None
    resource.add(
        "endpoints", vpc=vpc_named(resource), service=service.short, region=elsewhere, **fields
    )


def _peering(resource: Resource) -> None:
    ends = [resource.to("VpcId"), resource.to("PeerVpcId")]
    known = [one for one in ends if isinstance(one, To)]
    if len(known) < 2 or resource.get("VpcId") is ABSENT:
        why = resource.why("VpcId") or resource.why("PeerVpcId") or "it names no peer"
        resource.leave_out(f"one of its VPCs is not here: {why}", "less")
        return
    resource.add("peerings", vpcs=known)


FIRST: dict[str, Row] = {
    "AWS::EC2::NetworkAcl": _acl,
    "AWS::EC2::PrefixList": _prefix_list,
    "AWS::EC2::VPCPeeringConnection": _peering,
}
THEN: dict[str, Row] = {
    "AWS::EC2::NetworkAclEntry": _entry,
    "AWS::EC2::VPCEndpoint": _endpoint,
}
