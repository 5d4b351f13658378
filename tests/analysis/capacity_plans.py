"""Small plans for questions of capacity: one VPC, subnets by prefix, functions by target."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lambdaplanner.formats.document import plan_of
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.changes import INFO, Change, ChangeSet
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource

ZONES = "abc"


def network(
    subnets: dict[str, int], *things: Resource, free: dict[str, int] | None = None, **settings: Any
) -> Plan:
    """Subnets by id and prefix; `free` says how many addresses functions may have there."""
    made: list[Resource] = [Vpc(id="main", cidr="10.0.0.0/8")]
    for place, (name, prefix) in enumerate(subnets.items()):
        usable = (1 << (32 - prefix)) - 5
        made.append(
            Subnet(
                id=name,
                vpc="main",
                az=f"eu-west-1{ZONES[place % 3]}",
                cidr=f"10.{place}.0.0/{prefix}",
                reserved_ips=usable - free[name] if free and name in free else 0,
            )
        )
    groups = {
        group: None
        for thing in things
        if isinstance(thing, Function)
        for group in thing.security_groups
    }
    made += [SecurityGroup(id=group, vpc="main") for group in groups]
    plan = plan_of([*made, *things])
    if settings:
        info = replace(plan.info, settings=replace(plan.info.settings, **settings))
        plan.apply(ChangeSet({INFO: Change(plan.info, info)}))
    return plan


def function(name: str, concurrency: int, *subnets: str, **values: Any) -> Function:
    """A function with a target."""
    return Function(id=name, concurrency=concurrency, subnets=subnets, **values)
