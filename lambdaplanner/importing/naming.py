"""Ids of imported things: readable, unique in the plan, the same whatever order the files had."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from lambdaplanner.model.fields import ID_PATTERN, RESERVED_IDS

_LONGEST = 64
_OTHER = re.compile(r"[^A-Za-z0-9._-]+")
_DASHES = re.compile(r"-{2,}")
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a thing would like to be called, and what tells it from others of that name."""

    key: str
    """Its first origin: different for all."""
    names: tuple[str, ...]
    zone: str = ""
    vpc: str = ""
    """The name of its VPC."""

    @property
    def shown(self) -> str:
        """The name as its source has it, the first that gives an id."""
        return next((name for name in (*self.names, self.key) if cleaned(name)), self.key)

    @property
    def base(self) -> str:
        """The id that it gets where nothing else wants that."""
        return cleaned(self.shown) or "thing"


def cleaned(name: str) -> str:
    """The part of a name behind its last slash, in the letters that ids have; may be empty."""
    last = name.rstrip("/ ").rpartition("/")[2] or name
    text = _DASHES.sub("-", _OTHER.sub("-", last)).strip("-._")[:_LONGEST].strip("-._")
    return text if ID_PATTERN.fullmatch(text) else ""


def natural(text: str) -> list[tuple[int, int, str]]:
    """A key to sort by: numbers in names count as numbers."""
    parts = _DIGITS.split(text)
    return [
        (1, int(part), part) if part.isascii() and part.isdigit() else (0, 0, part)
        for part in parts
    ]


def chosen_ids(wishes: Iterable[Wish], taken: Collection[str] = ()) -> dict[str, str]:
    """The id of each wish, by its key; none of `taken`, none reserved, none twice.

    All that want the same id get a tail, the shortest that separates them.
    """
    groups: dict[str, list[Wish]] = defaultdict(list)
    for wish in wishes:
        groups[wish.base].append(wish)
    used = {*taken, *RESERVED_IDS}
    ids: dict[str, str] = {}
    for base, group in groups.items():
        if len(group) == 1 and base not in used:
            ids[group[0].key] = base
    used.update(ids.values())
    for base in sorted(groups):
        group = [wish for wish in groups[base] if wish.key not in ids]
        found = _separated(base, sorted(group, key=lambda wish: wish.key), used)
        ids.update(found)
        used.update(found.values())
    return ids


def _separated(base: str, group: list[Wish], used: Collection[str]) -> dict[str, str]:
    for tails in _tails(group):
        names = [_joined(base, tail) if tail else "" for tail in tails]
        if all(names) and len(set(names)) == len(names) and not set(names) & set(used):
            return dict(zip((wish.key for wish in group), names, strict=True))
    found: dict[str, str] = {}
    number = 2
    for wish in group:
        while (name := _joined(base, str(number))) in used or name in found.values():
            number += 1
        found[wish.key] = name
    return found


def _tails(group: list[Wish]) -> Iterator[list[str]]:
    yield [wish.zone[-1:] if wish.zone[-1:].isalpha() else cleaned(wish.zone) for wish in group]
    yield [cleaned(wish.vpc) for wish in group]
    yield [cleaned(wish.key)[-6:].strip("-._") for wish in group]
    yield [cleaned(wish.key.replace("/", "-")) for wish in group]


def _joined(base: str, tail: str) -> str:
    return f"{base[: _LONGEST - len(tail) - 1]}-{tail}"[:_LONGEST]
