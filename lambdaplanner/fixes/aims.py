"""What a way of mending is for, so that what was asked can be told from what comes beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.plan import Plan

INTERNET = "internet"


Question = tuple[str, str, int | None, str] | tuple[str, str, int | None, str, int | None]
"""From, to, port, protocol, and the version of IP where one is named."""


class Asked(NamedTuple):
    """A pair of ends that somebody wants to reach one another, or not to."""

    source: str
    target: str
    protocol: str
    port: int | None
    ip: int | None = None
    """The version of IP, where one is asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What a way of mending may do without being asked once more."""

    about: frozenset[str] = frozenset()
    """The things that a finding is about; nothing for a promise, which is about its question."""
    opened: tuple[Asked, ...] = ()
    """What is to be reachable: the promises of the plan, and the question that is mended."""
    closed: tuple[Asked, ...] = ()
    """What is not to be."""
    closing: bool = False
    """Whether it is something of `closed` that is mended."""


NOTHING_ASKED = Aim()


def aim_of(view: PlanAnalysis, finding: Finding) -> Aim:
    """What a finding asks for: to mend what it is about, for what the plan promises."""
    opened, closed = view.kept("promised", lambda: _promises(view.plan))
    return Aim(about=frozenset(finding.about), opened=opened, closed=closed)


def aim_at(view: PlanAnalysis, asked: Asked, *, reachable: bool = True) -> Aim:
    """What a promise or a question asks for, beside the other promises of the plan."""
    opened, closed = view.kept("promised", lambda: _promises(view.plan))
    this = (_with_port(view.plan, asked),)
    if reachable:
        return Aim(opened=(*this, *opened), closed=closed)
    return Aim(opened=opened, closed=(*this, *closed), closing=True)


def _promises(plan: Plan) -> tuple[tuple[Asked, ...], tuple[Asked, ...]]:
    rows = [
        (
            row.expect != "unreachable",
            _with_port(plan, Asked(row.source, row.target, row.protocol, row.port, row.ip)),
        )
        for row in plan.expectations
    ]
    opened = tuple(asked for wanted, asked in rows if wanted)
    return opened, tuple(asked for wanted, asked in rows if not wanted)


def _with_port(plan: Plan, asked: Asked) -> Asked:
    """The same with the port that is asked about: the target's own, else 443."""
    if asked.port is not None or asked.protocol == "icmp":
        return asked
    target = plan.find(asked.target)
    port = target.port if isinstance(target, Workload) else None
    return asked._replace(port=443 if port is None else port)


def is_outside(end: str) -> bool:
    """Whether an end is no thing of the plan: the internet, an AWS service, an address."""
    return end == INTERNET or ":" in end or end[:1].isdigit()


def things_of(plan: Plan, end: str) -> Iterator[str]:
    """The thing that an end means: its id, or that of the workload which has the address."""
    if end in plan:
        yield end
    for workload in plan.of(Workload.kind).values():
        if workload.private_ip is not None and workload.private_ip == end:
            yield workload.id


def ends_of(plan: Plan, wanted: Iterable[Asked], *, source: bool) -> frozenset[str]:
    """The things at one end of what is asked."""
    return frozenset(
        name
        for asked in wanted
        for name in things_of(plan, asked.source if source else asked.target)
    )
