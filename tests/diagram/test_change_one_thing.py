"""What moves when one thing in a plan without places is another, both laid out from scratch."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lambdaplanner.commands.things import add, remove, rename
from lambdaplanner.diagram.builder import build
from lambdaplanner.formats.plan_file import open_plan
from lambdaplanner.kinds.registry import INTERNET
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.interfaces import followed
from tests.diagram.corners import corners
from tests.found.plans import found

GOAL = 0.15
FAULT = 0.25


def _subnet(edit: Edit, name: str, vpc: str, zone: str, table: str) -> None:
    like = next(one for one in edit.plan.ordered("subnet") if one.vpc == vpc)
    made = add(edit, "subnet", vpc, az=zone, cidr=like.cidr, route_table=table)
    rename(edit, made, name)


def _function(edit: Edit, *subnets: str) -> None:
    made = add(edit, "function", "lambda-service-vpc")
    edit.update(made, subnets=subnets)


CHANGES: list[tuple[str, str, Callable[[Edit], object], float]] = [
    ("01-brief", "rename a subnet", lambda e: rename(e, "private", "inner"), 0),
    ("01-brief", "rename the VPC", lambda e: rename(e, "customer", "buyer"), 0),
    ("03-three-zones", "rename a table", lambda e: rename(e, "app-b-rt", "second-rt"), 0),
    ("03-three-zones", "rename one of siblings", lambda e: rename(e, "app-b", "middle"), 0),
    ("02-two-zones", "add a group", lambda e: add(e, "security-group", "main"), 0),
    ("02-two-zones", "add a function", lambda e: _function(e, "private-a", "private-b"), GOAL),
    (
        "02-two-zones",
        "add an isolated subnet",
        lambda e: add(e, "subnet", "main", az="eu-west-1b", route_table=None),
        GOAL,
    ),
    (
        "02-two-zones",
        "add a third zone",
        lambda e: _subnet(e, "private-c", "main", "eu-west-1c", "private-a-rt"),
        FAULT,
    ),
    ("03-three-zones", "lose a route", lambda e: e.update("app-b-rt", routes=()), GOAL),
    ("03-three-zones", "remove a workload", lambda e: remove(e, ["sessions"]), FAULT),
    ("04-endpoints-only", "add a function", lambda e: _function(e, "vault-a", "vault-b"), GOAL),
    ("06-peering", "add a VPC", lambda e: add(e, "vpc", None), GOAL),
    ("10-forty-functions", "add a function", lambda e: _function(e, "legacy-a"), GOAL),
    ("11-thirty-groups", "add a group", lambda e: add(e, "security-group", "main"), GOAL),
]


@pytest.mark.parametrize(
    ("name", "command", "most"),
    [(name, command, most) for name, _, command, most in CHANGES],
    ids=[f"{name}: {what}" for name, what, _, _ in CHANGES],
)
def test_little_moves(name: str, command: Callable[[Edit], object], most: float) -> None:
    plan = open_plan(found(name, "picture")).plan
    before = corners(build(plan))
    edit = Edit(plan)
    command(edit)
    renamed = edit.changes.renamed

    after = corners(build(plan))

    there = {old: followed(old, renamed) for old in before if old != INTERNET}
    moved = [old for old, new in there.items() if new in after and before[old] != after[new]]
    assert len(moved) <= most * len(before), moved
