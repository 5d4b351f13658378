"""Trying fixes on copies of a plan: whether they mend what they are for, and break nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from lambdaplanner.analysis.answers import RANK, Answer
from lambdaplanner.analysis.packets import Obstacle
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.promises import broken_by
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import found_in_steps, raw_findings
from lambdaplanner.errors import EditError, QuestionError
from lambdaplanner.fixes.aims import NOTHING_ASKED, Aim, Asked, aim_at
from lambdaplanner.fixes.cost import Cost, cost_of
from lambdaplanner.fixes.likeness import Likeness, likeness
from lambdaplanner.fixes.registry import FOR_OBSTACLES, Fix, Met
from lambdaplanner.fixes.stops import place_of
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.edit import Edit


class Step(NamedTuple):
    """One of the edits in a row that an offer may be made of, and the plan as it is after it."""

    fix: Fix
    after: PlanAnalysis


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A fix that works, what it changes, and the analysis of the plan as it would then be."""

    fix: Fix
    changes: ChangeSet
    after: PlanAnalysis
    cost: Cost
    """The class of its edits; what else it changes in reach is not looked at yet."""
    steps: tuple[Step, ...] = ()
    """What it is made of, where it is more than one edit."""

    @property
    def weight(self) -> tuple[int, int]:
        """What orders offers, the best first: the class, then how many things are touched."""
        return self.cost, len(self.changes.ids("resource"))


Search = Iterator[Offer | None]
"""Gives None after each step that found nothing, so that who waits may do something else; the
offers come last, best first.
"""


def found_in(search: Search) -> Iterator[Offer]:
    """What a search finds, without its pauses."""
    return (offer for offer in search if offer is not None)


def searched_for_obstacle(view: PlanAnalysis, met: Met, *, harmlessly: bool = True) -> Search:
    """The fixes after which the obstacle is gone and its question fares no worse, best first; those
    that break something too, where that is looked at later.
    """
    fixers = FOR_OBSTACLES.get(met.obstacle.code, ())
    drafts = (fix for fixer in fixers for fix in fixer(view, met))
    answer = met.answer
    asked = Asked(answer.source, answer.target, answer.protocol, answer.port, answer.ip)
    aim = aim_at(view, asked)
    gone = partial(cleared, view, met=met)
    return working(view, drafts, aim, gone, harmlessly=harmlessly)


def tried(view: PlanAnalysis, fix: Fix, aim: Aim = NOTHING_ASKED) -> Offer | None:
    """A fix as it would be on a copy of the plan; None where it cannot be or changes nothing."""
    plan = view.plan.copy()
    edit = Edit(plan)
    try:
        fix.command(edit)
    except EditError:
        return None
    if not edit.changes:
        return None
    after = view.after(edit.changes, plan)
    cost = cost_of(view, after, edit.changes, aim)
    return Offer(fix=fix, changes=edit.changes, after=after, cost=cost)


def working(
    view: PlanAnalysis,
    drafts: Iterable[Fix | None],
    aim: Aim,
    gone: Callable[[PlanAnalysis], bool],
    *,
    harmlessly: bool = True,
) -> Search:
    """The drafts that work, by weight: each is tried on a copy, once."""
    seen: list[Likeness] = []
    names: set[tuple[str, str]] = set()
    found: list[Offer] = []
    for draft in drafts:
        yield None
        if draft is None or (draft.slug, draft.label) in names:
            continue
        names.add((draft.slug, draft.label))
        offer = tried(view, draft, aim)
        if offer is not None and (like := likeness(offer.changes)) not in seen:
            seen.append(like)
            found.append(offer)
    for offer in sorted(found, key=lambda one: one.weight):
        if not gone(offer.after):
            continue
        good = not harmlessly or (yield from harm_looked_for(view, offer.after, offer.changes))
        yield offer if good else None


# harm ---------------------------------------------------------------------------------------------


def harmless(before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet | None = None) -> bool:
    """Whether no error comes in and no promise is broken that were not there before; `changes`
    leads from one to the other, and tells which promises cannot fare otherwise.

    An error is told by its check and by each thing that has it: what else it names may get another
    name by the fix.
    """
    steps = harm_looked_for(before, after, changes)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return bool(end.value)


