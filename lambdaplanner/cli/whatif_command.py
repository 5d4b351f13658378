"""`lambdaplanner whatif`: what breaks without a zone or a NAT gateway, or with more traffic."""

from __future__ import annotations

import argparse
import dataclasses
from typing import TYPE_CHECKING, Any

from lambdaplanner.cli.console import print_json, say
from lambdaplanner.cli.imagining import add_scenario, scenario_of, stranded_line
from lambdaplanner.cli.impact_document import (
    change_lines,
    finding_document,
    finding_line,
    impact_document,
    number_lines,
)
from lambdaplanner.cli.progress import Progress
from lambdaplanner.cli.shared import ALL_WELL, BAD_ANSWER, add_json, add_plan, opened
from lambdaplanner.errors import QuestionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambdaplanner.analysis.scenario import Scenario
    from lambdaplanner.analysis.whatif import Imagined
    from lambdaplanner.checks.impact import Impact
    from lambdaplanner.checks.registry import Finding

NAME = "whatif"
SUMMARY = (
    "what changes without a zone, without a NAT gateway, or with more traffic; "
    "fails where a promise breaks or a target no longer fits"
)
EXAMPLE = "lambdaplanner whatif orders.yaml --without-az eu-west-1a --times 1.5"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """PLAN, --without-az, --without-nat, --times, --json."""
    add_plan(command)
    add_scenario(command)
    add_json(command)


def run(arguments: argparse.Namespace) -> int:
    """Prints what is otherwise than planned; the plan file is never touched."""
    from lambdaplanner.analysis.view import PlanAnalysis
    from lambdaplanner.analysis.whatif import imagine
    from lambdaplanner.checks.impact import compare

    scenario = scenario_of(arguments)
    if not scenario:
        raise QuestionError(
            "nothing to imagine", hint="say --without-az AZ, --without-nat ID or --times X"
        )
    plan = opened(arguments.plan).plan
    with Progress("Comparing"):
        imagined = imagine(plan, scenario)
        impact = compare(PlanAnalysis(plan), PlanAnalysis(imagined.plan))
    bad = impact.is_worse or bool(imagined.stranded)
    if arguments.json:
        print_json(_document(scenario, imagined, impact, bad=bad))
        return BAD_ANSWER if bad else ALL_WELL
    say(f"{arguments.plan} {scenario.sentence}: {'breaks' if bad else 'holds'}")
    lines = list(_lines(scenario, imagined, impact))
    for line in lines or ["Nothing changes that is judged."]:
        say(f"  {line}")
    return BAD_ANSWER if bad else ALL_WELL


def _document(
    scenario: Scenario, imagined: Imagined, impact: Impact, *, bad: bool
) -> dict[str, Any]:
    """As JSON has it; findings that only say that what is lost is lost stand apart, as `lost`."""
    new, lost = _told_apart(scenario, impact)
    document: dict[str, Any] = {
        "scenario": scenario.sentence,
        "verdict": "breaks" if bad else "holds",
        "stranded": list(imagined.stranded),
        **impact_document(dataclasses.replace(impact, new=new)),
        "lost": [finding_document(finding) for finding in lost],
        "nat_ports": [
            {
                "nat_gateway": name,
                "before": before.connections,
                "after": after.connections,
                "ports": after.ports,
                "verdict": after.verdict,
            }
            for name, before, after in impact.nat_ports
            if before is not None and after is not None
        ],
    }
    if impact.account is not None:
        before, then = impact.account
        document["account"] = {
            "before": before.concurrency,
            "after": then.concurrency,
            "quota": then.quota,
            "verdict": then.verdict,
        }
    return document


def _lines(scenario: Scenario, imagined: Imagined, impact: Impact) -> Iterator[str]:
    for name in imagined.stranded:
        yield stranded_line(name)
    yield from change_lines(impact, of_what_is_left=scenario.loses)
    grows = scenario.times != 1
    yield from number_lines(impact if grows else dataclasses.replace(impact, account=None))
    new, lost = _told_apart(scenario, impact)
    for finding in new:
        yield f"brings {finding_line(finding)}"
    for finding in impact.gone:
        stands = not finding.about or any(one in imagined.plan for one in finding.subjects)
        said = "no longer found" if stands else "gone with what it is about"
        yield f"{said}: {finding_line(finding)}"
    for finding in lost:
        yield f"follows from the loss: {finding_line(finding)}"


def _told_apart(
    scenario: Scenario, impact: Impact
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """New faults, and what only says that the lost thing is lost."""
    from lambdaplanner.checks.impact import echoes_loss

    lost = tuple(one for one in impact.new if scenario.loses and echoes_loss(one))
    return tuple(one for one in impact.new if one not in lost), lost
