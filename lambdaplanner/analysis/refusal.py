"""One row of what AWS refuses to build: what is refused and why, and what of the plan it takes
away.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

PUBLIC = ":public"
"""Beside a workload's id: its public address."""

IPV6 = ":ipv6"
"""Beside a subnet's id: its IPv6 addresses."""

ROOM = ":room"
"""Beside a subnet's id: an address for an interface."""

ROOM_FOR_LAMBDA = ":room-for-lambda"
"""Beside a subnet's id: an address for one more interface, which Lambda makes."""

Part = tuple[str, ...]
"""What a path may need: a thing by its id; a thing's interface in a subnet, or the table, ACL or
group that it has, by both ids; an address of it, by the words above.
"""


class Refusal(NamedTuple):
    """One thing that AWS refuses: an error among the findings, an obstacle on every path that
    needs a part of it.
    """

    check: str
    """The id of the finding."""
    at: str
    """The thing that decides."""
    code: str
    """Of the obstacle (aws.md 9.2)."""
    about: tuple[str, ...]
    message: str
    fix: str
    takes: tuple[Part, ...] = ()
    """What no path may lean on; empty where routes or addresses are left out of the reckoning."""
    part: str = ""
    """What of the first thing: the destination of a route."""


class Refusals:
    """All that AWS refuses of one state of a plan."""

    def __init__(self, rows: Iterable[Refusal]) -> None:
        self._by_check: dict[str, list[Refusal]] = {}
        self._by_part: dict[Part, list[Refusal]] = {}
        for row in rows:
            self._by_check.setdefault(row.check, []).append(row)
            for part in dict.fromkeys(row.takes):
                self._by_part.setdefault(part, []).append(row)
        self._named = {name for part in self._by_part for name in part}

    def __bool__(self) -> bool:
        """Whether any part of the plan is taken away."""
        return bool(self._by_part)

    def of(self, check: str) -> list[Refusal]:
        """The rows that are one check's findings."""
        return self._by_check.get(check, [])

    def against(self, *parts: Part) -> list[Refusal]:
        """The rows that take any of these parts away, each once."""
        if not self._by_part:
            return []
        rows = (row for part in parts for row in self._by_part.get(part, ()))
        return list(dict.fromkeys(rows))

    def takes(self, *part: str) -> bool:
        """Whether any row takes a part away."""
        return part in self._by_part

    def take_as_much(self, others: Refusals) -> bool:
        """Whether the rows take the same away as others do, for the same reasons."""
        return self._by_part == others._by_part

    def touches(self, name: str) -> bool:
        """Whether any row takes away a thing, or a part that lies in it."""
        return name in self._named
