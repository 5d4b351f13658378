"""What if, at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lambdaplanner import assets
from lambdaplanner.cli import main


def template(stem: str) -> Path:
    return next(Path(path) for path in assets.template_paths() if path.stem == stem)


def test_without_its_gateway_a_promise_breaks(capsys: pytest.CaptureFixture[str]) -> None:
    path = template("brief-network")
    before = path.read_bytes()

    assert main(["whatif", str(path), "--without-nat", "nat"]) == 1

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("without nat: breaks")
    assert "  attached to internet, tcp 443, expected reachable: BROKEN then" in lines
    assert "  attached to internet, tcp 443: reachable -> unreachable" in lines
    assert path.read_bytes() == before


def test_a_plan_in_two_zones_holds_without_one(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["whatif", str(template("two-zones")), "--without-az", "eu-west-1a"]

    assert main(arguments) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == f"{arguments[1]} without zone eu-west-1a: holds"
    assert lines[0] == (
        "  NAT gateway nat-b: 4,000 -> 8,000 of 55,000 connections to one destination"
    )
    assert all(line.startswith("  follows from the loss: ") for line in lines[1:])


def test_a_function_without_a_subnet_left_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["whatif", str(template("brief-network")), "--without-az", "eu-west-1a", "--json"]

    assert main(arguments) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["verdict"] == "breaks"
    assert document["stranded"] == ["attached", "database"]
    assert {"from": "attached", "to": "internet"}.items() <= document["verdicts"][0].items()
    assert document["verdicts"][0]["after"] is None
    assert document["expectations"][0]["after"] is None


def test_more_traffic_may_not_fit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["whatif", str(template("brief-network")), "--times", "1.5"]) == 1
    assert "capacity of attached: ok -> exhausted" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "nothing to imagine"),
        (["--times", "1e9"], "a number is due"),
        (["--times", "-1"], "a number is due"),
        (["--times", "0"], "0 times the concurrency makes no sense"),
        (["--without-az", "eu-west-1z"], 'did you mean "eu-west-1a"'),
        (["--without-nat", "igw"], 'there is no NAT gateway "igw"'),
    ],
)
def test_what_makes_no_sense_is_a_bad_question(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["whatif", str(template("brief-network")), *arguments]) == 2
    assert says in capsys.readouterr().err
