"""Making a question's answer `reachable`: its obstacles cleared one after another, as one edit."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from lambdaplanner.analysis.answers import RANK, Answer
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.impact import worse_verdicts
from lambdaplanner.errors import QuestionError
from lambdaplanner.fixes.aims import Aim, Asked, aim_at
from lambdaplanner.fixes.cost import Cost, cost_of
from lambdaplanner.fixes.likeness import Likeness, likeness
from lambdaplanner.fixes.registry import Fix, Met
from lambdaplanner.fixes.stops import place_of
from lambdaplanner.fixes.trials import (
    Offer,
    Search,
    Step,
    found_in,
    harm_looked_for,
    searched_for_obstacle,
)
from lambdaplanner.model.changes import ChangeSet

MOST_STEPS = 12
MOST_TRIES = 60
"""Edits in a row, and offers looked at altogether, before it is given up."""

Weight = tuple[int, int]
Places = frozenset[tuple[str | None, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What makes a question's answer reachable."""

    changes: ChangeSet
    steps: tuple[Step, ...]
    """What is done, one edit after another."""
    after: PlanAnalysis

    def offer(self, cost: Cost) -> Offer:
        """All steps as one."""
        fix = Fix(
            slug=self.steps[0].fix.slug if len(self.steps) == 1 else "clear-path",
            label="; ".join(step.fix.label for step in self.steps),
            command=lambda edit: edit.write(self.changes),
        )
        return Offer(fix=fix, changes=self.changes, after=self.after, cost=cost, steps=self.steps)


@dataclass(slots=True)
class _Search:
    """One search: the question, and what it has cost so far."""

    start: PlanAnalysis
    question: Asked
    aim: Aim
    tries: int = 0
    seen: tuple[Likeness, ...] = ()

    def asked(self, view: PlanAnalysis) -> Answer | None:
        asked = self.question
        try:
            return view.question(asked.source, asked.target, asked.port, asked.protocol, asked.ip)
        except QuestionError:
            return None

    def answered(self, view: PlanAnalysis) -> bool:
        """Whether the question is mended."""
        asked = self.question
        return view.reaches(asked.source, asked.target, asked.port, asked.protocol, asked.ip)

    def known(self, mended: Mended) -> Mended:
        """The same with what was found out about its state, where another search came to it: ways
        to mend two questions are often one edit, there and back.
        """
        states: dict[Likeness, list[Mended]] = self.start.kept("states come to", dict)
        alike = states.setdefault(likeness(mended.changes), [])
        for other in alike:
            if other.changes == mended.changes:
                return replace(mended, after=other.after)
        alike.append(mended)
        return mended

    def weighed(self, mended: Mended) -> Offer:
        """A way as an offer, by what all its steps together come to."""
        return mended.offer(cost_of(self.start, mended.after, mended.changes, self.aim))


def mend(
    view: PlanAnalysis, source: str, target: str, port: int | None = None, protocol: str = "tcp"
) -> Offer | None:
    """The best way found that makes the answer reachable; None where it is so already, where it
    makes no sense, or where none is found.
    """
    return next(ways_to_mend(view, Asked(source, target, protocol, port)), None)


def ways_to_mend(view: PlanAnalysis, question: Asked) -> Iterator[Offer]:
    """Ways that make the answer reachable, each begun with another fix of the first obstacle, best
    first.

    None breaks a promise, brings an error, or lets any pair of things fare worse; no state is come
    by twice.
    """
    return found_in(searched_for_mending(view, question))


def searched_for_mending(view: PlanAnalysis, question: Asked, *, compared: bool = True) -> Search:
    """`ways_to_mend` in steps. Not `compared`, pairs of things may fare worse: with many things
    those are most of the work.
    """
    search = _Search(view, question, aim_at(view, question))
    answer = search.asked(view)
    if answer is None or answer.verdict == "reachable":
        return
    nothing = Mended(changes=ChangeSet(), steps=(), after=view)
    begun: list[_Begun] = []
    for step in _steps(search, nothing, answer):
        yield None
        if step is not None:
            further = _followed(search, step)
            begun.append(_Begun(_least(search, step), len(begun), step, further))
    came = len(begun)
    heapify(begun)
    known: dict[Places, Weight] = {}
    while begun:
        one = heappop(begun)
        if isinstance(one.way, Mended):
            rest = _left(search, one.way)
            if known.get(rest, one.weight) > one.weight:
                heappush(begun, one._replace(weight=known[rest]))
                continue
            yield from _resolved(search, begun, one.order, one.further)
            known[rest] = min(
                (other.weight for other in begun if other.order == one.order), default=one.weight
            )
        elif (yield from _harms_nothing(view, one.way, compared=compared)):
            yield one.way
        else:
            yield from _resolved(search, begun, came, one.further)
            came += 1


