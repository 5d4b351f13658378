"""Subnets to begin with when a function is attached, and what the checks say of a choice once it is
tried.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.report import findings_about
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import Tier
from lambdaplanner.model.plan import Plan


class Caution(NamedTuple):
    """One wrong choice: how bad, what it is about (ids), and the sentence with a way out."""

    tone: Literal["error", "warning", "info"]
    about: tuple[str, ...]
    message: str


def suitable_subnets(plan: Plan, vpc: str) -> list[str]:
    """The private subnets of a VPC from which a function reaches the internet, by a NAT gateway."""
    subnets = plan.users(vpc, "vpc", Subnet.kind)
    return [subnet.id for subnet in subnets if topology.leads_out(plan, subnet)]


def recommended_subnets(plan: Plan, vpc: str) -> list[str]:
    """The subnets of a VPC to begin with: those with a NAT gateway, else private, else isolated
    ones; never a public one.
    """
    suitable = suitable_subnets(plan, vpc)
    by_tier: dict[Tier, list[str]] = {}
    for subnet in plan.users(vpc, "vpc", Subnet.kind):
        by_tier.setdefault(topology.tier(plan, subnet), []).append(subnet.id)
    return suitable or by_tier.get("private") or by_tier.get("isolated") or []


def cautions_about(view: PlanAnalysis, function: str) -> list[Caution]:
    """What the checks find in a function as it is attached in this state, worst first."""
    return [
        Caution(found.severity, found.about, f"{found.message} {found.fix}")
        for found in findings_about(view, function)
    ]
