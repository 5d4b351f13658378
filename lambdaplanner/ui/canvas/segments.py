"""The parts of an orthogonal line in whole pixels: bars and corners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect

Part = tuple[int, int, int, int]
"""A straight piece from its first point to its second."""


class Corner(NamedTuple):
    """A turn: its point, how far its curve reaches, and the unit steps into and out of it."""

    x: int
    y: int
    size: int
    into: tuple[int, int]
    out: tuple[int, int]


def split(points: Sequence[tuple[int, int]], radius: int) -> tuple[list[Part], list[Corner]]:
    """Straight parts between the corners, and where each corner's sprite goes."""
    parts: list[Part] = []
    corners: list[Corner] = []
    if len(points) < 2:
        return parts, corners
    x, y = points[0]
    for index in range(1, len(points)):
        ex, ey = points[index]
        if index + 1 < len(points) and radius > 1:
            nx, ny = points[index + 1]
            into = (sign(ex - x), sign(ey - y))
            out = (sign(nx - ex), sign(ny - ey))
            size = min(radius, abs(ex - x) + abs(ey - y), (abs(nx - ex) + abs(ny - ey)) // 2)
            if size > 1 and bool(into[0]) != bool(into[1]) and _turns(into, out):
                parts.append((x, y, ex - into[0] * size, ey - into[1] * size))
                corners.append(Corner(ex, ey, size, into, out))
                x, y = ex + out[0] * size, ey + out[1] * size
                continue
        parts.append((x, y, ex, ey))
        x, y = ex, ey
    return parts, corners


def _turns(into: tuple[int, int], out: tuple[int, int]) -> bool:
    return bool(into[0]) != bool(out[0]) and bool(into[1]) != bool(out[1]) and 0 in out


def bars(
    parts: Sequence[Part], width: int, dash: tuple[int, ...], area: QRect | None = None
) -> list[QRect]:
    """The rectangles of parts `width` pixels wide, cut into dashes (on, off ...) where given; of
    the dashes only those that `area` shows.
    """
    rects: list[QRect] = []
    half = width // 2
    for x1, y1, x2, y2 in parts:
        if x1 != x2 and y1 != y2:
            x2 = x1
        if dash:
            _cut((x1, y1, x2, y2), width, dash, area, rects)
        else:
            rects.append(_bar(x1, y1, x2, y2, width, half))
    return rects


def _cut(
    part: Part, width: int, dash: tuple[int, ...], area: QRect | None, rects: list[QRect]
) -> None:
    """The dashes of a part: a line across a large plan has a hundred thousand, a window some."""
    x1, y1, x2, y2 = part
    half = width // 2
    step = (sign(x2 - x1), sign(y2 - y1))
    length = abs(x2 - x1) + abs(y2 - y1)
    first, last = _shown(part, length, width, area)
    # A pattern of an odd number of strokes comes round only after twice its length.
    period = sum(dash) * (1 + len(dash) % 2)
    at, index = first // period * period, 0
    while at < last:
        end = min(at + dash[index % len(dash)], length)
        if index % 2 == 0 and end >= first:
            ends = (x1 + step[0] * at, y1 + step[1] * at, x1 + step[0] * end, y1 + step[1] * end)
            rects.append(_bar(*ends, width, half))
        at, index = end, index + 1


def _shown(part: Part, length: int, width: int, area: QRect | None) -> tuple[int, int]:
    """From where to where along a part an area shows it; an empty stretch where it does not."""
    if area is None:
        return 0, length
    x1, y1, x2, y2 = part
    if y1 == y2:
        across, sides = y1, (area.top(), area.bottom())
        low, high = area.left(), area.right()
        start, forward = x1, x2 >= x1
    else:
        across, sides = x1, (area.left(), area.right())
        low, high = area.top(), area.bottom()
        start, forward = y1, y2 >= y1
    if not sides[0] - width <= across <= sides[1] + width:
        return 0, 0
    first, last = (low - start, high - start) if forward else (start - high, start - low)
    return max(0, first), min(length, last + 1)


def _bar(x1: int, y1: int, x2: int, y2: int, width: int, half: int) -> QRect:
    if y1 == y2:
        return QRect(min(x1, x2), y1 - half, abs(x2 - x1), width)
    return QRect(x1 - half, min(y1, y2), width, abs(y2 - y1))


def sign(number: int) -> int:
    """-1, 0 or 1."""
    return (number > 0) - (number < 0)
