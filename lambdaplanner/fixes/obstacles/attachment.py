"""Fixes of a function's attachment: its role, its subnets, its security groups."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.commands.attachment import allow_interfaces
from lambdaplanner.fixes.registry import Fix, Met, clears, mends
from lambdaplanner.fixes.steps import for_each
from lambdaplanner.kinds.role_policies import VPC_ACCESS_POLICY


def _add_policy(function_id: str) -> Fix:
    return Fix(
        slug="add-policy",
        label=f"Add {VPC_ACCESS_POLICY} to the role of {function_id}",
        command=lambda edit: allow_interfaces(edit, function_id),
    )


@mends("LAM-005", together=True)
def give_the_role_its_policy(_view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The first of the brief's three steps."""
    if len(finding.members) < 2:
        yield _add_policy(finding.about[0])
        return
    yield Fix(
        slug="add-policy",
        label=f"Add {VPC_ACCESS_POLICY} to the roles of {len(finding.members)} functions",
        command=for_each(finding.members, allow_interfaces),
    )


@clears("LAMBDA_ROLE_LACKS_ENI_ACCESS")
def let_the_role_make_interfaces(_view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """The same for an obstacle on a path."""
    yield _add_policy(met.obstacle.at)
