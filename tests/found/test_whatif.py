"""Why promises break, what shared causes say once, what a scenario does: plans that faults were
found with.
"""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.report import raw_findings, report
from lambdaplanner.cli import main
from lambdaplanner.fixes.findings.capacity import more_room
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.cidr import block
from lambdaplanner.model.edit import Edit
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


def test_growth_is_told_in_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    shop = str(found("shop", "window"))
    text = said(capsys, "whatif", shop, "--times", "3")
    assert "capacity of payments: ok -> exhausted, short 0 -> " in text
    capacity = document(capsys, "capacity", shop, "--concurrency", "mailer=60")
    assert capacity["functions"]["mailer"]["shortfall"] == 60
    assert "capacity of mailer: short 20 -> 60 of 60" in text
    assert "NAT gateway nat-a: 3,350 -> 10,050 of 55,000 connections" in text
    answer = document(capsys, "whatif", shop, "--times", "3")
    rows = {row["function"]: row for row in answer["capacity"]}
    assert rows["orders"]["shortfall_before"] == 52
    assert rows["orders"]["shortfall_after"] == 1_152
    asked = document(capsys, "capacity", shop, "--times", "3")["functions"]
    for name, row in rows.items():
        assert asked[name]["shortfall"] == row["shortfall_after"]


def test_a_target_is_judged_beside_all_others_as_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """498 addresses are free in both subnets of `orders`. With three times every target the others
    there hold 300 + 60 + 90, which leaves 48; with only `orders` and `search` grown 300 + 20 + 30.
    """
    shop = str(found("shop", "window"))
    every = document(capsys, "capacity", shop, "--times", "3")["functions"]["orders"]
    assert (every["max_concurrency"], every["shortfall"]) == (48, 1_152)
    two = ("--concurrency", "orders=1200", "--concurrency", "search=300")
    some = document(capsys, "capacity", shop, *two)["functions"]["orders"]
    assert (some["max_concurrency"], some["shortfall"]) == (148, 1_052)


SCENARIOS = [
    (("--without-az", "eu-west-1b"), "without zone eu-west-1b"),
    (("--without-nat", "nat-a"), "without nat-a"),
    (("--times", "1.5"), "with 1.5 times the concurrency"),
]


