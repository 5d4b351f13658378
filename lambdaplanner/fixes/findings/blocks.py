"""Fixes for findings about blocks and addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.commands.addresses import free_subnet_block, free_vpc_block
from lambdaplanner.commands.places import subnets_of
from lambdaplanner.errors import EditError
from lambdaplanner.fixes.parts.renumbering import Move, rename_addresses
from lambdaplanner.fixes.registry import Fix, mends
from lambdaplanner.fixes.steps import updating
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.blocks import next_free
from lambdaplanner.model.cidr import Address, Block, block
from lambdaplanner.model.edit import Edit

SMALLEST, LARGEST = 28, 16
AMAZON_PREFIX = 56
"""Of the IPv6 block that Amazon provides for a VPC (aws.md 2.1)."""


@mends("NET-005")
def a_block_that_fits(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The next free block of its size, or of the nearest that AWS takes."""
    subnet = view.subnet(finding.about[0])
    vpc = view.vpc(subnet.vpc)
    prefix = min(SMALLEST, max(LARGEST, block(subnet.cidr).prefix))
    cidr = free_subnet_block(view.plan, vpc, prefix)
    if cidr is not None:
        yield Fix(
            slug="next-free-block",
            label=f"Give {subnet.title} the next free block, {cidr}",
            command=partial(renumber_subnet, subnet_id=subnet.id, cidr=cidr),
        )
    yield Fix(
        slug="add-secondary-block",
        label=f"Give {vpc.title} the secondary block {subnet.cidr}",
        command=updating(vpc.id, secondary_cidrs=(*vpc.secondary_cidrs, subnet.cidr)),
    )


