"""Why promises break, what shared causes say once, what a scenario does: plans that faults were
found with.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from lambdaplanner.cli import main
from tests.found.plans import found


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    main(list(arguments))
    return capsys.readouterr().out


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(said(capsys, *arguments, "--json"))
    return answer


CAUSES = [
    ("check-names-no-cause-group", "db-sg", "forward"),
    ("check-names-no-cause-route", "d-rt", "return"),
    ("check-names-no-cause-acl", "b-acl", "return"),
]


@pytest.mark.parametrize(("name", "at", "direction"), CAUSES)
def test_a_broken_promise_says_why(
    name: str, at: str, direction: str, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = str(found(name))
    rows = document(capsys, "check", plan)["expectations"]
    assert all(not row["obstacles"] for row in rows if row["ok"])
    (row,) = [row for row in rows if not row["ok"]]
    assert row["obstacles"][0]["at"] == at
    assert row["obstacles"][0]["direction"] == direction
    assert "fix" not in row["obstacles"][0]
    assert len({o["at"] for o in row["obstacles"]}) == len(row["obstacles"])
    lines = said(capsys, "check", plan).splitlines()
    (place,) = [n for n, line in enumerate(lines) if "BROKEN" in line]
    assert at in lines[place + 1]


def test_the_worst_zone_counts_each_invocation_once(capsys: pytest.CaptureFixture[str]) -> None:
    loss = document(capsys, "capacity", str(found("shop", "window")))["worst_zone"]
    assert loss["shortfall"] == 352
    assert "archive" not in loss["functions"]
    assert loss["functions"]["payments"]["shortfall"] == 51
    text = said(capsys, "capacity", str(found("shop", "window")))
    assert "352 too many" in text
