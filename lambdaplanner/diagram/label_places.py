"""Where the labels of lines lie: on a stretch that is long enough, where they cover nothing, else
beside the line; a label that would cover a card or another label is not shown.

Labels are placed one after the other, in the order of the lines, so that each depends on those
before it alone. Lines with the same label that reach the same place wear it once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from lambdaplanner.diagram.items import Point, Rect
from lambdaplanner.diagram.strands import Bundle
from lambdaplanner.diagram.text_widths import HEIGHT, PADDING, ROOM, label_width
from lambdaplanner.diagram.ways import Points

_CLEAR = 3.0
_AROUND = 4.0
"""How much of its stretch must show at both ends of a label."""
_PARTS = (1 / 2, 1 / 3, 2 / 3, 1 / 5, 4 / 5)
_NEVER = 1_000.0
_ON_TITLE = 300.0
_ON_LINE = 40.0
_ASIDE = 24.0
_TIGHT = 30.0
"""What it costs to touch a card without covering it."""
_RANK = 4.0
_OFF_MIDDLE = 3.0
_MANY = 48
"""From so many disturbed areas on, every label is looked at again."""
_CELL = 128.0
_LANE = 32.0


class Labelled(NamedTuple):
    """A line with a label: what it says, where the line runs, and the lines that it runs with."""

    text: str
    points: Points
    bundle: Bundle


Crowd = Callable[[Rect], float]
"""What it costs to cover an area with a label, lines and other labels apart."""


class LabelPlaces:
    """Where every label lies. Says the same however it learnt of the lines."""

    def __init__(self) -> None:
        self.rects: dict[str, Rect] = {}
        """By line; a line that is not in it shows no label."""
        self._zones: dict[str, Rect] = {}
        self._parts = _Parts()

    def update(
        self,
        labelled: Mapping[str, Labelled],
        gone: Iterable[str],
        ways: Mapping[str, Points],
        disturbed: Iterable[Rect],
        crowd: Crowd,
    ) -> set[str]:
        """Places the labels of all lines in `labelled`, which are in order. `ways` are the lines
        that run elsewhere now, `disturbed` the areas where boxes came, went or moved; gives the
        lines whose labels did.
        """
        areas = [*disturbed, *self._parts.replace(gone, ways)]
        everywhere = len(areas) > _MANY
        moved: set[str] = {name for name in self.rects if name not in labelled}
        for name in moved:
            areas.append(self.rects.pop(name))
            self._zones.pop(name, None)
        leaders = _leaders(labelled)
        placed = _Placed()
        for name, line in labelled.items():
            old = self.rects.get(name)
            if leaders[name] != name:
                new = None
            else:
                zone = _zone(line)
                known = self._zones.get(name) == zone
                if known and not everywhere and not any(_touching(zone, a) for a in areas):
                    new = old
                else:
                    new = self._best(name, line, crowd, placed)
                self._zones[name] = zone
            if new != old:
                moved.add(name)
                areas += [rect for rect in (old, new) if rect is not None]
                if new is None:
                    del self.rects[name]
                else:
                    self.rects[name] = new
            if new is not None:
                placed.add(new)
            elif leaders[name] != name:
                self._zones.pop(name, None)
        return moved

    def _best(self, name: str, line: Labelled, crowd: Crowd, placed: _Placed) -> Rect | None:
        best: Rect | None = None
        least = _NEVER
        for rect, price in _candidates(line):
            if price >= least:
                continue
            clear = Rect(
                rect.x - _CLEAR, rect.y - _CLEAR, rect.width + 2 * _CLEAR, rect.height + 2 * _CLEAR
            )
            covered = crowd(clear)
            price += covered if covered < _NEVER else crowd(rect) + _TIGHT
            if price < least and placed.touches(clear):
                price += _NEVER
            if price < least:
                price += _ON_LINE * self._parts.crossing(rect, name)
            if price < least:
                best, least = rect, price
                if not price:
                    break
        return best


def pill(line: Labelled) -> Rect:
    """The label in the middle of the longest stretch: for a line that is on the move."""
    width = _width(line.text)
    one, other = max(pairwise(line.points), key=_length)
    return Rect((one.x + other.x - width) / 2, (one.y + other.y - HEIGHT) / 2, width, HEIGHT)


def _width(text: str) -> float:
    return min(ROOM, label_width(text)) + 2 * PADDING


def _candidates(line: Labelled) -> Iterator[tuple[Rect, float]]:
    """Places for a label and what each costs by itself, nicest first."""
    width = _width(line.text)
    stretches = sorted(pairwise(line.points), key=lambda part: -_length(part))
    for rank, (one, other) in enumerate(stretches):
        level = one.y == other.y
        long_enough = abs(other.x - one.x if level else other.y - one.y) >= (
            (width if level else HEIGHT) + 2 * _AROUND
        )
        for number, part in enumerate(_PARTS):
            x, y = one.x + (other.x - one.x) * part, one.y + (other.y - one.y) * part
            price = _RANK * rank + _OFF_MIDDLE * number
            if long_enough:
                yield _pill(x, y, width), price
            for sign in (-1, 1):
                off = (
                    Point(x, y + sign * (HEIGHT / 2 + 4))
                    if level
                    else Point(x + sign * (width / 2 + 5), y)
                )
                yield _pill(off.x, off.y, width), price + _ASIDE


def _pill(x: float, y: float, width: float) -> Rect:
    return Rect(round(x - width / 2, 2), round(y - HEIGHT / 2, 2), width, HEIGHT)


def _length(part: tuple[Point, Point]) -> float:
    (x1, y1), (x2, y2) = part
    return abs(x2 - x1) + abs(y2 - y1)


def _leaders(labelled: Mapping[str, Labelled]) -> dict[str, str]:
    """Who wears the label of each line: the first of those with the same one that reach the same
    place.
    """
    first: dict[tuple[Bundle, str, Point], str] = {}
    return {
        name: first.setdefault((line.bundle, line.text, line.points[-1]), name)
        for name, line in labelled.items()
    }


def _zone(line: Labelled) -> Rect:
    """All that a label's place depends on."""
    xs, ys = [p[0] for p in line.points], [p[1] for p in line.points]
    wide = _width(line.text) + 2 * HEIGHT
    left, top = min(xs) - wide, min(ys) - 3 * HEIGHT
    return Rect(left, top, max(xs) + wide - left, max(ys) + 3 * HEIGHT - top)


