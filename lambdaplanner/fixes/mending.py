"""Making a question's answer `reachable`: its obstacles cleared one after another, as one edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lambdaplanner.analysis.answers import Answer, Verdict
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.impact import worse_verdicts
from lambdaplanner.errors import QuestionError
from lambdaplanner.fixes.offers import Offer, for_obstacle, harmless
from lambdaplanner.fixes.registry import Fix, Met
from lambdaplanner.model.changes import ChangeSet

MOST_STEPS = 12
MOST_TRIES = 60
"""Edits in a row, and offers looked at altogether, before it is given up."""

_RANK: dict[Verdict, int] = {"unreachable": 0, "partial": 1, "reachable": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What makes a question's answer reachable."""

    changes: ChangeSet
    labels: tuple[str, ...]
    """What is done, step by step."""
    slugs: tuple[str, ...]
    after: PlanAnalysis

    @property
    def offer(self) -> Offer:
        """All steps as one."""
        slug = self.slugs[0] if len(self.slugs) == 1 else "clear-path"
        fix = Fix(
            slug=slug,
            label="; ".join(self.labels),
            command=lambda edit: edit.write(self.changes),
        )
        return Offer(fix=fix, changes=self.changes, after=self.after)


@dataclass(slots=True)
class _Search:
    """One search: the question, and what it has cost so far."""

    start: PlanAnalysis
    question: tuple[str, str, int | None, str]
    tries: int = 0
    seen: tuple[ChangeSet, ...] = ()

    def asked(self, view: PlanAnalysis) -> Answer | None:
        try:
            return view.question(*self.question)
        except QuestionError:
            return None


def mend(
    view: PlanAnalysis, source: str, target: str, port: int | None = None, protocol: str = "tcp"
) -> Mended | None:
    """The first way found that makes the answer reachable; None where it is so already, where it
    makes no sense, or where none is found.
    """
    return next(ways_to_mend(view, source, target, port, protocol), None)


def ways_to_mend(
    view: PlanAnalysis, source: str, target: str, port: int | None = None, protocol: str = "tcp"
) -> Iterator[Mended]:
    """Ways that make the answer reachable, each begun with another fix of the first obstacle.

    None breaks a promise, brings an error, or lets any pair of things fare worse; no state is come
    by twice.
    """
    search = _Search(view, (source, target, port, protocol))
    answer = search.asked(view)
    if answer is None or answer.verdict == "reachable":
        return
    nothing = Mended(changes=ChangeSet(), labels=(), slugs=(), after=view)
    for step in _steps(search, nothing, answer):
        good = (found for found in _followed(search, step) if _harms_nothing(view, found))
        yield from islice(good, 1)


def _harms_nothing(view: PlanAnalysis, mended: Mended) -> bool:
    return harmless(view, mended.after) and not worse_verdicts(view, mended.after, mended.changes)


def _followed(search: _Search, mended: Mended) -> Iterator[Mended]:
    """The ways on from a state to those where the answer is reachable."""
    answer = search.asked(mended.after)
    if answer is None:
        return
    if answer.verdict == "reachable":
        yield mended
    elif len(mended.labels) < MOST_STEPS:
        for step in _steps(search, mended, answer):
            yield from _followed(search, step)


def _steps(search: _Search, mended: Mended, answer: Answer) -> Iterator[Mended]:
    """The states that one more fix leads to, of the first obstacle that has any."""
    for met in _in_order(answer):
        found = False
        for offer in for_obstacle(mended.after, met):
            if search.tries >= MOST_TRIES:
                return
            search.tries += 1
            changes = mended.changes.then(offer.changes)
            if changes in search.seen:
                continue
            search.seen = (*search.seen, changes)
            found = True
            yield Mended(
                changes=changes,
                labels=(*mended.labels, offer.fix.label),
                slugs=(*mended.slugs, offer.fix.slug),
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
        for path in sorted(answer.paths, key=lambda path: _RANK[path.verdict])
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
