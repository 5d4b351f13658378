"""What stays of the canvas below 60 %: titles that can be read, and which way lines lead."""

from __future__ import annotations

import pytest

from lambdaplanner.diagram.builder import build
from lambdaplanner.diagram.items import Line, Point
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.formats.templates import template_named
from lambdaplanner.ui.canvas.fast_lines import LineMaker
from lambdaplanner.ui.canvas.look import CONTAINER_TITLE, LEAF_TITLE, Look, TextStyle
from lambdaplanner.ui.canvas.sprites import SpriteShop
from lambdaplanner.ui.subject import ExportOptions, Subject
from lambdaplanner.ui.theme import LIGHT

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("zoom", [0.35, 0.4, 0.5, 0.6])
@pytest.mark.parametrize("style", [LEAF_TITLE, CONTAINER_TITLE])
def test_a_title_keeps_nine_pixels(zoom: float, style: TextStyle) -> None:
    shop = SpriteShop(Look(LIGHT))
    shop.set_scale(zoom, 1.0)
    assert 9 <= shop.look.readable(style).pixels * zoom < 9 + zoom


@pytest.mark.parametrize("zoom", [0.7, 1.0, 2.0])
def test_near_by_a_title_is_as_ever(zoom: float) -> None:
    shop = SpriteShop(Look(LIGHT))
    shop.set_scale(zoom, 1.0)
    assert shop.look.readable(LEAF_TITLE) == LEAF_TITLE


@pytest.mark.parametrize("zoom", [0.35, 0.45, 0.6, 1.0])
def test_an_arrowhead_stays(zoom: float) -> None:
    points = (Point(0, 0), Point(400, 0))
    line = Line(id="l", source="a", target="b", style="route", points=points)
    (arrow,) = LineMaker(Look(LIGHT), zoom, 1.0).make(line, (0.0, 0.0)).sprites
    assert arrow[1].width() >= 5


def test_automatic_places_aim_at_the_page_that_is_asked_for() -> None:
    plan = read_text(template_named("hub-central-egress").text, where="hub").plan
    for page, aspect in (("16:9", 16 / 9), ("4:3", 4 / 3), ("1000x2000", 0.5)):
        drawn = Subject(plan).diagram(ExportOptions(fit=page, verdicts=False))
        assert drawn.boxes == build(plan, aspect=aspect).boxes
