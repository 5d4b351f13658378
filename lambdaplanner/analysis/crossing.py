"""Filters at the border of a subnet and at an interface: what of a trip gets through."""

from __future__ import annotations

from lambdaplanner.analysis.doubt_obstacles import not_known
from lambdaplanner.analysis.filters import Box, GroupsVerdict, judge_acl, judge_groups
from lambdaplanner.analysis.hops import Hop, RuleMet
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.obstacles import block, groups_cover_some, groups_deny, spans
from lambdaplanner.analysis.packets import Goal, Obstacle, Packet, Side, Station, Stop, Trip
from lambdaplanner.analysis.ranges import A_SERVICE, Ranges, joined, minus_all
from lambdaplanner.analysis.refused import of_association
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.interfaces import interface_ends

_KEPT = frozenset({"vpc", "peering", "transit", "assumed"})
"""Relations over which an inbound rule's reference to the sender's group holds."""


def cross(network: Network, trip: Trip, subnet: str, *, outward: bool) -> list[Trip]:
    """The trip past the network ACL of a subnet, in as many parts as get through; stopped where
    none does.
    """
    acl = network.acl_of(subnet)
    doubt = network.doubts.of_acl(network.of(Subnet)[subnet]) if network.doubts else None
    if doubt is not None:
        stop = Stop(trip, trip.goal, "outbound" if outward else "inbound", border=subnet)
        return [trip.blocked(not_known(trip, doubt, stop))]
    if acl is None:
        return [trip]
    for problem in of_association(network, trip, subnet, acl.id):
        trip = trip.blocked(problem)
    packet = trip.packet
    addresses = packet.target if outward else packet.source
    rules = acl.outbound if outward else acl.inbound
    verdict = judge_acl(rules, packet.version, packet.protocol, addresses, packet.ports)
    side: Side = "outbound" if outward else "inbound"
    reason = verdict.allowing or verdict.denying
    met = trip.met(Hop(id=acl.id, kind="network-acl", by=f"{side} {reason}"))
    if not verdict.denied:
        return [met]
    stop = Stop(trip, trip.goal, side, border=subnet)
    if addresses == A_SERVICE and not verdict.allowed:
        hosts = network.public_hosts_of(packet.version)
        known = judge_acl(rules, packet.version, packet.protocol, hosts, packet.ports)
        if known.allowed:
            met = trip.met(Hop(id=acl.id, kind="network-acl", by=f"{side} {known.allowing}"))
            problem = block(trip, acl.id, "acl-covers-some", stop=stop, border=subnet)
            return [_through(met, box, problem, outward) for box in known.allowed]
    if not verdict.allowed:
        why = verdict.denying
        denied = block(trip, acl.id, "acl-denies", stop=stop, border=subnet, why=why)
        return [met.blocked(denied)]
    stopped: Ranges = joined([span for _, ports in verdict.denied for span in ports])
    ports = stopped if packet.protocol != "icmp" and stopped != packet.ports else ()
    sort = "acl-denies-ports" if ports else "acl-denies-addresses"
    problem = block(trip, acl.id, sort, stop=stop, border=subnet, stopped=spans(ports))
    return [_through(met, box, problem, outward) for box in verdict.allowed]


def _through(trip: Trip, box: Box, problem: Obstacle, outward: bool) -> Trip:
    addresses, ports = box
    return trip.narrowed(_only(trip.packet, addresses, outward)._replace(ports=ports), problem)


def _only(packet: Packet, addresses: Ranges, outward: bool) -> Packet:
    """The packet with these addresses alone at the end that a filter looks at."""
    return packet._replace(target=addresses) if outward else packet._replace(source=addresses)


def emitted(network: Network, trip: Trip, goal: Goal) -> Trip:
    """The trip past the outbound rules of its sender's groups (aws.md 6.1)."""
    station = trip.sender
    if station.groups is None:
        return trip
    claimed: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    if isinstance(goal, Station):
        claimed = group_ids(goal)
        if goal.vpc == station.vpc or network.peered(goal.vpc, station.vpc):
            known = claimed
        elif not network.of_one_region(goal.vpc, station.vpc):
            trip = trip.but(relation="region")
    elif goal.service is not None and trip.packet.version == 4:  # AWS's lists are of IPv4
        known = network.lists_of(goal.service, station.subnet or "")
    verdict = _judged(trip, station, known, claimed, outward=True)
    if verdict.by_name:
        nameless = _judged(trip, station, frozenset(), claimed, outward=True)
        if nameless.denied:
            unkept = groups_deny(trip.but(relation="lost"), station, goal, nameless, "outbound")
            trip = trip.but(matched_by_group=unkept)
    if not verdict.denied:
        return trip.met(_hop(verdict, "outbound"))
    if verdict.denied == A_SERVICE:
        hosts = network.public_hosts_of(trip.packet.version)
        by_address = trip.but(packet=trip.packet._replace(target=hosts))
        some = _by_written_ranges(by_address, station)
        if some.group:
            problem = groups_cover_some(trip, station, goal, some)
            return _after(by_address, some, problem, outward=True)
    unsure = _untold(network, trip, station, goal, outward=True)
    if unsure is not None and not verdict.group:
        return trip.blocked(unsure)
    problem = unsure or groups_deny(trip, station, goal, verdict, "outbound")
    return _after(trip, verdict, problem, outward=True)


