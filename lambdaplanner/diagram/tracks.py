"""Lines that would run on one another get tracks of their own, ordered by where they turn off.

Lines of one style that have an end in common are one bundle and share a track. A track is taken
only where the lines run through nothing more than before, so a channel that is too narrow keeps
some of its lines on one another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from lambdaplanner.diagram.items import Point
from lambdaplanner.diagram.strands import TRACK, Bundle, Channels, Key, Strand, strands_of
from lambdaplanner.diagram.ways import Frame, Points

REACH = 44.0
"""How far a line may be moved to a track."""
_SPACES = (TRACK, 5.0, 4.0)
_SHIFTS = (0.0, *(sign * step for step in (4.0, 8.0, 12.0, 16.0, 24.0, 32.0) for sign in (1, -1)))
_INSET = 8.0
"""How far from the corner of a box a line begins."""


class Run(NamedTuple):
    """A line as it would run alone: its corners, its bundle, and the boxes that it joins."""

    points: Points
    bundle: Bundle
    source: Frame
    target: Frame
    hits: Callable[[Points], int]
    """How much a way of this line would run through."""
    fixed: bool = False
    """A hand led it: others make way."""


class Tracks:
    """The ways of all lines side by side. Says the same however it learnt of them."""

    def __init__(self) -> None:
        self._passes = (_Pass(upright=False), _Pass(upright=True))
        self.ways: dict[str, Points] = {}
        self.crowded: frozenset[str] = frozenset()
        """Of the lines of the last update, those that run beside others."""

    def update(
        self, gone: Iterable[str], changed: Mapping[str, Run], run_of: Callable[[str], Run]
    ) -> set[str]:
        """Takes up lines that are no more, and those that are new or other than before; gives all
        whose ways are to be drawn anew. `run_of` gives a line that did not change.
        """
        runs = dict(changed)

        def run(name: str) -> Run:
            found = runs.get(name)
            if found is None:
                found = runs[name] = run_of(name)
            return found

        for name in gone:
            self.ways.pop(name, None)
        ways: dict[str, Points | None] = dict.fromkeys(gone)
        ways.update((name, one.points) for name, one in changed.items())
        crowded: set[str] = set()
        for turn in self._passes:
            ways, met = turn.update(ways, run)
            crowded |= met
        self.crowded = frozenset(crowded)
        drawn = set()
        for name, points in ways.items():
            if points is not None and self.ways.get(name) != points:
                self.ways[name] = points
                drawn.add(name)
        return drawn | changed.keys()


class _Pass:
    """The strands of one direction, moved to their tracks."""

    def __init__(self, *, upright: bool) -> None:
        self._upright = upright
        self._channels = Channels()
        self._given: dict[str, Points] = {}
        self._moved: dict[str, dict[int, float]] = {}

    def update(
        self, ways: Mapping[str, Points | None], run: Callable[[str], Run]
    ) -> tuple[dict[str, Points | None], set[str]]:
        """The ways of lines that changed and of all whose tracks that changes, None for those that
        are no more; and which of them run beside others.
        """
        seeds: list[Strand] = []
        for name, points in ways.items():
            self._moved.pop(name, None)
            strands: tuple[Strand, ...] = ()
            if points is None:
                self._given.pop(name, None)
            else:
                self._given[name] = points
                bundle = run(name).bundle
                strands = tuple(strands_of(name, points, bundle, upright=self._upright))
            seeds += self._channels.replace(name, strands)
        touched = dict.fromkeys(ways)
        crowded: set[str] = set()
        for channel in self._channels.together(seeds):
            for strand in channel:
                touched[strand.line] = None
                self._moved.get(strand.line, {}).pop(strand.number, None)
            if len({strand.bundle for strand in channel}) > 1:
                crowded.update(strand.line for strand in channel)
                for key, place in self._parted(channel, run).items():
                    self._moved.setdefault(key[0], {})[key[1]] = place
        return {name: self._way(name) for name in touched}, crowded

    def _way(self, name: str) -> Points | None:
        points, moved = self._given.get(name), self._moved.get(name)
        return points if points is None or not moved else _placed(points, moved, self._upright)

    def _parted(self, channel: list[Strand], run: Callable[[str], Run]) -> dict[Key, float]:
        """Where each strand of a channel goes."""
        units = _ordered(_units(channel))
        fits = _Fitting(self._given, run, upright=self._upright)
        for space in _SPACES:
            places = _spread(units, space)
            for shift in _SHIFTS:
                if all(
                    fits.fits(unit, place + shift)
                    for unit, place in zip(units, places, strict=True)
                ):
                    return _named(units, [place + shift for place in places])
        places = _spread(units, _SPACES[0])
        kept = [
            place if fits.fits(unit, place) else unit[0].at
            for unit, place in zip(units, places, strict=True)
        ]
        return _named(units, kept)


_Unit = list[Strand]
"""Strands of one bundle in one place: they stay together."""


def _named(units: list[_Unit], places: list[float]) -> dict[Key, float]:
    return {
        strand.key: place
        for unit, place in zip(units, places, strict=True)
        for strand in unit
        if strand.at != place
    }


def _units(channel: list[Strand]) -> list[_Unit]:
    found: dict[tuple[Bundle, float], _Unit] = {}
    for strand in sorted(channel):
        found.setdefault((strand.bundle, strand.at), []).append(strand)
    return sorted(found.values(), key=lambda unit: (unit[0].at, unit[0].bundle))


def _ordered(units: list[_Unit]) -> list[_Unit]:
    """From lesser to greater places, so that as few lines as possible cross where one turns off."""
    count = len(units)
    wish = [[0.0] * count for _ in units]
    for i in range(count):
        for j in range(i + 1, count):
            wish[i][j] = _preference(units[i], units[j])
            wish[j][i] = -wish[i][j]
    order = sorted(range(count), key=lambda i: (-sum(wish[i]), i))
    for _ in range(count):
        swapped = False
        for place in range(count - 1):
            one, other = order[place], order[place + 1]
            if wish[one][other] < 0:
                order[place], order[place + 1] = other, one
                swapped = True
        if not swapped:
            break
    return [units[i] for i in order]


def _preference(one: _Unit, other: _Unit) -> float:
    """How many crossings are spared where `one` is at the lesser place; negative where it costs."""
    total = 0.0
    for s in one:
        for t in other:
            if min(s.high, t.high) <= max(s.low, t.low):
                continue
            total += _at_end(s.low - t.low, s.low_turn, t.low_turn)
            total += _at_end(t.high - s.high, s.high_turn, t.high_turn)
    if total == 0.0:
        return 0.25 * ((one[0].at < other[0].at) - (other[0].at < one[0].at))
    return total


def _at_end(inner: float, turn: int, other_turn: int) -> float:
    """The same at one end; `inner`: how much sooner `one` turns off there."""
    if inner > 1:
        return float(-turn)
    if inner < -1:
        return float(other_turn)
    return (other_turn - turn) / 2


def _spread(units: list[_Unit], space: float) -> list[float]:
    """Places in that order, at least `space` apart where units run side by side."""
    places: list[float] = []
    for number, unit in enumerate(units):
        place = unit[0].at
        for before in range(number):
            if _meet(units[before], unit):
                apart = 0.0 if units[before][0].bundle == unit[0].bundle else space
                place = max(place, places[before] + apart)
        places.append(place)
    drift = sum(place - unit[0].at for place, unit in zip(places, units, strict=True))
    drift = round(drift / len(units))
    return [place - drift for place in places]


def _meet(one: _Unit, other: _Unit) -> bool:
    return any(min(s.high, t.high) > max(s.low, t.low) for s in one for t in other)


class _Fitting:
    """Tells whether strands may be moved to a place."""

    def __init__(
        self, given: Mapping[str, Points], run: Callable[[str], Run], *, upright: bool
    ) -> None:
        self._given = given
        self._run = run
        self._upright = upright
        self._known: dict[tuple[Key, float], bool] = {}

    def fits(self, unit: _Unit, place: float) -> bool:
        """Whether all of a unit may run at a place."""
        return all(self._fit(strand, place) for strand in unit)

    def _fit(self, strand: Strand, place: float) -> bool:
        if place == strand.at:
            return True
        key = (strand.key, place)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._judged(strand, place)
        return known

    def _judged(self, strand: Strand, place: float) -> bool:
        points, run = self._given[strand.line], self._run(strand.line)
        if run.fixed or abs(place - strand.at) > REACH:
            return False
        last = len(points) - 2
        for box, ends_here in (
            (run.source, strand.number == 0),
            (run.target, strand.number == last),
        ):
            low, high = (box.left, box.right) if self._upright else (box.top, box.bottom)
            if ends_here and not low + _INSET <= place <= high - _INSET:
                return False
        first = max(0, strand.number - 1)
        part = points[first : strand.number + 3]
        moved = _placed(part, {strand.number - first: place}, self._upright)
        if len(moved) != len(part) or _turned_back(part, moved):
            return False
        found = run.hits(moved)
        return not found or found <= run.hits(part)


def _turned_back(before: Points, after: Points) -> bool:
    """Whether a stretch runs the other way now."""
    for (a, b), (c, d) in zip(pairwise(before), pairwise(after), strict=True):
        if (b.x - a.x) * (d.x - c.x) < 0 or (b.y - a.y) * (d.y - c.y) < 0:
            return True
    return False


def _placed(points: Points, moved: Mapping[int, float], upright: bool) -> Points:
    """The way with some of its stretches elsewhere, without corners that are none."""
    found = list(points)
    for number, place in moved.items():
        for corner in (number, number + 1):
            x, y = found[corner]
            found[corner] = Point(place, y) if upright else Point(x, place)
    kept = [found[0]]
    for point in found[1:]:
        if point != kept[-1]:
            kept.append(point)
    return tuple(kept)
