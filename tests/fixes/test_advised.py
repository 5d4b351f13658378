"""What `reach` advises about an obstacle is what the first way to mend its question does there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.cli import main
from lambdaplanner.fixes.advice import MOST_COMPARED, advised, searched_for_advice
from lambdaplanner.fixes.promises import PROMISED_SHUT
from lambdaplanner.fixes.repair import Remedy, Selection, troubles, ways
from lambdaplanner.fixes.unfixable import NONE_HERE, why_not
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.plan import Plan
from tests.benchmarks.plans import realistic_plan
from tests.fixes.bad_plans import BAD
from tests.found.plans import FOUND, found

MOST_QUESTIONS = 4
"""Of one plan: the slow ones promise a hundred times the same."""


class Asked(NamedTuple):
    name: str
    plan: Plan
    source: str
    target: str
    port: int | None

    @property
    def view(self) -> PlanAnalysis:
        return PlanAnalysis(self.plan)


def of_found_plans() -> Iterator[Asked]:
    for path in sorted((FOUND / "answers").glob("*.yaml")):
        plan = read_text(path.read_text(encoding="utf-8"), where=path.name).plan
        view = PlanAnalysis(plan)
        broken = [row for row in plan.expectations if view.verdict(row) != "reachable"]
        for row in broken[:MOST_QUESTIONS]:
            yield Asked(f"{path.stem} {row.target}", plan, row.source, row.target, row.port)


QUESTIONS = [
    *(Asked(bad.name, bad.plan, bad.source, bad.target, None) for bad in BAD),
    *of_found_plans(),
]


def first_way(view: PlanAnalysis, answer: Answer) -> Remedy | None:
    question = (answer.source, answer.target, answer.port, answer.protocol)
    (trouble,) = troubles(view, Selection(question=question), None)
    return next(iter(ways(view, trouble)), None)


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.name)
def test_the_sentence_is_the_first_way(asked: Asked) -> None:
    view = asked.view
    answer = view.question(asked.source, asked.target, asked.port)
    way = first_way(view, answer)

    told = advised(view, answer)

    pairs = [
        (was, now)
        for before, after in zip(answer.paths, told.paths, strict=True)
        for was, now in zip(before.obstacles, after.obstacles, strict=True)
    ]
    assert pairs
    steps = () if way is None else tuple(step.fix for step in way.offer.steps)
    labels = {f"{fix.label}." for fix in steps}
    if way is not None and len(steps) <= 1:
        labels = {f"{way.offer.fix.label}."}
    for was, now in pairs:
        assert replace(now, fix=was.fix) == was
        if way is None:
            assert now.fix == f"{why_not(was)} {was.fix}"
        else:
            assert now.fix in labels


def test_each_step_of_a_way_is_told_where_it_helps() -> None:
    plan = read_text(found("fix-takes-the-acl-off").read_text(), where="a test").plan
    view = PlanAnalysis(plan)

    (path,) = [p for p in advised(view, view.question("orders", "aws:sns")).paths if p.obstacles]

    assert {one.direction: one.fix for one in path.obstacles} == {
        "forward": "Allow inbound tcp 443 from 10.20.2.0/24 in a-acl.",
        "return": "Allow outbound tcp 1024-65535 to 10.20.2.0/24 in a-acl.",
    }


def test_what_is_promised_shut_is_opened_by_another_promise() -> None:
    text = found("fix-offers-one-way-twice").read_text().replace("reachable}", "unreachable}")
    view = PlanAnalysis(read_text(text, where="a test").plan)
    answer = view.question("orders", "aws:sts")
    (trouble,) = troubles(view, Selection(question=("orders", "aws:sts", None, "tcp")), None)

    fixes = {one.fix for path in advised(view, answer).paths for one in path.obstacles}

    assert trouble.message.endswith(PROMISED_SHUT)
    assert fixes == {
        "Promise that orders reaches aws:sts; Allow inbound tcp 443 from fn-sg in ep-sg."
    }


def test_nothing_is_looked_for_where_nothing_blocks() -> None:
    view = PlanAnalysis(read_text(found("egress-to-s3-list-only").read_text(), where="a").plan)
    answer = view.question("orders", "aws:s3")
    assert list(searched_for_advice(view, answer)) == [answer]


def reached(path: Path, *ends: str, out: pytest.CaptureFixture[str]) -> dict[str, Any]:
    main(["reach", str(path), *ends, "--json"])
    document: dict[str, Any] = json.loads(out.readouterr().out)
    return document


@pytest.mark.parametrize(
    ("name", "target", "words"),
    [
        ("gateway-endpoint-for-sqs", "aws:sqs", ("interface endpoint", "sqs")),
        ("reach-advises-nat-in-an-isolated-vpc", "aws:ssm", ("interface endpoint", "ssm")),
        ("reach-advises-nat-beside-an-endpoint", "aws:dynamodb", ("Associate", "ddb-ep", "in-rt")),
        ("s3-endpoint-of-another-region", "aws:s3", ("gateway endpoint", "s3")),
        ("fix-builds-a-gateway-in-a-spoke", "internet", ("hub", "exit")),
        ("fix-makes-a-second-group", "files", ("efs-sg",)),
    ],
)
def test_the_command_line_says_it(
    name: str, target: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    document = reached(found(name), "orders", target, out=capsys)

    fixes = [one["fix"] for path in document["paths"] for one in path["obstacles"]]
    assert fixes
    assert all(word in fix for word in words for fix in fixes)
    main(["reach", str(found(name)), "orders", target])
    assert f"    Fix: {fixes[0]}" in capsys.readouterr().out.splitlines()


def test_of_many_things_not_every_pair_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would take seconds, for a sentence."""

    def never(*_: object) -> None:
        raise AssertionError("pairs were compared")

    plan = realistic_plan(MOST_COMPARED + 60)
    view = PlanAnalysis(plan)
    monkeypatch.setattr("lambdaplanner.fixes.mending.worse_verdicts", never)
    monkeypatch.setattr("lambdaplanner.fixes.repair.compare", never)
    function = next(iter(plan.of("function")))
    asked = (view.question(function, workload) for workload in plan.of("workload"))
    answer = next(one for one in asked if one.verdict == "unreachable")

    fixes = [one.fix for path in advised(view, answer).paths for one in path.obstacles]

    assert fixes
    assert not any(fix.startswith(NONE_HERE) for fix in fixes)
