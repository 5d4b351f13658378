"""What somebody meant who wrote something else: the one near miss for the whole program."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST_NAME = 100
"""Characters; what is longer was not meant as a name, and comparing it takes its time."""


def nearest(text: str, options: Iterable[str]) -> str | None:
    """The option that is nearest to a text, upper and lower case alike; at most a third of the word
    away, None where none is.
    """
    if len(text) > LONGEST_NAME:
        return None
    meant = text.casefold()
    best: tuple[int, str] | None = None
    for option in options:
        known = option.casefold()
        most = max(len(meant), len(known)) // 3 if best is None else best[0] - 1
        most = min(most, max(len(meant), len(known)) // 3)
        found = _distance(meant, known, most)
        if found is not None:
            best = (found, option)
            if found == 0:
                break
    return None if best is None else best[1]


def suggestion(text: str, options: Iterable[str]) -> str:
    """`; did you mean "x"?` where one of the options is near, else nothing."""
    near = nearest(text, options)
    return f'; did you mean "{near}"?' if near else ""


def _distance(one: str, other: str, most: int) -> int | None:
    """How many letters have to be put in, taken out, changed or swapped with their neighbour; None
    where these are more than `most`.
    """
    if most < 0 or abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, known in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != known))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == known:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None
