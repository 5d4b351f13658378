"""Checks of what AWS's shared interfaces and limits allow functions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil

from lambdaplanner.analysis.capacity_question import ask
from lambdaplanner.analysis.hyperplane_model import CONNECTIONS_PER_INTERFACE, Interfaces
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.function import Function

ENIS = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-enis"
LIMITS = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"
WARN_FROM = 80
MANY = 5


@check(
    "LAM-008",
    "error",
    "A VPC needs more Lambda interfaces than its quota",
    reference=LIMITS,
    reads="amounts",
)
def too_many_interfaces(view: PlanAnalysis) -> Iterator[Draft]:
    """One interface for each subnet and set of security groups, whatever model the plan is sized
    by, since AWS makes them so today; above 80 % of the quota it is a warning.
    """
    quota = view.plan.info.settings.hyperplane_enis_per_vpc
    for vpc, count in Interfaces(ask(view.plan, rows=view.ledger)).per_vpc.items():
        if count * 100 <= quota * WARN_FROM:
            continue
        over = count > quota
        yield Draft(
            about=(vpc, *_users(view, vpc)),
            message=f'VPC "{vpc}" needs {count:,} Lambda interfaces, and its quota is {quota:,}'
            + (": functions would fail with ENILimitReachedException." if over else "."),
            fix="Let functions share their sets of security groups, attach to fewer subnets, or "
            "ask AWS to raise the quota.",
            severity="error" if over else "warning",
        )


def _users(view: PlanAnalysis, vpc: str) -> Iterator[str]:
    return (one.id for one in view.attached if vpc in view.places(one).vpcs)


@check(
    "LAM-009",
    "info",
    "Functions have security groups of their own and so interfaces of their own",
    reference=ENIS,
    reads="amounts",
)
def groups_that_multiply_interfaces(view: PlanAnalysis) -> Iterator[Draft]:
    """Functions with the same subnet and set of groups share an interface; with a set for each
    function each has its own. Told where a shared set would save interfaces.
    """
    by_vpc: dict[str, dict[frozenset[str], list[Function]]] = {}
    for function in view.attached:
        vpc = view.places(function).vpcs[0]
        groups = frozenset(function.security_groups)
        by_vpc.setdefault(vpc, {}).setdefault(groups, []).append(function)
    for vpc, sets in by_vpc.items():
        alone = [found[0] for found in sets.values() if len(found) == 1]
        if len(alone) < MANY or len(alone) * 2 < sum(len(found) for found in sets.values()):
            continue
        count = sum(len(function.subnets) for function in alone)
        least = len({name for function in alone for name in function.subnets})
        if least == count:
            continue
        yield Draft(
            about=(vpc, *(function.id for function in alone)),
            message=f'{len(alone)} functions in VPC "{vpc}" have each a set of security groups of '
            f"its own, and so {count:,} interfaces; with a shared set it would be {least:,}.",
            fix="Share security groups between functions that may reach the same.",
        )


@check(
    "LAM-020",
    "warning",
    "An interface carries more connections than one can",
    reference=ENIS,
    reads="amounts",
)
def more_connections_than_an_interface(view: PlanAnalysis) -> Iterator[Draft]:
    """AWS adds an interface for each further 65,000 connections, but not at once: a sudden burst
    meets connect timeouts meanwhile.
    """
    setting = view.plan.info.settings.connections_per_environment
    loads: dict[tuple[str, frozenset[str]], dict[str, Fraction]] = {}
    for function in view.attached:
        each = function.connections_per_environment or setting
        share = Fraction(function.concurrency * each, len(function.subnets))
        for subnet in function.subnets:
            key = subnet, frozenset(function.security_groups)
            loads.setdefault(key, {})[function.id] = share
    told: set[str] = set()
    for (subnet, _), users in loads.items():
        total = sum(users.values())
        largest = max(users, key=lambda name: users[name])
        if total <= CONNECTIONS_PER_INTERFACE or largest in told:
            continue
        told.add(largest)
        yield Draft(
            about=(largest, subnet),
            message=f'The functions that share an interface in "{subnet}" with "{largest}" hold '
            f"{ceil(total):,} connections at their targets; one interface carries "
            f"{CONNECTIONS_PER_INTERFACE:,}, and AWS adds others only as traffic grows.",
            fix="Ramp up slowly, hold fewer connections in each environment, or use more subnets.",
        )
