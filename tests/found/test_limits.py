"""What a function has room for: by addresses, the account, nobody's decision, no subnet."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambdaplanner.analysis.capacity import assess
from lambdaplanner.analysis.capacity_reasons import NO_SUBNET, fate_of, most_of
from lambdaplanner.analysis.scenario import Scenario
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.report import raw_findings
from lambdaplanner.cli.program import main
from lambdaplanner.fixes.offers import for_finding
from lambdaplanner.formats.plan_file import open_plan, read_text
from lambdaplanner.ui.panels.facts import capacity_sentence
from tests.found.plans import found

SHOP = found("shop", "window")


def cells(path: Path, *options: str, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The lines about functions, by id."""
    main(["capacity", str(path), *options])
    lines = capsys.readouterr().out.splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("function "))
    return {line.split()[0]: line for line in lines[first + 1 : lines.index("", first)]}


def test_the_account_limits_what_addresses_would_allow(capsys: pytest.CaptureFixture[str]) -> None:
    """P9: 3,211,000 where the quota is 3,000."""
    told = cells(SHOP, "--model", "hyperplane", capsys=capsys)
    assert "3,000 (account)" in told["search"]
    assert "3,211,000" not in told["search"]
    answer = assess(open_plan(SHOP).plan, model="hyperplane").functions["search"]
    assert (answer.max_concurrency, answer.most) == (3_211_000, 3_000)
    assert "at most 3,000 invocations, limited by the account" in capacity_sentence(answer)


@pytest.mark.parametrize("model", ["hyperplane", "per-invocation", "eni-per-3gb"])
def test_a_function_without_a_subnet_is_told_so_in_one_wording(
    model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """P11: it got SubnetIPAddressLimitReachedException here, and had no subnet left there."""
    told = cells(SHOP, "--model", model, "--without-az", "eu-west-1b", capsys=capsys)
    assert told["mailer"].count(NO_SUBNET) == 2
    assert "Exception" not in told["mailer"]
    scenario = Scenario(without_zones=("eu-west-1b",))
    answer = assess(open_plan(SHOP).plan, model=model, scenario=scenario).functions["mailer"]
    assert (most_of(answer), fate_of(answer)) == (NO_SUBNET, NO_SUBNET)
    assert capacity_sentence(answer) == "No subnet is left, so it does not run at all."


def test_what_nobody_decides_is_no_zero(capsys: pytest.CaptureFixture[str]) -> None:
    """P15: "at most 0" for the small partners of a full subnet reads as "nothing runs"."""
    told = cells(SHOP, capsys=capsys)
    assert "not decided" in told["mailer"]
    assert " 348 " in told["orders"]
    answer = assess(open_plan(SHOP).plan).functions["mailer"]
    assert "who gets them is not decided" in capacity_sentence(answer)


CRAMPED = """
lambdaplanner: 1
region: eu-west-1
vpcs: {v: {cidr: 10.0.0.0/24}}
subnets:
  a: {vpc: v, az: eu-west-1a, cidr: 10.0.0.0/26}
  b: {vpc: v, az: eu-west-1b, cidr: 10.0.0.64/26}
  c: {vpc: v, az: eu-west-1c, cidr: 10.0.0.128/25}
functions:
  one: {role_policies: [AWSLambdaVPCAccessExecutionRole], subnets: [a], concurrency: 50}
  two: {role_policies: [AWSLambdaVPCAccessExecutionRole], subnets: [a], concurrency: 40}
"""


def test_the_address_plan_of_a_shared_finding_is_what_fix_draws() -> None:
    """P7: the text said one block, and Fix did another thing for the first function alone."""
    view = PlanAnalysis(open_plan(SHOP).plan)
    finding = next(one for one in raw_findings(view) if one.id == "LAM-007")
    offer = next(iter(for_finding(view, finding)))
    for name in ("private-a", "private-b"):
        subnet = offer.after.subnet(name)
        assert f"{name} as {subnet.cidr}" in finding.fix
        assert f"{name} as {subnet.cidr}" in offer.fix.label


def test_where_there_is_no_room_for_all_the_text_says_for_how_many() -> None:
    view = PlanAnalysis(read_text(CRAMPED, where="cramped").plan)
    finding = next(one for one in raw_findings(view) if one.id == "LAM-007")
    assert finding.members == ("one", "two")
    assert "each of their subnets" in finding.fix
    assert "room for 0 of 1" in finding.fix
    assert all(offer.fix.slug != "grow-subnets" for offer in for_finding(view, finding))
