"""Fixes for findings about NAT gateways."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.nat_services import FREE_SERVICES
from lambdaplanner.checks.registry import Finding
from lambdaplanner.commands.fields import remove_route, set_nat_mode, set_route
from lambdaplanner.commands.places import region_of, subnets_of
from lambdaplanner.fixes.parts import building
from lambdaplanner.fixes.parts.building import free_id
from lambdaplanner.fixes.registry import Fix, mends, subject
from lambdaplanner.fixes.steps import for_each, updating
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.aws_services import service_of
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import EVERYTHING, table_of
from lambdaplanner.model.edit import Edit


@mends("NAT-004")
def out_of_the_loop(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """No such route where the NAT gateway stands in a public subnet, as it should; else it has to
    go to one.
    """
    nat = subject(view, finding, NatGateway)
    table = subject(view, finding, RouteTable)
    if view.is_public(nat.subnet or ""):
        wrong = [route.destination for route in table.routes if route.target == nat.id]
        yield Fix(
            slug="remove-route",
            label=f"Take the route {' and '.join(wrong)} to {nat.title} out of {table.title}",
            command=for_each(wrong, lambda edit, to: remove_route(edit, table.id, to)),
        )
    else:
        yield from into_a_public_subnet(view, finding)


@mends("NAT-001")
def into_a_public_subnet(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """A public subnet of its zone, there or made; or the way out for the one that it stands in."""
    nat = subject(view, finding, NatGateway)
    place = view.subnet(nat.subnet or "")

    def moved(edit: Edit) -> None:
        there = building.public_subnets(edit.plan, place)
        target = there[0].id if there else None
        edit.update(nat.id, subnet=target or building.made_public_subnet(edit, place.vpc, place.az))
        edit.place(nat.id, None)

    yield Fix(slug="move-nat", label=f"Move {nat.title} into a public subnet", command=moved)
    if finding.id == "NAT-001":
        yield Fix(
            slug="route-to-gateway",
            label=f"Route {place.title} to the internet gateway",
            command=lambda edit: building.route_subnet(
                edit, place.id, EVERYTHING, building.internet_gateway(edit, place.vpc)
            ),
        )
    yield Fix(
        slug="make-regional",
        label=f"Make {nat.title} regional, for all zones of its VPC",
        command=lambda edit: _regional(edit, nat.id, place.vpc),
    )


def _regional(edit: Edit, nat_id: str, vpc: str) -> None:
    building.internet_gateway(edit, vpc)
    set_nat_mode(edit, nat_id, "regional")


@mends("NAT-002", "NAT-003", together=True)
def one_in_each_zone(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """A NAT gateway in each zone, with the routes of its own subnets; or a regional one."""
    nat = subject(view, finding, NatGateway)
    home = view.home_of(nat)
    users = [
        subnet
        for subnet in subnets_of(view.plan, home)
        if topology.default_target(view.plan, subnet) is nat
        and nat.subnet is not None
        and subnet.az != view.subnet(nat.subnet).az
    ]
    if finding.id == "NAT-002":
        wanted = finding.members or finding.about[:1]
        users = [subnet for subnet in users if subnet.id in wanted]

    def command(edit: Edit) -> None:
        for subnet in users:
            own = building.nat_gateway(edit, home, subnet.az)
            building.route_subnet(edit, subnet.id, EVERYTHING, own)

    zones = " and ".join(dict.fromkeys(subnet.az for subnet in users))
    yield Fix(
        slug="nat-in-each-zone",
        label=f"Route the subnets in {zones} to a NAT gateway of their own zone",
        command=command,
    )
    yield Fix(
        slug="make-regional",
        label=f"Make {nat.title} regional, for all zones of its VPC",
        command=lambda edit: _regional(edit, nat.id, home),
    )


@mends("NAT-005", "NET-002")
def an_internet_gateway(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """One for the VPC, and the routes that led to a stranger's."""
    table = view.plan.find(finding.about[0])
    vpc = (
        table.vpc
        if isinstance(table, RouteTable)
        else view.home_of(subject(view, finding, NatGateway))
    )

    def command(edit: Edit) -> None:
        gateway = building.internet_gateway(edit, vpc)
        if isinstance(table, RouteTable):
            for route in table.routes:
                if route.target == finding.about[1]:
                    set_route(edit, table.id, route.destination, gateway)
            return
        nat = subject(view, finding, NatGateway)
        if nat.subnet is not None:
            building.route_subnet(edit, nat.subnet, EVERYTHING, gateway)

    yield Fix(
        slug="add-internet-gateway", label=f"Use an internet gateway of {vpc}", command=command
    )