def admitted(network: Network, trip: Trip, station: Station) -> Trip:
    """The trip past the inbound rules of the goal's groups; replies and NAT gateways are not
    judged.
    """
    if trip.direction == "return" or station.groups is None:
        return trip
    first = trip.clients[0].station if trip.clients else trip.sender
    claimed = group_ids(first)
    known = claimed if trip.relation in _KEPT else frozenset()
    verdict = _judged(trip, station, known, claimed, outward=False)
    if not verdict.denied:
        return trip.met(_hop(verdict, "inbound"))
    unsure = _untold(network, trip, station, first, outward=False)
    if unsure is not None and not verdict.group:
        return trip.blocked(unsure)
    problem = unsure or groups_deny(trip, station, first, verdict, "inbound")
    return _after(trip, verdict, problem, outward=False)


def _untold(
    network: Network, trip: Trip, station: Station, far: Goal, *, outward: bool
) -> Obstacle | None:
    """What is not told of the groups of an interface, or of those at the far end that its rules may
    name, where they let less through than was asked: groups only allow, so more of them, or more
    rules, may let it through.
    """
    if not network.doubts:
        return None
    doubt = network.doubts.of(station.id, "security_groups")
    named = False
    for group in station.groups or ():
        speaking = [
            rule
            for rule in group.rules(outward)
            if rule.speaks(trip.packet.protocol, trip.packet.ports)
        ]
        named = named or any(rule.group is not None for rule in speaking)
        lists = (rule.listed for rule in speaking)
        doubt = doubt or network.doubts.of_group(group.id, lists)
    if doubt is None and named and isinstance(far, Station):
        doubt = network.doubts.of(far.id, "security_groups")
    if doubt is None:
        return None
    side: Side = "outbound" if outward else "inbound"
    return not_known(trip, doubt, Stop(trip, far, side, station))


def group_ids(station: Station) -> frozenset[str]:
    """The groups that references can name."""
    return frozenset(group.id for group in station.groups or ())


def _judged(
    trip: Trip,
    station: Station,
    known: frozenset[str],
    claimed: frozenset[str],
    *,
    outward: bool,
) -> GroupsVerdict:
    packet = trip.packet
    rules = (
        (group.id, rule)
        for group in station.groups or ()
        for rule in group.rules(outward)
        if rule.speaks(packet.protocol, packet.ports)
    )
    far = packet.target if outward else packet.source
    return judge_groups(rules, packet.version, far, known, claimed)


def _by_written_ranges(trip: Trip, station: Station) -> GroupsVerdict:
    """What rules let out that name public addresses, whosever they are."""
    packet = trip.packet
    rules = (
        (group.id, rule)
        for group in station.groups or ()
        for rule in group.outbound
        if rule.speaks(packet.protocol, packet.ports) and not rule.is_a_services
    )
    return judge_groups(rules, packet.version, packet.target, frozenset(), frozenset())


def _hop(verdict: GroupsVerdict, side: Side) -> Hop:
    return Hop(id=verdict.group, kind="security-group", by=RuleMet(side, verdict.rule))


def _after(trip: Trip, verdict: GroupsVerdict, problem: Obstacle, *, outward: bool) -> Trip:
    """The trip behind groups that stop it, or a part of it."""
    if not verdict.group:
        kind = "eni" if interface_ends(problem.at) else "security-group"
        stop = Hop(id=problem.at, kind=kind, by="lets none of it through")
        return trip.met(stop).blocked(problem)
    packet = trip.packet
    through = minus_all(packet.target if outward else packet.source, verdict.denied)
    met = trip.met(_hop(verdict, "outbound" if outward else "inbound"))
    return met.narrowed(_only(packet, through, outward), problem)
