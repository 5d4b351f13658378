"""Other targets for a route that leads nowhere: what carries such packets in its VPC, there already
or made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from lambdaplanner.analysis.ranges import is_public
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.commands.fields import set_route
from lambdaplanner.commands.places import region_of, subnets_of
from lambdaplanner.fixes.parts import building
from lambdaplanner.fixes.parts.joins import Gap, ways_between
from lambdaplanner.fixes.registry import Fix
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.egress_only_internet_gateway import EgressOnlyInternetGateway
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.prefix_list import PrefixList
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.topology import has_public_address
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.cidr import Address, Block, block
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan

MOST = 3
"""Of the things of a kind that a route could lead to: each is tried before it is offered."""


def better_targets(view: PlanAnalysis, table: RouteTable, route: Route) -> Iterator[Fix]:
    """What a route could lead to instead, by where its packets are bound: another VPC of the plan,
    or the internet. Nothing for addresses that nobody on the plan has.
    """
    wanted = destinations_of(view.plan, route)
    versions = {one.version for one in wanted}
    if len(versions) != 1:
        return
    far = _vpcs_at(view, table.vpc, wanted)
    if far:
        ways = [
            fix
            for vpc in far[:MOST]
            for fix in ways_between(view, _gaps(view, table, vpc, wanted), [route.target])
        ]
        if isinstance(view.plan.find(route.target), TransitGateway):  # it is meant; attach to it
            ways.sort(key=lambda fix: fix.slug == "add-peering")
        yield from ways
    elif all(not one.prefix or is_public(Address(one.version, one.first)) for one in wanted):
        if versions == {4}:
            yield from _out_by_ipv4(view, table, route)
        else:
            yield from _out_by_ipv6(view, table, route)


def destinations_of(plan: Plan, route: Route) -> list[Block]:
    """The blocks that a route is for."""
    listed = plan.find(route.destination)
    texts = listed.entries if isinstance(listed, PrefixList) else (route.destination,)
    return [block(text) for text in texts if "/" in text]


# other VPCs ---------------------------------------------------------------------------------------


def _vpcs_at(view: PlanAnalysis, own: str, wanted: list[Block]) -> list[str]:
    """The other VPCs that have addresses of every one of these blocks."""
    if not all(one.prefix for one in wanted):
        return []
    return [
        vpc.id
        for vpc in view.of(Vpc)
        if vpc.id != own
        and all(any(_nests(text, one) for text in (*vpc.cidrs, vpc.ipv6_cidr)) for one in wanted)
    ]


def _nests(text: str | None, wanted: Block) -> bool:
    return text is not None and block(text).overlaps(wanted)


def _gaps(view: PlanAnalysis, table: RouteTable, far: str, wanted: list[Block]) -> list[Gap]:
    near = [subnet.id for subnet in topology.served_by(view.plan, table)]
    there = [
        subnet.id
        for subnet in subnets_of(view.plan, far)
        if any(_nests(subnet.cidr, one) or _nests(subnet.ipv6_cidr, one) for one in wanted)
    ]
    return [Gap(name, name, other) for name in near for other in there]


# the internet -------------------------------------------------------------------------------------


def _out_by_ipv4(view: PlanAnalysis, table: RouteTable, route: Route) -> Iterator[Fix]:
    """A NAT gateway for private subnets, the internet gateway for what has public addresses; both
    where the subnets hold nothing that would tell.
    """
    served = topology.served_by(view.plan, table)
    hosts = _hosts(view, table)
    public = any(has_public_address(thing) for thing in hosts)
    if not public:
        zone = served[0].az if served else f"{region_of(view.plan, table.vpc)}a"
        there = [
            nat
            for nat in building.working_nats(view.plan, table.vpc, zone)
            if nat.subnet not in [subnet.id for subnet in served]
        ]
        near = [nat for nat in there if topology.serves_zone(view.plan, nat, zone)]
        for nat in (near or there)[:MOST]:
            yield _retarget(table, route, f"the NAT gateway {nat.title}", _known(nat.id))
        if not there and served:
            make = partial(building.nat_gateway, vpc=table.vpc, zone=zone)
            yield _retarget(table, route, "a new NAT gateway", make)
    if public or not hosts:
        yield _by_gateway(view, table, route)


def _out_by_ipv6(view: PlanAnalysis, table: RouteTable, route: Route) -> Iterator[Fix]:
    if any(has_public_address(thing) for thing in _hosts(view, table)):
        yield _by_gateway(view, table, route)
        return
    there = [one for one in view.of(EgressOnlyInternetGateway) if one.vpc == table.vpc]
    named = f"the egress-only internet gateway {there[0].title}" if there else ""
    make = partial(building.egress_only_gateway, vpc=table.vpc)
    yield _retarget(table, route, named or "a new egress-only internet gateway", make)


def _by_gateway(view: PlanAnalysis, table: RouteTable, route: Route) -> Fix:
    there = [one.title for one in view.of(InternetGateway) if one.vpc == table.vpc]
    named = f"the internet gateway {there[0]}" if there else "a new internet gateway"
    return _retarget(table, route, named, partial(building.internet_gateway, vpc=table.vpc))


def _hosts(view: PlanAnalysis, table: RouteTable) -> list[object]:
    """What stands in the subnets that a table serves, and sends by it."""
    served = {subnet.id for subnet in topology.served_by(view.plan, table)}
    return [
        *(nat for nat in view.of(NatGateway) if nat.subnet in served),
        *(one for one in view.of(Workload) if not served.isdisjoint(one.subnets)),
        *(one for one in view.attached if not served.isdisjoint(one.subnets)),
    ]


def _known(name: str) -> Callable[[Edit], str]:
    return lambda _edit: name


def _retarget(table: RouteTable, route: Route, named: str, target: Callable[[Edit], str]) -> Fix:
    def command(edit: Edit) -> None:
        set_route(edit, table.id, route.destination, target(edit))

    return Fix(
        slug="retarget-route",
        label=f"Route {route.destination} of {table.title} to {named}",
        command=command,
    )
