"""What changes between two states of a plan: verdicts, promises, capacity, findings.

The preview of a fix, the answer to a what-if question, and the text of a difference between plans.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lambdaplanner.analysis.answers import RANK, AccountCapacity, CapacityVerdict, Verdict
from lambdaplanner.analysis.capacity import VERDICTS
from lambdaplanner.analysis.nat_ports import NatPorts
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.pairs import all_pairs, concerned_pairs, judged_pairs
from lambdaplanner.checks.promises import States, concerned, states, states_after
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import ExpectationResult, judge_expectation, raw_findings
from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.document import Expectation

_QUOTA = ("LAM-008", "error")
"""What says that a VPC would have more interfaces than its quota."""
_ECHOES = frozenset({"LAM-001", "NAT-009", "NET-001", "NET-012", "NET-013"})
"""Checks whose new findings, once a zone or a gateway is gone, only say so: one zone is left, a
route leads nowhere, nothing uses what served the lost.
"""


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
        return RANK[self.after] < RANK[self.before]


class CapacityChange(NamedTuple):
    """A function whose concurrency target fares otherwise; None where it is not there."""

    function: str
    before: CapacityVerdict | None
    after: CapacityVerdict | None
    short: tuple[int, int] = (0, 0)
    """Invocations that were too many, and that would be."""
    target: int = 0
    """The concurrency target then."""

    @property
    def is_worse(self) -> bool:
        """Whether it fares worse, or fits as little as before and lacks more."""
        if self.after is None or self.before is None:
            return self.after is None
        step = VERDICTS.index(self.after) - VERDICTS.index(self.before)
        return step > 0 or (step == 0 and self.short[1] > self.short[0])


class NatChange(NamedTuple):
    """A NAT gateway that has other connections to carry; None where it is not there."""

    gateway: str
    before: NatPorts | None
    after: NatPorts | None

    @property
    def is_worse(self) -> bool:
        """Whether its ports no longer do, or do even less."""
        if self.after is None or self.after.headroom >= 0:
            return False
        return self.before is None or self.after.headroom < self.before.headroom


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
    nat_ports: tuple[NatChange, ...] = ()
    account: tuple[AccountCapacity, AccountCapacity] | None = None
    """All targets against the account's quota, where they are others."""

    @property
    def is_worse(self) -> bool:
        """Whether a promise breaks, or targets, NAT ports or quotas no longer fit."""
        return (
            any(row.after is None or not row.after.ok for row in self.expectations)
            or any(change.is_worse and _misfit(change) for change in self.capacity)
            or any(change.is_worse for change in self.nat_ports)
            or (self.account is not None and _exceeds(*self.account))
            or any((one.id, one.severity) == _QUOTA for one in self.new)
        )

    def __bool__(self) -> bool:
        """Whether something is judged otherwise; numbers alone are not."""
        return bool(self.verdicts or self.expectations or self.capacity or self.gone or self.new)


def compare(
    before: PlanAnalysis,
    after: PlanAnalysis,
    changes: ChangeSet | None = None,
    *,
    pairs: bool = True,
) -> Impact:
    """What is otherwise in `after`; `changes` leads there, and where it is known to touch few pairs
    only those are judged. Without `pairs` all but their verdicts is compared.

    Compared are: every function to the internet, to the AWS services with endpoints and to every
    workload; every workload to the internet and from it; expectations; capacity; findings.
    """
    old, new = raw_findings(before), raw_findings(after)
    return Impact(
        verdicts=tuple(_verdicts(before, after, changes)) if pairs else (),
        expectations=tuple(_promises(before, after, changes)),
        capacity=tuple(_capacity(before, after)),
        gone=_missing(old, new),
        new=_missing(new, old),
        nat_ports=tuple(_nat_ports(before, after)),
        account=_account(before, after),
    )


def echoes_loss(finding: Finding) -> bool:
    """Whether a finding about a plan that lost a zone or a gateway only says that it is lost."""
    return finding.id in _ECHOES


