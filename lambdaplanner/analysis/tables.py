"""Which route table serves a subnet, compiled when a question first needs it, and what was read of
it.
"""

from __future__ import annotations

from functools import cached_property

from lambdaplanner.analysis.addressing import Addressing
from lambdaplanner.analysis.compiled import compiled, grouped, local_ways, routing_table, ways_of
from lambdaplanner.analysis.learning import learned_ways
from lambdaplanner.analysis.looks import DefaultsOf, TableRead, subnets_in
from lambdaplanner.analysis.managed import main_table_id
from lambdaplanner.analysis.refused_routes import aws_list, divided
from lambdaplanner.analysis.routes import LISTED, CompiledRoute, Routes, RoutingTable
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.aws_services import LIST_WEIGHTS
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.prefix_list import PrefixList
from lambdaplanner.kinds.route_table import BLACKHOLE, RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.cidr import ANY_IPV4
from lambdaplanner.model.records import Resource


class Tables(Addressing):
    """The route tables of one state of a plan."""

    def table_of(self, subnet_id: str) -> Routes:
        """The route table that serves a subnet: its own, else its VPC's main one, which AWS makes
        where none is written. What is asked of it counts as read.
        """
        key = ("table", subnet_id)
        found: Routes | None = self.memo.get(key)
        if found is None:
            found = self.memo[key] = self._table_of(self.of(Subnet)[subnet_id])
        return found

    def _table_of(self, subnet: Subnet) -> Routes:
        table = topology.table_of(self.things, subnet)
        if table is None:
            return RoutingTable(main_table_id(subnet.vpc), local_ways(self.of(Vpc)[subnet.vpc]))
        return self.table_in(table.id, subnet.vpc)

    def table_in(self, table_id: str, vpc_id: str) -> Routes:
        """A written table as it works in a VPC. What is asked of it counts as read."""
        return TableRead(self.written_table(table_id, vpc_id), vpc_id, self)

    def written_table(self, table_id: str, vpc_id: str) -> RoutingTable:
        """A written table as it works in a VPC; who reads it says so."""
        key = ("table", table_id, vpc_id)
        found: RoutingTable | None = self.memo.get(key)
        if found is None:
            found = self.memo[key] = self._compile_table(table_id, self.of(Vpc)[vpc_id])
        return found

    def read_subnets(self, vpc_id: str) -> None:
        """Says that it was read which subnets a VPC has."""
        self.readings.note((subnets_in(vpc_id),))

    def read_table(self, subnet_id: str) -> None:
        """Says that all of the table that serves a subnet was read."""
        table = topology.table_of(self.things, self.of(Subnet)[subnet_id])
        if table is not None:
            self.readings.note((table.id,))

    def default_target(self, subnet_id: str) -> Resource | None:
        """The thing that the default IPv4 route of a subnet names."""
        subnet = self.of(Subnet)[subnet_id]
        table = topology.table_of(self.things, subnet)
        if table is not None:
            self.readings.saw(DefaultsOf(table.id, subnet_id))
        return topology.default_target(self.things, subnet)

    def _compile_table(self, written: str, vpc: Vpc) -> RoutingTable:
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
            if not endpoint.refusal(self.region_of(table.vpc))
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
