"""Results that remember what was looked at for them, so that an edit of something else leaves them
as they are.

What a result read is told in two ways: by name, of the route tables and security groups that it
depends on with all that they hold, and by look, of single facts: what a table says of some
addresses, whether two VPCs are peered. After an edit of what they come from, looks are taken again,
and where they say the same, so does the result. What else answers depend on is not followed, and an
edit of that drops everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

V = TypeVar("V")

MOST_KEPT = 100_000


class Look(Protocol):
    """One fact that was looked at: equal where the same is asked of the same."""

    @property
    def source(self) -> str:
        """What it comes from: the id of a thing, or one of the words of `staleness`."""

    def __hash__(self) -> int: ...


Tell = Callable[[Any], object]
"""What a look says of one state of a plan."""


class Kept(NamedTuple):
    """A result, and what was read for it."""

    value: Any
    reads: frozenset[str]
    """What was read whole, by name."""
    looks: frozenset[Look] = frozenset()
    sources: frozenset[str] = frozenset()
    """What both come from."""


class _Shared(NamedTuple):
    """What states that come from one another have in common."""

    results: dict[Any, Kept]
    """What was found out in any of these states, and holds in the first."""
    tell: Tell
    """What looks say of the first."""


class Readings:
    """The results of one state of a plan, by key. States that differ from one another in a few
    things share those for which nothing was read that differs, whichever of them found them out.
    """

    def __init__(self, tell: Tell, shared: _Shared | None = None) -> None:
        self._tell = tell
        self._alone = False
        """Whether things are here that are not in the first: others may have such of the same
        name, and no result that may be about them is shared.
        """
        self._shared = _Shared({}, tell) if shared is None else shared
        self._changed: frozenset[str] = frozenset()
        """What is another than in the first state, by name."""
        self._same: dict[Look, bool] = {}
        """Whether looks at that say the same as in the first, as far as somebody asked."""
        self._own: dict[Any, Kept] = {}
        """What holds here, and may not hold in the first."""
        self._open: list[tuple[set[str], set[Look]]] = []

    def note(self, names: Iterable[str]) -> None:
        """Says that all of these was looked at for whatever is being found out."""
        if self._open:
            self._open[-1][0].update(names)

    def saw(self, look: Look) -> None:
        """The same of a single fact."""
        if self._open:
            self._open[-1][1].add(look)

    def _note(self, found: Kept) -> None:
        if self._open:
            names, looks = self._open[-1]
            names.update(found.reads)
            looks.update(found.looks)

    def recall(self, key: Any) -> Kept | None:
        """What is kept under a key; what was read for it counts as read again."""
        found = self._own.get(key)
        if found is None:
            found = self._shared.results.get(key)
            if found is None:
                return None
            if not found.sources.isdisjoint(self._changed) and not self._holds_in_both(found):
                return None
        if self._open:
            self._note(found)
        return found

    def keep(self, key: Any, result: Kept) -> None:
        """Keeps a result under a key."""
        shared = not self._alone and self._holds_in_both(result)
        into = self._shared.results if shared else self._own
        if len(into) >= MOST_KEPT:
            into.clear()
        into[key] = result

    def _holds_in_both(self, found: Kept) -> bool:
        """Whether a result holds in the first state as well as here, if it does in one of them."""
        changed, same = self._changed, self._same
        if not found.reads.isdisjoint(changed):
            return False
        for look in found.looks:
            if look.source in changed:
                known = same.get(look)
                if known is None:
                    known = same[look] = self._tell(look) == self._shared.tell(look)
                if not known:
                    return False
        return True

    def recorded(self, make: Callable[[], Any]) -> Kept:
        """Finds something out, with all that is read for it."""
        self._open.append((set(), set()))
        try:
            value = make()
        finally:
            names, looks = self._open.pop()
            if self._open:
                self._note(Kept(None, frozenset(names), frozenset(looks)))
        return _kept(value, frozenset(names), frozenset(looks))

    def aside(self, make: Callable[[], V]) -> V:
        """Finds something out that whoever uses it has not read by that."""
        self._open.append((set(), set()))
        try:
            return make()
        finally:
            self._open.pop()

    def of(
        self,
        key: Any,
        make: Callable[[], V],
        told: frozenset[str] = frozenset(),
        asked: Iterable[str] | None = None,
    ) -> V:
        """What is kept under a key, found out now where nothing is. `told` are the things whose
        contents the key tells: an edit of them leaves the result as it is. Whoever uses it has read
        them to make the key, or as many as `asked` names.
        """
        found = self.recall(key)
        if found is None:
            found = self.recorded(make)
            if told and not told.isdisjoint(found.reads):
                found = _kept(found.value, found.reads - told, found.looks)
            self.keep(key, found)
        if told:
            self.note(told if asked is None else asked)
        value: V = found.value
        return value

    def without(self, changed: frozenset[str], tell: Tell, *, alone: bool = False) -> Readings:
        """The results that hold after a change of these, where looks say what `tell` tells;
        `alone` where it adds what results have no name for.
        """
        same: dict[Look, bool] = {}

        def says_the_same(look: Look) -> bool:
            if look.source not in changed:
                return True
            if look not in same:
                same[look] = self._tell(look) == tell(look)
            return same[look]

        others = Readings(tell, self._shared)
        others._changed = self._changed | changed
        others._alone = self._alone or alone
        others._own = {
            key: found
            for key, found in self._own.items()
            if found.sources.isdisjoint(changed)
            or (found.reads.isdisjoint(changed) and all(map(says_the_same, found.looks)))
        }
        return others


def _kept(value: Any, names: frozenset[str], looks: frozenset[Look]) -> Kept:
    return Kept(value, names, looks, names.union([look.source for look in looks]))


class ReadBy(Generic[V]):
    """Rows by what was read for each."""

    def __init__(self, rows: Iterable[tuple[V, frozenset[str] | None]]) -> None:
        """None where that is not known."""
        self._always: list[V] = []
        self._by_source: dict[str, list[V]] = {}
        self._places: dict[V, int] = {}
        for row, sources in rows:
            self._places.setdefault(row, len(self._places))
            if sources is None:
                self._always.append(row)
            for name in sources or ():
                self._by_source.setdefault(name, []).append(row)

    def of(self, changed: Iterable[str]) -> list[V]:
        """Those for which any of these was read, in their order; those of which that is not
        known.
        """
        found = set(self._always)
        for name in changed:
            found.update(self._by_source.get(name, ()))
        return sorted(found, key=self._places.__getitem__)
