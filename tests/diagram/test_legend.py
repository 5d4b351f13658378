"""The legend explains whatever a diagram can use, and of that only what it does."""

from __future__ import annotations

from typing import get_args

import pytest

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
from lambdaplanner.diagram.legend import legend_of


def box(**more: object) -> Box:
    made = {"id": "a", "kind": "vpc", "parent": None, "rect": Rect(0, 0, 90, 60), "title": "a"}
    return Box(**(made | {"shape": "leaf"} | more))  # type: ignore[arg-type]


def words(*boxes: Box, lines: tuple[Line, ...] = (), lit: Highlight | None = None) -> list[str]:
    diagram = Diagram({one.id: one for one in boxes}, {one.id: one for one in lines})
    return [entry.words for entry in legend_of(diagram, lit)]


def test_an_empty_diagram_needs_no_legend() -> None:
    assert words() == []


@pytest.mark.parametrize("tone", get_args(Tone))
def test_every_state_has_words(tone: Tone) -> None:
    (said,) = words(box(badges=(Badge(tone, "x"),)))
    assert said


@pytest.mark.parametrize("style", get_args(LineStyle))
def test_every_style_of_line_has_words(style: LineStyle) -> None:
    line = Line(id="l", source="a", target="a", style=style, points=(Point(0, 0), Point(9, 0)))
    (said,) = words(box(), lines=(line,))
    assert said


@pytest.mark.parametrize("tone", ["vpc", "public", "private", "isolated", "service"])
def test_containers_are_told_by_their_colour(tone: str) -> None:
    (said,) = words(box(shape="container", tone=tone, managed=tone == "service"))
    assert said


def test_bars_say_demand_only_where_there_is_some() -> None:
    idle, busy = (box(meter=Meter(1, demand, 251, "", "ok")) for demand in (0, 9))
    assert words(idle) != words(busy)


def test_a_path_is_explained_where_it_is_shown() -> None:
    lit = Highlight(frozenset({"a"}), frozenset(), frozenset({"b"}))
    assert len(words(box(), box(id="b"), lit=lit)) == 2
    assert len(words(box(), lit=lit)) == 1
    assert words(box()) == []
