"""Counts what is wrong in a picture: what runs through what, what covers what.

All lengths are scene units. A container is a VPC, a subnet, the service VPC or the region, also an
empty one; a card is any other box. A box's own boxes are itself and all containers around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from lambdaplanner.diagram.geometry import absolute_rect, ancestors
from lambdaplanner.diagram.items import Diagram, Line, Point, Rect

_APART = 3.0
_SIDE_BY_SIDE = 6.0


class Counts(NamedTuple):
    """One picture's figures."""

    through: int
    """Pairs of a line and a foreign card that it enters."""
    into: int
    """The same with foreign containers."""
    overlap: int
    """Pairs of cards, or of containers neither around the other, that overlap."""
    label_on_card: int
    label_on_label: int
    label_on_line: int
    """Pairs of a label and a foreign line that crosses it."""
    shared: int
    """How far lines without a common end run on one another."""
    crossings: int
    bends: int
    aspect: float
    cards: float
    """The share of the picture that cards cover, in percent."""

    @property
    def wrong(self) -> dict[str, int]:
        """What must be zero and is not."""
        named = ("through", "into", "overlap", "label_on_card", "label_on_label")
        return {name: value for name in named if (value := getattr(self, name))}


class _Scene:
    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self.rects = {name: absolute_rect(diagram, name) for name in diagram.boxes}
        self.own = {
            name: {name, *(box.id for box in ancestors(diagram, name))} for name in diagram.boxes
        }
        self.cards = [n for n, box in diagram.boxes.items() if box.shape != "container"]
        self.containers = [n for n, box in diagram.boxes.items() if box.shape == "container"]
        self.lines = list(diagram.lines.values())
        self.labels = [
            (line, line.label_rect) for line in self.lines if line.label and line.label_rect
        ]


def counts(diagram: Diagram) -> Counts:
    """The figures of a diagram."""
    scene = _Scene(diagram)
    rects = scene.rects
    left = min(rect.x for rect in rects.values())
    top = min(rect.y for rect in rects.values())
    right = max(rect.x + rect.width for rect in rects.values())
    bottom = max(rect.y + rect.height for rect in rects.values())
    covered = sum(rects[name].width * rects[name].height for name in scene.cards)
    area = (right - left) * (bottom - top)
    return Counts(
        through=len(list(_entered(scene, scene.cards))),
        into=len(list(_entered(scene, scene.containers))),
        overlap=len(list(overlaps(diagram))),
        label_on_card=sum(
            overlapping(rect, rects[name]) for _, rect in scene.labels for name in scene.cards
        ),
        label_on_label=sum(
            overlapping(one, other) for (_, one), (_, other) in combinations(scene.labels, 2)
        ),
        label_on_line=sum(
            any(enters(part, rect) for part in pairwise(line.points))
            for labelled, rect in scene.labels
            for line in scene.lines
            if line.id != labelled.id
        ),
        shared=round(sum(_shared(*pair) for pair in _strangers(scene))),
        crossings=sum(_crossings(*pair) for pair in _strangers(scene)),
        bends=sum(len(_parts(line)) - 1 for line in scene.lines),
        aspect=(right - left) / (bottom - top),
        cards=100 * covered / area,
    )


def passed_through(diagram: Diagram) -> list[tuple[str, str]]:
    """Each line with each foreign card or container that it enters."""
    scene = _Scene(diagram)
    return [*_entered(scene, scene.cards), *_entered(scene, scene.containers)]


def overlaps(diagram: Diagram) -> Iterator[tuple[str, str]]:
    """Boxes that lie on one another and must not."""
    scene = _Scene(diagram)
    for one, other in combinations(scene.cards, 2):
        if overlapping(scene.rects[one], scene.rects[other]):
            yield one, other
    for one, other in combinations(scene.containers, 2):
        around = one in scene.own[other] or other in scene.own[one]
        if not around and overlapping(scene.rects[one], scene.rects[other]):
            yield one, other


def _entered(scene: _Scene, names: list[str]) -> Iterator[tuple[str, str]]:
    for line in scene.lines:
        own = scene.own[line.source] | scene.own[line.target]
        for name in names:
            if name not in own:
                x, y, w, h = scene.rects[name]
                inner = Rect(x + 1, y + 1, w - 2, h - 2)
                if any(enters(part, inner) for part in pairwise(line.points)):
                    yield line.id, name


def _strangers(scene: _Scene) -> Iterator[tuple[Line, Line]]:
    for one, other in combinations(scene.lines, 2):
        if not {one.source, one.target} & {other.source, other.target}:
            yield one, other


def enters(part: tuple[Point, Point], rect: Rect) -> bool:
    """Whether a stretch enters a rectangle."""
    (x1, y1), (x2, y2) = part
    x, y, w, h = rect
    return (
        min(x1, x2) < x + w and x < max(x1, x2) and y < y1 < y + h
        if y1 == y2
        else min(y1, y2) < y + h and y < max(y1, y2) and x < x1 < x + w
    )


def overlapping(one: Rect, other: Rect) -> bool:
    """Whether two rectangles share more than an edge."""
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def _parts(line: Line) -> list[tuple[Point, Point]]:
    return [part for part in pairwise(line.points) if part[0] != part[1]]


def _shared(one: Line, other: Line) -> float:
    total = 0.0
    for a, b in _parts(one):
        for c, d in _parts(other):
            for across, along in ((0, 1), (1, 0)):
                if a[across] == b[across] and c[across] == d[across]:
                    low = max(min(a[along], b[along]), min(c[along], d[along]))
                    high = min(max(a[along], b[along]), max(c[along], d[along]))
                    if abs(a[across] - c[across]) < _APART and high - low > _SIDE_BY_SIDE:
                        total += high - low
    return total


def _crossings(one: Line, other: Line) -> int:
    total = 0
    for first in _parts(one):
        for second in _parts(other):
            for level, upright in ((first, second), (second, first)):
                (x1, y), (x2, y2) = level
                (x, y3), (x4, y4) = upright
                if (
                    y == y2
                    and x == x4
                    and min(x1, x2) + 0.5 < x < max(x1, x2) - 0.5
                    and min(y3, y4) + 0.5 < y < max(y3, y4) - 0.5
                ):
                    total += 1
    return total
