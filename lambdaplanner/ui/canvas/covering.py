"""Which containers cover others: what stands in a covered one is to be covered with it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from lambdaplanner.diagram.items import Diagram, Rect

if TYPE_CHECKING:
    from lambdaplanner.ui.canvas.tree import Place

T = TypeVar("T")


class Covering:
    """The containers of a diagram that lie over a sibling; found once for each diagram."""

    def __init__(self) -> None:
        self._diagram: Diagram | None = None
        self._covering: frozenset[str] = frozenset()

    def of(self, diagram: Diagram) -> frozenset[str]:
        """The ids of the containers that cover one that is painted before them."""
        if diagram is not self._diagram:
            self._diagram, self._covering = diagram, covering(diagram)
        return self._covering


def covering(diagram: Diagram) -> frozenset[str]:
    """The ids of the containers that cover a sibling that is painted before them."""
    siblings: dict[str | None, list[tuple[int, str, Rect]]] = {}
    for rank, box in enumerate(diagram.boxes.values()):
        if box.shape == "container":
            siblings.setdefault(box.parent, []).append((rank, box.id, box.rect))
    found: set[str] = set()
    for boxes in siblings.values():
        if len(boxes) > 1:
            found.update(_covering(boxes))
    return frozenset(found)


def _covering(boxes: list[tuple[int, str, Rect]]) -> Iterable[str]:
    """A sweep from left to right over those that begin before another ends."""
    open_ones: list[tuple[int, str, Rect]] = []
    for one in sorted(boxes, key=lambda box: box[2].x):
        rank, name, (x, y, _, height) = one
        open_ones = [other for other in open_ones if other[2].x + other[2].width > x]
        for other_rank, other_name, rect in open_ones:
            if rect.y < y + height and y < rect.y + rect.height:
                yield name if rank > other_rank else other_name
        open_ones.append(one)


def runs(seen: list[T], places: Iterable[Place], over: frozenset[str]) -> list[list[T]]:
    """What is seen, outer before inner, cut before each that covers another: each run is painted
    whole before the next. `places` go with `seen`.
    """
    if not over:
        return [seen]
    starts = [
        at
        for at, place in enumerate(places)
        if at and place.box is not None and place.box.id in over
    ]
    edges = [0, *starts, len(seen)]
    return [seen[start:end] for start, end in pairwise(edges)]
