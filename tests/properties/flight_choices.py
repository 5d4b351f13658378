"""Running something for every way in which its open choices can fall."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


class Impossible(Exception):  # it ends one run, nobody sees it
    """A choice had nothing to choose from: this run does not count."""


class Choices:
    """One run's choices: those of a script first, then the first option of each."""

    def __init__(self, script: list[int]) -> None:
        self.taken: list[tuple[int, int]] = []
        self._script = script

    def among(self, options: Sequence[T]) -> T:
        """One of the options. Raises Impossible where there is none."""
        if not options:
            raise Impossible
        place = len(self.taken)
        chosen = self._script[place] if place < len(self._script) else 0
        self.taken.append((chosen, len(options)))
        return options[chosen]


def outcomes(run: Callable[[Choices], bool]) -> set[bool]:
    """What can come out; stops as soon as both can."""
    seen: set[bool] = set()
    script: list[int] = []
    while len(seen) < 2:
        choices = Choices(script)
        with suppress(Impossible):
            seen.add(run(choices))
        taken = list(choices.taken)
        while taken and taken[-1][0] + 1 == taken[-1][1]:
            taken.pop()
        if not taken:
            break
        script = [chosen for chosen, _ in taken]
        script[-1] += 1
    return seen
