"""`lambdaplanner schema`: JSON Schema of the plan file."""

from __future__ import annotations

import argparse

from lambdaplanner.cli.console import print_json
from lambdaplanner.cli.shared import ALL_WELL

NAME = "schema"
SUMMARY = "print the JSON Schema of the plan file, so that editors complete and check it"
EXAMPLE = "lambdaplanner schema > plan.schema.json"


def add_arguments(_command: argparse.ArgumentParser) -> None:
    """None."""


def run(_arguments: argparse.Namespace) -> int:
    """Prints the schema."""
    from lambdaplanner.formats.schema import plan_schema

    print_json(plan_schema())
    return ALL_WELL
