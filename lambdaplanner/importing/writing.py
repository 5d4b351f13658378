"""An imported plan as text: canonical where it is new, and small changes where it was there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lambdaplanner.formats.document import plain_plan
from lambdaplanner.formats.plan_file import OpenedPlan, plan_text
from lambdaplanner.formats.source_text import format_text
from lambdaplanner.importing.merging import Merged
from lambdaplanner.visible import visible

_TOP = re.compile(r"[^\s#-]")
_LONGEST = 400


def text_of(made: Merged, previous: OpenedPlan | None = None) -> str:
    """The file's text; comments say what a plan cannot, behind the entries that are new."""
    text = plan_text(made.plan, previous)
    comments = {
        name: said
        for name, said in made.assembled.comments.items()
        if previous is None or name in made.added
    }
    commented = _commented(text, comments)
    if commented == text:
        return text
    return commented if previous is not None else format_text(commented, plain_plan(made.plan))


def _commented(text: str, comments: Mapping[str, str]) -> str:
    """The text with a comment at the first line of each entry of route tables."""
    if not comments:
        return text
    lines = []
    section = ""
    for line in text.splitlines(keepends=True):
        if _TOP.match(line):
            section = line.partition(":")[0]
        name = _entry(line) if section == "route_tables" else ""
        if name in comments:
            body = line.rstrip("\r\n")
            said = visible(comments[name])[:_LONGEST]
            line = f"{body}  # {said}{line[len(body) :]}"
        lines.append(line)
    return "".join(lines)


def _entry(line: str) -> str:
    if not line.startswith("  ") or line[2:3] in (" ", "#", "-"):
        return ""
    return line[2:].partition(":")[0].strip("'\"")
