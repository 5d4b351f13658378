"""The words of every obstacle: its code (aws.md 9.2), what blocks and why, what to do. Who meets
one gives its sort and what is particular; each message stands here, once.
"""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """One sort of obstacle. In braces stands what `obstacles.block` derives from the trip and its
    goal, and what the place that meets it gives.
    """

    code: str
    message: str
    fix: str


TO_BLOCK = "Add a route to {block} over a peering or a transit gateway"
_BACK = "Route {block} in {at} {way_back}."
_EVERY_ADDRESS = "Allow {side} {packet} in {at}, for every address of the subnet."
_UNKNOWN = "The plan does not know {missing}{why}"

ROUTES = {
    "no-route-back": Words(
        "NO_ROUTE_TO_DESTINATION",
        "Route table {at} has no route to {block}, so replies to {goal} get lost.",
        _BACK,
    ),
    "no-way-out": Words(
        "NO_ROUTE_TO_DESTINATION",
        "Route table {at} has no route that leads to {goal}.",
        "{advice}",
    ),
    "no-way-out-but-ipv6": Words(
        "NO_ROUTE_TO_DESTINATION",
        "Route table {at} has no route that leads to {goal}; only IPv6 leaves, by {over_ipv6}.",
        "{advice}",
    ),
    "no-route": Words(
        "NO_ROUTE_TO_DESTINATION",
        "Route table {at} has no route to {goal} ({block}).",
        f"{TO_BLOCK} to {{at}}.",
    ),
    "routes-cover-some": Words(
        "SERVICE_ADDRESSES_UNKNOWN",
        "{at} has routes for a part of the public addresses ({routes}); whether {goal} has some of "
        "those, or all of its own among them, the plan does not say.",
        "{advice}",
    ),
    "blackhole": Words(
        "BAD_STATE_ROUTE",
        "The route {route} of {at} drops what it matches; a wider route never takes its place.",
        "Give that route of {at} a working target, or remove it.",
    ),
    "target-not-here": Words(
        "BAD_STATE_ROUTE",
        "The route {route} of {at} does not work: its target is not attached to {vpc}.",
        "Route to something of {vpc} instead.",
    ),
    "circle": Words(
        "NO_PATH",
        "The routes go in a circle: packets come back to {at} again and again.",
        "Let one of the routes of the circle lead on to the destination.",
    ),
    "too-many-ways": Words(
        "NO_PATH",
        "From {at} on, more ways lead on than can be followed, so nobody knows where all of them "
        "end.",
        "Let fewer filters and translations stand on the way.",
    ),
    "appliance": Words(
        "UNSUPPORTED_COMPONENT",
        "The route {route} leads to {at}, which drops what is not for itself: nothing says that it "
        "passes packets on.",
        "Say that {at} forwards, if it is an instance that does, or route around it.",
    ),
    "appliance-in-source-subnet": Words(
        "NO_PATH",
        "{at} stands in {subnet}, the subnet that routes to it: packets go round in a loop.",
        "Move {at} to a subnet of its own.",
    ),
    "reply-past-appliance": Words(
        "NO_PATH",
        "Replies to {goal} do not come back through {named} as the request went: what passes an "
        "appliance one way alone is dropped.",
        "Route the replies through {named} too.",
    ),
    "delivered-elsewhere": Words(
        "NO_PATH",
        "{block} is also a part of {vpc}, so that packets to {goal} end there.",
        "Use VPC blocks that do not overlap.",
    ),
    "reply-astray": Words(
        "NO_ROUTE_TO_DESTINATION",
        "Replies to {goal} ({block}) take the route {route} of {at}, which does not lead back to "
        "where the request came from.",
        _BACK,
    ),
    "no-ipv6-route": Words(
        "NO_IPV6_EGRESS",
        "Route table {at} has no route for IPv6; 0.0.0.0/0 does not cover it.",
        "Add a route ::/0 to an egress-only internet gateway to {at}.",
    ),
}
"""At route tables."""

