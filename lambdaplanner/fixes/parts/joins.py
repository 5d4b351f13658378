"""Ways between two VPCs: drafts for packets that have to get from one into another, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from lambdaplanner.analysis.packets import Station, Stop
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.commands.links import can_connect, connect
from lambdaplanner.commands.places import called
from lambdaplanner.fixes.leading import lead, leads_to
from lambdaplanner.fixes.parts.building import said_subnets, subnet_of
from lambdaplanner.fixes.parts.transit_parts import lead_over, reach_zone, teach
from lambdaplanner.fixes.registry import Fix
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan


class Gap(NamedTuple):
    """Two subnets of different VPCs between which packets have to get."""

    near: str
    """Where they were stopped."""
    origin: str
    """Where replies have to get: mostly `near` itself, else the subnet of who sent them there."""
    far: str


def gaps(stops: Sequence[Stop]) -> list[Gap]:
    """Every gap to close for packets that were stopped on their way to an interface elsewhere."""
    found = []
    for stop in stops:
        goal, trip = stop.goal, stop.trip
        if isinstance(goal, Station) and goal.subnet and trip.subnet and goal.vpc != trip.vpc:
            found.append(Gap(trip.subnet, trip.sender.subnet or trip.subnet, goal.subnet))
    return list(dict.fromkeys(found))


def ways_between(view: PlanAnalysis, found: Sequence[Gap], used: Sequence[str]) -> Iterator[Fix]:
    """What joins the VPCs of gaps, best first: what their routes or the packets (`used`: the ids on
    their path) use already, what is there, what can be made.
    """
    if not found:
        return
    plan = view.plan
    near, home, far = (view.subnet(name).vpc for name in found[0])
    if home == far:
        return
    peerings = [p for p in plan.ordered(Peering.kind) if set(p.vpcs) == {near, far}]
    hubs: list[TransitGateway] = plan.ordered(TransitGateway.kind)
    ways: list[tuple[str, Fix]] = []
    if home == near:
        working = [p for p in peerings if view.network.peering_works(p)]
        ways += [(p.id, _over(plan, found, p)) for p in working]
    joining = [hub for hub in hubs if hub.attachment(near) and hub.attachment(far)]
    ways += [(hub.id, _over(plan, found, hub)) for hub in joining]
    known = {*used, *_routed(plan, found)}
    yield from (fix for name, fix in sorted(ways, key=lambda way: way[0] not in known))
    if home == near and can_connect(plan, near, far) is None:
        yield _new_peering(plan, found, near, far)
    for hub in hubs:
        missing = [vpc for vpc in dict.fromkeys((home, near, far)) if not hub.attachment(vpc)]
        if missing and all(can_connect(plan, vpc, hub.id) is None for vpc in missing):
            yield _attached(plan, found, hub, missing)


def _routed(plan: Plan, found: Sequence[Gap]) -> Iterator[str]:
    """What the tables of both sides use now."""
    for gap in found:
        for start, towards in ((gap.near, gap.far), (gap.far, gap.origin)):
            target = leads_to(plan, start, towards)
            if target is not None:
                yield target


def _said(plan: Plan, found: Sequence[Gap]) -> str:
    near, far = ([gap.near for gap in found], [gap.far for gap in found])
    return f"{said_subnets(plan, near)} and {said_subnets(plan, far)}"


def _over(plan: Plan, found: Sequence[Gap], join: Peering | TransitGateway) -> Fix:
    noun = "peering" if isinstance(join, Peering) else "transit gateway"
    return Fix(
        slug=f"route-over-{noun.replace(' ', '-')}",
        label=f"Route {_said(plan, found)} to each other over the {noun} {join.title}",
        command=_routes_by(found, join.id),
    )


def _routes_by(found: Sequence[Gap], join: str) -> Callable[[Edit], None]:
    """The command that lays routes over a join, there and back."""

    def command(edit: Edit) -> None:
        for gap in found:
            if isinstance(edit.plan.resource(join), TransitGateway):
                _through_hub(edit, join, gap)
            else:
                lead(edit, gap.near, gap.far, join)
                lead(edit, gap.far, gap.origin, join)

    return command


def _through_hub(edit: Edit, hub: str, gap: Gap) -> None:
    for name in gap:
        reach_zone(edit, hub, name)
    near, home, far = (subnet_of(edit.plan, name).vpc for name in gap)
    teach(edit, hub, near, far)
    teach(edit, hub, far, home)
    lead_over(edit, hub, gap.near, gap.far)
    lead_over(edit, hub, gap.far, gap.origin)


def _new_peering(plan: Plan, found: Sequence[Gap], near: str, far: str) -> Fix:
    def command(edit: Edit) -> None:
        before = set(edit.plan.of(Peering.kind))
        connect(edit, near, far)
        (new,) = set(edit.plan.of(Peering.kind)) - before
        _routes_by(found, new)(edit)

    return Fix(
        slug="add-peering",
        label=f"Peer {called(plan, near)} with {called(plan, far)} and route "
        f"{_said(plan, found)} to each other",
        command=command,
    )


def _attached(plan: Plan, found: Sequence[Gap], hub: TransitGateway, missing: list[str]) -> Fix:
    def command(edit: Edit) -> None:
        for vpc in missing:
            connect(edit, vpc, hub.id)
        _routes_by(found, hub.id)(edit)

    return Fix(
        slug="attach-to-transit-gateway",
        label=f"Attach {' and '.join(called(plan, vpc) for vpc in missing)} to the transit gateway "
        f"{hub.title} and route {_said(plan, found)} to each other",
        command=command,
    )
