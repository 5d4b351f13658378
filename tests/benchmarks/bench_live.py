"""One edit to all visible answers, without the window; single questions; capacity of 100 functions
over 100 shared subnets.
"""

from __future__ import annotations

import random
from itertools import count
from typing import Any

import pytest

from lambdaplanner.analysis.capacity import assess
from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import reach_from
from lambdaplanner.editor.live import Live
from lambdaplanner.editor.shown import shown
from lambdaplanner.formats.document import plan_of
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from tests.benchmarks.edits import EDITS
from tests.benchmarks.plans import realistic_plan
from tests.benchmarks.rows import Row, by_turns, median_ms, record

LINES = {1_000: 16.0, 10_000: 50.0}
"""Milliseconds from an edit to the answers, by the number of things."""


def visible_answers(live: Live) -> None:
    """What canvas and panels ask after an edit."""
    shown(live.view, live.findings())
    live.expectations()


@pytest.mark.parametrize("things", LINES)
@pytest.mark.parametrize("edit", EDITS)
def test_edit_to_answers(benchmark: Any, things: int, edit: str) -> None:
    plan = realistic_plan(things)
    live = Live(plan)
    visible_answers(live)
    edits = EDITS[edit](plan)

    def one_edit() -> None:
        draft = Edit(plan)
        next(edits)(draft)
        plan.announce(draft.changes)
        visible_answers(live)

    time = median_ms(benchmark, one_edit, rounds=21 if things == 1000 else 7)
    part = f"One edit to all visible answers, {things:,} things, {things // 10:,} functions"
    record(benchmark, Row(part=part, what=f"{edit}: answers", ours=time, most=LINES[things]))


def test_single_question(benchmark: Any) -> None:
    """Each round another pair, so that no answer is there already."""
    plan = realistic_plan(10_000)
    live = Live(plan)
    source = random.Random(1)
    functions, workloads = (list(plan.of(kind)) for kind in ("function", "workload"))
    pairs = iter([(source.choice(functions), source.choice(workloads)) for _ in range(400)])

    time = median_ms(benchmark, lambda: live.question(*next(pairs)), rounds=201)
    what = "what reaches what: one question after the first, 10,000 things"
    record(benchmark, Row(part="Single answers", what=what, ours=time, most=5.0))


def test_one_against_all(benchmark: Any) -> None:
    """All that a function reaches, each round from a plan that nothing was asked of before; against
    as many single questions.
    """
    plan = realistic_plan(1_000)
    function = next(f for f in plan.ordered(Function.kind) if f.attached)
    targets = [row.target for row in reach_from(compile_network(plan), function.id)]

    def one_by_one() -> None:
        network = compile_network(plan)
        for target in targets:
            reach(network, function.id, target)

    def at_once() -> None:
        reach_from(compile_network(plan), function.id)

    ours, theirs = by_turns(benchmark, at_once, one_by_one, rounds=5)
    what = f"what one function reaches: {len(targets)} verdicts in one call"
    against = "one question each"
    row = Row(
        part="Single answers", what=what, ours=ours, against=against, theirs=theirs, most=0.25
    )
    record(benchmark, row)


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


@pytest.mark.parametrize("ways", [3, 16])
@pytest.mark.parametrize("prefix", [20, 24, 25], ids=["roomy", "scarce", "exhausted"])
def test_capacity_of_shared_subnets(benchmark: Any, ways: int, prefix: int) -> None:
    plan = shared_subnets(ways, prefix)
    targets = count(100)
    time = median_ms(benchmark, lambda: assess(plan, concurrency={"f0": next(targets)}), rounds=15)
    what = f"capacity of 100 functions, each over {ways} of 100 shared subnets of /{prefix}"
    record(benchmark, Row(part="Single answers", what=what, ours=time, most=16.0))
