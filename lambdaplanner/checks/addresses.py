"""Checks of addresses that AWS refuses: blocks beside blocks, IPv6, fixed addresses."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.refused import refused
from lambdaplanner.checks.registry import Draft, check

VPC_BLOCKS = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html"
SUBNET_SIZING = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"
CACHES = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/elasticache-vpc-accessing.html"


@check(
    "NET-020", "error", "A VPC's further block is refused beside its first", reference=VPC_BLOCKS
)
def refused_beside(view: PlanAnalysis) -> Iterator[Draft]:
    """AWS keeps the private ranges apart: a VPC of one of them takes no block of another; public
    ones and 100.64.0.0/10 go with all.
    """
    return refused(view, "NET-020")


@check("NET-024", "error", "An IPv6 block is not one that AWS takes", reference=VPC_BLOCKS)
def ipv6_blocks(view: PlanAnalysis) -> Iterator[Draft]:
    """A VPC's is a /44 to /60 and a subnet's a /44 to /64, in steps of 4; a subnet's lies in its
    VPC's, and overlaps no other's.
    """
    return refused(view, "NET-024")


@check("NET-027", "error", "A fixed address cannot be had", reference=SUBNET_SIZING)
def fixed_addresses(view: PlanAnalysis) -> Iterator[Draft]:
    """It must lie in a subnet of the workload, not among the five that AWS keeps, and be nobody
    else's in the VPC.
    """
    return refused(view, "NET-027")


@check("NET-031", "error", "A public address on what never has one", reference=CACHES)
def public_addresses(view: PlanAnalysis) -> Iterator[Draft]:
    """Cache nodes, mount targets, database proxies and search domains have private addresses only;
    instances, tasks, databases and load balancers may have a public one.
    """
    return refused(view, "NET-031")
