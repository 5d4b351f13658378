"""All findings of a plan, in order and with acknowledgements, and whether its expectations hold."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from lambdaplanner.analysis.answers import Answer, Verdict
from lambdaplanner.analysis.packets import Obstacle
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.catalogue import CHECKS
from lambdaplanner.checks.registry import SEVERITIES, Finding, Reads
from lambdaplanner.checks.running import run_check
from lambdaplanner.checks.sharing import FEW
from lambdaplanner.errors import QuestionError
from lambdaplanner.model.document import Acknowledgement, Expectation
from lambdaplanner.model.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectationResult:
    """What the design promises, and what is."""

    source: str
    target: str
    protocol: str
    port: int | None
    """The port that was asked: the expectation's, else the target's own."""
    expect: str
    verdict: Verdict | None
    """None where the question makes no sense; `problem` then says why."""
    ok: bool
    ip: int | None = None
    """The version of IP, where the expectation names one."""
    problem: str = ""
    assumes: tuple[str, ...] = ()
    """What had to be taken for granted for the verdict."""
    obstacles: tuple[Obstacle, ...] = ()
    """Why it is broken: what blocks, each once, the deciding thing of the first path first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """`fail` where an error that nobody acknowledged or a broken expectation stands."""

    verdict: Literal["pass", "fail"]
    findings: tuple[Finding, ...]
    expectations: tuple[ExpectationResult, ...]
    stranded: tuple[str, ...] = ()
    """Of an imagined plan: ends of which nothing is left."""


def report(plan: Plan, today: date | None = None) -> CheckReport:
    """Everything that `check` says about a plan; `today` (the local day where left out) ends
    acknowledgements.
    """
    view = PlanAnalysis(plan)
    found = findings(view, today or local_day())
    expectations = judge_expectations(view)
    return CheckReport(
        verdict=verdict_of(found, expectations), findings=found, expectations=expectations
    )


def local_day() -> date:
    """Today where the user is."""
    return datetime.now(tz=UTC).astimezone().date()


def verdict_of(
    found: Iterable[Finding], expectations: Iterable[ExpectationResult]
) -> Literal["pass", "fail"]:
    """`fail` where something stands that nobody may live with in silence."""
    broken = any(not row.ok for row in expectations)
    wrong = any(finding.severity == "error" and not finding.acknowledged for finding in found)
    return "fail" if broken or wrong else "pass"


def findings(view: PlanAnalysis, today: date | None) -> tuple[Finding, ...]:
    """Every finding: worst first, then by check, then in the order of the things they are about.

    Without `today` no acknowledgement has come to its end.
    """
    return finished(view.plan, raw_findings(view), today)


def raw_findings(view: PlanAnalysis, reads: Reads | None = None) -> list[Finding]:
    """What the checks (of one kind, or all) find, acknowledgements left aside; all of them are
    found once for each state of a plan.
    """
    if reads is None:
        return list(view.kept("findings", lambda: _found(view, None)))
    return _found(view, reads)


def findings_about(view: PlanAnalysis, function: str) -> list[Finding]:
    """What the checks of functions find in one, worst first; other functions are not looked at."""
    alone = view.looking_at(function)
    rules = (rule for rule in CHECKS.values() if rule.id.startswith("LAM-"))
    found = (finding for rule in rules for finding in run_check(rule, alone))
    about = [finding for finding in found if function in finding.about]
    return sorted(about, key=lambda finding: SEVERITIES.index(finding.severity))


def found_in_steps(view: PlanAnalysis) -> Iterator[Finding | None]:
    """The findings of all checks one after another, and None after each check, so that who
    waits may do something else or stop at the first that matters.
    """
    if view.knows("findings"):
        yield from raw_findings(view)
        return
    found: list[Finding] = []
    for rule in CHECKS.values():
        of_rule = run_check(rule, view)
        found += of_rule
        yield from of_rule
        yield None
    view.kept("findings", lambda: found)


def _found(view: PlanAnalysis, reads: Reads | None) -> list[Finding]:
    return [
        finding
        for rule in CHECKS.values()
        if reads is None or rule.reads == reads
        for finding in run_check(rule, view)
    ]


