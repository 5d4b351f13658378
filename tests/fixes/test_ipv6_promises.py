"""Promises over IPv6 are judged as such, and mended by what is for IPv6."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.report import judge_expectations
from lambdaplanner.cli import program
from lambdaplanner.fixes.promises import for_expectation
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.plan import Plan
from tests.analysis.test_ipv6_whole import PLAN

PROMISES = """\
expectations:
- {from: narrow, to: internet, ip: 6, expect: reachable}
- {from: narrow, to: internet, expect: reachable}
- {from: orders, to: internet, ip: 6, expect: reachable}
"""


def planned(text: str = PROMISES) -> Plan:
    return read_text(PLAN.replace("OUT", "::/0") + text, where="plan.yaml").plan


def test_each_is_judged_by_its_version() -> None:
    rows = judge_expectations(PlanAnalysis(planned()))
    assert [(row.ip, row.ok) for row in rows] == [(6, False), (None, True), (6, True)]


def test_a_group_gets_everything_of_ipv6_and_no_address() -> None:
    view = PlanAnalysis(planned())
    broken = judge_expectations(view)[0]
    offer = next(iter(for_expectation(view, broken)))
    group = offer.after.plan.of("security-group")["ipv4-out"]
    assert [str(rule.cidr) for rule in group.outbound] == ["0.0.0.0/0", "::/0"]
    assert all(row.ok for row in judge_expectations(offer.after))


def test_a_route_for_ipv6_leads_to_an_egress_only_gateway() -> None:
    text = PLAN.replace(", 'OUT': eigw", "").replace("OUT", "::/0")
    promise = "expectations: [{from: orders, to: internet, ip: 6, expect: reachable}]\n"
    view = PlanAnalysis(read_text(text + promise, where="plan.yaml").plan)
    offer = next(iter(for_expectation(view, judge_expectations(view)[0])))
    routes = {
        r.destination: r.target for r in offer.after.plan.of("route-table")["private-rt"].routes
    }
    assert routes == {"0.0.0.0/0": "nat-a", "::/0": "eigw"}


def test_the_command_line_asks_over_ipv6(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN.replace("OUT", "::/0") + PROMISES, encoding="utf-8")
    assert program.main(["reach", str(path), "narrow", "internet", "--ip", "6", "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["ip"], answer["verdict"]) == (6, "unreachable")
    assert program.main(["reach", str(path), "narrow", "internet", "--json"]) == 0
    assert "ip" not in json.loads(capsys.readouterr().out)
    assert program.main(["reach", str(path), "orders", "198.51.100.7", "--ip", "6"]) == 2
    assert program.main(["check", str(path)]) == 1
    assert "narrow to internet, tcp 443 over IPv6, expected reachable: BROKEN" in (
        capsys.readouterr().out
    )
    assert (
        program.main(["fix", str(path), "--from", "narrow", "--to", "internet", "--ip", "6"]) == 0
    )
    assert "::/0" in capsys.readouterr().out
    assert program.main(["reach", str(path), "--out-of", "orders", "--ip", "6", "--json"]) == 0
    rows = {row["to"]: row["verdict"] for row in json.loads(capsys.readouterr().out)["answers"]}
    assert (rows["internet"], rows["web"], rows["old"]) == ("reachable", "reachable", "unreachable")
