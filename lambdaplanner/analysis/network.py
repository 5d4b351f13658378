"""A plan compiled for questions: a snapshot with look-ups for routes, groups, ACLs and interfaces.

`compile_network` only takes the things as they stand; every table, group and list is compiled when
a question first needs it. Compiled records are shared between networks by the identity of the
record, which is frozen, so that after an edit only what was edited is compiled again.
"""

from __future__ import annotations

from functools import cached_property

import networkx as nx

from lambdaplanner.analysis.addressing import Addressing
from lambdaplanner.analysis.compiled import (
    compiled,
    grouped,
    local_ways,
    names_prefix_list,
    plain_group,
    routing_table,
    ways_of,
)
from lambdaplanner.analysis.doubts import Doubts
from lambdaplanner.analysis.filters import Acl, Group, compile_acl, compile_group, default_group
from lambdaplanner.analysis.learning import learned_ways
from lambdaplanner.analysis.ledger import Ledger
from lambdaplanner.analysis.managed import default_group_id, main_table_id
from lambdaplanner.analysis.ranges import PUBLIC, Ranges, joined, minus_all
from lambdaplanner.analysis.refusal import Refusals
from lambdaplanner.analysis.refused_routes import aws_list, divided
from lambdaplanner.analysis.refused_things import refusals_of
from lambdaplanner.analysis.routes import LISTED, CompiledRoute, RoutingTable
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.aws_services import LIST_WEIGHTS, managed_list, service_name
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.prefix_list import PrefixList
from lambdaplanner.kinds.route_table import BLACKHOLE, OUTSIDE, RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.cidr import ANY_IPV4
from lambdaplanner.model.plan import Plan