def _misfit(change: CapacityChange) -> bool:
    return change.after in ("exhausted", None)


def _exceeds(before: AccountCapacity, after: AccountCapacity) -> bool:
    return after.verdict == "exceeded" and after.concurrency > before.concurrency


def worse_verdicts(
    before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet | None = None
) -> tuple[VerdictChange, ...]:
    """The pairs of `compare` that fare worse in `after`."""
    return tuple(change for change in _verdicts(before, after, changes) if change.is_worse)


def _missing(found: Iterable[Finding], among: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that the others have nothing like: the same check on the same thing is the same
    finding, whatever else it is about by now. Of what several things share, those that are new to
    it.
    """
    known = Counter((finding.id, name) for finding in among for name in _names(finding))
    missing = []
    for finding in found:
        new = [name for name in _names(finding) if not known[finding.id, name]]
        known.subtract((finding.id, name) for name in _names(finding) if name not in new)
        if new:
            missing += finding.told_of(new) if finding.subjects else [finding]
    return tuple(missing)


def _names(finding: Finding) -> tuple[str, ...]:
    return finding.subjects or ("",)


def _verdicts(
    before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet | None
) -> Iterator[VerdictChange]:
    some = concerned_pairs(before, after, changes)
    old, new = (
        judged_pairs(view, all_pairs(view) if some is None else some) for view in (before, after)
    )
    for pair in dict.fromkeys((*old, *new)):
        one, other = old.get(pair), new.get(pair)
        if (one and one[1]) != (other and other[1]):
            asked = other or one
            assert asked is not None
            yield VerdictChange(*pair, "tcp", asked[0], one and one[1], other and other[1])


def _promises(
    before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet | None
) -> Iterator[PromiseChange]:
    rows = concerned(before, after, changes)
    same = rows is not after.plan.expectations
    old = _by_question(states(before), rows if same else before.plan.expectations)
    new = _by_question(states_after(before, after, changes), rows)
    for question in dict.fromkeys((*old, *new)):
        one, other = old.get(question), new.get(question)
        if (one and one.ok) != (other and other.ok):
            yield PromiseChange(
                one and judge_expectation(before, one.row),
                other and judge_expectation(after, other.row),
            )


class _Kept(NamedTuple):
    """A promise, and whether it holds."""

    row: Expectation
    ok: bool


def _by_question(found: States, rows: Iterable[Expectation]) -> dict[tuple[object, ...], _Kept]:
    asked = ((row, found[row]) for row in dict.fromkeys(rows))
    return {
        (row.source, row.target, row.protocol, state.port, row.ip, row.expect): _Kept(
            row, state.verdict == row.expect
        )
        for row, state in asked
    }


def _capacity(before: PlanAnalysis, after: PlanAnalysis) -> Iterator[CapacityChange]:
    old, new = (view.capacity().functions for view in (before, after))
    for name in dict.fromkeys((*old, *new)):
        one, other = old.get(name), new.get(name)
        short = (one.shortfall if one else 0, other.shortfall if other else 0)
        was, then = one.verdict if one else None, other.verdict if other else None
        if was != then or (one and other and short[0] != short[1]):
            yield CapacityChange(name, was, then, short, other.concurrency if other else 0)


def _nat_ports(before: PlanAnalysis, after: PlanAnalysis) -> Iterator[NatChange]:
    old, new = before.nat_ports, after.nat_ports
    for name in dict.fromkeys((*old, *new)):
        one, other = old.get(name), new.get(name)
        if one and other and (one.connections, one.ports) != (other.connections, other.ports):
            yield NatChange(name, one, other)


def _account(
    before: PlanAnalysis, after: PlanAnalysis
) -> tuple[AccountCapacity, AccountCapacity] | None:
    old, new = before.capacity().account, after.capacity().account
    return None if old == new else (old, new)
