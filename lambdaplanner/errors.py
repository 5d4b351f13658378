"""Everything that can go wrong in a way a person can mend.

    PlannerError
    ├── EditError        an edit that the plan cannot take; says why
    ├── QuestionError    a question about something that is not there, or that makes no sense
    └── PlanFileError    a file that cannot be opened or written
        ├── NotAPlan     not YAML, not a mapping, not a plan at all
        ├── NewerPlan    written by a newer format version
        ├── ChangedMeanwhile  somebody else wrote the file since it was read
        └── PlanProblems one or many problems inside a plan file, all of them at once

Each carries `message` (one sentence: what, where), `hint` (what would be right) and `where` (file,
or id). The command line prints them without a traceback, the window shows them in one place.
Anything else is a bug.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from lambdaplanner.counting import count as counted
from lambdaplanner.visible import visible


class PlannerError(Exception):
    """The root: one clear sentence for a person."""

    def __init__(self, message: str, *, hint: str = "", where: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        prefix = f"{self.where}: " if self.where else ""
        suffix = f"; {self.hint}" if self.hint else ""
        return f"{prefix}{self.message}{suffix}"

    @property
    def lines(self) -> tuple[str, ...]:
        """What there is to say, a sentence a line."""
        return (str(self),)


class EditError(PlannerError):
    """An edit that would leave the plan in a state that has no meaning."""


class QuestionError(PlannerError):
    """A question that could not be asked."""


class PlanFileError(PlannerError):
    """A plan file that cannot be opened or written."""


class NotAPlan(PlanFileError):
    """The file is not a plan."""


class NewerPlan(PlanFileError):
    """The file was written by a newer version of the format."""


class ChangedMeanwhile(PlanFileError):
    """Somebody else wrote the file since it was read; nothing was written over it."""


Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: where (1-based line and column, path in the plan), and what would
    be right.
    """

    message: str
    path: tuple[str | int, ...] = ()
    line: int = 0
    column: int = 0
    severity: Severity = "error"
    on_key: bool = False
    """Whether the key itself is meant, not the value behind it."""

    def describe(self, file: str) -> str:
        """The problem as one line: ``orders.yaml:14:11: subnets.a.cidr: what is wrong``."""
        place = f"{file}:{self.line}:{self.column}: " if self.line else f"{file}: "
        path = f"{_shortened(dotted(self.path))}: " if self.path else ""
        return visible(f"{place}{path}{_shortened(self.message)}")


class TooManyProblems(Exception):
    """Nobody needs to know more about a file; reading it stops."""


class Problems(list[Problem]):
    """The first problems of a file; of the rest only how many there are, since nobody reads a
    hundred thousand lines.
    """

    MOST = 100
    """How many of each severity are kept."""
    MOST_ERRORS = 10_000
    """How many are looked for."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()
        self.stopped = False
        self.comparisons = 100_000
        """How many names may still be compared, to say what was probably meant."""
        for problem in problems:
            self.append(problem)

    @property
    def full(self) -> bool:
        """Whether a further error is only counted."""
        return self.counts["error"] >= self.MOST

    def append(self, problem: Problem) -> None:
        """Keeps the problem, or counts it. Raises TooManyProblems."""
        self.counts[problem.severity] += 1
        if self.counts[problem.severity] <= self.MOST:
            super().append(problem)
        elif self.counts["error"] > self.MOST_ERRORS:
            self.stopped = True
            raise TooManyProblems

    def of(self, severity: Severity) -> list[Problem]:
        """Those of one severity that are kept."""
        return [problem for problem in self if problem.severity == severity]

    def rest(self, severity: Severity) -> list[Problem]:
        """Nothing, or one line that says how many more there are."""
        rest = self.counts[severity] - self.MOST
        if rest <= 0:
            return []
        noun = "problem" if severity == "error" else severity
        more = f"and {counted(rest, f'more {noun}')}"
        if self.stopped:
            more += "; the rest of the file was not looked at"
        return [Problem(more, severity=severity)]


class PlanProblems(PlanFileError):
    """The problems of one file, in the order of the file; of very many the first hundred, and how
    many there are altogether.
    """

    def __init__(
        self, problems: Sequence[Problem], *, where: str, count: int | None = None
    ) -> None:
        self.problems = tuple(problems)
        number = len(self.problems) if count is None else count
        super().__init__(counted(number, "problem"), where=where)

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(problem.describe(self.where) for problem in self.problems)

    def __str__(self) -> str:
        return "\n".join(self.lines)


_SHOWN = 400
"""Characters of a message or a path that are worth reading; the middle of longer ones is left
out.
"""


def _shortened(text: str) -> str:
    if len(text) <= _SHOWN:
        return text
    return f"{text[: _SHOWN // 2]} ... {text[-_SHOWN // 2 :]}"


def dotted(path: Sequence[str | int]) -> str:
    """A path as people write it: ``security_groups.fn-sg.outbound[1].cidr``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text
