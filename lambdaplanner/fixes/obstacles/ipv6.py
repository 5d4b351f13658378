"""Fixes for IPv6: blocks, an egress-only internet gateway, and the function that may use them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambdaplanner.analysis.packets import Stop
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.commands.attachment import connect_function
from lambdaplanner.commands.places import called, subnets_of
from lambdaplanner.errors import EditError
from lambdaplanner.fixes.obstacles.moving import private_by_zone
from lambdaplanner.fixes.parts.building import (
    egress_only_gateway,
    free_id,
    route_subnet,
    said_subnets,
    subnet_of,
)
from lambdaplanner.fixes.parts.nat_ways import wanted_by
from lambdaplanner.fixes.registry import Fix, Met, clears
from lambdaplanner.fixes.stops import alike
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.topology import EVERYTHING, EVERYTHING_IPV6
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.blocks import next_free
from lambdaplanner.model.cidr import block
from lambdaplanner.model.edit import Edit

VPC_PREFIX = 56
"""Of the block that Amazon provides for a VPC (aws.md 2.1)."""
SUBNET_PREFIX = 64
PLACEHOLDERS = block("2001:db8::/32")
"""The documentation range: which block Amazon gives a VPC is known only when it is made."""


@clears("NO_IPV6_EGRESS")
def let_ipv6_out(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """Everything that a function needs for IPv6 at once; a part of it is of no use."""
    stops = alike(met)
    function = view.plan.find(met.answer.source)
    if isinstance(function, Function):
        if function.attached and stops:
            yield _dual_stack(view, function, stops)
        elif not function.attached:
            yield from _attached(view, function)
    elif stops and stops[0].station is None:
        yield from ways_out_by_ipv6(view, stops)


def ways_out_by_ipv6(view: PlanAnalysis, stops: Sequence[Stop]) -> Iterator[Fix]:
    """Routes for IPv6 to an egress-only internet gateway."""
    wanted = wanted_by(view, stops)

    def command(edit: Edit) -> None:
        for name, blocks in wanted.items():
            ipv6_way_out(edit, name, blocks)

    if wanted:
        yield Fix(
            slug="route-to-egress-only-gateway",
            label=f"Route IPv6 of {said_subnets(view.plan, list(wanted))} to an egress-only "
            "internet gateway",
            command=command,
        )


def _dual_stack(view: PlanAnalysis, function: Function, stops: Sequence[Stop]) -> Fix:
    wanted = wanted_by(view, stops)

    def command(edit: Edit) -> None:
        for name in function.subnets:
            ipv6_block(edit, name)
            ipv6_way_out(edit, name, wanted.get(name, ()))
        edit.update(function.id, ipv6=True)

    return Fix(
        slug="use-ipv6",
        label=f"Let {called(view.plan, function.id)} use IPv6: blocks for its subnets, and an "
        "egress-only internet gateway",
        command=command,
    )


def _attached(view: PlanAnalysis, function: Function) -> Iterator[Fix]:
    """A function with default networking, which has no IPv6, in private subnets of a VPC."""
    for vpc in view.of(Vpc):
        subnets = private_by_zone(view.plan, vpc.id, (), out=True)
        if subnets:
            yield _attached_to(view, function, vpc, subnets)


def _attached_to(view: PlanAnalysis, function: Function, vpc: Vpc, subnets: list[str]) -> Fix:
    def command(edit: Edit) -> None:
        group = free_id(edit, f"{function.id}-sg", "sg")
        edit.add(SecurityGroup(id=group, vpc=vpc.id))
        connect_function(edit, function.id, vpc.id, subnets, (group,))
        for name in subnets:
            ipv6_block(edit, name)
            ipv6_way_out(edit, name)
        edit.update(function.id, ipv6=True)

    return Fix(
        slug="attach-with-ipv6",
        label=f"Attach {function.title} to {said_subnets(view.plan, subnets)} of {vpc.title}, with "
        "IPv6 and an egress-only internet gateway",
        command=command,
    )


def ipv6_way_out(edit: Edit, subnet_id: str, narrower: Sequence[str] = ()) -> None:
    """Routes IPv6 of a subnet to the egress-only internet gateway of its VPC, and narrower routes
    that lead somewhere else.
    """
    gateway = egress_only_gateway(edit, subnet_of(edit.plan, subnet_id).vpc)
    for destination in narrower:
        if destination not in (EVERYTHING, EVERYTHING_IPV6):
            route_subnet(edit, subnet_id, destination, gateway)
    route_subnet(edit, subnet_id, EVERYTHING_IPV6, gateway)


def ipv6_block(edit: Edit, subnet_id: str) -> None:
    """Gives a subnet an IPv6 block where it has none, out of the block of its VPC."""
    subnet = subnet_of(edit.plan, subnet_id)
    if subnet.ipv6_cidr is not None:
        return
    space = block(_block_of_vpc(edit, subnet.vpc))
    others = [other.ipv6_cidr for other in subnets_of(edit.plan, subnet.vpc) if other.ipv6_cidr]
    found = next_free([space], map(block, others), max(SUBNET_PREFIX, space.prefix))
    if found is None:
        raise EditError(f"{space} has no IPv6 block left for another subnet")
    edit.update(subnet_id, ipv6_cidr=str(found))


def _block_of_vpc(edit: Edit, vpc_id: str) -> str:
    vpc = edit.plan.resource(vpc_id)
    assert isinstance(vpc, Vpc)
    if vpc.ipv6_cidr is not None:
        return vpc.ipv6_cidr
    others = [v.ipv6_cidr for v in edit.plan.of(Vpc.kind).values() if v.ipv6_cidr]
    found = next_free([PLACEHOLDERS], map(block, others), VPC_PREFIX)
    if found is None:
        raise EditError("no IPv6 block is left for another VPC")
    edit.update(vpc_id, ipv6_cidr=str(found))
    return str(found)
