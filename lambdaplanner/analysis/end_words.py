"""The words of obstacles at the two ends and beyond AWS; `obstacle_words` has those on the way."""

from __future__ import annotations

from lambdaplanner.analysis.obstacle_words import Words
from lambdaplanner.kinds.role_policies import VPC_ACCESS_POLICY

_NOBODY = "Nothing on the plan holds {goal}"
_ASK_OR_GIVE = "Ask about a workload, or give one the private address {goal}."

ENDS = {
    "unknown-in-subnet": Words(
        "UNKNOWN_DESTINATION",
        f"{_NOBODY}; the network {{would}} carry packets to subnet {{place}} of {{vpc}}.",
        _ASK_OR_GIVE,
    ),
    "unknown-in-vpc": Words(
        "UNKNOWN_DESTINATION",
        f"{_NOBODY}; the network {{would}} carry packets to {{vpc}}, where no subnet owns the "
        "address.",
        _ASK_OR_GIVE,
    ),
    "unknown-address": Words(
        "UNKNOWN_DESTINATION",
        f"{_NOBODY}, and the network would not carry packets to it.",
        "Ask about a workload, or an address of one.",
    ),
    "unknown-source": Words(
        "NO_SOURCE_OR_DESTINATION",
        "Nothing on the plan holds {at}, and it is no address of the internet.",
        "Ask from a workload, or give one the private address {at}.",
    ),
    "role-lacks-right": Words(
        "LAMBDA_ROLE_LACKS_ENI_ACCESS",
        "The execution role of {at} does not let Lambda create its network interface.",
        f"Attach the policy {VPC_ACCESS_POLICY} to the role.",
    ),
    "function-icmp": Words(
        "PROTOCOL_RESTRICTION",
        "{at} is a Lambda function; it speaks TCP and UDP, not ICMP.",
        "Ask about tcp or udp.",
    ),
    "function-ipv4-only": Words(
        "NO_IPV6_EGRESS",
        "{at} does not use IPv6: dual-stack subnets are not allowed for it.",
        "Set ipv6 of {at}, and attach it to dual-stack subnets only.",
    ),
    "no-ipv6-address": Words(
        "NO_IPV6_EGRESS", "The plan gives {station} no IPv6 address.", "Ask about IPv4."
    ),
    "unattached-ipv6": Words(
        "NO_IPV6_EGRESS",
        "{at} is not attached, and Lambda's default networking has no IPv6.",
        "Attach it to dual-stack subnets with an egress-only internet gateway.",
    ),
    "not-attached": Words(
        "LAMBDA_NOT_ATTACHED",
        "{at} is not attached to a VPC, and {goal} has a private address only: Lambda's default "
        "networking reaches nothing inside a VPC.",
        "Attach {at} to private subnets of the VPC.",
    ),
    "takes-no-inbound": Words(
        "LAMBDA_TAKES_NO_INBOUND",
        "Nothing opens a connection to {at} through its network interface: the way from the Lambda "
        "service VPC is one-way.",
        "Invoke {at} through the Lambda API.",
    ),
    "endpoint-tcp-only": Words(
        "PROTOCOL_RESTRICTION",
        "{at} is an interface endpoint, sure to carry only TCP.",
        "Ask about tcp.",
    ),
    "endpoint-nowhere": Words(
        "NO_POSSIBLE_DESTINATION",
        "{at} takes the name of {service} but has no interface anywhere.",
        "Give {at} subnets.",
    ),
    "no-door": Words(
        "NO_PATH",
        "{at} has no internet gateway: nothing comes in from the internet.",
        "Add an internet gateway to {at}, if it should.",
    ),
    "meant-by-private-address": Words(
        "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
        "From the internet only public addresses are reached, and {goal} is meant by its private "
        "one ({block}).",
        "Give {goal} a public address, if the internet should reach it.",
    ),
    "spoofed": Words(
        "GATEWAY_REJECTS_SPOOFED_TRAFFIC",
        "The source address belongs to {home} itself; its gateway drops such packets.",
        "Ask from an address outside of {home}.",
    ),
}
"""At the two ends, and at the door of a VPC."""

BEYOND = {
    "edge-to-edge": Words(
        "NO_PATH",
        "Virtual private gateway {at} carries only what has an address of {home}; what comes into "
        "that VPC from elsewhere it drops.",
        "Join the networks by a transit gateway.",
    ),
    "no-prefix": Words(
        "NO_ROUTE_TO_DESTINATION",
        "Virtual private gateway {at} knows no network that has {goal} ({block}); it drops what it "
        "knows no prefix for.",
        "Declare the network that has it, and name it in networks of {at}.",
    ),
    "network-of-another": Words(
        "NO_PATH",
        "Packets to {block} end in {at}, and {goal} is not there.",
        "Give networks blocks that do not overlap, or route to the one that is meant.",
    ),
    "network-not-joined": Words(
        "NO_PATH",
        "No virtual private gateway and no transit gateway leads from {at} to {goal}; the "
        "gateways, peers and NAT gateways of a VPC are not used from outside of AWS.",
        "Attach {at} to a transit gateway that leads there, or put a virtual private gateway on "
        "that VPC.",
    ),
    "network-lacks-version": Words(
        "NO_POSSIBLE_DESTINATION",
        "{at} has no IPv{version} block.",
        "Give {at} one, if it has.",
    ),
}
"""On the way to and from what is not in AWS."""
