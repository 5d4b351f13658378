"""The words of obstacles on the way: what blocks, where, why, and what to do. Codes: aws.md 9.2."""

from __future__ import annotations

from lambdaplanner.analysis.packets import Goal, Obstacle, Outside, Packet, Side, Stop, Trip
from lambdaplanner.analysis.ranges import Ranges


def block_to(
    trip: Trip, at: str, code: str, message: str, fix: str, stop: Stop | None = None
) -> Obstacle:
    """An obstacle in the direction of the trip; `stop` left out, it was on its way to where it is
    bound.
    """
    return Obstacle(
        at=at,
        code=code,
        direction=trip.direction,
        message=message,
        fix=fix,
        stop=stop or Stop(trip, trip.goal),
    )


def name_of(goal: Goal) -> str:
    """The far end as a sentence names it."""
    return goal.text if isinstance(goal, Outside) else goal.id


def block_of(goal: Goal) -> str:
    """What a route or rule for the far end names."""
    if isinstance(goal, Outside) and goal.where:
        return goal.where
    if isinstance(goal, Outside):
        single = goal.text[0].isdigit() or (":" in goal.text and not goal.service)
        return f"{goal.text}/{128 if ':' in goal.text else 32}" if single else "0.0.0.0/0"
    return goal.where


def said(packet: Packet) -> str:
    """Protocol and ports: ``tcp 443``, ``icmp``."""
    return (
        packet.protocol if packet.protocol == "icmp" else f"{packet.protocol} {spans(packet.ports)}"
    )


def spans(ranges: Ranges) -> str:
    """Ports as a person writes them: ``443``, ``1024-32767 and 61000-65535``."""
    parts = [str(low) if low == high else f"{low}-{high}" for low, high in ranges]
    return " and ".join(parts)


# routes -----------------------------------------------------------------------------------------


def no_route(trip: Trip, table: str, goal: Goal, advice: str, over_ipv6: str = "") -> Obstacle:
    """No route of the table fits; `advice` says what leads outside from there, `over_ipv6` is the
    route by which IPv6 leaves all the same.
    """
    where = block_of(goal)
    if trip.direction == "return":
        message = (
            f"Route table {table} has no route to {where}, so replies to {name_of(goal)} get lost."
        )
        fix = f"Route {where} in {table} {_way_back(goal)}."
    elif isinstance(goal, Outside) and goal.public:
        beside = f"; only IPv6 leaves, by {over_ipv6}" if over_ipv6 else ""
        message = f"Route table {table} has no route that leads to {name_of(goal)}{beside}."
        fix = advice
    else:
        message = f"Route table {table} has no route to {name_of(goal)} ({where})."
        fix = f"Add a route to {where} over a peering or a transit gateway to {table}."
    return block_to(trip, table, "NO_ROUTE_TO_DESTINATION", message, fix)


def routes_cover_some(trip: Trip, at: str, goal: Outside, routes: str, advice: str) -> Obstacle:
    """Routes name public blocks, and the far end is an AWS service; `trip` stands before them."""
    return block_to(
        trip,
        at,
        "SERVICE_ADDRESSES_UNKNOWN",
        f"{at} has routes for a part of the public addresses ({routes}); whether {goal.text} has "
        "some of those, or all of its own among them, the plan does not say.",
        advice,
    )


def blackhole(trip: Trip, table: str, route: str) -> Obstacle:
    """The winning route leads to nothing."""
    return block_to(
        trip,
        table,
        "BAD_STATE_ROUTE",
        f"The route {route} of {table} drops what it matches; a wider route never takes its place.",
        f"Give that route of {table} a working target, or remove it.",
    )


def not_attached_here(trip: Trip, table: str, route: str) -> Obstacle:
    """The winning route's target has no place in this VPC."""
    return block_to(
        trip,
        table,
        "BAD_STATE_ROUTE",
        f"The route {route} of {table} does not work: its target is not attached to {trip.vpc}.",
        f"Route to something of {trip.vpc} instead.",
    )


def circle(trip: Trip, table: str) -> Obstacle:
    """The packet comes by where it was before."""
    return block_to(
        trip,
        table,
        "NO_PATH",
        f"The routes go in a circle: packets come back to {table} again and again.",
        "Let one of the routes of the circle lead on to the destination.",
    )


def too_many_ways(trip: Trip, table: str) -> Obstacle:
    """More ways than anybody could follow."""
    return block_to(
        trip,
        table,
        "NO_PATH",
        f"From {table} on, more ways lead on than can be followed, so nobody knows where all of "
        "them end.",
        "Let fewer filters and translations stand on the way.",
    )


def appliance(trip: Trip, workload: str, route: str) -> Obstacle:
    """The route leads to something that passes nothing on."""
    return block_to(
        trip,
        workload,
        "UNSUPPORTED_COMPONENT",
        f"The route {route} leads to {workload}, which drops what is not for itself: nothing says "
        "that it passes packets on.",
        f"Say that {workload} forwards, if it is an instance that does, or route around it.",
    )


