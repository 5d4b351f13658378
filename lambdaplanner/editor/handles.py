"""Grips and starts of lines around a box: where they are and which one a point hits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lambdaplanner.diagram.items import Box, Rect
from lambdaplanner.editor.pointer import Handle

SIZE = 8.0
"""Side of a grip, in pixels at any zoom."""
_CATCH = 7.0
_PORT_OUT = 12.0
"""How far outside of a box its ports stand, in pixels."""
_LEAST_WITH_PORTS = 20.0
_LEAST_WITH_GRIPS = 4 * SIZE
"""Shorter sides, in pixels, below which a box is too small to be clicked beside its handles."""

_RESIZE: tuple[tuple[Handle, float, float], ...] = (
    ("nw", 0, 0), ("n", 0.5, 0), ("ne", 1, 0), ("e", 1, 0.5),
    ("se", 1, 1), ("s", 0.5, 1), ("sw", 0, 1), ("w", 0, 0.5),
)  # fmt: skip
_PORTS: tuple[tuple[Handle, float, float, int, int], ...] = (
    ("port-n", 0.5, 0, 0, -1), ("port-e", 1, 0.5, 1, 0),
    ("port-s", 0.5, 1, 0, 1), ("port-w", 0, 0.5, -1, 0),
)  # fmt: skip


def resizable(box: Box) -> bool:
    """Whether a box may have another size: containers and notes of the user's own."""
    return box.shape != "leaf" and not box.managed and not box.locked


def grips(rect: Rect, zoom: float) -> Iterator[tuple[Handle, float, float]]:
    """The eight grips to resize, centres in scene units; none where they would not fit."""
    if min(rect.width, rect.height) * zoom < _LEAST_WITH_GRIPS:
        return
    for name, x, y in _RESIZE:
        yield name, *_at(rect, x, y)


def ports(rect: Rect, zoom: float) -> Iterator[tuple[Handle, float, float]]:
    """The four starts of a line, a little outside the box; none where they would not fit."""
    if min(rect.width, rect.height) * zoom < _LEAST_WITH_PORTS:
        return
    out = _PORT_OUT / zoom
    for name, x, y, dx, dy in _PORTS:
        left, top = _at(rect, x, y)
        yield name, left + dx * out, top + dy * out


def hit(
    points: Iterable[tuple[Handle, float, float]], x: float, y: float, zoom: float
) -> Handle | None:
    """The grip nearest to a point, None beyond some pixels."""
    best, nearest = None, _CATCH / zoom
    for name, at_x, at_y in points:
        distance = max(abs(at_x - x), abs(at_y - y))
        if distance <= nearest:
            best, nearest = name, distance
    return best


def _at(rect: Rect, x: float, y: float) -> tuple[float, float]:
    return rect.x + rect.width * x, rect.y + rect.height * y
