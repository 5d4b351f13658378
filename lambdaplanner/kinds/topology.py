"""What follows from how the things of a plan stand to each other: the VPC that holds a thing, the
table that serves a subnet, where it leads, and whether that makes the subnet public (aws.md 3.3).

Each fact is told here and nowhere else, from the plan as it stands or from a snapshot of it.
Filters and the way beyond a subnet's own routes are analysis's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, Protocol, TypeVar

from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.network_acl import NetworkAcl
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.records import Resource

V = TypeVar("V")

EVERYTHING = "0.0.0.0/0"
EVERYTHING_IPV6 = "::/0"
ANYWHERE = (EVERYTHING, EVERYTHING_IPV6)
"""The destinations of default routes."""

Tier = Literal["public", "private", "isolated"]
TIERS: tuple[Tier, ...] = ("public", "private", "isolated")
"""From the internet inwards, as the rows of a VPC."""


class Things(Protocol):
    """The things of a plan: the plan itself, or a snapshot."""

    def find(self, resource_id: str | None) -> Resource | None:
        """The thing with this id, if there is one."""

    def of(self, kind: str) -> Mapping[str, Any]:
        """All things of a kind by id."""

    def ordered(self, kind: str) -> Iterable[Any]:
        """All things of a kind in the order in which they were made."""

    def derived(self, make: Callable[[Things], V]) -> V:
        """What `make` finds, kept as long as the things stay as they are."""


# where things stand -------------------------------------------------------------------------------


def vpc_of(things: Things, resource: Any) -> str | None:
    """The VPC that a thing stands in; None for what stands in the region, and for a function that
    is not attached.
    """
    if isinstance(resource, Vpc):
        return resource.id
    place = things.find(getattr(resource, "subnet", None))
    own = place.vpc if isinstance(place, Subnet) else getattr(resource, "vpc", None)
    if own is not None:
        return str(own)
    first = things.find(next(iter(getattr(resource, "subnets", ())), None))
    return first.vpc if isinstance(first, Subnet) else None


def vpcs_of(things: Things, resource: Any) -> frozenset[str]:
    """The VPCs that a thing stands in or joins; none where it belongs to the region."""
    places = (things.find(name) for name in getattr(resource, "subnets", ()))
    found = {
        vpc_of(things, resource),
        *getattr(resource, "vpcs", ()),  # of a group those that it is associated with, too
        *(attachment.vpc for attachment in vpc_attachments(things, resource)),
        *(place.vpc for place in places if isinstance(place, Subnet)),
    }
    return frozenset(name for name in found if name)


def vpc_attachments(things: Things, gateway: Any) -> list[Any]:
    """The attachments of a transit gateway that are VPCs; none of anything else."""
    found = getattr(gateway, "attachments", ())
    return [one for one in found if isinstance(things.find(one.vpc), Vpc)]


# route tables -------------------------------------------------------------------------------------


def main_table(things: Things, vpc: str) -> RouteTable | None:
    """The main route table of a VPC, where one is written; of several the first by id."""
    return things.derived(_main_tables).get(vpc)


def _main_tables(things: Things) -> dict[str, RouteTable]:
    tables = things.of(RouteTable.kind).values()
    mains = [table for table in tables if table.main and table.gateway is None]
    return {table.vpc: table for table in sorted(mains, key=lambda t: t.id, reverse=True)}


def table_of(things: Things, subnet: Subnet) -> RouteTable | None:
    """The written table that serves a subnet: its own, else its VPC's main one; None where the one
    does that AWS makes.
    """
    own = things.find(subnet.route_table)
    return own if isinstance(own, RouteTable) else main_table(things, subnet.vpc)


def edge_table(things: Things, gateway: str) -> RouteTable | None:
    """The table for what comes into a VPC by a gateway; None where all of it is delivered at
    once. Of several the first by id.
    """
    return things.derived(_edge_tables).get(gateway)


def _edge_tables(things: Things) -> dict[str, RouteTable]:
    edges = [table for table in things.of(RouteTable.kind).values() if table.gateway is not None]
    return {str(t.gateway): t for t in sorted(edges, key=lambda t: t.id, reverse=True)}


def served_by(things: Things, table: RouteTable) -> tuple[Subnet, ...]:
    """The subnets that a table serves, as theirs or as the main one, in the order made."""
    return tuple(things.derived(_served).get(table.id, ()))


def _served(things: Things) -> dict[str, list[Subnet]]:
    found: dict[str, list[Subnet]] = {}
    for subnet in things.ordered(Subnet.kind):
        table = table_of(things, subnet)
        if table is not None:
            found.setdefault(table.id, []).append(subnet)
    return found


# what guards --------------------------------------------------------------------------------------


def default_group(things: Things, vpc: str) -> SecurityGroup | None:
    """The default security group of a VPC, where it is written; of several the first by id."""
    return things.derived(_default_groups).get(vpc)


def _default_groups(things: Things) -> dict[str, SecurityGroup]:
    found = [group for group in things.of(SecurityGroup.kind).values() if group.default]
    return {group.vpc: group for group in sorted(found, key=lambda g: g.id, reverse=True)}


def groups_of(things: Things, thing: Any) -> tuple[str, ...]:
    """The written groups that guard a thing: those it names, else its VPC's default one; none where
    that is AWS's own, and where nothing filters.
    """
    named: tuple[str, ...] = thing.security_groups
    if named or not thing.subnets or getattr(thing, "unfiltered", False):
        return named
    default = default_group(things, vpc_of(things, thing) or "")
    return () if default is None else (default.id,)


def acl_of(things: Things, subnet: Subnet) -> NetworkAcl | None:
    """The written ACL that guards a subnet: its own, else its VPC's default one; None where that is
    AWS's own, which lets everything through.
    """
    own = things.find(subnet.network_acl)
    if isinstance(own, NetworkAcl):
        return own
    return things.derived(_default_acls).get(subnet.vpc)


def _default_acls(things: Things) -> dict[str, NetworkAcl]:
    found = [acl for acl in things.of(NetworkAcl.kind).values() if acl.default]
    return {acl.vpc: acl for acl in sorted(found, key=lambda a: a.id, reverse=True)}


# where they lead ----------------------------------------------------------------------------------


def default_routes(things: Things, subnet: Subnet) -> Iterator[Route]:
    """The routes of a subnet's table for everything, that of IPv4 first."""
    table = table_of(things, subnet)
    for destination in ANYWHERE:
        for route in table.routes if table is not None else ():
            if route.destination == destination:
                yield route


