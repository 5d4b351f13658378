"""What changes between two states of a plan: verdicts, promises, capacity, findings.

The preview of a fix, the answer to a what-if question, and the text of a difference between plans.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from lambdaplanner.analysis.answers import CapacityVerdict, Verdict
from lambdaplanner.analysis.survey import INTERNET, reach_among
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import ExpectationResult, judge_expectations, raw_findings
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.note import Note
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.changes import ChangeSet

_RANK: dict[Verdict, int] = {"unreachable": 0, "partial": 1, "reachable": 2}


class VerdictChange(NamedTuple):
    """A pair whose verdict differs; None on the side where one of the ends is not there."""

    source: str
    target: str
    protocol: str
    port: int | None
    before: Verdict | None
    after: Verdict | None

    @property
    def is_worse(self) -> bool:
        """Whether less gets through than before."""
        if self.before is None or self.after is None:
            return False
        return _RANK[self.after] < _RANK[self.before]


class CapacityChange(NamedTuple):
    """A function whose concurrency target fares otherwise; None where it is not there."""

    function: str
    before: CapacityVerdict | None
    after: CapacityVerdict | None


class PromiseChange(NamedTuple):
    """An expectation that held and no longer does, or the other way round."""

    before: ExpectationResult | None
    after: ExpectationResult | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """Everything that differs, each in the order of the plan."""

    verdicts: tuple[VerdictChange, ...]
    expectations: tuple[PromiseChange, ...]
    capacity: tuple[CapacityChange, ...]
    gone: tuple[Finding, ...]
    new: tuple[Finding, ...]

    def __bool__(self) -> bool:
        return bool(self.verdicts or self.expectations or self.capacity or self.gone or self.new)


def compare(before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet | None = None) -> Impact:
    """What is otherwise in `after`; `changes` leads there, and where it is known to touch few pairs
    only those are judged.

    Compared are: every function to the internet, to the AWS services with endpoints and to every
    workload; every workload to the internet and from it; expectations; capacity; findings.
    """
    old, new = raw_findings(before), raw_findings(after)
    concerned = None if changes is None else _concerned(changes, before, after)
    return Impact(
        verdicts=tuple(_verdicts(before, after, concerned)),
        expectations=tuple(_promises(before, after)),
        capacity=tuple(_capacity(before, after)),
        gone=_missing(old, new),
        new=_missing(new, old),
    )


def worse_verdicts(
    before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet | None = None
) -> tuple[VerdictChange, ...]:
    """The pairs of `compare` that fare worse in `after`."""
    concerned = None if changes is None else _concerned(changes, before, after)
    return tuple(change for change in _verdicts(before, after, concerned) if change.is_worse)


def _missing(found: Iterable[Finding], among: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that the others have nothing like: the same check on the same first thing is the
    same finding, whatever else it is about by now.
    """
    known = Counter((finding.id, finding.about[:1]) for finding in among)
    missing = []
    for finding in found:
        key = (finding.id, finding.about[:1])
        if known[key]:
            known[key] -= 1
        else:
            missing.append(finding)
    return tuple(missing)


Pair = tuple[str, str]


def _verdicts(
    before: PlanAnalysis, after: PlanAnalysis, concerned: frozenset[str] | None
) -> Iterator[VerdictChange]:
    old, new = _judged(before, concerned), _judged(after, concerned)
    for pair in dict.fromkeys((*old, *new)):
        one, other = old.get(pair), new.get(pair)
        if (one and one[1]) != (other and other[1]):
            asked = other or one
            assert asked is not None
            yield VerdictChange(*pair, "tcp", asked[0], one and one[1], other and other[1])


def _judged(
    view: PlanAnalysis, concerned: frozenset[str] | None
) -> dict[Pair, tuple[int | None, Verdict]]:
    pairs: Iterable[Pair] = _pairs(view)
    if concerned is not None:
        pairs = (pair for pair in pairs if not concerned.isdisjoint(pair))
    rows = reach_among(view.network, pairs)
    return {(row.source, row.target): (row.port, row.verdict) for row in rows}


def _concerned(
    changes: ChangeSet, before: PlanAnalysis, after: PlanAnalysis
) -> frozenset[str] | None:
    """The functions and workloads that an edit of themselves or of their groups is about; None
    where other pairs may fare otherwise too.
    """
    ids: set[str] = set()
    groups: set[str] = set()
    for key, change in changes.items():
        if key.facet != "resource":
            continue
        for record in change:
            match record:
                case None | Note():
                    continue
                case Function() | Workload(private_ip=None):
                    ids.add(record.id)
                case SecurityGroup():
                    groups.add(record.id)
                case _:
                    return None
    for view in (before, after):
        ends: list[Function | Workload] = [*view.of(Function), *view.of(Workload)]
        ids |= {end.id for end in ends if not groups.isdisjoint(end.security_groups)}
    return frozenset(ids)


def _pairs(view: PlanAnalysis) -> Iterator[Pair]:
    functions = [function.id for function in view.of(Function)]
    workloads = [workload.id for workload in view.of(Workload)]
    outside = [INTERNET, *(f"aws:{name}" for name in view.network.services)]
    yield from product(functions, [*outside, *workloads])
    for workload in workloads:
        yield workload, INTERNET
        yield INTERNET, workload


def _promises(before: PlanAnalysis, after: PlanAnalysis) -> Iterator[PromiseChange]:
    old, new = (_by_question(judge_expectations(view)) for view in (before, after))
    for question in dict.fromkeys((*old, *new)):
        one, other = old.get(question), new.get(question)
        if (one and one.ok) != (other and other.ok):
            yield PromiseChange(one, other)


def _by_question(
    rows: Iterable[ExpectationResult],
) -> dict[tuple[object, ...], ExpectationResult]:
    return {(r.source, r.target, r.protocol, r.port, r.expect): r for r in rows}


def _capacity(before: PlanAnalysis, after: PlanAnalysis) -> Iterator[CapacityChange]:
    old, new = (
        {name: found.verdict for name, found in view.capacity().functions.items()}
        for view in (before, after)
    )
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield CapacityChange(name, old.get(name), new.get(name))
