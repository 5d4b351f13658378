"""`lambdaplanner check`: a broken expectation says why; how to mend it is what `fix` says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lambdaplanner.cli import main

PLAN = """\
lambdaplanner: 1
region: eu-west-1
vpcs:
  main: {cidr: 10.0.0.0/16}
subnets:
  private-a: {vpc: main, az: eu-west-1a, cidr: 10.0.16.0/20, route_table: private-rt}
route_tables:
  private-rt: {vpc: main}
security_groups:
  fn-sg: {vpc: main}
functions:
  orders: {role_policies: [], subnets: [private-a], security_groups: [fn-sg]}
expectations:
  - {from: orders, to: internet, expect: reachable}
"""


@pytest.fixture
def broken(tmp_path: Path) -> str:
    path = tmp_path / "broken.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return str(path)


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(list(arguments)) == 1
    return capsys.readouterr().out


def test_obstacles_of_a_broken_expectation_bear_no_fix(
    broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (row,) = json.loads(asked(capsys, "check", broken, "--json"))["expectations"]

    assert not row["ok"]
    assert row["obstacles"]
    assert all({"at", "code", "message"} <= obstacle.keys() for obstacle in row["obstacles"])
    assert all("fix" not in obstacle for obstacle in row["obstacles"])


def test_the_text_says_each_cause_of_a_broken_expectation_without_its_fix(
    broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = json.loads(asked(capsys, "reach", broken, "orders", "internet", "--json"))
    fixes = {o["fix"] for path in answer["paths"] for o in path["obstacles"] if o["fix"]}
    (row,) = json.loads(asked(capsys, "check", broken, "--json"))["expectations"]

    text = asked(capsys, "check", broken)
    causes = text.partition("BROKEN")[2].splitlines()[1:]

    assert fixes
    assert [line.strip() for line in causes] == [o["message"] for o in row["obstacles"]]
    assert not any(fix in line for fix in fixes for line in causes)
