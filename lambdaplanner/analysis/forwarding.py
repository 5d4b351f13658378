"""What a packet meets behind a route, by the kind of thing that the route leads to (aws.md 3.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lambdaplanner.analysis.appliances import through_workload
from lambdaplanner.analysis.beyond import through_virtual_private_gateway
from lambdaplanner.analysis.gateways import through_egress_only_gateway, through_internet_gateway
from lambdaplanner.analysis.nat import through_nat
from lambdaplanner.analysis.obstacles import block
from lambdaplanner.analysis.packets import Trip
from lambdaplanner.analysis.peering import over_peering
from lambdaplanner.analysis.routes import LOCAL
from lambdaplanner.analysis.service_gateways import through_endpoint
from lambdaplanner.analysis.transit import through_transit_gateway
from lambdaplanner.analysis.travel import Handler, Journey, Step, deliver
from lambdaplanner.kinds.route_table import BLACKHOLE, OUTSIDE


def stay_local(journey: Journey, trip: Trip, step: Step) -> Iterator[Trip]:
    """A local route: the router of the VPC delivers."""
    yield from deliver(journey, trip, step.table)


def drop(_journey: Journey, trip: Trip, step: Step) -> Iterator[Trip]:
    """A blackhole; there is no fall-back to a wider route."""
    yield trip.blocked(block(trip, step.table, "blackhole", route=step.way.detail))


def leave_the_plan(_journey: Journey, trip: Trip, step: Step) -> Iterator[Trip]:
    """Something that no kind stands for, or that nobody described."""
    yield trip.strayed(block(trip, step.table, "leaves-the-plan", route=step.way.detail))


HANDLERS: Mapping[str, Handler] = {
    LOCAL: stay_local,
    BLACKHOLE: drop,
    OUTSIDE: leave_the_plan,
    "internet-gateway": through_internet_gateway,
    "egress-only-internet-gateway": through_egress_only_gateway,
    "nat-gateway": through_nat,
    "peering": over_peering,
    "transit-gateway": through_transit_gateway,
    "endpoint": through_endpoint,
    "workload": through_workload,
    "virtual-private-gateway": through_virtual_private_gateway,
}
