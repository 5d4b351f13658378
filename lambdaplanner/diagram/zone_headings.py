"""The headings of availability zones over their columns of subnets, wherever the subnets stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from lambdaplanner.diagram.items import Heading, Rect
from lambdaplanner.diagram.structure import Structure

_OVER = 18
"""How far a heading begins above the topmost thing of the columns."""
_UNDER_TITLE = 36
_AROUND = 12
_LETTER = 8


def zone_headings(structure: Structure, vpc: str, rects: Mapping[str, Rect]) -> tuple[Heading, ...]:
    """A heading for each zone of a VPC, relative to it; none where the zones are no columns or
    something stands where the headings would be.
    """
    children = structure.children[vpc]
    hulls: dict[str, Rect] = {}
    for name in children:
        if name in structure.seats:
            zone, rect = structure.seats[name].zone, rects[name]
            hulls[zone] = _hull(hulls[zone], rect) if zone in hulls else rect
    columns = sorted(hulls.items(), key=lambda one: one[1].x)
    if not columns or not _apart([rect for _, rect in columns]):
        return ()
    cards = [rects[name] for name in children if not structure.nodes[name].edge]
    left, right = columns[0][1].x, max(rect.x + rect.width for _, rect in columns)
    top = min(card.y for card in cards if card.x < right and left < card.x + card.width) - _OVER
    if top < _UNDER_TITLE:
        return ()
    pad = min([_AROUND, *(gap / 2 - 2 for gap in _gaps([rect for _, rect in columns]))])
    middle = (left + right) / 2
    found = tuple(
        Heading(zone, _band(rect, top, pad), rect.x + rect.width / 2 > middle + 1)
        for zone, rect in columns
    )
    standing = [rects[name] for name in children]
    return found if all(_free(one, standing) for one in found) else ()


def words_of(heading: Heading) -> Rect:
    """Where the words of a heading are, relative to its VPC."""
    x, y, width, _ = heading.rect
    words = min(width, _LETTER * len(heading.text) + _AROUND)
    return Rect(x + width - words if heading.at_right else x, y, words, _OVER - 2)


def _hull(one: Rect, other: Rect) -> Rect:
    x, y = min(one.x, other.x), min(one.y, other.y)
    right = max(one.x + one.width, other.x + other.width)
    return Rect(x, y, right - x, max(one.y + one.height, other.y + other.height) - y)


def _gaps(rects: list[Rect]) -> Iterable[float]:
    return (after.x - before.x - before.width for before, after in pairwise(rects))


def _apart(rects: list[Rect]) -> bool:
    return all(gap >= _AROUND for gap in _gaps(rects))


def _band(rect: Rect, top: float, pad: float) -> Rect:
    bottom = rect.y + rect.height + _AROUND
    return Rect(rect.x - pad, top, rect.width + 2 * pad, bottom - top)


def _free(heading: Heading, standing: Iterable[Rect]) -> bool:
    """Whether nothing stands where the words are."""
    x, y, width, height = words_of(heading)
    right, bottom = x + width, y + height
    return not any(
        one.x < right and x < one.x + one.width and one.y < bottom and y < one.y + one.height
        for one in standing
    )
