"""A grid over the plane that says quickly what may lie near a rectangle."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from lambdaplanner.diagram.items import Rect

Item = TypeVar("Item", bound=Hashable)
_MANY = 512


class Bounds(NamedTuple):
    """Left, top, right and bottom in scene units."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Bounds) -> bool:
        """Whether the two share a point."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def joined(self, other: Bounds) -> Bounds:
        """The smallest bounds around both."""
        return Bounds(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def moved(self, dx: float, dy: float) -> Bounds:
        """The same elsewhere."""
        return Bounds(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def rect(self) -> Rect:
        """The same as corner and size."""
        return Rect(self.left, self.top, self.right - self.left, self.bottom - self.top)

    def grown(self, by: float) -> Bounds:
        """Larger by `by` on every side."""
        return Bounds(self.left - by, self.top - by, self.right + by, self.bottom + by)


def bounds_of(rect: Rect) -> Bounds:
    """The bounds of a rectangle."""
    return Bounds(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height)


def bounds_around(points: Iterable[tuple[float, float]]) -> Bounds:
    """The smallest bounds around one or more points."""
    xs, ys = zip(*points, strict=True)
    return Bounds(min(xs), min(ys), max(xs), max(ys))


def without_covered(areas: list[Bounds]) -> list[Bounds]:
    """The areas without those that lie within one of the largest."""
    kept: list[Bounds] = []
    for area in sorted(areas, key=_area, reverse=True):
        if not any(_covers(large, area) for large in kept[:8]):
            kept.append(area)
    return kept


def _area(bounds: Bounds) -> float:
    return (bounds.right - bounds.left) * (bounds.bottom - bounds.top)


def _covers(outer: Bounds, inner: Bounds) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and outer.right >= inner.right
        and outer.bottom >= inner.bottom
    )


class Grid(Generic[Item]):
    """Items by the square cells their bounds touch; those on very many are kept apart."""

    def __init__(self, cell: float) -> None:
        self._cell = cell
        self._cells: dict[tuple[int, int], dict[Item, None]] = {}
        self._where: dict[Item, Bounds] = {}
        self._large: dict[Item, None] = {}

    def __len__(self) -> int:
        return len(self._where)

    def __iter__(self) -> Iterator[Item]:
        return iter(self._where)

    def put(self, item: Item, bounds: Bounds) -> None:
        """Adds the item, or moves it."""
        cells = self._range(bounds)
        before = self._where.get(item)
        if before is not None:
            if self._range(before) == cells:
                self._where[item] = bounds
                return
            self.drop(item)
        self._where[item] = bounds
        if _count(cells) > _MANY:
            self._large[item] = None
            return
        for key in _keys(cells):
            self._cells.setdefault(key, {})[item] = None

    def drop(self, item: Item) -> None:
        """Takes the item out, where it is in."""
        bounds = self._where.pop(item, None)
        if bounds is None:
            return
        cells = self._range(bounds)
        if _count(cells) > _MANY:
            self._large.pop(item, None)
            return
        for key in _keys(cells):
            self._cells[key].pop(item, None)

    def near(self, bounds: Bounds) -> list[Item]:
        """The items whose bounds touch, in no order."""
        cells = self._range(bounds)
        where = self._where
        if _count(cells) >= len(self._cells):
            return [item for item, at in where.items() if at.touches(bounds)]
        found = dict(self._large)
        for key in _keys(cells):
            held = self._cells.get(key)
            if held:
                found.update(held)
        return [item for item in found if where[item].touches(bounds)]

    def _range(self, bounds: Bounds) -> tuple[int, int, int, int]:
        cell = self._cell
        return (
            int(bounds.left // cell),
            int(bounds.top // cell),
            int(bounds.right // cell),
            int(bounds.bottom // cell),
        )


def _count(cells: tuple[int, int, int, int]) -> int:
    return (cells[2] - cells[0] + 1) * (cells[3] - cells[1] + 1)


def _keys(cells: tuple[int, int, int, int]) -> Iterator[tuple[int, int]]:
    for column in range(cells[0], cells[2] + 1):
        for row in range(cells[1], cells[3] + 1):
            yield column, row
