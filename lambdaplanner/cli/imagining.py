"""What several commands can imagine of a plan: the options, and the plan as it would be then."""

from __future__ import annotations

import argparse
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from lambdaplanner.cli.console import say
from lambdaplanner.errors import QuestionError

if TYPE_CHECKING:
    from lambdaplanner.analysis.scenario import Scenario
    from lambdaplanner.model.plan import Plan

_NUMBER = re.compile(r"\d{1,6}(\.\d{1,6})?", re.ASCII)


def add_scenario(command: argparse.ArgumentParser) -> None:
    """--without-az, --without-nat, --times."""
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


def scenario_of(arguments: argparse.Namespace) -> Scenario:
    """What is to be imagined. Raises QuestionError where the factor is no number."""
    from lambdaplanner.analysis.scenario import Scenario

    return Scenario(
        without_zones=tuple(dict.fromkeys(arguments.without_az)),
        without_nats=tuple(dict.fromkeys(arguments.without_nat)),
        times=_factor(arguments.times),
    )


def imagine_asked(plan: Plan, scenario: Scenario, *ends: str | None) -> Plan:
    """The plan under a scenario. Raises QuestionError where nothing is left of an end that is
    asked about, or the plan lacks what the scenario takes away.
    """
    from lambdaplanner.analysis.whatif import imagine

    if not scenario:
        return plan
    then = imagine(plan, scenario).plan
    for end in ends:
        if end is not None and end in plan and end not in then:
            raise QuestionError(f"nothing is left of {end} {scenario.sentence}")
    return then


def scenario_document(scenario: Scenario) -> dict[str, Any]:
    """The scenario as JSON has it: nothing where the plan is asked as it is."""
    return {"scenario": scenario.sentence} if scenario else {}


def say_scenario(scenario: Scenario) -> None:
    """A line for what is imagined."""
    if scenario:
        say(f"What if: {scenario.sentence}")


def stranded_line(name: str) -> str:
    """What is said of an end of which nothing is left."""
    return f"{name} has no subnet left, so it does not run at all"


def _factor(text: str) -> Fraction:
    if not _NUMBER.fullmatch(text):
        raise QuestionError(f"--times {text}: a number is due, such as 1.5")
    return Fraction(text)
