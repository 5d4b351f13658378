"""`lambdaplanner capacity`: the address ledger and the concurrency verdicts."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from lambdaplanner.cli.shared import (
    ALL_WELL,
    BAD_ANSWER,
    add_json,
    add_plan,
    opened,
    print_json,
    print_table,
)
from lambdaplanner.errors import QuestionError

if TYPE_CHECKING:
    from lambdaplanner.analysis.answers import CapacityAnswer, FunctionCapacity

NAME = "capacity"
SUMMARY = "the address ledger of every subnet, and whether every concurrency target fits"
EXAMPLE = "lambdaplanner capacity orders.yaml --concurrency orders=1200 --without-az eu-west-1a"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """PLAN, --concurrency, --model, --without-az, --json."""
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
    command.add_argument("--without-az", metavar="AZ", help="what if this zone is gone")
    add_json(command)


def run(arguments: argparse.Namespace) -> int:
    """Prints the answer."""
    from lambdaplanner.analysis.capacity import assess

    overrides = dict(_override(text) for text in arguments.concurrency)
    answer = assess(
        opened(arguments.plan).plan,
        model=arguments.model,
        concurrency=overrides,
        without_az=arguments.without_az,
    )
    if arguments.json:
        print_json(capacity_document(answer))
    else:
        _print_answer(answer)
    return BAD_ANSWER if answer.verdict == "exhausted" else ALL_WELL


def _override(text: str) -> tuple[str, int]:
    name, _, number = text.rpartition("=")
    if not name or not number.isascii() or not number.isdecimal() or len(number) > 9:
        raise QuestionError(f"--concurrency {text}: ID=N is due, such as orders=800")
    return name, int(number)


def capacity_document(answer: CapacityAnswer) -> dict[str, Any]:
    """The answer as JSON has it."""
    return {
        "model": answer.model,
        "verdict": answer.verdict,
        "subnets": {
            name: {
                "cidr": s.cidr,
                "az": s.az,
                "addresses": s.addresses,
                "reserved": s.reserved,
                "usable": s.usable,
                "used": s.used,
                "free": s.free,
                "demand": s.demand,
                "headroom": s.headroom,
            }
            for name, s in answer.subnets.items()
        },
        "functions": {name: _function_document(f) for name, f in answer.functions.items()},
        "models": {
            name: {"verdict": verdict, "reason": answer.reasons.get(name, "")}
            for name, verdict in answer.models.items()
        },
    }


def _function_document(function: FunctionCapacity) -> dict[str, Any]:
    document: dict[str, Any] = {
        "concurrency": function.concurrency,
        "demand": function.demand,
        "max_concurrency": function.max_concurrency,
        "verdict": function.verdict,
        "shortfall": function.shortfall,
        "error": function.error,
        "suggested_prefix": function.suggested_prefix,
    }
    if function.bottleneck:
        document["bottleneck"] = list(function.bottleneck)
    return document


def _print_answer(answer: CapacityAnswer) -> None:
    print(f"{answer.verdict} ({answer.model})\n")
    print_table(
        ("subnet", "cidr", "zone", "usable", "used", "free", "demand", "headroom"),
        [
            (n, s.cidr, s.az, s.usable, s.used, s.free, s.demand, s.headroom)
            for n, s in answer.subnets.items()
        ],
    )
    print()
    print_table(
        ("function", "verdict", "target", "at most", "shortfall", "would get", "would do"),
        [
            (
                name,
                f.verdict,
                f.concurrency,
                f.max_concurrency,
                f.shortfall,
                f.error or "-",
                f"/{f.suggested_prefix} each" if f.suggested_prefix is not None else "-",
            )
            for name, f in answer.functions.items()
        ],
    )
    print()
    for model, verdict in answer.models.items():
        print(f"{model}: {verdict}. {answer.reasons.get(model, '')}".rstrip())
