"""What can be mended: a finding, an obstacle on a path, a broken promise; each looks for ways in
the plan as it is now.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.ends import said_ip
from lambdaplanner.analysis.packets import Obstacle
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.catalogue import CHECKS
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import ExpectationResult
from lambdaplanner.checks.running import run_check
from lambdaplanner.errors import QuestionError
from lambdaplanner.fixes.offers import Search, searched_for_finding, searched_for_obstacle
from lambdaplanner.fixes.promises import (
    PROMISED_SHUT,
    promised_shut,
    searched_for_expectation,
    why_not_kept,
)
from lambdaplanner.fixes.registry import Met
from lambdaplanner.fixes.unfixable import NONE_HERE, why_not
from lambdaplanner.ui.panels.words import SEVERITY, Word, stopped

Pair = tuple[str, str]
GONE = "This is no longer found: there is nothing to mend."


class Problem(Protocol):
    """One thing that is wrong.

    `word` is its severity, `name` its id or code; `here` is the pair of ends that it is about and
    `mended` the finding that it is, where it is one.
    """

    @property
    def word(self) -> Word: ...

    @property
    def name(self) -> str: ...

    @property
    def message(self) -> str: ...

    @property
    def here(self) -> Pair | None: ...

    @property
    def mended(self) -> Finding | None: ...

    def ways(self, view: PlanAnalysis) -> Search:
        """The ways to mend it, best first, in steps; none where it is no longer there."""

    def why_unfixable(self, view: PlanAnalysis) -> str:
        """Why no edit mends it, where none does; `GONE` where it is no longer there."""


@dataclass(frozen=True, slots=True)
class FindingProblem:
    """A finding of a check."""

    finding: Finding

    @property
    def word(self) -> Word:
        return SEVERITY[self.finding.severity]

    @property
    def name(self) -> str:
        return self.finding.id

    @property
    def message(self) -> str:
        return stopped(self.finding.message)

    @property
    def here(self) -> Pair | None:
        return None

    @property
    def mended(self) -> Finding | None:
        return self.finding

    def ways(self, view: PlanAnalysis) -> Search:
        now = self._now(view)
        yield None
        if now is not None:
            yield from searched_for_finding(view, now)

    def why_unfixable(self, view: PlanAnalysis) -> str:
        if self._now(view) is None:
            return GONE
        return f"{NONE_HERE} {stopped(self.finding.fix)}"

    def _now(self, view: PlanAnalysis) -> Finding | None:
        """The same finding in the plan as it is now, else another about the same things."""
        subjects = self.finding.subjects
        found = run_check(CHECKS[self.finding.id], view)
        alike = [part for one in found for part in (one.told_of(subjects) if subjects else [one])]
        same = [one for one in alike if one.about == self.finding.about]
        return next(iter(same or alike), None)


@dataclass(frozen=True, slots=True)
class ObstacleProblem:
    """An obstacle where it was met."""

    met: Met

    @property
    def word(self) -> Word:
        return Word("error", "Blocked")

    @property
    def name(self) -> str:
        return self.met.obstacle.code

    @property
    def message(self) -> str:
        back = "On the way back: " if self.met.obstacle.direction == "return" else ""
        return f"{back}{stopped(self.met.obstacle.message)}"

    @property
    def here(self) -> Pair | None:
        return self.met.answer.source, self.met.answer.target

    @property
    def mended(self) -> Finding | None:
        return None

    def ways(self, view: PlanAnalysis) -> Search:
        now = self._now(view)
        yield None
        if now is not None:
            yield from searched_for_obstacle(view, now)

    def why_unfixable(self, view: PlanAnalysis) -> str:
        return GONE if self._now(view) is None else why_not(self.met.obstacle)

    def _now(self, view: PlanAnalysis) -> Met | None:
        """The same obstacle in the plan as it is now."""
        asked = self.met.answer
        try:
            answer = view.question(asked.source, asked.target, asked.port, asked.protocol, asked.ip)
        except QuestionError:
            return None
        for path in answer.paths:
            if (path.via, path.into) == (self.met.path.via, self.met.path.into):
                for one in path.obstacles:
                    if _same(one, self.met.obstacle):
                        return Met(answer, path, one)
        return None


@dataclass(frozen=True, slots=True)
class PromiseProblem:
    """A broken promise, or a question whose answer should be another."""

    row: ExpectationResult
    shut: bool = False
    """Whether the plan promises the contrary: that it is unreachable."""

    @staticmethod
    def of_question(view: PlanAnalysis, answer: Answer) -> PromiseProblem:
        """A question that should be answered with reachable, promised or not."""
        row = ExpectationResult(
            source=answer.source,
            target=answer.target,
            protocol=answer.protocol,
            port=answer.port,
            ip=answer.ip,
            expect="reachable",
            verdict=answer.verdict,
            ok=False,
        )
        return PromiseProblem(row, shut=bool(promised_shut(view, row)))

    @property
    def word(self) -> Word:
        return Word("info", "Promised") if self.shut else Word("error", "Broken")

    @property
    def name(self) -> str:
        port = "" if self.row.port is None else f" {self.row.port}"
        asked = f"{self.row.protocol}{port}{said_ip(self.row.ip)}"
        return f"{self.row.source} to {self.row.target}, {asked}"

    @property
    def message(self) -> str:
        if self.shut:
            return PROMISED_SHUT
        state = self.row.verdict or "no question that makes sense"
        return f"It should be {self.row.expect}, and is {state}."

    @property
    def here(self) -> Pair | None:
        return self.row.source, self.row.target

    @property
    def mended(self) -> Finding | None:
        return None

    def ways(self, view: PlanAnalysis) -> Search:
        now = self._now(view)
        yield None
        if now is not None:
            yield from searched_for_expectation(view, now)

    def why_unfixable(self, view: PlanAnalysis) -> str:
        now = self._now(view)
        return GONE if now is None or now.ok else why_not_kept(view, now)

    def _now(self, view: PlanAnalysis) -> ExpectationResult | None:
        """The same in the plan as it is now; None where it can no longer be asked."""
        row = self.row
        try:
            answer = view.question(row.source, row.target, row.port, row.protocol, row.ip)
        except QuestionError:
            return None
        return replace(row, verdict=answer.verdict, ok=answer.verdict == row.expect)


def _same(one: Obstacle, other: Obstacle) -> bool:
    mine, others = (one.at, one.code, one.direction), (other.at, other.code, other.direction)
    return mine == others
