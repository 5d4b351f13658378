"""What an answer advises about each obstacle: what the first way to mend its question does there.

The sentences that obstacles have from analysis are cheap, and say what is missing; these come of
the ways themselves, so that `reach` and `fix` cannot say two things.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lambdaplanner.analysis.answers import Answer, PathAnswer
from lambdaplanner.analysis.packets import Obstacle
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.fixes.registry import Met
from lambdaplanner.fixes.repair import (
    Selection,
    Way,
    searched_for_trouble,
    troubles,
    way_of,
    weight_of,
)
from lambdaplanner.fixes.trials import Step, cleared
from lambdaplanner.fixes.unfixable import why_not


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
    question = (answer.source, answer.target, answer.port, answer.protocol)
    (trouble,) = troubles(view, Selection(question=question), None)
    ways: list[Way] = []
    for offer in searched_for_trouble(view, trouble):
        yield None
        if offer is not None:
            ways.append(way_of(view, trouble, offer))
            yield None
    first = min(ways, key=weight_of, default=None)
    yield replace(answer, paths=tuple(_told(view, answer, path, first) for path in answer.paths))


def _told(view: PlanAnalysis, answer: Answer, path: PathAnswer, way: Way | None) -> PathAnswer:
    obstacles = tuple(
        replace(one, fix=_sentence(view, Met(answer, path, one), way)) for one in path.obstacles
    )
    return replace(path, obstacles=obstacles)


def _sentence(view: PlanAnalysis, met: Met, way: Way | None) -> str:
    """What the step of the way does by which the obstacle goes."""
    if way is None:
        return _needed(met.obstacle)
    steps = way.offer.steps or (Step(way.offer.fix, way.offer.after),)
    clearing = (step for step in steps if cleared(view, step.after, met))
    return f"{next(clearing, steps[-1]).fix.label}."


def _needed(obstacle: Obstacle) -> str:
    return f"{why_not(obstacle)} {obstacle.fix}".rstrip()
