"""The verdicts on pairs of things in many states of a plan, each found once, and only those that a
change can touch found anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from lambdaplanner.analysis.answers import Verdict
from lambdaplanner.analysis.reading import ReadBy
from lambdaplanner.analysis.survey import INTERNET, reach_among, read_for, same_for
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.changes import ChangeSet

Pair = tuple[str, str]


def concerned_pairs(
    before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet | None
) -> list[Pair] | None:
    """The pairs that may fare otherwise after `changes`; None where those may be all, or others
    than before.
    """
    names = None if changes is None else after.touched_since(before, changes)
    if names is None or any(_comes_in(name, before, after) for name in names):
        return None
    read: ReadBy[Pair] = before.kept("read for pairs", lambda: _read_for(before))
    networks = after.network, before.network
    return [pair for pair in read.of(names) if not same_for(*networks, (*pair, None, "tcp"))]


def _comes_in(name: str, before: PlanAnalysis, after: PlanAnalysis) -> bool:
    """Whether a thing is a function that is new."""
    return name not in before.plan and isinstance(after.plan.find(name), Function)


def _read_for(view: PlanAnalysis) -> ReadBy[Pair]:
    found, network = judged_pairs(view, all_pairs(view)), view.network
    return ReadBy((pair, read_for(network, (*pair, None, "tcp"))) for pair in found)


def judged_pairs(view: PlanAnalysis, pairs: list[Pair]) -> dict[Pair, tuple[int | None, Verdict]]:
    """Pairs of a state; each is judged once, however often states are held against it."""
    known: dict[Pair, tuple[int | None, Verdict]] = view.kept("pairs", dict)
    for row in reach_among(view.network, (pair for pair in pairs if pair not in known)):
        known[row.source, row.target] = (row.port, row.verdict)
    return {pair: known[pair] for pair in pairs}


def all_pairs(view: PlanAnalysis) -> list[Pair]:
    """Every function to the internet, to the AWS services with endpoints and to every workload;
    every workload to the internet and from it.
    """
    return view.kept("all pairs", lambda: list(_pairs(view)))


def _pairs(view: PlanAnalysis) -> Iterator[Pair]:
    functions = [function.id for function in view.of(Function)]
    workloads = [workload.id for workload in view.of(Workload)]
    outside = [INTERNET, *(f"aws:{name}" for name in view.network.services)]
    yield from product(functions, [*outside, *workloads])
    for workload in workloads:
        yield workload, INTERNET
        yield INTERNET, workload
