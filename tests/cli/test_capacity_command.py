"""`lambdaplanner capacity`: what it adds to the ledger and the verdicts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lambdaplanner import assets
from lambdaplanner.cli import main

FUNCTION = {
    "concurrency": 800, "ramp_seconds": 0, "demand": 800, "max_concurrency": 2036,
    "verdict": "ok", "shortfall": 0, "error": None, "suggested_prefix": None,
}  # fmt: skip


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Two zones, a NAT gateway in each."""
    path = tmp_path / "two-zones.yaml"
    source = next(p for p in assets.template_paths() if p.stem == "two-zones")
    path.write_bytes(Path(source).read_bytes())
    return path


def said(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> str:
    assert main(["capacity", *map(str, arguments)]) == status
    return capsys.readouterr().out


def document(
    capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0
) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(said(capsys, *arguments, "--json", status=status))
    return found


def test_the_keys_of_the_contract_stand_with_the_new_ones(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = document(capsys, plan)
    assert list(answer) == [
        "model", "verdict", "account", "subnets", "functions", "models", "nat_ports", "worst_zone",
    ]  # fmt: skip
    assert answer["functions"]["attached"] == FUNCTION
    assert answer["account"] == {"concurrency": 850, "quota": 1000, "verdict": "ok"}
    assert answer["nat_ports"]["nat-a"] == {
        "mode": "zonal", "az": "eu-west-1a", "addresses": 1, "ports": 55_000, "connections": 4000,
        "headroom": 51_000, "addresses_needed": 1, "addresses_at_most": 8, "gateways_needed": 1,
        "verdict": "ok", "functions": {"attached": 4000},
    }  # fmt: skip
    loss = {"az": "eu-west-1a", "verdict": "ok", "shortfall": 0}
    assert answer["worst_zone"] == {**loss, "functions": {}}


def test_another_target_changes_everything_that_follows_from_it(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = document(capsys, plan, "--concurrency", "attached=3000", status=1)
    attached = answer["functions"]["attached"]
    assert (attached["ramp_seconds"], attached["suggested_prefix"]) == (20, 21)
    assert (attached["free_blocks"], attached["fits_prefix"]) == (
        ["10.0.8.0/21", "10.0.24.0/21"],
        21,
    )
    assert answer["account"]["verdict"] == "exceeded"
    assert answer["nat_ports"]["nat-b"]["connections"] == 15_000
    assert (answer["worst_zone"]["verdict"], answer["worst_zone"]["shortfall"]) == (
        "exhausted",
        1982,
    )


def test_the_worst_zone_is_asked_under_the_chosen_model(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = ("--concurrency", "attached=3000")
    answer = document(capsys, plan, *target, "--model", "hyperplane")
    assert answer["worst_zone"]["verdict"] == "ok"


def test_without_a_zone_there_is_no_worst_one_and_a_gateway_less(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = document(capsys, plan, "--without-az", "eu-west-1a")
    assert "worst_zone" not in answer
    assert answer["nat_ports"]["nat-a"]["verdict"] == "gone"
    assert answer["nat_ports"]["nat-b"]["connections"] == 8000
    assert "stranded" not in answer["nat_ports"]["nat-a"]


def test_a_plan_without_functions_has_no_worst_zone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("lambdaplanner: 1\nvpcs: {v: {cidr: 10.0.0.0/16}}\n")
    answer = document(capsys, path)
    assert (answer["nat_ports"], "worst_zone" in answer) == ({}, False)
    assert "nat gateway" not in said(capsys, path)


def test_the_text_says_what_the_figures_mean(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(capsys, plan, "--concurrency", "attached=40000", status=1)
    assert "/17 each: room for 1 of 2, /18 each still fits" in text
    assert "390 s" in text
    assert "account: exceeded. 40,050 of 1,000 at once" in text
    worst = "exhausted without eu-west-1a; 38,982 too many (alone: attached 38,982)"
    assert f"worst zone: {worst}." in text
    assert "all connections of all functions that use a gateway go to one destination" in text
    assert "4 addresses" in text
    text = said(capsys, plan, "--concurrency", "attached=200000", status=1)
    assert "3 gateways" in text


def test_the_text_says_who_has_no_way_out(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan.write_text(plan.read_text().replace("0.0.0.0/0: nat-b", "0.0.0.0/0: nat-a"))
    text = said(capsys, plan, "--without-az", "eu-west-1a")
    assert "attached has no way out for 8,000 of its connections, which went through nat-a." in text
    answer = document(capsys, plan, "--without-az", "eu-west-1a")
    assert answer["nat_ports"]["nat-a"]["stranded"] == {"attached": 8000}


def test_a_regional_gateway_tells_its_zones(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = plan.read_text().replace(
        "nat-a: {subnet: public-a}", "nat-a: {vpc: customer, mode: regional}"
    )
    plan.write_text(text.replace("0.0.0.0/0: nat-b", "0.0.0.0/0: nat-a"))
    found = document(capsys, plan)["nat_ports"]["nat-a"]
    assert found["zones"] == {"eu-west-1a": 4000, "eu-west-1b": 4000}
    assert (found["mode"], found["addresses_at_most"]) == ("regional", 32)
    assert "busiest zone" in said(capsys, plan)
