"""What an answer advises about each obstacle: what the first way to mend its question does there.

The sentences that obstacles have from analysis are cheap, and say what is missing; these come of
the ways themselves, so that `reach` and `fix` cannot say two things.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter

from lambdaplanner.analysis.answers import Answer, PathAnswer
from lambdaplanner.analysis.packets import Obstacle
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.fixes.promises import searched_for_expectation
from lambdaplanner.fixes.registry import Met
from lambdaplanner.fixes.repair import Selection, Trouble, troubles, way_of, weight_of
from lambdaplanner.fixes.trials import Offer, Search, Step, cleared
from lambdaplanner.fixes.unfixable import why_not

MOST_COMPARED = 60
"""Of more things, what a way does to every pair of them is not looked at here: that takes seconds,
and few ways are refused or put back for it.
"""


def advised(view: PlanAnalysis, answer: Answer) -> Answer:
    """The answer with obstacles that say what the first way to mend its question does about them;
    where there is no way, why, and what is needed.
    """
    found = (one for one in searched_for_advice(view, answer) if one is not None)
    return next(found, answer)


def searched_for_advice(view: PlanAnalysis, answer: Answer) -> Iterator[Answer | None]:
    """`advised` in steps: None after each, and the answer last."""
    if answer.verdict == "reachable":
        yield answer
        return
    question = (answer.source, answer.target, answer.port, answer.protocol, answer.ip)
    (trouble,) = troubles(view, Selection(question=question), None)
    found: list[tuple[object, Offer]] = []
    for offer in _searched(view, trouble):
        yield None
        if offer is not None:
            found.append((_weight(view, trouble, offer), offer))
            yield None
    first = min(found, key=itemgetter(0), default=(None, None))[1]
    yield replace(answer, paths=tuple(_told(view, answer, path, first) for path in answer.paths))


def _searched(view: PlanAnalysis, trouble: Trouble) -> Search:
    assert trouble.promise is not None
    return searched_for_expectation(view, trouble.promise, compared=_is_small(view))


def _weight(view: PlanAnalysis, trouble: Trouble, offer: Offer) -> tuple[object, ...]:
    if _is_small(view):
        return weight_of(way_of(view, trouble, offer))
    return offer.weight


def _is_small(view: PlanAnalysis) -> bool:
    return len(view.plan) <= MOST_COMPARED


def _told(view: PlanAnalysis, answer: Answer, path: PathAnswer, offer: Offer | None) -> PathAnswer:
    obstacles = tuple(
        replace(one, fix=_sentence(view, Met(answer, path, one), offer)) for one in path.obstacles
    )
    return replace(path, obstacles=obstacles)


def _sentence(view: PlanAnalysis, met: Met, offer: Offer | None) -> str:
    """What the step of the first way does by which the obstacle goes."""
    if offer is None:
        return _needed(met.obstacle)
    steps = offer.steps or (Step(offer.fix, offer.after),)
    clearing = (step for step in steps if cleared(view, step.after, met))
    return f"{next(clearing, steps[-1]).fix.label}."


def _needed(obstacle: Obstacle) -> str:
    return f"{why_not(obstacle)} {obstacle.fix}".rstrip()