FILTERS = {
    "acl-denies": Words(
        "SUBNET_ACL_RESTRICTION",
        "{packets} ({packet}) may not {pass_} {border}: {at} denies them ({why}).",
        "Allow {side} {packet} in {at}, with a lower number than what denies it.",
    ),
    "acl-denies-ports": Words(
        "SUBNET_ACL_RESTRICTION",
        "Network ACL {at} of {border} stops {side} {protocol} {stopped}, a part of the ports "
        "{ports} that replies come to: some connections hang.",
        _EVERY_ADDRESS,
    ),
    "acl-denies-addresses": Words(
        "SUBNET_ACL_RESTRICTION",
        "Network ACL {at} of {border} lets {side} packets of only some addresses through.",
        _EVERY_ADDRESS,
    ),
    "acl-covers-some": Words(
        "SUBNET_ACL_RESTRICTION",
        "Network ACL {at} of {border} lets {side} {packet} {word} a part of the public addresses "
        "through; whether those are the service's the plan does not say.",
        "See that {at} names every range of the service that AWS publishes (ip-ranges.json), or "
        "allow {side} {packet} {word} 0.0.0.0/0.",
    ),
    "group-covers-some": Words(
        "ENI_SG_RULES_MISMATCH",
        "{at} lets {packet} out to a part of the public addresses ({rule}); whether those are all "
        "of {goal} the plan does not say.",
        "Allow outbound {packet} to {end} in {at}.",
    ),
    "group-lets-some": Words(
        "{code}", "Only a part of {request} gets through {groups}: {why}.", "{remedy}"
    ),
    "groups-deny": Words(
        "{code}", "Security groups {groups} do not let {request} through: {why}.", "{remedy}"
    ),
    "group-denies": Words(
        "{code}", "Security group {at} does not let {request} through: {why}.", "{remedy}"
    ),
    "no-group": Words(
        "{code}",
        "No group of {home} applies to {at}: {request} does not get through.",
        "{remedy}",
    ),
}
"""At network ACLs and security groups."""

_PRESERVED = "SG_REFERENCES_NOT_PRESERVED"
GROUP_REASONS = {
    "translated": (_PRESERVED, "a rule names {group}, and address translation hides groups"),
    "outbound": (
        _PRESERVED,
        "a rule names {group}, but outbound rules can name groups only of the same VPC or of a "
        "peered one",
    ),
    "lost": (
        _PRESERVED,
        "a rule names {group}, but address translation hides the sender's groups",
    ),
    "region": (
        _PRESERVED,
        "a rule names {group}, but references do not cross Regions",
    ),
    "beyond": (
        _PRESERVED,
        "a rule names {group}, but references do not cross a peering of transit gateways",
    ),
    "middlebox": (
        _PRESERVED,
        "a rule names {group}, but references do not hold behind an appliance",
    ),
    "transit": (_PRESERVED, "a rule names {group}, but references do not hold on this way"),
    "transit-off": (
        "SG_REFERENCING_SUPPORT",
        "a rule names {group}, but the transit gateway has security group referencing switched off",
    ),
    "empty": ("SG_HAS_NO_RULES", "there is no {side} rule"),
    "some": ("ENI_SG_RULES_MISMATCH", "no {side} rule covers all the addresses it may have"),
    "none": ("ENI_SG_RULES_MISMATCH", "no {side} rule allows it"),
}
"""Why security groups keep something out: the code, and the reason."""

GROUP_REMEDIES = {
    "own": "Allow {allowed} in {at}.",
    "default": "Give {station} a security group that allows {allowed}.",
    "none": "Give {station} a security group of {home}.",
}
"""What to do about a group: its own, the VPC's default one, none."""

DOUBTS = {
    "not-known": Words(
        "NOT_KNOWN",
        f"{_UNKNOWN}, so that nobody can tell.",
        "Fill in {of} of {at}, and take its row out of unknown.",
    ),
    "leans-on-unknown": Words(
        "NOT_KNOWN",
        f"{_UNKNOWN}, and the path leans on it.",
        "Settle it, and take the row about {at} out of unknown.",
    ),
    "leaves-the-plan": Words(
        "LEAVES_THE_PLAN",
        "By the route {route} of {at} packets leave what the plan holds; what becomes of them "
        "there it does not say.",
        "Put what is there on the plan, and route to that.",
    ),
    "list-not-known": Words(
        "NOT_KNOWN",
        "{at} has the route {route}; whether {goal} is an address of that list, the plan does not "
        "know.",
        "Ask about the service by its name, aws:s3 say.",
    ),
    "zone-not-known": Words(
        "NOT_KNOWN",
        "{at} has no zone yet, and {gateway} takes packets in only where {vpc} has an attachment "
        "in their zone.",
        "Say in which zone {at} is.",
    ),
}
"""Of what a plan does not say."""
