"""Answers that follow the plan: recomputed when asked, kept while nothing they depend on has
changed.

A change of places changes no answer. A change of amounts (a concurrency target, memory, reserved
addresses) leaves every path. Anything else drops all paths: a "no" may depend on what did not
exist, so there is no point in tracking what was looked at, and asking again costs microseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import get_args

from lambdaplanner.analysis.answers import Answer, CapacityAnswer
from lambdaplanner.analysis.nat_ports import NatPorts
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.staleness import touches_amounts
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.analysis.worst_zone import WorstZone
from lambdaplanner.checks.registry import Finding, Reads
from lambdaplanner.checks.report import (
    ExpectationResult,
    finished,
    judge_expectations,
    local_day,
    raw_findings,
)
from lambdaplanner.model.changes import EXPECTATIONS, ChangeSet
from lambdaplanner.model.plan import Plan


class Live:
    """All answers about a plan that is being edited; equal at every moment to those of a fresh
    start.
    """

    def __init__(self, plan: Plan, *, today: Callable[[], date] = local_day) -> None:
        self._plan = plan
        self._today = today
        self._view = PlanAnalysis(plan)
        self._pending = ChangeSet()
        self._raw: dict[Reads, list[Finding]] = {}
        self._findings: tuple[date, tuple[Finding, ...]] | None = None
        self._expectations: tuple[ExpectationResult, ...] | None = None
        self.revision = 0
        """Rises with every change after which some answer may be another."""
        self._end = plan.subscribe(self._changed)

    def close(self) -> None:
        """Stops following the plan."""
        self._end()

    def _changed(self, changes: ChangeSet) -> None:
        if changes.topological or any(key.facet == "acknowledged" for key in changes):
            self.revision += 1
            self._pending = self._pending.then(changes)

    @property
    def stale(self) -> bool:
        """Whether something changed since answers were last asked for."""
        return bool(self._pending)

    @property
    def view(self) -> PlanAnalysis:
        """Everything that analysis says about the plan as it is now."""
        changes, self._pending = self._pending, ChangeSet()
        if changes:
            self._take(changes)
        return self._view

    def _take(self, changes: ChangeSet) -> None:
        self._findings = None
        if not changes.topological:
            return
        self._view = self._view.after(changes)
        if not self._view.paths_kept or EXPECTATIONS in changes:
            self._drop("paths")
            self._expectations = None
        if touches_amounts(changes):
            self._drop("amounts")

    def _drop(self, reads: Reads) -> None:
        self._raw.pop(reads, None)
        self._raw.pop("both", None)

    @property
    def network(self) -> Network:
        """The plan compiled for questions of reachability."""
        return self.view.network

    def internet(self, function_id: str) -> Answer:
        """Whether a function reaches the internet. Raises QuestionError where there is no such
        function.
        """
        return self.view.internet(function_id)

    def question(
        self,
        source: str,
        target: str,
        port: int | None = None,
        protocol: str = "tcp",
        ip: int | None = None,
    ) -> Answer:
        """What reaches what. Raises QuestionError where the question makes no sense."""
        return self.view.question(source, target, port, protocol, ip)

    def capacity(self, concurrency: Mapping[str, int] | None = None) -> CapacityAnswer:
        """Ledger and verdicts, some targets overridden on request. Raises QuestionError where an
        id is unknown.
        """
        return self.view.capacity(concurrency)

    def nat_ports(self) -> dict[str, NatPorts]:
        """The source ports of every NAT gateway against the concurrency targets."""
        return self.view.nat_ports

    def worst_zone(self) -> WorstZone | None:
        """The zone whose loss is worst; several times the work of `capacity`, for idle moments."""
        return self.view.worst_zone

    @property
    def today(self) -> date:
        """The day on which acknowledgements are judged."""
        return self._today()

    def findings(self) -> tuple[Finding, ...]:
        """Every finding, in order, those somebody lives with marked."""
        view = self.view
        today = self._today()
        if self._findings is None or self._findings[0] != today:
            found = [finding for reads in get_args(Reads) for finding in self._of(view, reads)]
            self._findings = (today, finished(self._plan, found, today))
        return self._findings[1]

    def _of(self, view: PlanAnalysis, reads: Reads) -> list[Finding]:
        if reads not in self._raw:
            self._raw[reads] = raw_findings(view, reads)
        return self._raw[reads]

    def expectations(self) -> tuple[ExpectationResult, ...]:
        """What the design promises against what is, in the order of the plan."""
        view = self.view
        if self._expectations is None:
            self._expectations = judge_expectations(view)
        return self._expectations