def elsewhere(trip: Trip, table: str, goal: Goal) -> Obstacle:
    """The packet is delivered inside a VPC where the far end is not."""
    return block_to(
        trip,
        table,
        "NO_PATH",
        f"{block_of(goal)} is also a part of {trip.vpc}, so that packets to {name_of(goal)} "
        "end there.",
        "Use VPC blocks that do not overlap.",
    )


def reply_lost(trip: Trip, table: str, route: str, goal: Goal) -> Obstacle:
    """The reply takes a way that does not lead back."""
    return block_to(
        trip,
        table,
        "NO_ROUTE_TO_DESTINATION",
        f"Replies to {name_of(goal)} ({block_of(goal)}) take the route {route} of {table}, "
        "which does not lead back to where the request came from.",
        f"Route {block_of(goal)} in {table} {_way_back(goal)}.",
    )


def _way_back(goal: Goal) -> str:
    """Where replies have to go."""
    if isinstance(goal, Outside):
        return "to the internet gateway by which the request came"
    return "by the way that the request took"


# filters ----------------------------------------------------------------------------------------


def acl_denies(trip: Trip, acl: str, subnet: str, side: Side, why: str) -> Obstacle:
    """A network ACL lets nothing through."""
    verb = "leave" if side == "outbound" else "enter"
    subject = "Replies" if trip.direction == "return" else "Packets"
    return block_to(
        trip,
        acl,
        "SUBNET_ACL_RESTRICTION",
        f"{subject} ({said(trip.packet)}) may not {verb} {subnet}: {acl} denies them ({why}).",
        f"Allow {side} {said(trip.packet)} in {acl}, with a lower number than what denies it.",
        Stop(trip, trip.goal, side, border=subnet),
    )


def acl_denies_some(trip: Trip, acl: str, subnet: str, side: Side, ports: Ranges) -> Obstacle:
    """A network ACL lets a part through."""
    if ports:
        message = (
            f"Network ACL {acl} of {subnet} stops {side} {trip.packet.protocol} {spans(ports)}, "
            "a part of the "
            f"ports {spans(trip.packet.ports)} that replies come to: some connections hang."
        )
    else:
        message = (
            f"Network ACL {acl} of {subnet} lets {side} packets of only some addresses through."
        )
    fix = f"Allow {side} {said(trip.packet)} in {acl}, for every address of the subnet."
    stop = Stop(trip, trip.goal, side, border=subnet)
    return block_to(trip, acl, "SUBNET_ACL_RESTRICTION", message, fix, stop)


def acl_covers_some(trip: Trip, acl: str, subnet: str, side: Side) -> Obstacle:
    """Entries name public blocks, and the far end is an AWS service."""
    word = "to" if side == "outbound" else "from"
    return block_to(
        trip,
        acl,
        "SUBNET_ACL_RESTRICTION",
        f"Network ACL {acl} of {subnet} lets {side} {said(trip.packet)} {word} a part of the "
        "public addresses through; whether those are the service's the plan does not say.",
        f"See that {acl} names every range of the service that AWS publishes (ip-ranges.json), "
        f"or allow {side} {said(trip.packet)} {word} 0.0.0.0/0.",
        Stop(trip, trip.goal, side, border=subnet),
    )


# addresses --------------------------------------------------------------------------------------


def unknown_here(trip: Trip, goal: Outside, place: str, vpc: str) -> Obstacle:
    """The network delivers, and nobody is there."""
    carried = "would carry packets" if trip.not_blocked else "would not carry packets"
    where = f"{place} of {vpc}" if place else f"{vpc}, where no subnet owns the address"
    return block_to(
        trip,
        goal.text,
        "UNKNOWN_DESTINATION",
        f"Nothing on the plan holds {goal.text}; the network {carried} to {where}.",
        f"Ask about a workload, or give one the private address {goal.text}.",
    )


def unknown_address(trip: Trip, goal: Outside) -> Obstacle:
    """An address that is nowhere."""
    return block_to(
        trip,
        goal.text,
        "UNKNOWN_DESTINATION",
        f"Nothing on the plan holds {goal.text}, and the network would not carry packets to it.",
        "Ask about a workload, or an address of one.",
    )


# IPv6 -------------------------------------------------------------------------------------------


def no_ipv6_route(trip: Trip, table: str) -> Obstacle:
    """IPv4 routes, 0.0.0.0/0 too, say nothing about IPv6."""
    return block_to(
        trip,
        table,
        "NO_IPV6_EGRESS",
        f"Route table {table} has no route for IPv6; 0.0.0.0/0 does not cover it.",
        f"Add a route ::/0 to an egress-only internet gateway to {table}.",
    )


def no_ipv6_through(trip: Trip, at: str, why: str) -> Obstacle:
    """Something that does not carry IPv6, or nobody knows that it does."""
    return block_to(
        trip,
        at,
        "NO_IPV6_EGRESS",
        f"{at} does not carry this IPv6 packet: {why}.",
        "Route ::/0 to an egress-only internet gateway.",
    )
