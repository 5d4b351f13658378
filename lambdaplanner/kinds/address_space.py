"""What of a VPC's IPv4 addresses its subnets leave free."""

from __future__ import annotations

from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.blocks import gaps
from lambdaplanner.model.cidr import Block, block
from lambdaplanner.model.plan import Plan


def spaces_of(vpc: Vpc) -> list[Block]:
    """Every IPv4 block of a VPC, the primary one first."""
    return [block(text) for text in vpc.cidrs]


def subnet_blocks(plan: Plan, vpc_id: str) -> list[Block]:
    """Every IPv4 block of the subnets of a VPC."""
    return [block(subnet.cidr) for subnet in plan.users(vpc_id, "vpc", "subnet")]


def free_blocks(plan: Plan, vpc: Vpc) -> tuple[Block, ...]:
    """The gap map of a VPC: its free space in as few aligned blocks as can be, the largest
    first.
    """
    return gaps(spaces_of(vpc), subnet_blocks(plan, vpc.id))