def _touching(one: Rect, other: Rect) -> bool:
    return (
        one.x <= other.x + other.width
        and other.x <= one.x + one.width
        and one.y <= other.y + other.height
        and other.y <= one.y + one.height
    )


class _Placed:
    """Labels that have their place, found by area."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Rect]] = {}

    def add(self, rect: Rect) -> None:
        for cell in _cells(rect):
            self._cells.setdefault(cell, []).append(rect)

    def touches(self, area: Rect) -> bool:
        return any(
            _touching(area, rect) for cell in _cells(area) for rect in self._cells.get(cell, ())
        )


class _Parts:
    """The stretches of all lines, found by area: the level ones by row, the upright by column."""

    def __init__(self) -> None:
        self._lines: dict[str, Points] = {}
        self._rows: dict[int, dict[tuple[str, int], Rect]] = {}
        self._columns: dict[int, dict[tuple[str, int], Rect]] = {}

    def replace(self, gone: Iterable[str], ways: Mapping[str, Points]) -> list[Rect]:
        """Takes lines out and up; gives the areas that this disturbs."""
        areas: list[Rect] = []
        for name in (*gone, *ways):
            before, after = self._lines.pop(name, None), ways.get(name)
            for points in (before, after):
                if points is not None and before != after:
                    areas += _stretches(points)
            if before is not None:
                self._enter(name, before, out=True)
            if after is not None:
                self._lines[name] = after
                self._enter(name, after)
        return areas

    def crossing(self, area: Rect, own: str) -> int:
        """How many foreign lines cross an area."""
        x, y, width, height = area
        found = set()
        for lanes, low, high in (
            (self._rows, y, y + height),
            (self._columns, x, x + width),
        ):
            for lane in range(int(low // _LANE), int(high // _LANE) + 1):
                for key, part in lanes.get(lane, {}).items():
                    if key[0] != own and _touching(area, part):
                        found.add(key[0])
        return len(found)

    def _enter(self, name: str, points: Points, *, out: bool = False) -> None:
        for number, part in enumerate(_stretches(points)):
            x, y, width, _ = part
            lanes, at = (self._rows, y) if width else (self._columns, x)
            if out:
                lanes[int(at // _LANE)].pop((name, number), None)
            else:
                lanes.setdefault(int(at // _LANE), {})[name, number] = part


def _stretches(points: Points) -> list[Rect]:
    return [
        Rect(min(a.x, b.x), min(a.y, b.y), abs(b.x - a.x), abs(b.y - a.y))
        for a, b in pairwise(points)
    ]


def _cells(area: Rect) -> list[tuple[int, int]]:
    x, y, width, height = area
    return [
        (column, row)
        for column in range(int(x // _CELL), int((x + width) // _CELL) + 1)
        for row in range(int(y // _CELL), int((y + height) // _CELL) + 1)
    ]
