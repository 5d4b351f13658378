"""Lines that tell a change, and the names of the ends that they tell of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lambdaplanner.analysis.survey import INTERNET
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.panels.words import called, count, nouns

NAMED = 2
"""So many ends are named; more are counted, and named behind the fold."""


class Line(NamedTuple):
    """One thing that changes, or several alike; `more` is what is folded away."""

    tone: str
    text: str
    more: str = ""


class Names:
    """Names the ends of two states of a plan."""

    def __init__(self, before: Plan, after: Plan) -> None:
        self.before = before
        self.after = after

    def many(self, names: tuple[str, ...]) -> str:
        """Few by name, more by kind and number."""
        if len(names) <= NAMED:
            return " and ".join(self.one(name) for name in names)
        kinds: dict[str, int] = {}
        for name in names:
            found = self.after.find(name) or self.before.find(name)
            kind = "" if found is None else found.kind
            kinds[kind] = kinds.get(kind, 0) + 1
        parts = [
            nouns(number, kind) if kind else count(number, "other end")
            for kind, number in kinds.items()
        ]
        return " and ".join(parts)

    def one(self, name: str) -> str:
        """An end as people call it."""
        if name == INTERNET:
            return "the internet"
        plan = self.after if name in self.after else self.before
        return called(plan, name)

    def listed(self, names: Sequence[str]) -> str:
        """All the names, where some were only counted."""
        return f"{', '.join(map(self.one, names))}." if len(names) > NAMED else ""
