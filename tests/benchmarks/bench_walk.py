"""`check` and `reach` on shapes that make a walk long, the start of the program and the reading of
the file apart.
"""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.checks.report import report
from tests.analysis.walk_plans import plan_of, shapes
from tests.benchmarks.rows import Row, median_ms, record

SHAPES = dict(shapes())
PART = "Long walks: transit gateways, private NAT gateways, long lists"
LINE = 500.0
"""Milliseconds of a command."""


@pytest.mark.parametrize("shape", SHAPES)
def test_check(benchmark: Any, shape: str) -> None:
    plan = plan_of(SHAPES[shape])
    time = median_ms(benchmark, lambda: report(plan), rounds=3)
    record(benchmark, Row(part=PART, what=f"{shape}: check", ours=time, most=LINE))


@pytest.mark.parametrize("shape", SHAPES)
def test_reach(benchmark: Any, shape: str) -> None:
    """From every interface of the first thing to every one of the last, each time anew."""
    plan = plan_of(SHAPES[shape])
    time = median_ms(benchmark, lambda: reach(compile_network(plan), "sender", "last"), rounds=3)
    record(benchmark, Row(part=PART, what=f"{shape}: reach", ours=time, most=LINE))
