"""Commands of fixes that are one step, or the same step for several things."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from lambdaplanner.model.edit import Edit

Command = Callable[[Edit], object]


def updating(*names: str, **values: Any) -> Command:
    """Gives fields of some things new values."""
    return for_each(names, lambda edit, name: edit.update(name, **values))


def for_each(names: Iterable[str], step: Callable[[Edit, str], object]) -> Command:
    """One step for each of some things."""
    things = tuple(names)

    def command(edit: Edit) -> None:
        for name in things:
            step(edit, name)

    return command