@pytest.mark.parametrize(("options", "sentence"), SCENARIOS)
def test_every_question_takes_a_scenario(
    options: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = str(found("shop", "window"))
    for command in (
        ("capacity", shop),
        ("check", shop),
        ("reach", shop, "orders", "internet"),
        ("reach", shop, "--out-of", "orders"),
        ("whatif", shop),
    ):
        assert document(capsys, *command, *options)["scenario"] == sentence
        assert sentence in said(capsys, *command, *options)


@pytest.mark.parametrize(
    ("options", "near"),
    [
        (("--without-az", "eu-west-1x"), "did you mean"),
        (("--without-nat", "nat-aa"), 'did you mean "nat-a"'),
        (("--times", "many"), "a number is due"),
    ],
)
def test_a_scenario_of_what_is_not_there_is_refused(
    options: tuple[str, ...], near: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = str(found("shop", "window"))
    for command in (("capacity", shop), ("check", shop), ("reach", shop, "orders", "internet")):
        assert main([*command, *options]) == 2
        assert near in capsys.readouterr().err


def test_without_its_nat_gateway_a_path_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    shop = str(found("shop", "window"))
    asked = ("reach", shop, "orders", "internet")
    assert document(capsys, *asked)["verdict"] == "reachable"
    assert document(capsys, *asked, "--without-nat", "nat-a")["verdict"] == "partial"
    ports = document(capsys, "capacity", shop, "--times", "3")["nat_ports"]
    assert ports["nat-a"]["connections"] == 10_050
    gone = document(capsys, "capacity", shop, "--without-nat", "nat-a")["nat_ports"]
    assert gone["nat-a"]["verdict"] == "gone"


def test_a_function_without_a_subnet_left_fails_the_check(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shop = str(found("shop", "window"))
    answer = document(capsys, "check", shop, "--without-az", "eu-west-1c")
    assert answer["stranded"] == ["archive"]
    assert answer["verdict"] == "fail"
    assert "archive has no subnet left" in said(capsys, "check", shop, "--without-az", "eu-west-1c")
    assert main(["reach", shop, "archive", "internet", "--without-az", "eu-west-1c"]) == 2
    assert "nothing is left of archive" in capsys.readouterr().err


def test_no_free_block_is_offered_twice() -> None:
    """One address plan; what two functions share is one place, and Fix does what is told."""
    shop = found("shop", "window")
    plan = read_text(shop.read_text(encoding="utf-8"), where="shop.yaml").plan
    view = PlanAnalysis(plan)
    places: dict[str, str] = {}
    for room in view.rooms.values():
        for subnet, cidr in room.places:
            assert places.setdefault(subnet, cidr) == cidr
    assert len(places) > 1
    blocks = [block(cidr) for cidr in places.values()]
    assert not any(one.overlaps(other) for one, other in combinations(blocks, 2))
    short = [finding for finding in raw_findings(view) if finding.id == "LAM-007"]
    assert short
    for finding in short:
        (fix,) = [fix for fix in more_room(view, finding) if fix.slug == "grow-subnets"]
        edit = Edit(plan.copy())
        fix.command(edit)
        told = view.rooms[finding.about[0]].places
        assert all(edit.plan.of(Subnet.kind)[subnet].cidr == cidr for subnet, cidr in told)


def test_what_was_short_and_gets_shorter_is_worse(capsys: pytest.CaptureFixture[str]) -> None:
    shop = str(found("shop", "window"))
    assert main(["whatif", shop, "--times", "1.01"]) == 1
    assert "capacity of orders: short 52 -> " in capsys.readouterr().out


def test_a_loss_makes_nothing_better(capsys: pytest.CaptureFixture[str]) -> None:
    shop = str(found("shop", "window"))
    text = said(capsys, "whatif", shop, "--without-az", "eu-west-1b")
    better = [line for line in text.splitlines() if "partial -> reachable" in line]
    assert better
    assert all(line.endswith(", of what is left") for line in better)
    answer = document(capsys, "whatif", shop, "--without-az", "eu-west-1b")
    assert {one["id"] for one in answer["lost"]} >= {"LAM-001", "NET-001", "NET-013"}
    assert not {one["id"] for one in answer["new"]} & {"LAM-001", "NET-001", "NET-013"}


def test_text_names_what_json_names_about_nat_ports(capsys: pytest.CaptureFixture[str]) -> None:
    plan = str(found("whatif-keeps-silent-about-nat-ports"))
    assert main(["whatif", plan, "--times", "2"]) == 1
    text = capsys.readouterr().out
    answer = document(capsys, "whatif", plan, "--times", "2")
    assert answer["verdict"] == "breaks"
    assert {one["id"] for one in answer["new"]} == {"NAT-008", "LAM-020"}
    assert all(f"{one['id']} {one['severity']}" in text for one in answer["new"])
    assert "45,000 -> 90,000 of 55,000 connections to one destination, 35,000 too many" in text


def test_a_finding_that_many_share_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    answer = document(capsys, "check", str(found("group-per-function")))
    functions = [f"f{number:02}" for number in range(12)]
    about = {one["id"]: one["about"] for one in answer["findings"]}
    assert [one["id"] for one in answer["findings"]] == ["LAM-008", "LAM-009"]
    assert about == {"LAM-008": ["shop", *functions], "LAM-009": ["shop", *functions]}
    assert answer["verdict"] == "fail"


def test_functions_short_of_the_same_addresses_share_a_finding(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = document(capsys, "check", str(found("shop", "window")))
    (short,) = [one for one in answer["findings"] if one["id"] == "LAM-007"]
    assert "mailer" in short["about"]
    assert "archive" not in short["about"]
    assert "want 550 addresses of private-a, private-b, and 498 are free" in short["message"]
    assert "who gets them is not decided" in short["message"]


def test_what_today_s_model_lacks_is_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    plan = str(found("hyperplane-runs-out-under-the-default-model"))
    answer = document(capsys, "check", plan)
    (short,) = [one for one in answer["findings"] if one["id"] == "LAM-007"]
    assert short["severity"] == "warning"
    assert {"f00", "f13", "in-a", "in-b"} <= set(short["about"])
    assert "14 in in-a (11 free)" in short["message"]
    assert answer["verdict"] == "pass"


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ("{finding: LAM-007, about: [f]}", [("g",)]),
        ("{finding: LAM-007, about: [f]}, {finding: LAM-007, about: [g]}", []),
        ("{finding: LAM-007, about: [f, g]}", []),
        ("{finding: LAM-007, about: [s]}", []),
        ("{finding: LAM-007}", []),
        ("{finding: LAM-007, about: [f, h]}", [("f", "g")]),
    ],
)
def test_one_of_several_does_not_silence_the_others(rows: str, left: list[tuple[str, ...]]) -> None:
    role = "role_policies: [AWSLambdaVPCAccessExecutionRole], subnets: [s], security_groups: [sg]"
    text = f"""
lambdaplanner: 1
vpcs: {{main: {{cidr: 10.0.0.0/16}}}}
subnets: {{s: {{vpc: main, az: a, cidr: 10.0.0.0/24}}}}
security_groups: {{sg: {{vpc: main}}}}
functions:
  f: {{concurrency: 200, {role}}}
  g: {{concurrency: 200, {role}}}
  h: {{{role}, subnets: []}}
acknowledged: [{rows}]
""".replace("subnets: [s], security_groups: [sg], subnets: []", "security_groups: []")
    answer = report(read_text(text, where="shared").plan)
    short = [one for one in answer.findings if one.id == "LAM-007"]
    assert [one.members for one in short if not one.acknowledged] == left
    assert sorted(name for one in short for name in one.members) == ["f", "g"]
