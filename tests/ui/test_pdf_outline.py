"""The bookmarks of a PDF: one for each VPC, which readers find."""

from __future__ import annotations

import re

import pytest

from lambdaplanner.diagram.builder import build
from lambdaplanner.diagram.items import Diagram
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.formats.templates import template_named
from lambdaplanner.ui.picture.options import PictureOptions
from lambdaplanner.ui.picture.pdf_outline import Bookmark, with_bookmarks
from lambdaplanner.ui.picture.render import encode
from lambdaplanner.ui.theme import LIGHT

pytestmark = pytest.mark.usefixtures("qapp")


def hub() -> bytes:
    plan = read_text(template_named("hub-central-egress").text, where="hub").plan
    return encode(build(plan), LIGHT, PictureOptions(name="Hub"), ".pdf")


def objects(data: bytes) -> dict[int, bytes]:
    """What the last cross-reference table and those before it lead to."""
    found: dict[int, bytes] = {}
    start: int | None = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    while start is not None:
        assert data[start : start + 4] == b"xref"
        table, _, rest = data[start:].partition(b"trailer")
        number = 0
        for line in table.split(b"\n")[1:]:
            parts = line.split()
            if len(parts) == 2:
                number = int(parts[0])
            elif len(parts) == 3:
                if parts[2] == b"n" and number not in found:
                    at = int(parts[0])
                    found[number] = data[at : data.index(b"endobj", at)]
                number += 1
        before = re.search(rb"/Prev (\d+)\s*>>", rest.partition(b"startxref")[0])
        start = int(before[1]) if before else None
    return found


def titles(data: bytes) -> list[str]:
    coded = re.findall(rb"/Title <FEFF([0-9A-F]*)>", data)
    return [bytes.fromhex(one.decode()).decode("utf-16-be") for one in coded]


def test_each_vpc_has_a_bookmark_that_leads_to_its_page() -> None:
    data = hub()
    assert titles(data) == ["egress", "orders", "reports"]
    found = objects(data)
    for number, text in found.items():
        assert text.startswith(b"%d 0 obj" % number)
    (catalog,) = (text for text in found.values() if b"/Type /Catalog" in text)
    outline = re.search(rb"/Outlines (\d+) 0 R", catalog)
    assert outline is not None
    assert b"/Count 3" in found[int(outline[1])]
    page = re.search(rb"/Dest \[(\d+) 0 R /XYZ", data)
    assert page is not None
    assert b"/Type /Page" in found[int(page[1])]


def test_a_picture_without_a_vpc_has_no_outline() -> None:
    assert b"/Outlines" not in encode(Diagram(), LIGHT, PictureOptions(), ".pdf")


def test_titles_of_all_sorts_stay_titles() -> None:
    evil = ">> /OpenAction (x) \U0001f600 \u00fc)"
    marked = with_bookmarks(hub(), [Bookmark(evil, 0, 0)])
    assert titles(marked)[-1] == evil


def test_what_qt_did_not_write_is_left_alone() -> None:
    assert with_bookmarks(b"%PDF-1.7 other", [Bookmark("a", 0, 0)]) == b"%PDF-1.7 other"
