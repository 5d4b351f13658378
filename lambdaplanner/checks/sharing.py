"""Findings that many things share: one for the cause, not one for each thing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from lambdaplanner.checks.registry import Draft

FEW = 3
"""So many are told one by one: each is a line that somebody reads."""
_NAMED = 3
_MARKS = "\"'.,;:()"

C = TypeVar("C", bound=Hashable)
T = TypeVar("T")


def shared(found: Iterable[tuple[C, str]], say: Callable[[C, list[str]], Draft]) -> Iterator[Draft]:
    """What `say` says of things, given as (cause, thing): of one at a time, and of all together
    where more than a few have one cause.
    """
    together: dict[C, list[tuple[str, None]]] = {}
    for cause, name in found:
        together.setdefault(cause, []).append((name, None))
    for cause, rows in together.items():
        yield from _told(rows, partial(_about, say, cause))


def _about(
    say: Callable[[C, list[str]], Draft], cause: C, rows: Sequence[tuple[str, None]]
) -> Draft:
    return say(cause, list(dict.fromkeys(name for name, _ in rows)))


def grouped(drafts: Sequence[Draft]) -> list[Draft]:
    """What a check says, with the same sentence about more than a few things said once."""
    if len(drafts) <= FEW:
        return list(drafts)
    together: dict[Hashable, list[tuple[str, Draft]]] = {}
    for place, draft in enumerate(drafts):
        name = _subject(draft)
        alone = bool(draft.members) or not name
        together.setdefault(place if alone else _said(draft, name), []).append((name, draft))
    return [draft for rows in together.values() for draft in _told(rows, _likewise)]


def _told(
    rows: Sequence[tuple[str, T]], say: Callable[[Sequence[tuple[str, T]]], Draft]
) -> Iterator[Draft]:
    """What is said of things, one at a time or together, as (thing, what is known of it)."""
    names = tuple(dict.fromkeys(name for name, _ in rows))
    if len(names) <= FEW:
        yield from (say([row]) for row in rows)
        return

    def apart(wanted: Collection[str]) -> Iterator[Draft]:
        return _told([row for row in rows if row[0] in wanted], say)

    yield replace(say(rows), members=names, apart=apart)


def _subject(draft: Draft) -> str:
    return draft.subject or next(iter(draft.about), "")


def _said(draft: Draft, name: str) -> Hashable:
    """The sentence without the thing that it is about."""
    blank = partial(_without, name)
    return blank(draft.message), blank(draft.fix), draft.severity, draft.part


def _without(name: str, text: str) -> str:
    return " ".join("" if word.strip(_MARKS) == name else word for word in text.split(" "))


def _likewise(rows: Sequence[tuple[str, Draft]]) -> Draft:
    """The first one's sentence, and what it is also true of."""
    (name, first), *others = rows
    if not others:
        return first
    names = tuple(dict.fromkeys(name for name, _ in rows))
    about = [names if one == name else (one,) for one in first.about]
    of_one = _without(name, first.fix) != first.fix  # else it says what to do, wherever
    return replace(
        first,
        about=tuple(dict.fromkeys(one for part in about for one in part)),
        message=f"{first.message} The same is true of {listed(names[1:])}.",
        fix=f"{first.fix} Do the same for the others." if of_one else first.fix,
    )


def named(names: Sequence[str], one: str = "Function", more: str = "Functions") -> str:
    """Things as a sentence begins with them: the first ones by name, the others counted."""
    return f"{one if len(names) == 1 else more} {listed(names)}"


def quoted(names: Iterable[str]) -> str:
    """All of a few things by name."""
    return ", ".join(f'"{name}"' for name in names)


def listed(names: Sequence[str]) -> str:
    """The first few things by name, the others counted."""
    known = [f'"{name}"' for name in names]
    shown = known[:_NAMED] if len(known) > _NAMED + 1 else known
    rest = len(known) - len(shown)
    *others, last = [*shown, f"{rest} more"] if rest else shown
    return f"{', '.join(others)} and {last}" if others else last
