"""Which block a new VPC or subnet takes: the next free one."""

from __future__ import annotations

from collections.abc import Iterable

from lambdaplanner.kinds.address_space import spaces_of, subnet_blocks
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.blocks import next_free
from lambdaplanner.model.cidr import Block, block
from lambdaplanner.model.plan import Plan

VPC_PREFIX = 16
SUBNET_PREFIX = 24
LONGEST_PREFIX = 28
"""AWS takes blocks from /16 to /28 (aws.md 2.1)."""

PRIVATE = (block("10.0.0.0/8"), block("172.16.0.0/12"), block("192.168.0.0/16"))
"""RFC 1918; 172.17.0.0/16 in it is free but unwise (Docker's bridge), so it comes after all of
10.0.0.0/8.
"""


def vpc_blocks(plan: Plan) -> list[Block]:
    """Every IPv4 block of every VPC."""
    return [block(text) for vpc in plan.of(Vpc.kind).values() for text in vpc.cidrs]


def free_vpc_block(plan: Plan, prefix: int = VPC_PREFIX) -> str | None:
    """The next private block that overlaps no VPC: 10.0.0.0/16, 10.1.0.0/16 ...; smaller where all
    are taken.
    """
    taken = vpc_blocks(plan)
    for length in range(prefix, LONGEST_PREFIX + 1, 4):
        found = next_free(PRIVATE, taken, length)
        if found is not None:
            return str(found)
    return None


def sensible_prefix(vpc: Vpc) -> int:
    """/24, or a quarter of the VPC where that is smaller."""
    return min(LONGEST_PREFIX, max(SUBNET_PREFIX, block(vpc.cidr).prefix + 2))


def free_subnet_block(
    plan: Plan, vpc: Vpc, prefix: int | None = None, beside: Iterable[Block] = ()
) -> str | None:
    """The next free block for a subnet of this VPC, smaller where none is left of that size."""
    taken = [*subnet_blocks(plan, vpc.id), *beside]
    spaces = spaces_of(vpc)
    wanted = sensible_prefix(vpc) if prefix is None else prefix
    for length in range(wanted, max(LONGEST_PREFIX, wanted) + 1):
        found = next_free(spaces, taken, length)
        if found is not None:
            return str(found)
    return None


def lies_in(cidr: str, vpc: Vpc) -> bool:
    """Whether one block of the VPC covers the block."""
    return any(block(text).covers(block(cidr)) for text in vpc.cidrs)


def overlapping(first: Vpc, second: Vpc) -> tuple[str, str] | None:
    """A block of each VPC that share addresses, if there are such."""
    for one in first.cidrs:
        for other in second.cidrs:
            if block(one).overlaps(block(other)):
                return one, other
    return None