def finished(plan: Plan, found: Iterable[Finding], today: date | None) -> tuple[Finding, ...]:
    """The findings in their order, each with whether somebody decided to live with it. Of what
    several things share those that nobody lives with are told alone.
    """
    living: dict[str, list[Acknowledgement]] = {}
    for row in plan.acknowledged:
        if _holds(row, today):
            living.setdefault(row.finding, []).append(row)
    marked = (one for f in found for one in _marked(plan, f, living.get(f.id, ())))
    return tuple(sorted(marked, key=lambda finding: _rank(plan, finding)))


def _marked(plan: Plan, finding: Finding, rows: Sequence[Acknowledgement]) -> Iterator[Finding]:
    if not rows:
        yield finding
        return
    if acknowledged(plan, finding, rows):
        yield dataclasses.replace(finding, acknowledged=True)
        return
    covered = _covered(plan, finding, rows)
    yield from finding.told_of([name for name in finding.subjects if name not in covered])
    for one in finding.told_of(covered):
        yield dataclasses.replace(one, acknowledged=True)


def acknowledged(plan: Plan, finding: Finding, rows: Iterable[Acknowledgement]) -> bool:
    """Whether the rows cover the finding, all of its subjects together.

    A row does where it names the finding's id and nothing that the finding is not about: naming one
    thing covers every such finding about that thing, naming none covers them all. Where several
    things share a finding, a row that names some of them covers those.
    """
    fitting = [row for row in rows if row.finding == finding.id]
    if not finding.subjects:
        return any(not row.about for row in fitting)
    return set(finding.subjects) == _covered(plan, finding, fitting)


def _covered(plan: Plan, finding: Finding, rows: Iterable[Acknowledgement]) -> set[str]:
    """The subjects of a finding that some rows with its id name, or mean by naming none."""
    subjects, found = set(finding.subjects), set[str]()
    for row in rows:
        wanted = set(row.about)
        if wanted <= set(finding.about):
            found |= wanted & subjects or subjects
        elif _is_of_a_group(plan, finding, wanted):
            found |= wanted & subjects
    return found


def _is_of_a_group(plan: Plan, finding: Finding, wanted: set[str]) -> bool:
    """Whether a row was written about many things that shared a finding, and names beside this
    one's only others of their kind, which share it no longer.
    """
    kinds = {one.kind for one in map(plan.find, finding.subjects) if one is not None}
    others = [one for one in map(plan.find, wanted) if one is not None and one.kind in kinds]
    strange = wanted.difference(finding.about)
    return len(others) > FEW and strange <= {one.id for one in others}


def _holds(row: Acknowledgement, today: date | None) -> bool:
    return row.until is None or today is None or today.isoformat() <= row.until


def _rank(plan: Plan, finding: Finding) -> tuple[object, ...]:
    orders = tuple(plan.order(name) if name in plan else -1 for name in finding.about)
    return SEVERITIES.index(finding.severity), finding.id, orders, finding.message


def judge_expectations(view: PlanAnalysis) -> tuple[ExpectationResult, ...]:
    """What the design promises against what is, in the order of the plan."""
    return tuple(judge_expectation(view, row) for row in view.plan.expectations)


def judge_expectation(view: PlanAnalysis, row: Expectation) -> ExpectationResult:
    """One promise against what is; what blocks is looked for only where it is broken."""
    verdict: Verdict | None = None
    port = row.port
    problem = ""
    assumes: tuple[str, ...] = ()
    blocking: tuple[Obstacle, ...] = ()
    try:
        found = view.judged(row)
        verdict, port, assumes = found.verdict, found.port, found.assumes
        if verdict != row.expect:
            answer = view.question(row.source, row.target, row.port, row.protocol, row.ip)
            blocking = _causes(answer)
    except QuestionError as error:
        problem = str(error)
    return ExpectationResult(
        source=row.source,
        target=row.target,
        protocol=row.protocol,
        ip=row.ip,
        port=port,
        expect=row.expect,
        verdict=verdict,
        ok=verdict == row.expect,
        problem=problem,
        assumes=assumes,
        obstacles=blocking,
    )


def _causes(answer: Answer) -> tuple[Obstacle, ...]:
    """What blocks on any path; the same thing on several paths is one cause."""
    found: dict[tuple[str, str, str], Obstacle] = {}
    for path in answer.paths:
        for obstacle in path.obstacles:
            found.setdefault((obstacle.at, obstacle.code, obstacle.direction), obstacle)
    return tuple(found.values())
