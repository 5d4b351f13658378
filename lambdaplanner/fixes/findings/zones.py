"""Fixes that need a subnet in another zone, or one more like another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.commands.addresses import free_subnet_block
from lambdaplanner.commands.places import region_of, subnets_of
from lambdaplanner.errors import EditError
from lambdaplanner.fixes.parts import building
from lambdaplanner.fixes.parts.building import free_id, zone_word
from lambdaplanner.fixes.registry import Fix, mends, subject
from lambdaplanner.fixes.steps import for_each
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import table_of
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.cidr import block
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan


@mends("LAM-001", together=True)
def into_a_second_zone(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """A private subnet of another zone that is there, else a new one like the function's own."""
    function = subject(view, finding, Function)
    members = finding.members or (function.id,)
    whom = function.title if len(members) == 1 else f"{len(members)} functions"
    first = view.subnet(function.subnets[0])
    zone = view.places(function).zones[0]
    likes = [
        subnet
        for subnet in subnets_of(view.plan, first.vpc)
        if subnet.az != zone and not view.is_public(subnet.id)
    ]
    for subnet in sorted(likes, key=lambda s: not topology.leads_out(view.plan, s)):
        yield Fix(
            slug="attach-in-second-zone",
            label=f"Attach {whom} to {subnet.title} in {subnet.az} as well",
            command=for_each(members, partial(_attach, subnet_id=subnet.id)),
        )
    other = _next_zone(view.plan, first.vpc, zone)
    if view.is_public(first.id):
        return

    def command(edit: Edit) -> None:
        made = like(edit, first.id, other)
        for name in members:
            _attach(edit, name, made)

    yield Fix(
        slug="add-subnet-in-second-zone",
        label=f"Add a subnet like {first.title} in {other} and attach {whom} to it",
        command=command,
    )


@mends("NET-013")
def into_another_zone(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """One of the workloads in a subnet of another zone, there already or made: as well where it can
    be in several zones, else instead.
    """
    vpc, *names = finding.about
    things = [one for one in map(view.plan.find, names) if isinstance(one, Workload)]
    workload = max(things, key=lambda one: one.type not in ONE_PLACE)
    here = view.subnet(workload.subnets[0])
    others = [subnet for subnet in subnets_of(view.plan, vpc) if subnet.az != here.az]
    alike = [s for s in others if view.is_public(s.id) is view.is_public(here.id)]
    for subnet in alike[:MOST]:
        yield Fix(
            slug="second-zone",
            label=f"{_said(workload)} {subnet.title} in {subnet.az}",
            command=partial(_spread, workload_id=workload.id, subnet_id=subnet.id),
        )
    other = _next_zone(view.plan, vpc, here.az)
    yield Fix(
        slug="second-zone",
        label=f"{_said(workload)} a new subnet like {here.title} in {other}",
        command=lambda edit: _spread(edit, workload.id, like(edit, here.id, other)),
    )


MOST = 3
"""Subnets that are tried and offered."""

ONE_PLACE = frozenset({"ec2", "generic", "fargate"})
"""Types of which one thing stands in one zone; of the others AWS spreads one over several."""


def _said(workload: Workload) -> str:
    if workload.type in ONE_PLACE:
        return f"Move {workload.title} to"
    return f"Let {workload.title} stand as well in"


def _spread(edit: Edit, workload_id: str, subnet_id: str) -> None:
    workload = edit.plan.resource(workload_id)
    assert isinstance(workload, Workload)
    if workload.type in ONE_PLACE:
        edit.update(workload_id, subnets=(subnet_id,), private_ip=None)
    else:
        edit.update(workload_id, subnets=(*workload.subnets, subnet_id))


def _attach(edit: Edit, function_id: str, subnet_id: str) -> None:
    function = edit.plan.resource(function_id)
    assert isinstance(function, Function)
    edit.update(function_id, subnets=(*function.subnets, subnet_id))


def like(edit: Edit, subnet_id: str, zone: str, prefix: int | None = None) -> str:
    """A new subnet in a zone that leads where another one leads: out by a NAT gateway of its own
    zone where that one leads out, else with the same routes.
    """
    old = building.subnet_of(edit.plan, subnet_id)
    size = block(old.cidr).prefix if prefix is None else prefix
    if zone != old.az and topology.leads_out(edit.plan, old):
        return building.made_private_subnet(edit, old.vpc, zone, size)
    vpc = edit.plan.resource(old.vpc)
    assert isinstance(vpc, Vpc)
    cidr = free_subnet_block(edit.plan, vpc, size)
    if cidr is None or block(cidr).prefix != size:
        raise EditError(f"{vpc.title} has no free /{size}")
    stem = f"{old.id.removesuffix('-' + zone_word(edit.plan, old.az))}"
    new_id = free_id(edit, f"{stem}-{zone_word(edit.plan, zone)}", "subnet")
    table = table_of(edit.plan, old)
    edit.add(
        Subnet(
            id=new_id,
            vpc=old.vpc,
            az=zone,
            cidr=cidr,
            route_table=table.id if isinstance(table, RouteTable) else None,
            network_acl=old.network_acl,
        )
    )
    return new_id


def _next_zone(plan: Plan, vpc: str, zone: str) -> str:
    """Another zone of the VPC, else the one whose letter comes next."""
    known = sorted({subnet.az for subnet in subnets_of(plan, vpc)} - {zone})
    if known:
        return known[0]
    last = zone[-1:]
    if last.isalpha() and last not in "zZ":
        return zone[:-1] + chr(ord(last) + 1)
    return f"{zone}2" if last.isdigit() else f"{region_of(plan, vpc)}a"
