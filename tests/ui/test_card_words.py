"""What cards say where there is little room."""

from __future__ import annotations

import re

import pytest

from lambdaplanner.diagram.items import Badge, Box, Diagram, Rect
from lambdaplanner.ui.canvas.look import LEAF_TITLE, Look
from lambdaplanner.ui.picture.options import PictureOptions
from lambdaplanner.ui.picture.render import encode
from lambdaplanner.ui.theme import LIGHT

pytestmark = pytest.mark.usefixtures("qapp")


def _words(box: Box) -> list[str]:
    drawn = encode(Diagram({box.id: box}, {}), LIGHT, PictureOptions(), ".svg").decode()
    return re.findall(r"<text[^>]*>([^<]*)</text>", drawn)


def _card(title: str, subtitle: str, *badges: Badge) -> Box:
    rect = Rect(0, 0, 168, 48)
    return Box(
        id="card",
        kind="route-table",
        parent=None,
        rect=rect,
        shape="leaf",
        title=title,
        subtitle=subtitle,
        badges=badges,
    )


def test_a_blackhole_keeps_its_word_before_the_count_of_routes() -> None:
    words = _words(_card("rt", "3 routes", Badge("error", "blackhole"), Badge("error", "1")))
    assert "blackhole" in words
    assert "3 routes" not in words


def test_a_remark_leaves_the_second_line_its_words() -> None:
    assert "3 in, all out" in _words(_card("sg", "3 in, all out", Badge("info", "1")))


def test_names_that_begin_alike_are_cut_in_the_middle() -> None:
    names = [f"payments-production-handler-{end}" for end in ("charge", "refund")]
    cut = [_words(_card(name, ""))[0] for name in names]
    assert cut[0] != cut[1]
    assert all("…" in words for words in cut)
    assert cut[0].endswith("charge"[-3:])
    assert cut[1].endswith("refund"[-3:])


def test_other_words_are_cut_at_their_end() -> None:
    assert Look(LIGHT).fit("a long word or two", LEAF_TITLE, 60)[0].endswith("…")