def default_target(things: Things, subnet: Subnet) -> Resource | None:
    """The thing that a subnet's default route of IPv4 names; None without one, and where it is a
    blackhole.
    """
    routes = default_routes(things, subnet)
    return next((things.find(r.target) for r in routes if r.destination == EVERYTHING), None)


def way_out(things: Things, subnet: Subnet) -> Resource | None:
    """The thing that a subnet sends everything to, by IPv4 or else by IPv6 alone."""
    targets = (things.find(route.target) for route in default_routes(things, subnet))
    return next((target for target in targets if target is not None), None)


def has_internet_route(things: Things, subnet: Subnet) -> bool:
    """Whether a subnet sends everything to an internet gateway of its VPC, were it through a
    firewall.
    """
    gateway = default_target(things, subnet)
    if isinstance(gateway, Endpoint) and gateway.is_firewall:
        place = things.find(next(iter(gateway.subnets), None))
        gateway = default_target(things, place) if isinstance(place, Subnet) else None
    return isinstance(gateway, InternetGateway) and gateway.vpc == subnet.vpc


def is_public(things: Things, subnet: Subnet) -> bool:
    """Whether a subnet's table has a route to an internet gateway of its VPC, whatever for."""
    table = table_of(things, subnet)
    return table is not None and internet_gateway_route(things, table) is not None


def internet_gateway_route(things: Things, table: RouteTable) -> Route | None:
    """The first route of a table to an internet gateway of its VPC, which makes the subnets that it
    serves public.
    """
    known = things.derived(_known_public)
    if table.id not in known:
        known[table.id] = next(
            (
                route
                for route in table.routes
                if isinstance(gateway := things.find(route.target), InternetGateway)
                and gateway.vpc == table.vpc
            ),
            None,
        )
    return known[table.id]


def _known_public(_things: Things) -> dict[str, Route | None]:
    """Such routes by the table's id, as far as somebody asked."""
    return {}


def has_public_address(thing: object) -> bool:
    """Whether the internet may know a thing by an address; AWS gives a function none, ever."""
    match thing:
        case NatGateway():
            return thing.connectivity == "public"
        case Workload():
            return thing.has_public_address
    return False


def tier(things: Things, subnet: Subnet) -> Tier:
    """Public, private (it sends everything somewhere, were it to a target that is gone), or
    isolated.

    Layout and edits cannot wait for analysis, which tells whether a private subnet's way out works.
    """
    if is_public(things, subnet):
        return "public"
    return "isolated" if next(default_routes(things, subnet), None) is None else "private"


# NAT gateways -------------------------------------------------------------------------------------


def nat_works(things: Things, nat: NatGateway) -> bool:
    """Whether a NAT gateway has what it takes to carry packets to the internet."""
    if nat.connectivity != "public" or nat.elastic_ips == 0:
        return False
    place = things.find(nat.subnet)
    if isinstance(place, Subnet):
        return has_internet_route(things, place)
    return any(gateway.vpc == nat.vpc for gateway in things.of(InternetGateway.kind).values())


def serves_zone(things: Things, nat: NatGateway, zone: str) -> bool:
    """Whether a NAT gateway stands in the zone, or in all of them."""
    place = things.find(nat.subnet)
    return not isinstance(place, Subnet) or place.az == zone


def leads_out(things: Things, subnet: Subnet) -> bool:
    """Whether a subnet is private, and sends everything to a NAT gateway of its VPC that works."""
    nat = default_target(things, subnet)
    if not isinstance(nat, NatGateway) or nat.subnet == subnet.id or is_public(things, subnet):
        return False
    return vpc_of(things, nat) == subnet.vpc and nat_works(things, nat)
