"""Mending a plan: what is wrong with it, the ways to mend each, and doing so one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from lambdaplanner.analysis.ends import read_end, said_ip
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.catalogue import CHECKS
from lambdaplanner.checks.impact import Impact, compare
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import ExpectationResult, findings, judge_expectations
from lambdaplanner.errors import QuestionError
from lambdaplanner.fixes.aims import Aim, Asked, Question, aim_at, aim_of
from lambdaplanner.fixes.boundaries import reaches_unasked
from lambdaplanner.fixes.cost import Cost
from lambdaplanner.fixes.offers import Offer, Search, found_in, searched_for_finding
from lambdaplanner.fixes.promises import (
    PROMISED_SHUT,
    promised_shut,
    searched_for_expectation,
    why_not_kept,
)
from lambdaplanner.fixes.wording import EditLine, edit_lines
from lambdaplanner.model.nearness import suggestion
from lambdaplanner.model.plan import Plan

EXPECTATION = "expectation"
"""Stands where a finding has its id."""
QUESTION = "question"
"""The same for what was asked for and no expectation says."""
MOST_STEPS = 200
MANY = 30
"""Of so many things that are wrong, only the best way is looked for: nobody reads three of each."""
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is to be mended; with nothing set, every finding that nobody lives with, and every
    broken expectation.
    """

    failing: bool = False
    """Only what fails the check: errors and broken expectations."""
    ids: tuple[str, ...] = ()
    about: str | None = None
    question: Question | None = None
    """What is to be made reachable; then nothing else is looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing to be mended."""

    id: str
    about: tuple[str, ...]
    message: str
    finding: Finding | None = None
    promise: ExpectationResult | None = None

    @property
    def key(self) -> Key:
        """What tells it from others, also after the plan has changed."""
        row = self.promise
        if row is None:
            return (self.id, self.about, self.message)
        return (self.id, row.source, row.target, row.protocol, row.port, row.ip)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One way to mend it."""

    offer: Offer
    impact: Impact
    cost: Cost
    """The class of its edits and of what they change in reach."""

    @property
    def edits(self) -> list[EditLine]:
        """What it does to the plan, thing by thing."""
        return edit_lines(self.offer.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A thing that was mended, and how."""

    trouble: Trouble
    way: Remedy


@dataclass(slots=True, kw_only=True)
class Repair:
    """What was done to a plan, and what is left."""

    plan: Plan
    done: list[Done] = field(default_factory=list)
    left: list[Trouble] = field(default_factory=list)


# what is wrong ------------------------------------------------------------------------------------


def check_selection(view: PlanAnalysis, selection: Selection) -> None:
    """Raises QuestionError where the selection names what there is not."""
    for name in selection.ids:
        if name != EXPECTATION and name not in CHECKS:
            near = suggestion(name, [*CHECKS, EXPECTATION])
            raise QuestionError(f'there is no finding "{name}"{near}')
    if selection.about is not None and ":" not in selection.about:
        about = selection.about
        if about != "internet" and about not in view.plan:
            raise QuestionError(f'there is no "{about}"{suggestion(about, list(view.plan))}')
    if selection.question is not None:
        view.question(*selection.question)
        read_end(view.network, selection.question[0])


def troubles(view: PlanAnalysis, selection: Selection, today: date | None) -> list[Trouble]:
    """What the selection finds in the plan as it stands: findings, the worst first; then
    promises.
    """
    if selection.question is not None:
        return list(_asked(view, selection.question))
    told = (f for f in findings(view, today) if not f.acknowledged)
    found = [_of_finding(one) for f in told for one in f.narrowed(selection.about)]
    found += [_of_promise(row) for row in judge_expectations(view) if not row.ok]
    return [trouble for trouble in found if _selected(trouble, selection)]


def _selected(trouble: Trouble, selection: Selection) -> bool:
    if selection.ids and trouble.id not in selection.ids:
        return False
    if selection.failing and trouble.finding is not None and trouble.finding.severity != "error":
        return False
    return selection.about is None or selection.about in trouble.about


def _of_finding(finding: Finding) -> Trouble:
    return Trouble(id=finding.id, about=finding.about, message=finding.message, finding=finding)


def _of_promise(row: ExpectationResult, name: str = EXPECTATION) -> Trouble:
    port = "" if row.port is None else f" {row.port}"
    asked = f"{row.source} to {row.target}, {row.protocol}{port}{said_ip(row.ip)}"
    state = f"is {row.verdict}" if row.verdict is not None else f"makes no sense: {row.problem}"
    return Trouble(
        id=name,
        about=(row.source, row.target),
        message=f"{asked}, should be {row.expect} and {state}.",
        promise=row,
    )


