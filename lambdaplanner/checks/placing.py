"""Checks of addresses: blocks of VPCs and subnets, and what takes their addresses."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.refused import refused
from lambdaplanner.checks.registry import Draft, check

SUBNET_SIZING = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"
VPC_BLOCKS = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html"


@check(
    "NET-005",
    "error",
    "A subnet's block is not one that AWS takes",
    reference=SUBNET_SIZING,
)
def subnet_blocks(view: PlanAnalysis) -> Iterator[Draft]:
    """A subnet must be /16 to /28, lie inside one block of its VPC, and overlap no other subnet of
    it: of two that do, AWS makes the first.
    """
    return refused(view, "NET-005")


@check("NET-019", "error", "A VPC's block is not one that AWS takes", reference=VPC_BLOCKS)
def vpc_blocks(view: PlanAnalysis) -> Iterator[Draft]:
    """A block of a VPC must be /16 to /28, lie outside AWS's forbidden ranges, and overlap no
    other block of it.
    """
    return refused(view, "NET-019")


@check(
    "NET-018",
    "error",
    "A subnet has no address for what stands in it",
    reference=SUBNET_SIZING,
    reads="amounts",
)
def overfull_subnets(view: PlanAnalysis) -> Iterator[Draft]:
    """Interfaces take one address each; AWS keeps five of every subnet, and refuses an interface
    without one. Where too many are wanted nobody knows which are made, so none carries anything;
    where none is left, functions get none.
    """
    return refused(view, "NET-018")
