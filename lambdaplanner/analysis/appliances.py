"""Instances that pass packets on: NAT instances and routers (aws.md 3.6).

What they let through, beside what their groups say, is not on a plan: it is taken for granted, and
the answer says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lambdaplanner.analysis.crossing import admitted, cross, emitted
from lambdaplanner.analysis.doubt_obstacles import not_known
from lambdaplanner.analysis.doubts import Doubt
from lambdaplanner.analysis.hops import Hop, Translation
from lambdaplanner.analysis.obstacles import block
from lambdaplanner.analysis.packets import Client, Station, Trip
from lambdaplanner.analysis.stations import workload_station
from lambdaplanner.analysis.travel import Journey, Step, depart
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.workload import Workload


def through_workload(journey: Journey, trip: Trip, step: Step) -> Iterator[Trip]:
    """In by its groups, and on from its own subnet; what does not forward drops the packet."""
    network = journey.network
    workload = network.of(Workload)[step.way.target]
    hop = Hop(id=workload.id, kind=workload.kind)
    doubt = network.doubts.of(workload.id, "forwards")
    if doubt is not None:
        yield trip.met(hop).strayed(not_known(trip, doubt))
        return
    places = [name for name in workload.subnets if network.of(Subnet)[name].vpc == trip.vpc]
    if workload.forwards is None or not places:
        problem = block(trip, workload.id, "appliance", route=step.way.detail)
        if workload.forwards is not None:
            problem = block(trip, step.table, "target-not-here", route=step.way.detail)
        yield trip.met(hop).blocked(problem)
        return
    for name in places:
        station = workload_station(network, workload, name, trip.packet.version)
        if trip.subnet == name:
            problem = block(trip, workload.id, "appliance-in-source-subnet")
            yield trip.met(hop).blocked(problem)
        elif trip.packet.version == 6 and workload.forwards == "nat":
            untold = Doubt(workload.id, "forwards", "nobody told whether it translates IPv6")
            yield trip.met(hop).strayed(not_known(trip, untold))
        elif not station.addresses:
            problem = block(trip, station.interface, "no-ipv6-address", station=station.id)
            yield trip.met(hop).blocked(problem)
        elif workload.forwards == "nat" and trip.direction == "return":
            route = step.way.detail
            problem = block(trip, step.table, "reply-astray", journey.goal, route=route)
            yield trip.met(hop).blocked(problem)
        else:
            yield from _passed(journey, trip, station, translates=workload.forwards == "nat")


def _passed(journey: Journey, trip: Trip, station: Station, *, translates: bool) -> Iterator[Trip]:
    network, place = journey.network, station.subnet or ""
    own = station.arrival[0]
    for entered in cross(network, trip, place, outward=False):
        inside = admitted(network, entered, station).met(own)
        hop = Hop(id=station.id, kind=station.kind, by="passes on")
        if translates:
            change = Translation("source", inside.sender.spoken, station.spoken)
            met = inside.met(replace(hop, by="translates to its own address", translation=change))
            yield from depart(journey, emitted(network, _translated(met, station), journey.goal))
            continue
        met = inside.met(hop).but(subnet=place)
        if trip.direction == "forward":  # what came in by groups goes back out by them
            sent = emitted(network, met.but(sender=station), journey.goal)
            met = sent.but(
                sender=trip.sender,
                relation="middlebox",
                matched_by_group=trip.matched_by_group,
            )
        onward = met.assuming(f"{station.id} lets it through")
        yield from depart(journey, onward.but(passed=(*trip.passed, station.id)))


def _translated(trip: Trip, station: Station) -> Trip:
    passed = trip.blocked(trip.matched_by_group) if trip.matched_by_group is not None else trip
    return passed.but(
        packet=trip.packet._replace(source=station.addresses),
        sender=station,
        clients=(*trip.clients, Client(trip.sender, trip.packet.source, trip.passed)),
        subnet=station.subnet,
        relation="lost",
        passed=(),
        brought=False,
    ).assuming(f"{station.id} lets it through")


def through_firewall(journey: Journey, trip: Trip, step: Step) -> Iterator[Trip]:
    """To AWS Network Firewall or a Gateway Load Balancer, and on by the routes of the endpoint's
    own subnet, with both addresses as they were.
    """
    network = journey.network
    endpoint = network.of(Endpoint)[step.way.target]
    place = next(iter(endpoint.subnets), None)
    if endpoint.vpc != trip.vpc or place is None or network.of(Subnet)[place].vpc != trip.vpc:
        yield trip.blocked(block(trip, step.table, "target-not-here", route=step.way.detail))
        return
    hop = Hop(id=endpoint.id, kind=endpoint.kind, by="firewall, passes on")
    if trip.subnet == place:
        problem = block(trip, endpoint.id, "appliance-in-source-subnet")
        yield trip.met(hop).blocked(problem)
        return
    for entered in cross(network, trip, place, outward=False):
        relation = "middlebox" if trip.direction == "forward" else trip.relation
        met = entered.met(hop).but(subnet=place, relation=relation)
        passed = met.assuming(f"firewall {endpoint.id} lets it through")
        yield from depart(journey, passed.but(passed=(*trip.passed, endpoint.id)))
