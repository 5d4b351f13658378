"""The SVG that the program writes: groups for things, real text, each icon once, nothing raw."""

from __future__ import annotations

import re
from collections import Counter
from typing import get_args
from xml.etree import ElementTree

import pytest
from PySide6.QtSvg import QSvgRenderer

from lambdaplanner.diagram.builder import build
from lambdaplanner.diagram.items import (
    Badge,
    Box,
    Diagram,
    Highlight,
    Line,
    Meter,
    Point,
    Rect,
    Tone,
)
from lambdaplanner.editor.shown import shown_of
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.formats.svg_elements import SvgElements, escaped, number
from lambdaplanner.formats.templates import template_named
from lambdaplanner.ui.picture.options import PictureOptions
from lambdaplanner.ui.picture.render import encode
from lambdaplanner.ui.theme import DARK, LIGHT, Theme
from tests.golden.drawings import blocked_path, orders_service

pytestmark = pytest.mark.usefixtures("qapp")
_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"


def two_zones() -> Diagram:
    plan = read_text(template_named("two-zones").text, where="two-zones").plan
    return build(plan, shown_of(plan))


def drawn(diagram: Diagram, options: PictureOptions | None = None, **more: object) -> str:
    theme = more.pop("theme", LIGHT)
    assert isinstance(theme, Theme)
    made = encode(diagram, theme, options or PictureOptions(), ".svg", **more)  # type: ignore[arg-type]
    return made.decode()


def test_each_thing_is_one_group_with_id_kind_and_title() -> None:
    diagram = two_zones()
    root = ElementTree.fromstring(drawn(diagram))
    groups = {group.get("id"): group for group in root.iter(f"{_SVG}g") if group.get("id")}
    for key, box in diagram.boxes.items():
        assert groups[key].get("data-kind") == box.kind
        title = groups[key].find(f"{_SVG}title")
        assert title is not None
        assert (title.text or "").startswith(box.title)
    for key, line in diagram.lines.items():
        assert groups[key].get("data-kind") == line.style
        assert groups[key].get("data-source") == line.source
        assert groups[key].get("data-target") == line.target


def test_ids_are_unique_and_each_icon_is_there_once() -> None:
    text = drawn(two_zones())
    root = ElementTree.fromstring(text)
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    assert max(ids.values()) == 1
    used = {element.get(_LINK, "").removeprefix("#") for element in root.iter(f"{_SVG}use")}
    assert used == {one for one in ids if one and one.startswith("icon:")}


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_all_that_can_be_painted_can_be_written(theme: Theme) -> None:
    """Qt complains where a stroke has no counterpart, and its complaints fail tests."""
    text = drawn(orders_service(), highlight=blocked_path(), theme=theme)
    ElementTree.fromstring(text)
    assert 'opacity="0.35"' in text


def test_equal_drawings_are_equal_files_without_what_changes() -> None:
    options = PictureOptions(name="Orders", legend=True, facts=("eu-west-1",))
    assert drawn(two_zones(), options) == drawn(two_zones(), options)


def test_text_is_text_as_wide_as_it_was_measured() -> None:
    root = ElementTree.fromstring(drawn(two_zones()))
    texts = {element.text: element for element in root.iter(f"{_SVG}text")}
    assert float(texts["public-a"].get("textLength", "0")) == pytest.approx(51, abs=12)
    assert "Segoe UI" in (root.get("font-family") or "")
    assert not any(element.tag == f"{_SVG}image" for element in root.iter())


def test_nothing_of_a_plan_is_markup() -> None:
    evil = '</title><script>alert("1")</script>&\x1b\ufffe'
    box = Box(id="a", kind="note", parent=None, rect=Rect(0, 0, 300, 90), shape="note", title=evil)
    line = Line(
        id="l", source="a", target="a", style="route", label=evil,
        points=(Point(0, 0), Point(200, 0)),
    )  # fmt: skip
    options = PictureOptions(name=evil, description=evil, facts=(evil,))
    text = drawn(Diagram({"a": box}, {"l": line}), options, plan=evil)
    root = ElementTree.fromstring(text)
    assert not list(root.iter(f"{_SVG}script"))
    assert "\x1b" not in text


def test_numbers_and_escapes() -> None:
    assert [number(value) for value in (1.0, 0.004, -0.001, 12.345, 100)] == [
        "1", "0", "0", "12.35", "100",
    ]  # fmt: skip
    assert escaped('a<b>&"\x00\ud800') == "a&lt;b&gt;&amp;&quot;\ufffd\ufffd"


def test_groups_nest_and_close() -> None:
    elements = SvgElements()
    elements.open("A & B", id="x", data_kind="vpc")
    elements.add("rect", x=1.5, width=2)
    elements.close()
    text = elements.document(10, 20, ()).decode()
    assert re.search(r'<g id="x" data-kind="vpc">\s*<title>A &amp; B</title>\s*<rect', text)
    ElementTree.fromstring(text)


def test_qt_reads_it_too() -> None:
    renderer = QSvgRenderer(drawn(two_zones()).encode())
    assert renderer.isValid()


def test_a_transparent_drawing_has_no_ground_and_its_words_a_halo() -> None:
    options = PictureOptions(name="Orders", transparent=True)
    text = drawn(Diagram(), options)
    assert "paint-order" in text
    assert f'fill="{LIGHT.hex("canvas")}"' not in text
    assert "paint-order" not in drawn(Diagram(), PictureOptions(name="Orders"))


def test_bars_and_overflow_are_drawn() -> None:
    full = Meter(200, 400, 251, "349 short", "error")
    box = Box(
        id="s", kind="subnet", parent=None, rect=Rect(0, 0, 336, 120), shape="container",
        title="s", tone="private", meter=full,
    )  # fmt: skip
    assert "349 short" in drawn(Diagram({"s": box}), highlight=Highlight(frozenset({"s"})))


def test_every_state_can_be_written() -> None:
    badges = tuple(Badge(tone, "word", "why") for tone in get_args(Tone))
    box = Box(
        id="s", kind="subnet", parent=None, rect=Rect(0, 0, 700, 60), shape="leaf",
        title="s", tone="private", badges=badges,
    )  # fmt: skip
    root = ElementTree.fromstring(drawn(Diagram({"s": box}), PictureOptions(legend=True)))
    texts = [one.text for one in root.iter(f"{_SVG}text")]
    assert texts.count("word") == len(badges)
