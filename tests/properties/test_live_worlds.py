"""Live answers are those of a fresh start also in wide worlds, whatever is edited: one random plan
is turned into another thing by thing, things are taken out and renamed, offered fixes are made.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import reach_among
from lambdaplanner.editor.live import Live
from lambdaplanner.errors import EditError, QuestionError
from lambdaplanner.fixes.offers import for_obstacle
from lambdaplanner.fixes.registry import Met
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource, fields_of
from tests.analysis.reach_plans import plan_from
from tests.properties.flight_judge import Question
from tests.properties.flight_worlds import a_plan, a_question

WORLDS, EDITS, QUESTIONS = 80, 8, 8
Ask = Callable[[Question], object]


def things(plan: Plan) -> dict[str, Resource]:
    return {name: plan.resource(name) for name in plan}


def one_edit(chance: random.Random, edit: Edit, other: Plan) -> None:
    """Something of the other plan comes over, or something goes."""
    here, there = things(edit.plan), things(other)
    common = sorted(n for n in here.keys() & there.keys() if type(here[n]) is type(there[n]))
    new = sorted(there.keys() - here.keys())
    kind = chance.choice(("copy", "copy", "copy", "copy", "add", "add", "remove", "rename"))
    if kind == "copy" and common:
        name = chance.choice(common)
        field = chance.choice(fields_of(type(here[name])))
        edit.update(name, **{field.name: getattr(there[name], field.name)})
    elif kind == "add" and new:
        edit.add(there[chance.choice(new)])
    elif kind == "remove":
        edit.remove(chance.choice(sorted(here)))
    elif kind == "rename":
        edit.rename(chance.choice(sorted(here)), f"renamed-{chance.randrange(10**6)}")


def one_fix(chance: random.Random, live: Live, edit: Edit, questions: list[Question]) -> None:
    """The first fix that is offered for an obstacle."""
    question = chance.choice(questions)
    try:
        answer = live.question(question.source, question.target)
    except QuestionError:
        return
    for path in answer.paths:
        for obstacle in path.obstacles[:2]:
            for offer in for_obstacle(live.view, Met(answer, path, obstacle)):
                edit.write(offer.changes)
                return


def said(ask: Callable[[], Any]) -> object:
    """An answer, or the words of a refusal: ends may be gone."""
    try:
        return ask()
    except QuestionError as error:
        return str(error)


def live_says(live: Live, question: Question) -> object:
    source, target, protocol, port = question.source, question.target, question.protocol, 443
    number = None if protocol == "icmp" else port
    return (
        said(lambda: live.question(source, target, number, protocol)),
        said(lambda: list(reach_among(live.network, [(source, target)]))),
    )


def fresh_says(plan: Plan, question: Question) -> object:
    network = compile_network(plan)
    source, target, protocol = question.source, question.target, question.protocol
    number = None if protocol == "icmp" else 443
    return (
        said(lambda: reach(network, source, target, port=number, protocol=protocol)),
        said(lambda: list(reach_among(network, [(source, target)]))),
    )


@pytest.mark.parametrize("start", range(0, WORLDS, 10))
def test_live_is_as_from_scratch_in_wide_worlds(start: int) -> None:
    for seed in range(start, start + 10):
        chance = random.Random(seed)
        sections, wanted = a_plan(chance), a_plan(chance)
        plan, other = plan_from(sections), plan_from(wanted)
        questions = [
            a_question(chance, chance.choice((sections, wanted))) for _ in range(QUESTIONS)
        ]
        live = Live(plan)
        for question in questions:
            live_says(live, question)
        for _ in range(EDITS):
            edit = Edit(plan)
            try:
                if chance.random() < 0.15:
                    one_fix(chance, live, edit, questions)
                else:
                    one_edit(chance, edit, other)
            except EditError:
                edit.roll_back()
            if edit.changes:
                plan.announce(edit.changes)
            for question in chance.sample(questions, QUESTIONS // 2):
                assert live_says(live, question) == fresh_says(plan, question), (seed, question)
        for question in questions:
            assert live_says(live, question) == fresh_says(plan, question), (seed, question)
