"""What the canvas is measured against: the same calls to QPainter, all else done before."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from PySide6.QtGui import QPainter

Call = tuple[Callable[..., object], tuple[Any, ...]]


class Recorder:
    """Stands in for a QPainter, passes every call on and remembers it."""

    def __init__(self, painter: QPainter) -> None:
        self._painter = painter
        self.calls: list[Call] = []

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._painter, name)
        if name in ("deviceTransform", "worldTransform"):
            return method

        def call(*arguments: Any) -> object:
            self.calls.append((method, arguments))
            return method(*arguments)

        return call


def replay(calls: list[Call]) -> None:
    """Makes the calls again."""
    for method, arguments in calls:
        method(*arguments)


def interleaved(
    first: Callable[[], object], second: Callable[[], object], rounds: int = 31
) -> tuple[float, float]:
    """The medians in milliseconds of two actions taken by turns, since machines drift."""
    times: tuple[list[float], list[float]] = ([], [])
    for action in (first, second):
        action()
    for _ in range(rounds):
        for action, kept in zip((first, second), times, strict=True):
            start = time.perf_counter()
            action()
            kept.append((time.perf_counter() - start) * 1000)
    return median(times[0]), median(times[1])
