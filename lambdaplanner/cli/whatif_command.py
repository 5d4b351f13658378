"""`lambdaplanner whatif`: what breaks without a zone or a NAT gateway, or with more traffic."""

from __future__ import annotations

import argparse
import dataclasses
import re
from fractions import Fraction
from typing import TYPE_CHECKING

from lambdaplanner.cli.console import print_json, say
from lambdaplanner.cli.impact_document import impact_document, impact_lines
from lambdaplanner.cli.shared import ALL_WELL, BAD_ANSWER, add_json, add_plan, opened
from lambdaplanner.errors import QuestionError

if TYPE_CHECKING:
    from lambdaplanner.checks.impact import Impact

NAME = "whatif"
SUMMARY = (
    "what changes without a zone, without a NAT gateway, or with more traffic; "
    "fails where a promise breaks or a target no longer fits"
)
_NUMBER = re.compile(r"\d{1,6}(\.\d{1,6})?", re.ASCII)
EXAMPLE = "lambdaplanner whatif orders.yaml --without-az eu-west-1a --times 1.5"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """PLAN, --without-az, --without-nat, --times, --json."""
    add_plan(command)
    command.add_argument(
        "--without-az", metavar="AZ", action="append", default=[], help="a zone fails; repeatable"
    )
    command.add_argument(
        "--without-nat",
        metavar="ID",
        action="append",
        default=[],
        help="a NAT gateway fails; repeatable",
    )
    command.add_argument(
        "--times", metavar="X", default="1", help="every concurrency target times X, such as 1.5"
    )
    add_json(command)


def run(arguments: argparse.Namespace) -> int:
    """Prints what is otherwise than planned; the plan file is never touched."""
    from lambdaplanner.analysis.view import PlanAnalysis
    from lambdaplanner.analysis.whatif import Scenario, imagine
    from lambdaplanner.checks.impact import compare

    scenario = Scenario(
        without_zones=tuple(dict.fromkeys(arguments.without_az)),
        without_nats=tuple(dict.fromkeys(arguments.without_nat)),
        times=_factor(arguments.times),
    )
    if not scenario:
        raise QuestionError(
            "nothing to imagine", hint="say --without-az AZ, --without-nat ID or --times X"
        )
    plan = opened(arguments.plan).plan
    imagined = imagine(plan, scenario)
    impact = compare(PlanAnalysis(plan), PlanAnalysis(imagined.plan))
    bad = worse(impact) or bool(imagined.stranded)
    if arguments.json:
        document = {"scenario": scenario.sentence, "verdict": "worse" if bad else "holds"}
        print_json(document | {"stranded": list(imagined.stranded)} | impact_document(impact))
        return BAD_ANSWER if bad else ALL_WELL
    say(f"{arguments.plan} {scenario.sentence}: {'worse' if bad else 'holds'}")
    for name in imagined.stranded:
        say(f"  {name} has no subnet left, so it does not run at all")
    changes = list(impact_lines(dataclasses.replace(impact, gone=(), new=())))
    for line in changes or ["Nothing changes that is judged."]:
        say(f"  {line}")
    return BAD_ANSWER if bad else ALL_WELL


def worse(impact: Impact) -> bool:
    """Whether a promise breaks, or a target that fitted no longer does."""
    broken = any(change.after is None or not change.after.ok for change in impact.expectations)
    return broken or any(change.after in ("exhausted", None) for change in impact.capacity)


def _factor(text: str) -> Fraction:
    if not _NUMBER.fullmatch(text):
        raise QuestionError(f"--times {text}: a number is due, such as 1.5")
    return Fraction(text)
