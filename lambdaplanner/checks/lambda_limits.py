"""Checks of the interfaces that Lambda makes in a VPC, always counted as AWS makes them today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from lambdaplanner.analysis.hyperplane_model import (
    CONNECTIONS_PER_INTERFACE,
    OUT_OF_INTERFACES,
    InterfaceKey,
    interfaces_for,
)
from lambdaplanner.analysis.managed import default_group_id
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.checks.wording import NAMED, listed
from lambdaplanner.kinds.function import Function

QUOTAS_PAGE = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"
ENIS_PAGE = (
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-enis"
)
NEARLY_PERCENT = 80
"""Share of the quota from which there is a warning."""
LONERS = 5
"""Functions with a set of groups of their own from which merging is worth a word."""


@check(
    "LAM-008",
    "error",
    "A VPC needs more Lambda interfaces than its quota",
    reference=QUOTAS_PAGE,
    reads="amounts",
)
def interface_quota(view: PlanAnalysis) -> Iterator[Draft]:
    """Each subnet and set of security groups that functions use takes an interface, and another
    one for every 65,000 connections; the quota of the VPC (500 unless raised) is shared with
    Amazon EFS. Above 80 % of it this is a warning.
    """
    quota = view.plan.info.settings.hyperplane_enis_per_vpc
    for vpc, count in view.interfaces.per_vpc.items():
        if 100 * count <= NEARLY_PERCENT * quota:
            continue
        over = count > quota
        said = (
            f"functions then fail with {OUT_OF_INTERFACES}"
            if over
            else f"that is more than {NEARLY_PERCENT} % of it"
        )
        yield Draft(
            about=(vpc,),
            message=f'VPC "{vpc}" needs {count:,} Lambda interfaces of a quota of {quota:,}: '
            f"{said}.",
            fix="Let functions share sets of security groups, attach them to fewer subnets, or ask "
            "AWS to raise the quota and write it as hyperplane_enis_per_vpc in the settings.",
            severity=None if over else "warning",
        )


@check(
    "LAM-009",
    "info",
    "Many functions have a set of security groups of their own",
    reference=ENIS_PAGE,
    reads="amounts",
)
def lonely_sets(view: PlanAnalysis) -> Iterator[Draft]:
    """Functions share an interface where subnet and whole set of groups are the same: five or more
    functions of a VPC with a set each take interfaces that a shared set would save.
    """
    connections = view.interfaces.connections
    for vpc, lone in _alone(view).items():
        if len(lone) < LONERS:
            continue
        merged: dict[str, int] = defaultdict(int)
        now = 0
        for function in lone:
            for key in _keys(view, function):
                merged[key.subnet] += connections[key]
                now += interfaces_for(connections[key])
        then = sum(interfaces_for(count) for count in merged.values())
        if then < now:
            yield Draft(
                about=(vpc, *(function.id for function in lone[:NAMED])),
                message=f'In VPC "{vpc}" {len(lone)} functions ({listed(f.id for f in lone)}) '
                f"have a set of security groups each, and take {now:,} interfaces; with one "
                f"shared set they would take {then:,}.",
                fix="Give functions that may reach the same things the same set of groups.",
            )


def _alone(view: PlanAnalysis) -> dict[str, list[Function]]:
    """The functions of each VPC whose set of groups no other function has."""
    users: dict[tuple[str, frozenset[str]], list[Function]] = defaultdict(list)
    for function in view.attached:
        vpcs = view.places(function).vpcs
        if len(vpcs) == 1:
            users[vpcs[0], frozenset(function.security_groups)].append(function)
    found: dict[str, list[Function]] = defaultdict(list)
    for (vpc, _), functions in users.items():
        if len(functions) == 1:
            found[vpc] += functions
    return found


@check(
    "LAM-020",
    "warning",
    "Functions have more connections than one interface carries",
    reference=ENIS_PAGE,
    reads="amounts",
)
def beyond_one_interface(view: PlanAnalysis) -> Iterator[Draft]:
    """An interface carries 65,000 connections. Lambda adds others by itself, but not at once: in a
    sudden burst new connections can time out. Counted are concurrency times connections of an
    environment, spread evenly over the subnets.
    """
    crowds = _crowds(view)
    if not crowds:
        return
    users: dict[InterfaceKey, list[Function]] = defaultdict(list)
    for function in view.attached:
        for key in _keys(view, function):
            users[key].append(function)
    for crowd in crowds.values():
        functions = list({f.id: f for key in crowd.keys for f in users[key]}.values())
        functions.sort(key=lambda f: -f.concurrency)
        subnets = [key.subnet for key in crowd.keys]
        one = len(functions) == 1
        yield Draft(
            about=(*(function.id for function in functions[:NAMED]), *subnets),
            message=f"{'Function' if one else 'Functions'} {listed(f.id for f in functions)} "
            f"{'holds' if one else 'hold together'} up to {crowd.connections:,} connections in "
            f"subnet {listed(subnets)}; one interface carries {CONNECTIONS_PER_INTERFACE:,}, and "
            "while Lambda adds others new connections can time out.",
            fix="Keep connections open and hold fewer of them, add subnets, or divide the "
            "functions over several sets of security groups.",
        )


class _Crowd(NamedTuple):
    """Crowded interfaces of one set of groups, and the connections of the fullest."""

    keys: list[InterfaceKey]
    connections: int


def _crowds(view: PlanAnalysis) -> dict[frozenset[str], _Crowd]:
    found: dict[frozenset[str], _Crowd] = {}
    for key, count in view.interfaces.connections.items():
        if count > CONNECTIONS_PER_INTERFACE:
            known = found.get(key.groups, _Crowd([], 0))
            found[key.groups] = _Crowd([*known.keys, key], max(count, known.connections))
    return found


def _keys(view: PlanAnalysis, function: Function) -> Iterator[InterfaceKey]:
    """The interfaces that a function uses, as the model knows them."""
    groups = frozenset(function.security_groups)
    for subnet in function.subnets:
        own = groups or frozenset({default_group_id(view.subnet(subnet).vpc)})
        yield InterfaceKey(subnet, own)
