"""Checks of what joins VPCs: their blocks, routes over peerings, zones of transit gateways."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from lambdaplanner.analysis.compiled import ways_of
from lambdaplanner.analysis.ranges import block_range, is_public, joined, meet_all, minus_all
from lambdaplanner.analysis.routes import CompiledRoute
from lambdaplanner.analysis.transit_tables import doubted, transit_table
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.refused import refused
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.checks.sharing import named
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import vpc_attachments
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.cidr import Address, Block, block

PEERING = "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html"
PEERING_ROUTES = "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html"
ATTACHMENTS = "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html"


@check("NET-006", "error", "VPCs that are joined have the same addresses", reference=PEERING)
def overlapping_vpcs(view: PlanAnalysis) -> Iterator[Draft]:
    """A peering of VPCs with any block in common never becomes active. A transit gateway takes
    such VPCs, but does not learn the later one's routes, and a plan does not say which that is. A
    warning where static routes, or what is propagated, leave no doubt.
    """
    for peering in view.of(Peering):
        found = _overlap(view, *peering.vpcs[:2])
        if found:
            yield Draft(
                about=(peering.id, *peering.vpcs),
                message=f'Peering "{peering.id}" cannot become active: {found[0]} of '
                f'"{peering.vpcs[0]}" and {found[1]} of "{peering.vpcs[1]}" overlap.',
                fix=f"{_apart(view, zip(peering.vpcs, found, strict=True))}.",
            )
    for gateway in view.of(TransitGateway):
        unsure = _unsure(view, gateway)
        for (one, first), (other, second) in _overlaps_at(view, gateway):
            doubt = _between(view, unsure, one, other) or _between(view, unsure, other, one)
            which = (
                "it knows the way to the one attached first, which a plan does not say"
                if doubt
                else "only its static routes and propagations tell which of them is meant"
            )
            yield Draft(
                about=(gateway.id, one, other),
                message=f'VPCs "{one}" ({first}) and "{other}" ({second}) at transit '
                f'gateway "{gateway.id}" overlap: {which}.',
                fix=f"{_apart(view, ((one, first), (other, second)))}, route to the one that is "
                "meant, or put a private NAT gateway between.",
                severity=None if doubt else "warning",
            )


def _apart(view: PlanAnalysis, overlapping: Iterable[tuple[str, Block]]) -> str:
    """What parts two VPCs: one block less where that is a secondary one and no subnet needs it."""
    for vpc, shared in overlapping:
        inside = (view.subnet(name).cidr for name in view.subnets_of(vpc))
        needed = any(shared.covers(block(cidr)) for cidr in inside)
        if str(shared) in view.vpc(vpc).secondary_cidrs and not needed:
            return f'Take {shared} from "{vpc}", or give one of the VPCs other blocks'
    return "Give one of the VPCs other blocks"


def _unsure(view: PlanAnalysis, gateway: TransitGateway) -> list[CompiledRoute]:
    """The routes of which a plan does not say whether a transit gateway knows them."""
    names = {attachment.route_table: attachment for attachment in gateway.attachments}
    tables = (transit_table(view.network, gateway, one) for one in names.values())
    return [way for table in tables if table is not None for way in doubted(table)]


def _between(view: PlanAnalysis, ways: list[CompiledRoute], one: str, other: str) -> bool:
    """Whether a route to one VPC is unsure because of another one's blocks."""
    theirs = view.network.standing_blocks(other)
    return any(way.target == one and any(way.block.overlaps(own) for own in theirs) for way in ways)


def _overlap(view: PlanAnalysis, one: str, other: str) -> tuple[Block, Block] | None:
    for first in blocks_of(view.vpc(one)):
        for second in blocks_of(view.vpc(other)):
            if first.overlaps(second):
                return first, second
    return None


def _overlaps_at(
    view: PlanAnalysis, gateway: TransitGateway
) -> Iterator[tuple[tuple[str, Block], tuple[str, Block]]]:
    """Pairs of attached VPCs, each VPC with the nearest around it; one sweep, since blocks nest or
    are apart.
    """
    vpcs = [attachment.vpc for attachment in vpc_attachments(view.plan, gateway)]
    blocks = sorted((own, vpc) for vpc in vpcs for own in blocks_of(view.vpc(vpc)))
    told: set[frozenset[str]] = set()
    around: list[tuple[Block, str]] = []
    for own, vpc in blocks:
        while around and not around[-1][0].covers(own):
            around.pop()
        outer = next((found for found in reversed(around) if found[1] != vpc), None)
        around.append((own, vpc))
        if outer is None or frozenset((vpc, outer[1])) in told:
            continue
        told.add(frozenset((vpc, outer[1])))
        pair = sorted(((outer[1], outer[0]), (vpc, own)), key=lambda one: view.plan.order(one[0]))
        yield pair[0], pair[1]


def blocks_of(thing: Vpc | Subnet) -> list[Block]:
    """Every block of a VPC or a subnet, of both IP versions."""
    first = thing.cidrs if isinstance(thing, Vpc) else (thing.cidr,)
    return [block(text) for text in (*first, thing.ipv6_cidr) if text]


def said_ways(ways: Iterable[CompiledRoute]) -> str:
    """Destinations as a person reads them, those of a prefix list with its name."""
    texts = (way.text if "/" in way.text else f'{way.block} (of "{way.text}")' for way in ways)
    return ", ".join(dict.fromkeys(texts))


class Crossing(NamedTuple):
    """What a table sends to another VPC over a peering."""

    table: RouteTable
    join: str
    peer: str
    ways: tuple[CompiledRoute, ...]

    def such(self, wrong: Callable[[Block], bool]) -> str:
        """The destinations of a sort, as a person reads them; empty where there are none."""
        return said_ways(way for way in self.ways if wrong(way.block))


