"""The words of obstacles at gateways, as `obstacle_words` has those on the way."""

from __future__ import annotations

from lambdaplanner.analysis.obstacle_words import TO_BLOCK, Words

_TO_PRIVATE = "Internet gateway {at} drops packets to private addresses, and {block} is one"
_SHUT = "Block Public Access shuts the internet off"
_NO_EXCLUSION = ", and {home} is no exclusion from it."
_EXCLUDE = "Make {home} or the subnet an exclusion (public_access), or switch the setting."
_NAT_STANDS = "NAT gateway {at} stands in {place}, which"
_WANTS_PUBLIC = "a public NAT gateway needs a public subnet"
_MOVE_NAT = "Move {at} to a public subnet, or route {place} to the VPC's internet gateway."
_CARRIES_NOT = "{at} does not carry this IPv6 packet:"
_OVER_EGRESS_ONLY = "Route ::/0 to an egress-only internet gateway."
_DROPS = "Internet gateway {at} drops packets of {sender}, which"
_ONLY_PEERS = "Peering {at} carries only what"
_HUB = "The table {table} of {at}"
_HUB_ROUTE = "Add a route or a propagation for {block} to the table {table} of {at}."
_HUB_STATIC = "Add a static route for {block} to the table {table} of {at}."

GATEWAYS = {
    "igw-function": Words(
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
        "Internet gateway {at} drops packets whose source has no public address, and the network "
        "interface of a function never has one.",
        "Attach the function to private subnets whose default route leads to a NAT gateway.",
    ),
    "igw-brought": Words(
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
        f"{_DROPS} a transit gateway brought: it translates only what its own VPC sends.",
        "Route the subnet of {sender} straight to {at}.",
    ),
    "igw-private-sender": Words(
        "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS",
        f"{_DROPS} has no public address.",
        "Give {sender} a public address, or route its subnet to a NAT gateway.",
    ),
    "igw-rfc1918": Words(
        "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS",
        f"{_TO_PRIVATE} (RFC 1918).",
        f"{TO_BLOCK}{{by_public}}.",
    ),
    "igw-rfc6598": Words(
        "IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS",
        f"{_TO_PRIVATE} (RFC 6598).",
        f"{TO_BLOCK}{{by_public}}.",
    ),
    "out-of-the-vpc": Words(
        "NO_PATH",
        "Packets to {block} leave through {at} to the internet; {goal} has that address only "
        "inside its VPC.",
        f"{TO_BLOCK}{{by_public}}.",
    ),
    "internet-shut": Words(
        "VPC_BLOCK_PUBLIC_ACCESS_ENABLED",
        f"{_SHUT} in both directions{_NO_EXCLUSION}",
        _EXCLUDE,
    ),
    "internet-shut-inward": Words(
        "VPC_BLOCK_PUBLIC_ACCESS_ENABLED",
        f"{_SHUT} for all that comes in{_NO_EXCLUSION}",
        _EXCLUDE,
    ),
    "ipv6-at-igw": Words(
        "NO_IPV6_EGRESS",
        f"{_CARRIES_NOT} only an egress-only internet gateway is known to carry it for this "
        "interface.",
        _OVER_EGRESS_ONLY,
    ),
    "ipv6-brought": Words(
        "NO_IPV6_EGRESS",
        f"{_CARRIES_NOT} it serves only what stands in {{home}}.",
        _OVER_EGRESS_ONLY,
    ),
    "ipv6-at-nat": Words(
        "NO_IPV6_EGRESS", f"{_CARRIES_NOT} a NAT gateway carries IPv4.", _OVER_EGRESS_ONLY
    ),
    "nat-foreign": Words(
        "NGW_REQUIRES_SOURCE_IN_VPC",
        "NAT gateway {at} stands in {home} and serves only what is there or comes in over a "
        "transit gateway.",
        "Route to a NAT gateway of {vpc}.",
    ),
    "nat-in-source-subnet": Words(
        "NAT_IN_SOURCE_SUBNET",
        "NAT gateway {at} stands in {subnet}, the subnet that routes to it: packets go round in a "
        "loop.",
        "Move {at} to a public subnet, one whose default route leads to an internet gateway.",
    ),
    "nat-without-gateway": Words(
        "NAT_SUBNET_NOT_PUBLIC",
        f"{_NAT_STANDS} has no internet gateway in {{vpc}}; {_WANTS_PUBLIC}.",
        _MOVE_NAT,
    ),
    "nat-astray": Words(
        "NAT_SUBNET_NOT_PUBLIC",
        f"{_NAT_STANDS} follows {{route}} ({{table}}); {_WANTS_PUBLIC}.",
        _MOVE_NAT,
    ),
    "nat-without-route": Words(
        "NAT_SUBNET_NOT_PUBLIC",
        f"{_NAT_STANDS} has no route to the internet ({{table}}); {_WANTS_PUBLIC}.",
        _MOVE_NAT,
    ),
    "nat-lacks-address": Words(
        "NAT_LACKS_ELASTIC_IP",
        "NAT gateway {at} is public but has no elastic IP to send from.",
        "Give {at} at least one elastic IP.",
    ),
    "nat-private": Words(
        "PRIVATE_NAT_TO_INTERNET",
        "{at} is a private NAT gateway: the internet gateway drops what it sends.",
        "Make {at} public with an elastic IP, or route to a public NAT gateway.",
    ),
    "nat-regional-inside": Words(
        "NO_ROUTE_TO_DESTINATION",
        "NAT gateway {at} has routes of its own; a plan shows none to {block}.",
        "Use a zonal NAT gateway in a subnet that routes to {block}.",
    ),
    "nat-regional-alone": Words(
        "NO_ROUTE_TO_DESTINATION",
        "NAT gateway {at} needs an internet gateway in {home}, and there is none.",
        "Add an internet gateway to {home}.",
    ),
    "nat-after-nat": Words(
        "UNSUPPORTED_COMPONENT",
        "The route {route} puts {at} behind another NAT gateway; AWS does not say that it works.",
        "Route the first NAT gateway's subnet straight to where its packets should go.",
    ),
    "peering-fails": Words(
        "BAD_STATE",
        "Peering {at} cannot become active: blocks of {one} and {other} overlap.",
        "Give the two VPCs blocks that do not overlap.",
    ),
    "peering-transit": Words(
        "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
        f"{_ONLY_PEERS} starts in one of its two VPCs, and this packet came into {{vpc}} from "
        "elsewhere.",
        "Peer the two VPCs directly, or join them by a transit gateway.",
    ),
    "peering-beyond": Words(
        "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
        f"{_ONLY_PEERS} is for addresses of {{peer}}; {{goal}} has none, and the gateways of "
        "{peer} cannot be used through a peering.",
        "Route to {goal} inside {vpc}, or by a transit gateway.",
    ),
    "hub-not-in-zone": Words(
        "TGW_ROUTE_AZ_RESTRICTION",
        "{at} has no attachment of {vpc} in {zone}, the zone of {subnet}.",
        "Add a subnet in {zone} to the attachment of {vpc}.",
    ),
    "hub-without-table": Words(
        "TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION",
        "The attachment of {attached} to {at} has no route table.",
        "Name a route table at the attachment.",
    ),
    "hub-no-route": Words(
        "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT",
        f"{_HUB} has no route to {{goal}} ({{block}}).",
        _HUB_ROUTE,
    ),
    "hub-two-routes": Words(
        "TGW_RTB_ROUTES_ARE_UNKNOWN",
        f"{_HUB} knows {{text}} from {{targets}}; which one wins cannot be told.",
        _HUB_STATIC,
    ),
    "hub-doubted": Words(
        "TGW_RTB_ROUTES_ARE_UNKNOWN",
        f"{_HUB} knows {{text}} from {{target}} only if that was attached before the other VPC "
        "whose blocks overlap it, which a plan does not say.",
        _HUB_STATIC,
    ),
    "hub-blackhole": Words(
        "TGW_RTB_BAD_STATE_ROUTE",
        f"{_HUB} has the route {{route}}, which drops what it matches.",
        _HUB_ROUTE,
    ),
    "hub-dead-attachment": Words(
        "TGW_RTB_BAD_STATE_ROUTE",
        f"{_HUB} has the route {{route}}, but that has no working attachment.",
        _HUB_ROUTE,
    ),
    "hub-peered-one-sided": Words(
        "TGW_RTB_BAD_STATE_ROUTE",
        "{at} has an attachment for transit gateway {peer}, and {peer} has none for {at}: a "
        "peering stands in both, or carries nothing.",
        "Attach {at} to {peer} as well.",
    ),
    "hubs-in-a-circle": Words(
        "NO_PATH",
        "The routes of peered transit gateways lead in a circle: packets come back to {at}.",
        "Let one of them lead on to the destination.",
    ),
    "endpoint-by-block": Words(
        "BAD_STATE_ROUTE",
        "The route {route} of {at} does not work: only AWS's own prefix list of {service} leads to "
        "a gateway endpoint.",
        "Associate {endpoint} with {at} instead.",
    ),
    "endpoint-of-another": Words(
        "NO_PATH",
        "{at} leads to {service} and to nothing else, so not to {goal}.",
        "Route to {goal} by a NAT gateway.",
    ),
    "endpoint-brought": Words(
        "VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION",
        "{at} serves only what starts in {home}.",
        "Give {origin} a gateway endpoint of its own.",
    ),
    "endpoint-udp": Words(
        "VPCE_GATEWAY_PROTOCOL_RESTRICTION",
        "{at} is a gateway endpoint and does not carry udp.",
        "Use tcp.",
    ),
    "no-resolver": Words(
        "NO_DNS_SUPPORT",
        "{at} has dns_support off: AWS's resolver answers nothing there, and aws:{service} is "
        "called by its name.",
        "Switch dns_support of {at} on.",
    ),
    "endpoint-without-dns": Words(
        "ENDPOINT_WITHOUT_DNS",
        "{at} needs names to lead to it, and {home} has {off} off.",
        "Switch {off} of {home} on.",
    ),
}
"""At internet and NAT gateways, peerings, transit gateways and endpoints."""
