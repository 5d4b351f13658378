"""One edit to all visible answers, at 1,000 and 10,000 things; capacity of 100 functions over 100
shared subnets.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count

import pytest

from lambdaplanner.analysis.capacity import assess
from lambdaplanner.editor.live import Live
from lambdaplanner.formats.document import plan_of
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from tests.benchmarks.plans import realistic_plan

VISIBLE = 100
"""Functions on the screen; so many fit at the smallest scale at which badges are drawn."""


def visible_answers(live: Live) -> None:
    """What the window asks after an edit."""
    live.capacity()
    live.findings()
    live.expectations()
    for function in live.view.of(Function)[:VISIBLE]:
        live.internet(function.id)


def concurrency_edits(plan: Plan) -> Iterator[Callable[[Edit], None]]:
    name = plan.ordered("function")[0].id
    for n in count():
        yield partial(Edit.update, resource_id=name, concurrency=100 + n % 50)


def route_edits(plan: Plan) -> Iterator[Callable[[Edit], None]]:
    table: RouteTable = plan.ordered("route-table")[1]
    extra = Route(destination="203.0.113.0/24", target="blackhole")
    both = (table.routes, (*table.routes, extra))
    for n in count():
        yield partial(Edit.update, resource_id=table.id, routes=both[n % 2 - 1])


def group_edits(plan: Plan) -> Iterator[Callable[[Edit], None]]:
    group = plan.ordered("security-group")[0]
    both = (group.inbound, group.inbound[:1])
    for n in count():
        yield partial(Edit.update, resource_id=group.id, inbound=both[n % 2 - 1])


EDITS = {"concurrency": concurrency_edits, "route": route_edits, "group rule": group_edits}


@pytest.mark.parametrize("things", [1000, 10_000])
@pytest.mark.parametrize("edit", EDITS)
def test_edit_to_answers(benchmark: Callable[..., object], things: int, edit: str) -> None:
    plan = realistic_plan(things)
    live = Live(plan)
    visible_answers(live)
    edits = EDITS[edit](plan)

    def one_edit() -> None:
        draft = Edit(plan)
        next(edits)(draft)
        plan.announce(draft.changes)
        visible_answers(live)

    benchmark(one_edit)


def shared_subnets(ways: int, prefix: int) -> Plan:
    """100 functions, each over `ways` of 100 shared subnets."""
    source = random.Random(1)
    names = [f"s{i}" for i in range(100)]
    subnets = [
        Subnet(id=name, vpc="main", az="abc"[i % 3], cidr=f"10.{i}.0.0/{prefix}")
        for i, name in enumerate(names)
    ]
    functions = [
        Function(
            id=f"f{i}",
            concurrency=source.randint(50, 150),
            subnets=tuple(source.sample(names, ways)),
        )
        for i in range(100)
    ]
    return plan_of([Vpc(id="main", cidr="10.0.0.0/8"), *subnets, *functions])


@pytest.mark.parametrize("ways", [3, 16, 100])
@pytest.mark.parametrize("prefix", [20, 24, 25], ids=["roomy", "fits", "exhausted"])
def test_capacity_of_shared_subnets(
    benchmark: Callable[..., object], ways: int, prefix: int
) -> None:
    plan = shared_subnets(ways, prefix)
    targets = count(100)
    benchmark(lambda: assess(plan, concurrency={"f0": next(targets)}))
