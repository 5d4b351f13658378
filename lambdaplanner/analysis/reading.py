"""Results that remember which route tables and security groups were looked at for them, so that an
edit of other tables and groups leaves them as they are.

Only the contents of those two kinds are followed: what else an answer depends on (which things
there are, where they stand, what names what) is not, and an edit of that drops everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

V = TypeVar("V")

MOST_KEPT = 100_000


class Kept(NamedTuple):
    """A result, and the ids of the tables and groups that were read for it."""

    value: Any
    reads: frozenset[str]


class Readings:
    """The results of one state of a plan, by key. States that differ from one another in the
    contents of a few tables and groups share those for which none of these was read, whichever of
    them found them out.
    """

    def __init__(self, shared: dict[Any, Kept] | None = None) -> None:
        self._shared: dict[Any, Kept] = {} if shared is None else shared
        """What was found out in any of these states, and holds in the first."""
        self._changed: frozenset[str] = frozenset()
        """The tables and groups that are others than in the first."""
        self._own: dict[Any, Kept] = {}
        """What holds here, and may not hold in the first."""
        self._open: list[set[str]] = []

    def note(self, names: Iterable[str]) -> None:
        """Says that these tables or groups were looked at for whatever is being found out."""
        if self._open:
            self._open[-1].update(names)

    def recall(self, key: Any) -> Kept | None:
        """What is kept under a key; what was read for it counts as read again."""
        found = self._own.get(key)
        if found is None:
            found = self._shared.get(key)
            if found is not None and not found.reads.isdisjoint(self._changed):
                return None
        if found is not None:
            self.note(found.reads)
        return found

    def keep(self, key: Any, result: Kept) -> None:
        """Keeps a result under a key."""
        into = self._shared if result.reads.isdisjoint(self._changed) else self._own
        if len(into) >= MOST_KEPT:
            into.clear()
        into[key] = result

    def recorded(self, make: Callable[[], Any]) -> Kept:
        """Finds something out, with all that is read for it."""
        self._open.append(set())
        try:
            value = make()
        finally:
            reads = self._open.pop()
            self.note(reads)
        return Kept(value, frozenset(reads))

    def aside(self, make: Callable[[], V]) -> V:
        """Finds something out that whoever uses it has not read by that."""
        self._open.append(set())
        try:
            return make()
        finally:
            self._open.pop()

    def of(self, key: Any, make: Callable[[], V], told: frozenset[str] = frozenset()) -> V:
        """What is kept under a key, found out now where nothing is. `told` are the tables and
        groups whose contents the key tells: an edit of them leaves the result as it is.
        """
        found = self.recall(key)
        if found is None:
            found = self.recorded(make)
            found = found._replace(reads=found.reads - told)
            self.keep(key, found)
        self.note(told)
        value: V = found.value
        return value

    def without(self, changed: frozenset[str]) -> Readings:
        """The results for which none of these was read."""
        others = Readings(self._shared)
        others._changed = self._changed | changed
        others._own = {
            key: found for key, found in self._own.items() if found.reads.isdisjoint(changed)
        }
        return others