class Network(Addressing):
    """One state of a plan, ready for questions; later edits of the plan do not reach it."""

    # routes -------------------------------------------------------------------------------------

    def table_of(self, subnet_id: str) -> RoutingTable:
        """The route table that serves a subnet: its own, else its VPC's main one, which AWS makes
        where none is written.
        """
        subnet = self.of(Subnet)[subnet_id]
        table = topology.table_of(self.things, subnet)
        written = None if table is None else table.id
        return self.compiled_table(written, subnet.vpc)

    def compiled_table(self, written: str | None, vpc_id: str) -> RoutingTable:
        """A written table as it works in a VPC; None: the main one that AWS makes."""
        if written is not None:
            self.readings.note((written,))
        key = ("table", written, vpc_id)
        found: RoutingTable | None = self.memo.get(key)
        if found is None:
            found = self.memo[key] = self._compile_table(written, vpc_id)
        return found

    def _compile_table(self, written: str | None, vpc_id: str) -> RoutingTable:
        vpc = self.of(Vpc)[vpc_id]
        if written is None:
            return RoutingTable(main_table_id(vpc_id), local_ways(vpc))
        table = self.of(RouteTable)[written]
        services = self._services_of(table)
        refused = {route for route, _ in divided(self, table) if route.target != BLACKHOLE}
        learned = learned_ways(self, table, vpc)
        plain = all("/" in route.destination for route in table.routes)
        if plain and not services and not refused and not learned:
            return compiled.of(routing_table, table, vpc)
        kept = (route for route in table.routes if route not in refused)
        ways = (way for route in kept for way in ways_of(route, self.entries))
        named = tuple(route for route in table.routes if route.destination in LIST_WEIGHTS)
        listed = tuple(
            CompiledRoute(ANY_IPV4, route.target, route.destination, LISTED) for route in named
        )
        return RoutingTable(written, (*ways, *local_ways(vpc), *learned), services, listed)

    def _services_of(self, table: RouteTable) -> dict[str, str]:
        """AWS service -> gateway endpoint; associated with the table, or named by a route of AWS's
        own prefix list. Of two the one made first (aws.md 7.1).
        """
        endpoints = self.of(Endpoint)
        if not endpoints:
            return {}
        named = {route.target for route in table.routes if aws_list(route.destination)}
        found = {*self._gateway_endpoints.get(table.id, ()), *(n for n in named if n in endpoints)}
        return {
            endpoint.service_name: endpoint.id
            for endpoint in reversed([e for name, e in endpoints.items() if name in found])
            if endpoint.is_gateway and endpoint.vpc == table.vpc
            if not endpoint.refusal(self.region)
        }

    @cached_property
    def _gateway_endpoints(self) -> dict[str, list[str]]:
        return grouped(
            (table, endpoint.id)
            for endpoint in self.of(Endpoint).values()
            if endpoint.is_gateway
            for table in endpoint.route_tables
        )

    def entries(self, prefix_list: str) -> tuple[str, ...]:
        """The blocks of a prefix list."""
        found = self.of(PrefixList).get(prefix_list)
        return found.entries if found else ()

    def lists_of(self, service: str, subnet_id: str) -> frozenset[str]:
        """The prefix lists that stand for all addresses of an AWS service: those by which the
        subnet's table leads to the gateway endpoint, and those named as AWS names its own.
        """
        table = self.table_of(subnet_id)
        endpoint = table.services.get(service)
        ways = table.ways if endpoint is not None else ()
        routed = {w.text for w in ways if w.target == endpoint and aws_list(w.text)}
        named = {n for n in self.of(PrefixList) if "." in n and service_name(n) == service}
        return frozenset({managed_list(service), *routed, *named})

    # filters ------------------------------------------------------------------------------------

    def groups_at(self, thing: str, groups: tuple[str, ...], vpc_id: str) -> tuple[Group, ...]:
        """The groups that apply to an interface of a thing: those named that are of its VPC; the
        default one where none is named, unless nobody told which ones it has.
        """
        if not groups and self.doubts.of(thing, "security_groups"):
            return ()
        return self.groups_of(groups, vpc_id)

    def groups_of(self, groups: tuple[str, ...], vpc_id: str) -> tuple[Group, ...]:
        """The same for anything whose groups are told."""
        default = topology.default_group(self.things, vpc_id) if not groups else None
        groups = groups if default is None else (default.id,)
        self.readings.note(groups)
        key = ("groups", groups, vpc_id)
        found: tuple[Group, ...] | None = self.memo.get(key)
        if found is None:
            found = self.memo[key] = self._groups_of(groups, vpc_id)
        return found

    def _groups_of(self, groups: tuple[str, ...], vpc_id: str) -> tuple[Group, ...]:
        if not groups:
            return (default_group(default_group_id(vpc_id), vpc_id),)
        return tuple(found for name in groups if (found := self.group(name)).vpc == vpc_id)

    def group(self, group_id: str) -> Group:
        """A written security group, compiled."""
        record = self.of(SecurityGroup)[group_id]
        if not names_prefix_list(record):
            return compiled.of(plain_group, record)
        key = ("group", group_id)
        if key not in self.memo:
            self.memo[key] = compile_group(record, self.entries)
        found: Group = self.memo[key]
        return found

    def acl_of(self, subnet_id: str) -> Acl | None:
        """The written ACL of a subnet; None: AWS's own default one, which lets everything
        through.
        """
        acl = topology.acl_of(self.things, self.of(Subnet)[subnet_id])
        return None if acl is None else compiled.of(compile_acl, acl)

    # things of a VPC ----------------------------------------------------------------------------

    def internet_gateways(self, vpc_id: str) -> list[str]:
        """The internet gateways attached to a VPC, by id; AWS allows one."""
        return self._gateways.get(vpc_id, [])

    @cached_property
    def _gateways(self) -> dict[str, list[str]]:
        return grouped((gateway.vpc, gateway.id) for gateway in self.of(InternetGateway).values())

    def endpoints(self, vpc_id: str, service: str) -> list[Endpoint]:
        """The endpoints of a VPC whose service has this name, of whatever Region, by id."""
        names = self._endpoints.get((vpc_id, service), [])
        return [self.of(Endpoint)[name] for name in names]

    def named_endpoints(self, vpc_id: str, service: str) -> list[Endpoint]:
        """Those of them that the service's own name leads to, as far as the VPC has names."""
        region = self.region
        return [e for e in self.endpoints(vpc_id, service) if e.answers_to(service, region)]

    @cached_property
    def _endpoints(self) -> dict[tuple[str, str], list[str]]:
        return grouped(
            ((endpoint.vpc, endpoint.service_name), endpoint.id)
            for endpoint in self.of(Endpoint).values()
        )

    @cached_property
    def public_hosts(self) -> Ranges:
        """The public IPv4 addresses that no VPC of the plan has for its own: where the services of
        AWS may be.
        """
        own = [part for vpc in self.of(Vpc) for part in self.whole_vpc(vpc)]
        return minus_all(PUBLIC, joined(own))

    @cached_property
    def services(self) -> tuple[str, ...]:
        """The AWS services of the plan's own Region that it has endpoints for."""
        endpoints = self.of(Endpoint).values()
        found = {e.service_name for e in endpoints if e.serves(e.service_name, self.region)}
        return tuple(sorted(found))

    def home_of(self, nat: NatGateway) -> str:
        """The VPC of a NAT gateway."""
        return topology.vpc_of(self.things, nat) or ""

    @cached_property
    def _peered(self) -> set[frozenset[str]]:
        peerings = self.of(Peering).values()
        return {frozenset(peering.vpcs) for peering in peerings if self.peering_works(peering)}

    def peered(self, one: str, other: str) -> bool:
        """Whether an active peering joins two VPCs."""
        return frozenset((one, other)) in self._peered

    def peering_works(self, peering: Peering) -> bool:
        """Whether a peering can be active: no block of one side overlaps one of the other (aws.md
        3.4).
        """
        one, other = (self.standing_blocks(vpc) for vpc in peering.vpcs[:2])
        return not any(a.overlaps(b) for a in one for b in other)

    @cached_property
    def islands(self) -> dict[str, int]:
        """VPC -> number of its island: VPCs that peerings and transit gateways join, directly or
        through others. Nothing private leads from one island to another.
        """
        joined: nx.Graph[str] = nx.Graph()
        joined.add_nodes_from(self.of(Vpc))
        for peering in self.of(Peering).values():
            joined.add_edge(*peering.vpcs[:2])
        for gateway in self.of(TransitGateway).values():
            ends = [attachment.vpc for attachment in gateway.attachments]
            nx.add_star(joined, [gateway.id, *ends])
        parts = enumerate(nx.connected_components(joined))
        return {vpc: number for number, part in parts for vpc in part}

    @cached_property
    def doubts(self) -> Doubts:
        """What of the plan nobody told."""
        return Doubts(self.unknown, self.things)

    def stands_apart(self, subnet_id: str) -> bool:
        """Whether a subnet fares like no other: its zone, or something of what guards and routes it
        is not told, it is an exclusion from Block Public Access, or an appliance stands in it.
        """
        subnet = self.of(Subnet)[subnet_id]
        if not subnet.az or subnet.public_access is not None or subnet_id in self._appliances:
            return True
        if not self.doubts:
            return False
        told = self.doubts.of_routes(subnet) or self.doubts.of_acl(subnet)
        return told is not None or bool(self.doubts.keys(subnet_id))

    @cached_property
    def _appliances(self) -> set[str]:
        """The subnets in which something stands that passes packets on."""
        workloads, endpoints = self.of(Workload).values(), self.of(Endpoint).values()
        found = {name for one in workloads if one.forwards for name in one.subnets}
        return found | {name for one in endpoints if one.is_firewall for name in one.subnets}

    @cached_property
    def leads_outside(self) -> bool:
        """Whether anything on the plan may lead to what is not on it."""
        targets = {route.target for one in self.of(RouteTable).values() for route in one.routes}
        for hub in self.of(TransitGateway).values():
            targets |= {way.target for table in hub.route_tables or () for way in table.routes}
        return bool(self.doubts) or OUTSIDE in targets

    @cached_property
    def refusals(self) -> Refusals:
        """What of the plan AWS refuses to build."""
        return refusals_of(self)


def compile_network(plan: Plan, rows: Ledger | None = None) -> Network:
    """The plan as it stands, ready for questions; `rows` is its ledger, where it is known."""
    return Network(plan, rows)
