"""The table of checks: one decorated function each, and the finding that it yields."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from lambdaplanner.analysis.view import PlanAnalysis

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
"""From worst to mildest. An error does not work, a warning will be regretted."""

Reads = Literal["paths", "amounts", "both"]
"""What a check's findings depend on: `amounts` (addresses, targets, memory ...) change without any
path changing.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a check yields: what it is about (the thing to jump to first), what is wrong, and what
    to do.
    """

    about: tuple[str, ...]
    message: str
    fix: str
    severity: Severity | None = None
    """Where this one weighs otherwise than the check's others."""
    members: tuple[str, ...] = ()
    """Of a finding that several things share: those things, all of them in `about`."""
    apart: Callable[[Collection[str]], Iterable[Draft]] | None = None
    """Of a finding that several things share: the same told of some of them alone."""
    subject: str = ""
    """What differs where the same sentence is said of many things; the first thing where left
    out.
    """
    part: str = ""
    """What of the first thing it is about, where that may have several such findings: the
    destination of a route, the name of a service.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing wrong with a plan."""

    id: str
    severity: Severity
    about: tuple[str, ...]
    message: str
    fix: str
    reference: str = ""
    acknowledged: bool = False
    members: tuple[str, ...] = ()
    """The things that share it; somebody lives with it once each of them is acknowledged."""
    part: str = ""
    """What of the first thing it is about, as `Draft.part`."""
    apart: Callable[[Collection[str]], list[Finding]] | None = field(
        default=None, compare=False, repr=False
    )
    """As `Draft.apart`."""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The things that it is told of: those that share it, else the one to jump to."""
        return self.members or self.about[:1]

    def told_of(self, names: Collection[str]) -> list[Finding]:
        """What is left of it where only these of its subjects count."""
        left = [name for name in self.subjects if name in names]
        if len(left) == len(self.subjects):
            return [self]
        return self.apart(left) if left and self.apart is not None else []

    def narrowed(self, name: str | None) -> list[Finding]:
        """What it says of one thing, where that is among those that share it; else it is whole."""
        return [self] if name is None or name not in self.subjects else self.told_of((name,))


Body = Callable[[PlanAnalysis], Iterator[Draft]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule of the catalogue."""

    id: str
    severity: Severity
    title: str
    """The rule as a sentence without its full stop: what is wrong where it finds something."""
    reference: str
    reads: Reads
    explanation: str
    """The function's docstring, for the guide."""
    body: Body


CHECKS: dict[str, Check] = {}
"""Every check by id, in the order of definition."""

CRASHED = "INT-001"


def check(
    check_id: str, severity: Severity, title: str, *, reference: str = "", reads: Reads = "paths"
) -> Callable[[Body], Body]:
    """Enters a function into the table. Raises ValueError where the id is taken: ids are never
    used twice.
    """

    def enter(body: Body) -> Body:
        if check_id in CHECKS or check_id == CRASHED:
            raise ValueError(f"the check id {check_id} is taken")
        CHECKS[check_id] = Check(
            id=check_id,
            severity=severity,
            title=title,
            reference=reference,
            reads=reads,
            explanation=" ".join((body.__doc__ or "").split()),
            body=body,
        )
        return body

    return enter