@mends("NET-019", "NET-020", "NET-016", "NET-006")
def another_block_for_the_vpc(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Without the secondary block that does not go, or another primary one where no subnet is in
    the way.
    """
    for name in finding.about:
        vpc = view.plan.find(name)
        if not isinstance(vpc, Vpc):
            continue
        for text in vpc.secondary_cidrs:
            yield Fix(
                slug="remove-secondary-block",
                label=f"Take {text} from {vpc.title}",
                command=partial(_without_block, vpc_id=vpc.id, text=text),
            )
        yield Fix(
            slug="move-vpc",
            label=f"Give {vpc.title} the next free private block, and its subnets blocks in it",
            command=partial(_renumber, vpc_id=vpc.id),
        )


def renumber_subnet(edit: Edit, subnet_id: str, cidr: str) -> None:
    """Another block for a subnet, and for what names it; fixed addresses keep their place in it."""
    subnet = edit.plan.resource(subnet_id)
    assert isinstance(subnet, Subnet)
    new = block(cidr)
    field = "cidr" if new.version == 4 else "ipv6_cidr"
    old = getattr(subnet, field)
    edit.update(subnet_id, **{field: cidr})
    if old is not None:
        rename_addresses(edit, subnet.vpc, [Move(block(old), new)])


def _without_block(edit: Edit, vpc_id: str, text: str) -> None:
    """A VPC without a secondary block; the subnets in it get free blocks of what is left."""
    vpc = edit.plan.resource(vpc_id)
    assert isinstance(vpc, Vpc)
    left = tuple(other for other in vpc.secondary_cidrs if other != text)
    edit.update(vpc_id, secondary_cidrs=left)
    for subnet in subnets_of(edit.plan, vpc_id):
        own = block(subnet.cidr)
        if any(block(kept).covers(own) for kept in (vpc.cidr, *left)):
            continue
        cidr = free_subnet_block(edit.plan, replace(vpc, secondary_cidrs=left), own.prefix)
        if cidr is None:
            raise EditError(f"there is no room for {subnet.title} without {text}")
        renumber_subnet(edit, subnet.id, cidr)


def _renumber(edit: Edit, vpc_id: str) -> None:
    """Another block of the same size for a VPC, each subnet at the same place in it where it lay in
    the old one. What named the old addresses names the new ones.
    """
    vpc = edit.plan.resource(vpc_id)
    assert isinstance(vpc, Vpc)
    old = block(vpc.cidr)
    cidr = free_vpc_block(edit.plan, min(SMALLEST, max(LARGEST, old.prefix)))
    if cidr is None:
        raise EditError("every private block is taken by a VPC")
    edit.update(vpc_id, cidr=cidr)
    new = block(cidr)
    moves = [Move(old, new)]
    for subnet in subnets_of(edit.plan, vpc_id):
        own = block(subnet.cidr)
        if old.covers(own) and new.prefix == old.prefix:
            moved = str(Block(4, own.first - old.first + new.first, own.prefix))
        else:
            moved = free_subnet_block(edit.plan, replace(vpc, cidr=cidr), own.prefix) or ""
        if not moved:
            raise EditError(f"there is no room for {subnet.title} in {cidr}")
        edit.update(subnet.id, cidr=moved)
        moves.append(Move(own, block(moved)))
    rename_addresses(edit, vpc_id, moves)


@mends("NET-024")
def an_ipv6_block_that_fits(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The next free /64 of its VPC's block; the block that Amazon would give, where the VPC has
    none.
    """
    subnet = view.plan.find(finding.about[0])
    if isinstance(subnet, Subnet):
        vpc = view.vpc(subnet.vpc)
        others = [
            block(text)
            for name in view.subnets_of(vpc.id)
            if name != subnet.id and (text := view.subnet(name).ipv6_cidr)
        ]
        if vpc.ipv6_cidr:
            found = next_free([block(vpc.ipv6_cidr)], others, 64)
            if found is not None:
                yield Fix(
                    slug="next-free-ipv6-block",
                    label=f"Give {subnet.title} the IPv6 block {found}",
                    command=partial(renumber_subnet, subnet_id=subnet.id, cidr=str(found)),
                )
        else:
            around = block(subnet.ipv6_cidr or "")
            whole = _around(around, AMAZON_PREFIX)
            yield Fix(
                slug="add-ipv6-block",
                label=f"Give {vpc.title} the IPv6 block {whole}",
                command=updating(vpc.id, ipv6_cidr=str(whole)),
            )
    vpc_there = view.plan.find(finding.about[0])
    if isinstance(vpc_there, Vpc) and vpc_there.ipv6_cidr:
        own = block(vpc_there.ipv6_cidr)
        prefix = min(60, max(44, own.prefix // 4 * 4))
        whole = _around(own, prefix)
        yield Fix(
            slug="round-ipv6-block",
            label=f"Give {vpc_there.title} the IPv6 block {whole}",
            command=updating(vpc_there.id, ipv6_cidr=str(whole)),
        )
    name = finding.about[0]
    yield Fix(
        slug="remove-ipv6-block",
        label=f"Take the IPv6 block of {name} out",
        command=updating(name, ipv6_cidr=None),
    )


def _around(own: Block, prefix: int) -> Block:
    """The block of this prefix length that an address lies in."""
    return Block(6, own.first - own.first % Block(6, 0, prefix).size, prefix)


@mends("NET-027")
def another_address(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The next free one; or any, which AWS chooses."""
    workload = view.plan.resource(finding.about[0])
    assert isinstance(workload, Workload)
    home = next((name for name in finding.about if name in workload.subnets), workload.subnets[0])
    free = view.network.free_addresses(home)
    if free:
        found = str(Address(4, free[0][0]))
        yield Fix(
            slug="next-free-address",
            label=f"Give {workload.title} the free address {found}",
            command=updating(workload.id, private_ip=found),
        )
    yield Fix(
        slug="any-address",
        label=f"Let AWS choose an address for {workload.title}",
        command=updating(workload.id, private_ip=None),
    )


@mends("NET-031")
def no_public_address(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Its private address is all that it can have."""
    workload = view.plan.resource(finding.about[0])
    yield Fix(
        slug="take-public-address",
        label=f"Take the public address of {workload.title} away",
        command=updating(workload.id, public_ip=False, public_address=None),
    )