@check("NET-029", "error", "Two VPCs are peered twice", reference=PEERING)
def peered_twice(view: PlanAnalysis) -> Iterator[Draft]:
    """AWS takes one peering of two VPCs at a time, whichever side asked: of two the one made first
    stands, and the later one carries nothing.
    """
    return refused(view, "NET-029")


@check("NET-008", "error", "A peering is to carry what it cannot", reference=PEERING)
def through_a_peering(view: PlanAnalysis) -> Iterator[Draft]:
    """Neither transit to a third VPC nor the other's internet gateway, NAT gateway or gateway
    endpoint: only what is for the other VPC's own addresses.
    """
    for crossing in _over_peerings(view):
        theirs = blocks_of(view.vpc(crossing.peer))

        def elsewhere(wanted: Block, theirs: list[Block] = theirs) -> bool:
            return not wanted.prefix or not any(own.overlaps(wanted) for own in theirs)

        sent = crossing.such(elsewhere)
        if sent:
            yield Draft(
                about=(crossing.table.id, crossing.join),
                message=f'Route table "{crossing.table.id}" sends {sent} over peering '
                f'"{crossing.join}", which carries only what is for VPC "{crossing.peer}" '
                f"({', '.join(str(own) for own in theirs)}).",
                fix=_meant(view, crossing, elsewhere),
            )


def _meant(view: PlanAnalysis, crossing: Crossing, wrong: Callable[[Block], bool]) -> str:
    """What the routes are there for, by who has the addresses: the internet, a VPC, nobody."""
    own = crossing.table.vpc
    sent = [way.block for way in crossing.ways if wrong(way.block)]
    others = [
        vpc.id
        for vpc in view.of(Vpc)
        if vpc.id not in (own, crossing.peer) and view.subnets_of(vpc.id)
    ]
    meant = [
        name
        for name in others
        if any(
            one.prefix and theirs.overlaps(one)
            for one in sent
            for theirs in blocks_of(view.vpc(name))
        )
    ]
    if meant:
        return f'Peer "{own}" with "{meant[0]}", or join them by a transit gateway.'
    if all(not one.prefix or is_public(Address(one.version, one.first)) for one in sent):
        return f'Route that to a gateway of "{own}", or take it out.'
    return "Take the route out, or peer with the VPC that is meant, once it is on the plan."


@check(
    "NET-009", "warning", "A peering route is wider than the other VPC", reference=PEERING_ROUTES
)
def wide_peering_route(view: PlanAnalysis) -> Iterator[Draft]:
    """What the other VPC does not have is dropped there, in place of taking another way."""
    for crossing in _over_peerings(view):
        theirs = blocks_of(view.vpc(crossing.peer))

        def wider(wanted: Block, theirs: list[Block] = theirs) -> bool:
            own = joined([block_range(b) for b in theirs if b.version == wanted.version])
            here = block_range(wanted)
            return bool(wanted.prefix and meet_all((here,), own) and minus_all((here,), own))

        sent = crossing.such(wider)
        if sent:
            yield Draft(
                about=(crossing.table.id, crossing.join),
                message=f'Route table "{crossing.table.id}" sends {sent} over peering '
                f'"{crossing.join}", more than VPC "{crossing.peer}" has '
                f"({', '.join(str(own) for own in theirs)}).",
                fix="Route the blocks of the other VPC, or of the subnets that are meant.",
            )


def _over_peerings(view: PlanAnalysis) -> Iterator[Crossing]:
    """What each table sends over a peering of its VPC; prefix lists count by their blocks."""
    for table in view.of(RouteTable):
        found: dict[str, list[CompiledRoute]] = {}
        for route in table.routes:
            if isinstance(view.plan.find(route.target), Peering):
                ways = ways_of(route, view.network.entries)
                found.setdefault(route.target, []).extend(ways)
        for join, sent in found.items():
            peering = view.plan.resource(join)
            assert isinstance(peering, Peering)
            if table.vpc in peering.vpcs:
                peer = next(vpc for vpc in peering.vpcs if vpc != table.vpc)
                yield Crossing(table, join, peer, tuple(sent))


@check(
    "NET-010",
    "error",
    "A subnet routes to a transit gateway that has no attachment in its zone",
    reference=ATTACHMENTS,
)
def no_attachment_in_the_zone(view: PlanAnalysis) -> Iterator[Draft]:
    """Packets enter a transit gateway by the attachment's subnet of their own zone, or not at
    all.
    """
    for gateway in view.of(TransitGateway):
        zones = {
            attachment.vpc: {view.subnet(name).az for name in attachment.subnets}
            for attachment in vpc_attachments(view.plan, gateway)
        }
        for vpc, having in zones.items():
            missing: dict[str, list[str]] = {}
            for name in view.subnets_of(vpc):
                table, zone = view.table(name), view.subnet(name).az
                if table is None or zone in having or "" in (zone, *having):
                    continue
                if any(route.target == gateway.id for route in table.routes):
                    missing.setdefault(zone, []).append(name)
            for zone, names in missing.items():
                said = f"{named(names, 'Subnet', 'Subnets')} in {zone}"
                said += " routes" if len(names) == 1 else " route"
                yield Draft(
                    about=(gateway.id, vpc, *names),
                    message=f'{said} to transit gateway "{gateway.id}", '
                    f'but VPC "{vpc}" is attached to it by no subnet of that zone.',
                    fix=f'Add a subnet in {zone} to the attachment of "{vpc}".',
                )
