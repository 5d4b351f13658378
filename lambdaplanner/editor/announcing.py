"""Telling subscribers without Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Announcer:
    """A list of functions to call; `subscribe` gives the function that ends it."""

    def __init__(self) -> None:
        self._subscribers: list[Callable[..., Any]] = []

    def subscribe(self, subscriber: Callable[..., Any]) -> Callable[[], None]:
        """Calls `subscriber` at each announcement, in the order in which they subscribed."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    def announce(self, *values: Any) -> None:
        """Tells every subscriber."""
        for subscriber in tuple(self._subscribers):
            subscriber(*values)