def harm_looked_for(
    before: PlanAnalysis, after: PlanAnalysis, changes: ChangeSet | None = None
) -> Generator[None, None, bool]:
    """`harmless` in steps: gives None after each check, and at the end whether it is so."""
    if broken_by(before, after, changes):
        return False
    yield None
    known = _errors(before)
    found: Counter[tuple[str, str]] = Counter()
    for finding in found_in_steps(after):
        if finding is None:
            yield None
            continue
        for error in _errors_of(finding):
            if finding.id == _KEPT_IN and found[error]:
                continue
            found[error] += 1
            if found[error] > known[error] and not _is_excused(before, after, error):
                return False
    return True


def _is_excused(before: PlanAnalysis, after: PlanAnalysis, error: tuple[str, str]) -> bool:
    check, about = error
    if check == _MIXED and _only_better(before, after, about):
        return True
    return _is_copied(before, after, error)


def _is_copied(before: PlanAnalysis, after: PlanAnalysis, error: tuple[str, str]) -> bool:
    """Whether an error is one that a new route table has from the table that it was copied from."""
    check, about = error
    new = after.plan.find(about)
    if not isinstance(new, RouteTable) or about in before.plan:
        return False
    return any(
        (check, old.id) in _errors(before) and not set(old.routes).isdisjoint(new.routes)
        for old in before.of(RouteTable)
    )


_MIXED = "LAM-004"
"""Says that a function reaches something from some of its subnets only, which also comes about
where it reached it from none before.
"""


def _errors(view: PlanAnalysis) -> Counter[tuple[str, str]]:
    return view.kept("errors", lambda: _counted(view))


def _counted(view: PlanAnalysis) -> Counter[tuple[str, str]]:
    found = Counter(error for finding in raw_findings(view) for error in _errors_of(finding))
    return Counter({key: 1 if key[0] == _KEPT_IN else count for key, count in found.items()})


def _errors_of(finding: Finding) -> list[tuple[str, str]]:
    if finding.severity != "error":
        return []
    return [(finding.id, name) for name in finding.subjects or ("",)]


_KEPT_IN = "LAM-010"
"""Says of a function that nothing gets out, and once something does, of each target that is left:
more findings of less that is wrong.
"""


def _only_better(before: PlanAnalysis, after: PlanAnalysis, function_id: str) -> bool:
    """Whether a function reaches the internet and what is expected no worse than before."""
    asked = [before.internet(function_id), *(a for _, a in before.expected_of(function_id))]
    return all(_no_worse(answer, _asked_again(after, answer)) for answer in asked)


def _no_worse(before: Answer, after: Answer | None) -> bool:
    return after is not None and RANK[after.verdict] >= RANK[before.verdict]


# what is mended -----------------------------------------------------------------------------------


def cleared(before: PlanAnalysis, after: PlanAnalysis, met: Met) -> bool:
    """Whether an obstacle is gone, also under another name: where a table or a group takes the
    place of what blocked, it does not block in its turn.
    """
    asked = met.answer
    alone = len({place_of(one) for path in asked.paths for one in path.obstacles}) == 1
    # Where nothing else blocks, the verdict is likely to do, and is less work than the answer.
    if alone and after.reaches(asked.source, asked.target, asked.port, asked.protocol, asked.ip):
        return True
    answer = _asked_again(after, asked)
    if answer is None or not _no_worse(met.answer, answer):
        return False
    if answer.verdict == "reachable":
        return True
    way = (met.path.via, met.path.into)
    paths = [path for path in answer.paths if (path.via, path.into) == way] or answer.paths
    place = place_of(met.obstacle)
    return not any(
        place_of(other) == place
        or (other.code == met.obstacle.code and other.at in after.plan and _is_new(before, other))
        for path in paths
        for other in path.obstacles
    )


def _is_new(before: PlanAnalysis, obstacle: Obstacle) -> bool:
    return obstacle.at not in before.plan


def _asked_again(after: PlanAnalysis, answer: Answer) -> Answer | None:
    try:
        return after.question(answer.source, answer.target, answer.port, answer.protocol, answer.ip)
    except QuestionError:
        return None