class _Begun(NamedTuple):
    """A first step, followed only once nothing else could be lighter: most are never."""

    weight: Weight
    """The way's, or the least that it can come to."""
    order: int
    """Of equal weight, the way that was found first."""
    way: Offer | Mended
    """What mends the question, or the step that is yet to be followed."""
    further: Iterator[Mended | None]
    """What else the first step leads to."""

    def __lt__(self, other: tuple[object, ...]) -> bool:
        return self[:2] < other[:2]


def _left(search: _Search, step: Mended) -> Places:
    """What still blocks after a first step. Of two that leave the same and weigh the same, the
    second comes to no less than the first: the same has to be done.
    """
    answer = search.asked(step.after)
    paths = answer.paths if answer is not None else ()
    return frozenset(place_of(obstacle) for path in paths for obstacle in path.obstacles)


def _least(search: _Search, step: Mended) -> Weight:
    """What a way that begins so comes to at least: more edits add to what one costs, but that an
    edit which takes something away may be made good by the next.
    """
    cost, touched = search.weighed(step).weight
    return (Cost.FAULT if cost == Cost.LESS else cost, touched)


def _resolved(
    search: _Search, begun: list[_Begun], order: int, ways: Iterator[Mended | None]
) -> Iterator[None]:
    """Adds the next of some ways, where there is one."""
    for found in ways:
        yield None
        if found is not None:
            offer = search.weighed(found)
            heappush(begun, _Begun(offer.weight, order, offer, ways))
            return


def _harms_nothing(
    view: PlanAnalysis, offer: Offer, *, compared: bool
) -> Generator[None, None, bool]:
    if not (yield from harm_looked_for(view, offer.after, offer.changes)):
        return False
    return not compared or not worse_verdicts(view, offer.after, offer.changes)


def _followed(search: _Search, mended: Mended) -> Iterator[Mended | None]:
    """The ways on from a state to those where the answer is reachable."""
    if search.answered(mended.after):
        yield search.known(mended)
        return
    answer = search.asked(mended.after)
    if answer is not None and len(mended.steps) < MOST_STEPS:
        for step in _steps(search, mended, answer):
            if step is None:
                yield None
            else:
                yield from _followed(search, step)


def _steps(search: _Search, mended: Mended, answer: Answer) -> Iterator[Mended | None]:
    """The states that one more fix leads to, of the first obstacle that has any."""
    for met in _in_order(answer):
        found = False
        for offer in searched_for_obstacle(mended.after, met, harmlessly=False):
            if search.tries >= MOST_TRIES:
                return
            if offer is None:
                yield None
                continue
            search.tries += 1
            changes = mended.changes.then(offer.changes)
            if (like := likeness(changes)) in search.seen:
                continue
            search.seen = (*search.seen, like)
            found = True
            yield Mended(
                changes=changes,
                steps=(*mended.steps, Step(offer.fix, offer.after)),
                after=offer.after,
            )
        if found:
            return


def _in_order(answer: Answer) -> list[Met]:
    """The obstacles: where things stand and what routes say first, filters last, since what they
    have to let through depends on the way.
    """
    found = [
        Met(answer, path, obstacle)
        for path in sorted(answer.paths, key=lambda path: RANK[path.verdict])
        for obstacle in path.obstacles
    ]
    return sorted(found, key=lambda met: _FILTERS.get(met.obstacle.code, 0))


_FILTERS = {
    "SUBNET_ACL_RESTRICTION": 1,
    "ENI_SG_RULES_MISMATCH": 2,
    "SG_HAS_NO_RULES": 2,
    "SG_REFERENCES_NOT_PRESERVED": 2,
    "SG_REFERENCING_SUPPORT": 2,
}