def _asked(view: PlanAnalysis, question: Question) -> Iterator[Trouble]:
    answer = view.question(*question)
    if answer.verdict == "reachable":
        return
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
    trouble = _of_promise(row, QUESTION)
    if promised_shut(view, row):
        trouble = replace(trouble, message=f"{trouble.message} {PROMISED_SHUT}")
    yield trouble


# mending it ---------------------------------------------------------------------------------------


def ways(view: PlanAnalysis, trouble: Trouble, most: int | None = None) -> list[Remedy]:
    """The ways to mend it, in the order of what they cost; of one class, those after which
    something fares worse come last. With `most`, no more than the first of them are looked for.
    """
    offers = islice(found_in(_search(view, trouble)), most)
    found = [way_of(view, trouble, offer) for offer in offers]
    return sorted(found, key=weight_of)


def _search(view: PlanAnalysis, trouble: Trouble) -> Search:
    if trouble.finding is not None:
        return searched_for_finding(view, trouble.finding)
    if trouble.promise is not None:
        return searched_for_expectation(view, trouble.promise)
    return iter(())


def way_of(view: PlanAnalysis, trouble: Trouble, offer: Offer) -> Remedy:
    """What an offer comes to for the whole plan."""
    impact = compare(view, offer.after, offer.changes)
    unasked = reaches_unasked(view, impact.verdicts, _aim(view, trouble))
    cost = max(offer.cost, Cost.BOUNDARY) if unasked else offer.cost
    return Remedy(offer=offer, impact=impact, cost=cost)


def _aim(view: PlanAnalysis, trouble: Trouble) -> Aim:
    row = trouble.promise
    if row is None:
        assert trouble.finding is not None
        return aim_of(view, trouble.finding)
    asked = Asked(row.source, row.target, row.protocol, row.port, row.ip)
    return aim_at(view, asked, reachable=row.expect != "unreachable")


def weight_of(way: Remedy) -> tuple[object, ...]:
    """What orders ways, the first to take first."""
    worse = any(change.is_worse for change in way.impact.verdicts)
    return way.cost, worse, way.offer.weight


def why_left(view: PlanAnalysis, trouble: Trouble) -> str:
    """Why nothing was written for it: there is no way, or none that is taken unasked."""
    there = ways(view, trouble, 1)
    if there:
        fix = there[0].offer.fix
        return f"Only written where --choose names it: {fix.label} ({fix.slug})."
    return why_not(view, trouble)


def why_not(view: PlanAnalysis, trouble: Trouble) -> str:
    """Why there is no way, where there is none."""
    if trouble.promise is not None:
        return why_not_kept(view, trouble.promise)
    advice = trouble.finding.fix if trouble.finding is not None else ""
    return f"No edit is known that mends this and breaks nothing else. {advice}".strip()


def chosen(found: list[Remedy], choice: str | None) -> Remedy | None:
    """The way that is meant by its slug or its number (from 1), if any; else the first."""
    if choice is None:
        return found[0] if found else None
    if choice.isdecimal():
        number = int(choice)
        return found[number - 1] if 1 <= number <= len(found) else None
    return next((way for way in found if way.offer.fix.slug == choice), None)


def taken(found: list[Remedy], choice: str | None) -> Remedy | None:
    """The way that is written: the one that is chosen; else the first, if it is taken unasked."""
    way = chosen(found, choice)
    return way if way is None or choice is not None or way.cost.taken_unasked else None


def repair(plan: Plan, selection: Selection, choice: str | None, today: date | None) -> Repair:
    """Mends a copy of the plan, one thing after another, each judged in the plan as it then is.
    Nothing is mended twice; what had no way is tried again after others were mended.
    """
    result = Repair(plan=plan)
    mended: set[Key] = set()
    view = PlanAnalysis(plan)
    while True:
        before = len(result.done)
        view = _one_round(view, selection, choice, today, result, mended)
        if len(result.done) in (before, MOST_STEPS):
            break
    result.left = troubles(view, selection, today)
    return result


def _one_round(
    view: PlanAnalysis,
    selection: Selection,
    choice: str | None,
    today: date | None,
    result: Repair,
    mended: set[Key],
) -> PlanAnalysis:
    """Tries everything that is wrong once; gives the analysis of the plan as it is then."""
    tried = set(mended)
    while len(result.done) < MOST_STEPS:
        found = troubles(view, selection, today)
        # promises say what is meant, and go first: keeping them mends many a finding
        found.sort(key=lambda trouble: trouble.promise is None)
        waiting = (t for t in found if t.key not in tried)
        trouble = next(waiting, None)
        if trouble is None:
            break
        tried.add(trouble.key)
        way = taken(ways(view, trouble), choice)
        if way is not None:
            mended.add(trouble.key)
            result.done.append(Done(trouble=trouble, way=way))
            view = way.offer.after
            result.plan = view.plan
    return view
