"""A plan compiled for questions: a snapshot with look-ups for routes, groups, ACLs and interfaces.

`compile_network` only takes the things as they stand; every table, group and list is compiled when
a question first needs it. Compiled records are shared between networks by the identity of the
record, which is frozen, so that after an edit only what was edited is compiled again.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import networkx as nx

from lambdaplanner.analysis.compiled import (
    compiled,
    grouped,
    names_prefix_list,
    plain_group,
)
from lambdaplanner.analysis.doubts import Doubts
from lambdaplanner.analysis.filters import Acl, Group, compile_acl, compile_group, default_group
from lambdaplanner.analysis.ledger import Ledger
from lambdaplanner.analysis.looks import (
    NAT_GATEWAYS,
    PEERINGS,
    Joined,
    Together,
)
from lambdaplanner.analysis.managed import default_group_id
from lambdaplanner.analysis.ranges import PUBLIC, PUBLIC_IPV6, Ranges, joined, minus_all
from lambdaplanner.analysis.refusal import Refusals
from lambdaplanner.analysis.refused_routes import aws_list
from lambdaplanner.analysis.refused_things import Rows, refusals_of, rows_of
from lambdaplanner.analysis.staleness import Touched
from lambdaplanner.analysis.tables import Tables
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.aws_services import managed_list, service_name
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.prefix_list import PrefixList
from lambdaplanner.kinds.route_table import OUTSIDE, RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.plan import Plan

_OF_JOINS = ("_peered", "islands")
_OF_THE_REST = ("_gateway_endpoints", "_gateways", "_endpoints", "public_hosts", "services")
"""What is read of kinds no change of which is carried over (`staleness.touched`)."""


class Network(Tables):
    """One state of a plan, ready for questions; later edits of the plan do not reach it."""

    # prefix lists -------------------------------------------------------------------------------

    def lists_of(self, service: str, subnet_id: str) -> frozenset[str]:
        """The prefix lists that stand for all addresses of an AWS service: those by which the
        subnet's table leads to the gateway endpoint, and those named as AWS names its own.
        """
        table = self.table_of(subnet_id)
        endpoint = table.service(service)
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
        known = (self.group(name) for name in groups)
        return tuple(
            one for one in known if vpc_id in one.vpcs and self.of_one_region(vpc_id, one.vpcs[0])
        )

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
        region = self.region_of(vpc_id)
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

    def public_hosts_of(self, version: int) -> Ranges:
        """The public addresses of a version of IP where the services of AWS may be."""
        return self.public_hosts if version == 4 else PUBLIC_IPV6

    @cached_property
    def services(self) -> tuple[str, ...]:
        """The AWS services that the plan has endpoints for, each of the Region of its VPC."""
        endpoints = self.of(Endpoint).values()
        found = {
            e.service_name for e in endpoints if e.serves(e.service_name, self.region_of(e.vpc))
        }
        return tuple(sorted(found))

    def home_of(self, nat: NatGateway) -> str:
        """The VPC of a NAT gateway."""
        return topology.vpc_of(self.things, nat) or ""

    @cached_property
    def _peered(self) -> set[frozenset[str]]:
        peerings = self.of(Peering).values()
        return {
            frozenset(peering.vpcs)
            for peering in peerings
            if self.peering_works(peering) and self.of_one_region(*peering.vpcs[:2])
        }

    def of_one_region(self, one: str, other: str) -> bool:
        """Whether two VPCs are in the same Region."""
        return self.region_of(one) == self.region_of(other)

    def peered(self, one: str, other: str) -> bool:
        """Whether an active peering joins two VPCs of one Region, so that rules of either can name
        the groups of the other (aws.md 3.4); counts as read.
        """
        self.readings.saw(Joined(PEERINGS, one, other))
        return self.are_peered(one, other)

    def are_peered(self, one: str, other: str) -> bool:
        """The same for who knows that it is read."""
        return frozenset((one, other)) in self._peered

    def peering_works(self, peering: Peering) -> bool:
        """Whether a peering can be active: no block of one side overlaps one of the other (aws.md
        3.4).
        """
        one, other = (self.standing_blocks(vpc) for vpc in peering.vpcs[:2])
        return not any(a.overlaps(b) for a in one for b in other)

    def all_nat_gateways(self) -> Iterable[NatGateway]:
        """All NAT gateways, in the order made: that there are no others counts as read."""
        self.readings.note((NAT_GATEWAYS,))
        return self.of(NatGateway).values()

    def together(self, one: str, other: str) -> bool:
        """Whether anything private leads from one VPC to another; counts as read."""
        look = Together(PEERINGS, one, other)
        self.readings.saw(look)
        return look.told_by(self)

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

    def carry(self, before: Network, changes: Touched) -> bool:
        """Takes over what was found out about the state before, where a change leaves it as it is;
        says whether anything can be: not where AWS takes other things away.
        """
        if not self.refuses_as(before, changes.names):
            return False
        known = () if PEERINGS in changes.names else _OF_JOINS
        for name in (*_OF_THE_REST, *known):
            if name in before.__dict__:
                self.__dict__[name] = before.__dict__[name]
        self.readings = before.readings.without(changes.names, self._tell, alone=changes.alone)
        return True

    def refuses_as(self, before: Network, changed: frozenset[str]) -> bool:
        """Whether AWS takes the same away as in the state before a change of these; what tables and
        groups hold takes nothing away.
        """
        tables, groups = before.of(RouteTable), before.of(SecurityGroup)
        if all(name in tables or name in groups for name in changed):
            if "_refused" in before.__dict__ and "_refused" not in self.__dict__:
                self._refused = self.readings.aside(lambda: rows_of(self, before._refused))
            return True
        return self.refusals.take_as_much(before.refusals)

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
        return refusals_of(self._refused)

    @cached_property
    def _refused(self) -> Rows:
        return self.readings.aside(lambda: rows_of(self))


def compile_network(plan: Plan, rows: Ledger | None = None) -> Network:
    """The plan as it stands, ready for questions; `rows` is its ledger, where it is known."""
    return Network(plan, rows)
