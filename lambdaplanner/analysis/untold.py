"""Ends of questions of which a plan does not tell all: what can be said of them all the same."""

from __future__ import annotations

import dataclasses

from lambdaplanner.analysis import end_obstacles as ends
from lambdaplanner.analysis.answers import PathAnswer
from lambdaplanner.analysis.asking import Ask
from lambdaplanner.analysis.crossing import emitted
from lambdaplanner.analysis.doubt_obstacles import met_in_doubt, not_known
from lambdaplanner.analysis.doubts import Doubt
from lambdaplanner.analysis.ends import End
from lambdaplanner.analysis.hops import Hop, turned
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.packets import Outside, Station, Trip
from lambdaplanner.analysis.paths import ended
from lambdaplanner.analysis.ranges import INTERNET, everywhere
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.subnet import Subnet


def untold_subnets(network: Network, end: End) -> Doubt | None:
    """Why nobody knows all subnets of an end, where that is so."""
    names = [workload.id for workload in end.workloads]
    if end.function is not None:
        both = (end.function.id, end.function.capacity_provider)
        names = [name for name in both if name is not None]
    found = (network.doubts.of(name, "subnets") for name in names)
    return next((doubt for doubt in found if doubt is not None), None)


def ends_told(network: Network, *both: End) -> bool:
    """Whether all is told that a verdict on two ends leans on, beside the way between them."""
    if not network.doubts:
        return True
    known = not network.doubts.of_things
    return known and not any(untold_subnets(network, end) for end in both)


def from_untold(ask: Ask, end: End, target: str, doubt: Doubt) -> PathAnswer:
    """From a subnet that nobody told: what holds wherever that is, is said for sure."""
    thing = end.function or end.workloads[0]
    named = topology.groups_of(ask.network.things, thing)
    groups = tuple(ask.network.group(name) for name in named) or None
    sender = Station(thing.id, thing.kind, "", None, everywhere(ask.version), "", groups=groups)
    return _somewhere(ask, sender, (Hop(id=thing.id, kind=thing.kind),), target, doubt)


def to_untold(ask: Ask, station: Station, target: str, doubt: Doubt) -> PathAnswer:
    """From an interface to where nobody told."""
    return _somewhere(ask, station, turned(station.arrival), target, doubt)


def from_outside_to_untold(ask: Ask, source: str, doubt: Doubt) -> PathAnswer:
    """From the internet, or a function that is not attached, to where nobody told."""
    sender = Station(source, source, "", None, INTERNET, "")
    trip = Trip(ask.packet(sender, Outside(doubt.about, INTERNET, ())), sender, "", None)
    return ended(trip.blocked(not_known(trip, doubt)), None)


def _somewhere(
    ask: Ask, sender: Station, hops: tuple[Hop, ...], target: str, doubt: Doubt
) -> PathAnswer:
    goal = Outside(target, everywhere(ask.version), ())
    start = Trip(ask.packet(sender, goal), sender, sender.vpc, sender.subnet, hops=hops[:1])
    for problem in ends.at_source(ask, start):
        start = start.blocked(problem)
    start = start.met(*hops[1:])
    if not _speaks(sender, start):
        start = emitted(ask.network, start, goal)
    return ended(start.blocked(not_known(start, doubt)), None)


def _speaks(sender: Station, trip: Trip) -> bool:
    """Whether a group lets anything of the sort out, or none is known."""
    packet = trip.packet
    if sender.groups is None:
        return True
    rules = (rule for group in sender.groups for rule in group.outbound)
    return any(rule.speaks(packet.protocol, packet.ports) for rule in rules)


def leaning(network: Network, path: PathAnswer) -> PathAnswer:
    """The path, unknown where it meets things of which nobody knows whether there will be any, or
    is stopped by such things alone.
    """
    things = network.doubts.of_things
    if not things:
        return path
    places = [name for name in (path.via, path.into) if name is not None]
    subnets = (network.of(Subnet).get(name) for name in places)
    met = [*(hop.id for hop in (*path.hops, *path.return_hops)), *places]
    met += [subnet.vpc for subnet in subnets if subnet is not None]
    found = next((things[name] for name in met if name in things), None)
    stops = [one.at for one in path.obstacles if not one.in_doubt]
    if path.verdict == "unreachable" and not all(name in things for name in stops):
        return path
    if path.verdict == "unreachable":
        found = found or next((things[name] for name in stops), None)
    if found is None:
        return path
    said = met_in_doubt(found)
    return dataclasses.replace(path, verdict="unknown", obstacles=(*path.obstacles, said))
