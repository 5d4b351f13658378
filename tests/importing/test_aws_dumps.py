"""AWS CLI JSON: the worked inputs give their plans and their answers."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.ledger import ledger
from lambdaplanner.importing.choices import Choices
from tests.found.asking import ask, blocked
from tests.importing.interop import DUMPS, expected, files_of, plan_from, said


@pytest.mark.parametrize("name", DUMPS)
def test_a_worked_input_becomes_its_plan(name: str) -> None:
    assert said(plan_from(files_of(name))) == expected(name)


@pytest.mark.parametrize(
    ("name", "free"),
    [
        ("describe-shop", {"pub": 24, "fn": 56}),
        (
            "describe-estate",
            {
                "app-a": 248,
                "public-a": 58,
                "app-b": 249,
                "shared-a": 250,
                "data-a": 249,
                "data-b": 250,
            },
        ),
    ],
)
def test_the_ledger_agrees_with_aws(name: str, free: dict[str, int]) -> None:
    rows = ledger(plan_from(files_of(name)))
    assert {subnet: row.free for subnet, row in rows.items()} == free


@pytest.mark.parametrize(
    ("name", "source", "target", "port", "verdict"),
    [
        ("describe-shop", "take", "internet", None, "unknown"),
        ("describe-shop", "take", "10.1.2.3", None, "unknown"),
        ("describe-estate", "intake", "internet", None, "reachable"),
        ("describe-estate", "intake", "ledger", None, "reachable"),
        ("describe-estate", "intake", "aws:s3", None, "reachable"),
        ("describe-estate", "intake", "aws:secretsmanager", None, "reachable"),
        ("describe-estate", "intake", "worker", 8080, "unreachable"),
        ("describe-estate", "worker", "192.168.0.9", None, "unknown"),
        ("describe-estate", "report", "internet", None, "reachable"),
    ],
)
def test_answers(name: str, source: str, target: str, port: int | None, verdict: str) -> None:
    assert ask(plan_from(files_of(name)), source, target, port).verdict == verdict


def test_default_acls_can_be_assumed() -> None:
    plan = plan_from(files_of("describe-shop"), Choices(default_acls=True))
    assert ask(plan, "take", "internet").verdict == "reachable"
    assert blocked(ask(plan, "take", "10.1.2.3")) == {("rtb-f", "LEAVES_THE_PLAN")}
