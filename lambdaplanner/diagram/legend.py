"""What the marks of a diagram mean, as samples and words: of each only what the diagram uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, NamedTuple, get_args

from lambdaplanner.diagram.items import (
    Badge,
    Box,
    Diagram,
    Highlight,
    Line,
    LineStyle,
    Meter,
    Point,
    Rect,
    Tone,
)

WIDTH, HEIGHT = 30.0, 18.0
"""Of a sample, in scene units."""

Mark = Literal["path", "stop"]


class LegendEntry(NamedTuple):
    """Something to be painted as the diagram paints it, in `WIDTH` by `HEIGHT`, and words."""

    sample: Box | Line | Badge | Meter | Mark
    words: str


def legend_of(diagram: Diagram, highlight: Highlight | None = None) -> tuple[LegendEntry, ...]:
    """The entries in a fixed order: containers, cards, lines, states, the address bar, a path."""
    return (
        *_containers(diagram),
        *_cards(diagram),
        *_lines(diagram),
        *_states(diagram),
        *_meters(diagram),
        *_marks(diagram, highlight),
    )


def _containers(diagram: Diagram) -> Iterator[LegendEntry]:
    used = {
        (box.tone, box.managed): box
        for box in diagram.boxes.values()
        if box.shape == "container" and box.tone in _CONTAINERS
    }
    for tone, words in _CONTAINERS.items():
        for managed in (False, True):
            if (tone, managed) in used:
                kind = used[tone, managed].kind
                yield LegendEntry(_sample(kind, "container", tone, managed=managed), words)


def _cards(diagram: Diagram) -> Iterator[LegendEntry]:
    leaves = [box for box in diagram.boxes.values() if box.shape == "leaf"]
    if any(box.managed and box.tone != "neutral" for box in leaves):
        yield LegendEntry(_sample("eni", "leaf", "network", managed=True), "Made by AWS")
    if any(box.members for box in leaves):
        pile = replace(_sample("function", "leaf", "compute", managed=False), members=("",))
        yield LegendEntry(pile, "Several alike, drawn as one card")


def _lines(diagram: Diagram) -> Iterator[LegendEntry]:
    used = {(line.style, line.implied): line for line in diagram.lines.values()}
    ends = (Point(0, HEIGHT / 2), Point(WIDTH, HEIGHT / 2))
    for (style, implied), words in _LINES.items():
        if (style, implied) in used:
            alike = (one for one in diagram.lines.values() if one.style == style)
            arrow = any(one.arrow for one in alike)
            line = Line(
                id=style, source="", target="", style=style, points=ends, arrow=arrow,
                implied=implied,
            )  # fmt: skip
            yield LegendEntry(line, words)


def _states(diagram: Diagram) -> Iterator[LegendEntry]:
    used = {badge.tone for box in diagram.boxes.values() for badge in box.badges}
    for tone in get_args(Tone):
        if tone in used:
            yield LegendEntry(Badge(tone, ""), _STATES[tone])


def _meters(diagram: Diagram) -> Iterator[LegendEntry]:
    meters = [box.meter for box in diagram.boxes.values() if box.meter]
    if any(meter.demand for meter in meters):
        yield LegendEntry(Meter(2, 3, 10, "", "ok"), "Addresses: in use, then needed by functions")
    elif meters:
        yield LegendEntry(Meter(3, 0, 10, "", "ok"), "Addresses in use")


def _marks(diagram: Diagram, highlight: Highlight | None) -> Iterator[LegendEntry]:
    if highlight is None:
        return
    if any(name in diagram.boxes for name in highlight.boxes):
        yield LegendEntry("path", "On the path that is shown")
    if any(name in diagram.boxes for name in highlight.blocked):
        yield LegendEntry("stop", "Stops the path")


def _sample(kind: str, shape: Literal["container", "leaf"], tone: str, *, managed: bool) -> Box:
    rect = Rect(0, 0, WIDTH, HEIGHT)
    return Box(
        id="", kind=kind, parent=None, rect=rect, shape=shape, title="", tone=tone, managed=managed
    )


_CONTAINERS = {
    "vpc": "VPC",
    "public": "Public subnet: a route to an internet gateway",
    "private": "Private subnet: a way out, none in",
    "isolated": "Isolated subnet: no way out",
    "service": "Run by AWS, not visible to you",
}
_LINES: dict[tuple[LineStyle, bool], str] = {
    ("route", False): "Route",
    ("association", False): "Route table of a subnet",
    ("association", True): "Main table, of subnets that name none",
    ("tunnel", False): "Lambda's way into a subnet, one way",
    ("attachment", False): "Attachment",
    ("peering", False): "Peering, or attachment to a transit gateway",
}
_STATES: dict[Tone, str] = {
    "ok": "As it should be",
    "warning": "In part, or a warning",
    "error": "Blocked, or an error",
    "info": "A remark",
    "muted": "Neither good nor bad",
    "unknown": "Left to what the plan does not hold",
}
