"""`lambdaplanner capacity`: the address ledger and the concurrency verdicts."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from lambdaplanner.cli.console import print_json
from lambdaplanner.cli.imagining import add_scenario, scenario_of
from lambdaplanner.cli.progress import Progress
from lambdaplanner.cli.shared import (
    ALL_WELL,
    BAD_ANSWER,
    add_json,
    add_plan,
    opened,
)
from lambdaplanner.errors import QuestionError

if TYPE_CHECKING:
    from lambdaplanner.cli.capacity_document import Answered
    from lambdaplanner.model.plan import Plan

NAME = "capacity"
SUMMARY = "the address ledger of every subnet, and whether every concurrency target fits"
EXAMPLE = "lambdaplanner capacity orders.yaml --concurrency orders=1200 --without-az eu-west-1a"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """PLAN, --concurrency, --model, a scenario, --json."""
    from lambdaplanner.model.document import MODELS

    add_plan(command)
    command.add_argument(
        "--concurrency",
        metavar="ID=N",
        action="append",
        default=[],
        help="another target for one function; repeatable",
    )
    command.add_argument("--model", choices=MODELS, help="another capacity model than the plan's")
    add_scenario(command)
    add_json(command)


def run(arguments: argparse.Namespace) -> int:
    """Prints the answer."""
    from lambdaplanner.cli.capacity_document import capacity_document
    from lambdaplanner.cli.capacity_text import print_answer

    overrides = dict(_override(text) for text in arguments.concurrency)
    plan = opened(arguments.plan).plan
    with Progress("Counting addresses"):
        answered = _answered(plan, arguments, overrides)
    if arguments.json:
        print_json(capacity_document(answered))
    else:
        print_answer(answered)
    return BAD_ANSWER if answered.capacity.verdict == "exhausted" else ALL_WELL


def _answered(plan: Plan, arguments: argparse.Namespace, overrides: dict[str, int]) -> Answered:
    from lambdaplanner.analysis.capacity import assess
    from lambdaplanner.analysis.ledger import ledger
    from lambdaplanner.analysis.nat_ports import nat_ports
    from lambdaplanner.analysis.room import rooms
    from lambdaplanner.analysis.worst_zone import worst_zone
    from lambdaplanner.cli.capacity_document import Answered

    model, scenario, rows = arguments.model, scenario_of(arguments), ledger(plan)
    answer = assess(plan, model=model, concurrency=overrides, scenario=scenario, rows=rows)
    losses = None
    if not scenario.without_zones:
        losses = worst_zone(plan, model=model, concurrency=overrides, scenario=scenario, rows=rows)
    return Answered(
        capacity=answer,
        rooms=rooms(plan, answer, scenario=scenario),
        nat_ports=nat_ports(plan, concurrency=overrides, scenario=scenario),
        worst_zone=losses,
        scenario=scenario,
        observed={row.subnet: row for row in plan.observed},
    )


def _override(text: str) -> tuple[str, int]:
    name, _, number = text.rpartition("=")
    if not name or not number.isascii() or not number.isdecimal() or len(number) > 9:
        raise QuestionError(
            f"--concurrency {text}: ID=N is due, such as orders=800",
            hint="N is a whole number without separators, 0 or more",
        )
    return name, int(number)
