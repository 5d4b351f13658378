"""An edit as a value: what was, and what is now.

A `ChangeSet` is the undo entry, the event to the canvas, what invalidates analysis, and the oracle
of tests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

Facet = Literal[
    "resource",
    "order",
    "placement",
    "bends",
    "info",
    "expectations",
    "acknowledged",
    "unknown",
    "observed",
]


class Key(NamedTuple):
    """What a change is about: a facet of a plan, and the id where the facet has one for
    each thing.
    """

    facet: Facet
    id: str = ""


INFO = Key("info")
EXPECTATIONS = Key("expectations")
ACKNOWLEDGED = Key("acknowledged")
UNKNOWN = Key("unknown")
OBSERVED = Key("observed")
REMARKS = frozenset({"placement", "bends", "acknowledged", "observed"})
"""Facets on which no answer depends."""


class Change(NamedTuple):
    """The value before and after; None where there is none."""

    old: Any
    new: Any


class ChangeSet:
    """Changes by key; never holds one that changes nothing."""

    __slots__ = ("_changes",)

    def __init__(self, changes: Mapping[Key, Change] | None = None) -> None:
        self._changes: dict[Key, Change] = {
            key: change for key, change in (changes or {}).items() if change.old != change.new
        }

    def __bool__(self) -> bool:
        return bool(self._changes)

    def __len__(self) -> int:
        return len(self._changes)

    def __iter__(self) -> Iterator[Key]:
        return iter(self._changes)

    def __contains__(self, key: Key) -> bool:
        return key in self._changes

    def __getitem__(self, key: Key) -> Change:
        return self._changes[key]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ChangeSet) and self._changes == other._changes

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"ChangeSet({self._changes!r})"

    def items(self) -> Iterator[tuple[Key, Change]]:
        """Every key with its change."""
        return iter(self._changes.items())

    def inverse(self) -> ChangeSet:
        """What takes it back."""
        return ChangeSet(
            {key: Change(new, old) for key, (old, new) in reversed(self._changes.items())}
        )

    def then(self, later: ChangeSet) -> ChangeSet:
        """Both as one; what returns to its start disappears."""
        merged = dict(self._changes)
        for key, change in later.items():
            first = merged.get(key)
            merged[key] = change if first is None else Change(first.old, change.new)
        return ChangeSet(merged)

    def ids(self, facet: Facet) -> list[str]:
        """The ids whose facet changes."""
        return [key.id for key in self._changes if key.facet == facet]

    @property
    def renamed(self) -> dict[str, str]:
        """New ids by the old ones: a thing keeps its order number when it is called otherwise."""
        gone: dict[int, str] = {}
        come: dict[int, str] = {}
        for key, (old, new) in self._changes.items():
            if key.facet == "order" and new is None:
                gone[old] = key.id
            elif key.facet == "order" and old is None:
                come[new] = key.id
        return {name: come[number] for number, name in gone.items() if number in come}

    @property
    def topological(self) -> bool:
        """Whether anything changes that an answer could depend on (not only where boxes stand)."""
        return any(key.facet not in REMARKS for key in self._changes)
