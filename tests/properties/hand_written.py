"""Plans as people write them: any order, indentation, braces or not, comments and blank lines
everywhere.
"""

from __future__ import annotations

import random
from typing import Any

from lambdaplanner.formats.yaml_scalars import block_scalar, flow_scalar

ORDER = (
    "lambdaplanner",
    "name",
    "region",
    "settings",
    "vpcs",
    "subnets",
    "rules",
    "expectations",
    "notes",
    "layout",
)
WORDS = (
    "main",
    "a # b",
    "yes",
    "10.0.0.0/16",
    "::/0",
    "it's",
    'say "hi"',
    "two\nlines",
    "# no comment",
    "é",
    "",
    "a: b",
)


def random_value(rnd: random.Random, depth: int = 0) -> Any:
    choice = rnd.random()
    if depth >= 3 or choice < 0.45:
        return rnd.choice((rnd.choice(WORDS), rnd.randint(0, 9999), rnd.random() < 0.5))
    if choice < 0.65:
        return [random_value(rnd, depth + 1) for _ in range(rnd.randint(0, 3))]
    return random_record(rnd, depth + 1)


def random_record(rnd: random.Random, depth: int = 1) -> dict[str, Any]:
    keys = rnd.sample(
        ("vpc", "cidr", "routes", "inbound", "no", "0.0.0.0/0", "::/0", "text"), rnd.randint(1, 4)
    )
    return {key: random_value(rnd, depth) for key in keys}


def random_plan(rnd: random.Random) -> dict[str, Any]:
    plan: dict[str, Any] = {"lambdaplanner": 1}
    for name in ORDER[1:]:
        if rnd.random() < 0.4:
            continue
        if name in ("name", "region"):
            plan[name] = rnd.choice([word for word in WORDS if word])
        elif name == "settings":
            plan[name] = {
                key: rnd.randint(1, 9) for key in rnd.sample(("x", "y", "z"), rnd.randint(1, 3))
            }
        elif name == "expectations":
            plan[name] = [random_record(rnd, 2) for _ in range(rnd.randint(1, 4))]
        elif name == "layout":
            plan[name] = {f"id{n}": [n, n * 2] for n in rnd.sample(range(9), rnd.randint(1, 4))}
        else:
            plan[name] = {
                f"{name}-{n}": random_record(rnd) for n in rnd.sample(range(9), rnd.randint(1, 4))
            }
    return plan


class Scribe:
    """Writes a plan in a hand of its own; `comments` has every comment that it put in."""

    def __init__(self, rnd: random.Random, *, loose: bool = True) -> None:
        self.rnd = rnd
        self.lines: list[str] = []
        self.comments: list[str] = []
        self.loose = loose

    def text(self, plan: dict[str, Any]) -> str:
        names = list(plan)
        if self.rnd.random() < 0.3:
            self.rnd.shuffle(names)
        for name in names:
            self.aside(0)
            self.pair(0, name, plan[name], step=self.rnd.choice((2, 2, 4, 3)))
        self.aside(0)
        return "\n".join(self.lines) + "\n"

    def comment(self) -> str:
        self.comments.append(f"# c{len(self.comments)}.")
        return self.comments[-1]

    def aside(self, column: int) -> None:
        while self.rnd.random() < 0.25:
            odd = self.rnd.choice((column, column, 0, column + 2)) if self.loose else column
            self.lines.append("" if self.rnd.random() < 0.4 else " " * odd + self.comment())

    def line(self, text: str) -> None:
        behind = (
            f"{self.rnd.choice((' ', '   '))}{self.comment()}" if self.rnd.random() < 0.2 else ""
        )
        self.lines.append(text + behind)

    def pair(self, column: int, key: str, value: Any, step: int) -> None:
        self.tail(column, " " * column + block_scalar(key) + ":", value, step)

    def tail(self, column: int, head: str, value: Any, step: int) -> None:
        if not isinstance(value, dict | list):
            self.scalar(column, head, value)
        elif not value or self.rnd.random() < 0.35:
            self.braces(column, head, value)
        elif isinstance(value, dict):
            self.line(head)
            for key, part in value.items():
                self.aside(column + step)
                self.pair(column + step, key, part, step)
        else:
            self.line(head)
            inner = (
                column + self.rnd.choice((0, step))
                if head.endswith(":") and "- " not in head
                else column + step
            )
            for part in value:
                self.aside(inner)
                self.item(inner, part, step)

    def item(self, column: int, value: Any, step: int) -> None:
        if isinstance(value, dict) and value and self.rnd.random() < 0.5:
            head = " " * column + "- "
            for key, part in value.items():
                self.tail(column + 2, head + block_scalar(key) + ":", part, step)
                head = " " * (column + 2)
        elif isinstance(value, dict | list):
            self.braces(column, " " * column + "-", value)
        else:
            self.scalar(column, " " * column + "-", value)

    def scalar(self, column: int, head: str, value: Any) -> None:
        if isinstance(value, str) and value == "two\nlines" and self.rnd.random() < 0.6:
            self.line(f"{head} |-")
            self.lines.extend(" " * (column + 5) + part for part in value.split("\n"))
        elif isinstance(value, str) and "\n" not in value and self.rnd.random() < 0.2:
            doubled = value.replace("'", "''")
            self.line(f"{head} '{doubled}'")
        else:
            self.line(f"{head} {block_scalar(value)}")

    def braces(self, column: int, head: str, value: Any) -> None:
        if value and self.rnd.random() < 0.3:
            parts = [self.flow(part) for part in self.members(value)]
            opening, closing = "{}" if isinstance(value, dict) else "[]"
            self.line(f"{head} {opening}")
            for number, part in enumerate(parts):
                self.aside(column + 4)
                self.line(" " * (column + 4) + part + ("," if number < len(parts) - 1 else ""))
            self.aside(column + 4)
            self.line(" " * (column + 2) + closing)
            return
        self.line(f"{head} {self.flow(value)}")

    def members(self, value: Any) -> list[Any]:
        return (
            [(key, part) for key, part in value.items()] if isinstance(value, dict) else list(value)
        )

    def flow(self, value: Any) -> str:
        if isinstance(value, tuple):
            return f"{flow_scalar(value[0])}: {self.flow(value[1])}"
        if isinstance(value, dict):
            return "{" + ", ".join(self.flow(part) for part in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.flow(part) for part in value) + "]"
        return flow_scalar(value)