@mends("NAT-006", "NAT-012")
def public_with_an_address(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Public, with one elastic IP or as many as AWS gives."""
    nat = subject(view, finding, NatGateway)
    most = 32 if nat.regional else 8
    addresses = min(max(1, nat.elastic_ips), most)
    yield Fix(
        slug="make-public",
        label=f"Make {nat.title} public with {addresses} elastic "
        f"{'IP' if addresses == 1 else 'IPs'}",
        command=updating(nat.id, connectivity="public", elastic_ips=addresses),
    )


@mends("NAT-007")
def a_gateway_of_the_own_vpc(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The own VPC's NAT gateway, there or made; or no such route."""
    table = view.plan.resource(finding.about[0])
    assert isinstance(table, RouteTable)
    wrong = [route.destination for route in table.routes if route.target == finding.about[1]]

    def own(edit: Edit) -> None:
        users = topology.served_by(edit.plan, table)
        zone = users[0].az if users else f"{region_of(edit.plan, table.vpc)}a"
        nat = building.nat_gateway(edit, table.vpc, zone)
        for destination in wrong:
            set_route(edit, table.id, destination, nat)

    yield Fix(
        slug="use-own-nat",
        label=f"Route {table.title} to a NAT gateway of {table.vpc}",
        command=own,
    )
    yield Fix(
        slug="remove-route",
        label=f"Take the route to {finding.about[1]} out of {table.title}",
        command=for_each(wrong, lambda edit, to: remove_route(edit, table.id, to)),
    )


@mends("NAT-008")
def more_source_ports(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """As many addresses as carry the connections, where one gateway can have them."""
    nat = subject(view, finding, NatGateway)
    needed = view.nat_ports[nat.id].addresses_needed
    yield Fix(
        slug="add-elastic-ips",
        label=f"Give {nat.title} {needed} addresses",
        command=updating(nat.id, elastic_ips=needed),
    )
    home = view.home_of(nat)
    if not nat.regional:

        def regional(edit: Edit) -> None:
            _regional(edit, nat.id, home)
            edit.update(nat.id, elastic_ips=min(needed, 32))

        yield Fix(
            slug="make-regional",
            label=f"Make {nat.title} regional, with {min(needed, 32)} addresses in each zone",
            command=regional,
        )


@mends("NAT-009")
def without_an_unused_nat(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Nothing goes through it."""
    nat = subject(view, finding, NatGateway)
    yield Fix(
        slug="remove", label=f"Take {nat.title} out", command=lambda edit: edit.remove(nat.id)
    )


@mends("NAT-010")
def a_free_way(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """A gateway endpoint of the service for the function's tables."""
    function = finding.about[0]
    wanted = {
        service
        for row in view.plan.expectations
        if row.source == function and (service := service_of(row.target)) in FREE_SERVICES
    }
    subnets = [view.subnet(name) for name in view.plan.resource(function).subnets]  # type: ignore[attr-defined]
    for service in sorted(name for name in wanted if name is not None):
        yield Fix(
            slug="add-gateway-endpoint",
            label=f"Add a gateway endpoint for {service} to the route tables of {function}",
            command=partial(_endpoint, subnets=subnets, service=service),
        )


def _endpoint(edit: Edit, subnets: list[Subnet], service: str) -> None:
    vpc = subnets[0].vpc
    tables = []
    for subnet in subnets:
        table = table_of(edit.plan, subnet)
        if table is not None:
            tables.append(table.id)
    there = [
        e
        for e in edit.plan.ordered(Endpoint.kind)
        if e.vpc == vpc and e.is_gateway and e.service == service
    ]
    if there:
        known = (*there[0].route_tables, *tables)
        edit.update(there[0].id, route_tables=tuple(dict.fromkeys(known)))
        return
    edit.add(
        Endpoint(
            id=free_id(edit, service, "endpoint"),
            vpc=vpc,
            service=service,
            type="gateway",
            route_tables=tuple(dict.fromkeys(tables)),
        )
    )


@mends("NAT-014")
def one_regional(_view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The first becomes regional, the routes of the others lead to it, and they go."""
    vpc, first, *others = finding.about

    def command(edit: Edit) -> None:
        set_nat_mode(edit, first, "regional")
        for table in edit.plan.users(vpc, "vpc", RouteTable.kind):
            for route in table.routes:
                if route.target in others:
                    set_route(edit, table.id, route.destination, first)
        edit.remove(*others)

    yield Fix(
        slug="make-regional",
        label=f"Let {first} serve all zones of {vpc} as a regional gateway, in place of "
        f"{' and '.join(others)}",
        command=command,
    )
