"""Scenarios as AWS tells them: a plan, a question, and all that the answer says."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.network import Network, compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.formats.plan_file import read_text

YES, PART, NO = "reachable", "partial", "unreachable"
ROLE = "role_policies: [AWSLambdaVPCAccessExecutionRole]"


class Case(NamedTuple):
    """One question about a plan."""

    name: str
    plan: str
    source: str
    target: str
    verdict: str
    obstacles: tuple[str, ...] = ()
    """Every obstacle of every path: where it is, its code, and "back" where it stops replies."""
    way: str = ""
    """What stands on the way of the first path, in its order; other hops may stand between."""
    back: str = ""
    """The same of its replies."""
    asked: dict[str, Any] = {}  # noqa: RUF012  # nobody writes to it


@cache
def network_of(text: str) -> Network:
    """A plan's text, compiled once for all its questions."""
    return compile_network(read_text("lambdaplanner: 1\n" + text, where="a scenario").plan)


def answer_of(case: Case) -> Answer:
    """The answer to its question."""
    return reach(network_of(case.plan), case.source, case.target, **case.asked)


def holds(case: Case) -> None:
    """Whether the answer says what it must, and nothing else."""
    answer = answer_of(case)
    told = {
        f"{o.at} {o.code}{' back' if o.direction == 'return' else ''}"
        for path in answer.paths
        for o in path.obstacles
    }
    assert (answer.verdict, told) == (case.verdict, set(case.obstacles)), (answer.verdict, told)
    first = answer.paths[0]
    for wanted, hops in ((case.way, first.hops), (case.back, first.return_hops)):
        ids = [hop.id for hop in hops]
        following = iter(ids)
        assert all(name in following for name in wanted.split()), ids
