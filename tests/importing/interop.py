"""The worked inputs: what people have, and the plans that it must become."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lambdaplanner.formats.document import plain_plan
from lambdaplanner.formats.plan_file import open_plan
from lambdaplanner.importing.assembled import Assembled, plan_of
from lambdaplanner.importing.assembly import assemble
from lambdaplanner.importing.aws.reader import read
from lambdaplanner.importing.choices import Choices
from lambdaplanner.importing.loading import Document
from lambdaplanner.model.plan import Plan

INTEROP = Path(__file__).parents[1] / "found" / "interop"
DUMPS = ("describe-shop", "describe-estate")
Files = dict[str, Any]


def files_of(name: str) -> Files:
    """The documents of a dump by file name."""
    return {
        path.name: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((INTEROP / name).iterdir())
    }


def imported(files: Files, choices: Choices | None = None) -> Assembled:
    """What documents become."""
    documents = [Document(name, value) for name, value in sorted(files.items())]
    return assemble(read(documents, choices or Choices()))


def plan_from(files: Files, choices: Choices | None = None) -> Plan:
    """The plan that documents become."""
    plan = plan_of(imported(files, choices))
    assert plan is not None
    return plan


def said(plan: Plan) -> dict[str, Any]:
    """A plan as data; the words of `why` are free."""
    sections = plain_plan(plan)
    for row in sections.get("unknown", []):
        row.pop("why", None)
    return sections


def expected(name: str) -> dict[str, Any]:
    """The plan that a worked input must become, as data."""
    return said(open_plan(INTEROP / f"{name}.plan.yaml").plan)


def without(files: Files, names: Iterable[str]) -> Files:
    """The documents less some."""
    return {name: value for name, value in files.items() if name not in set(names)}
