"""What the plans that drew badly say in their pictures now: cards, headings, words, lines."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from lambdaplanner.diagram.builder import build
from lambdaplanner.diagram.items import Diagram
from lambdaplanner.editor.shown import shown_of
from lambdaplanner.formats.plan_file import open_plan
from lambdaplanner.ui.picture.options import PictureOptions
from lambdaplanner.ui.picture.render import encode
from lambdaplanner.ui.theme import LIGHT
from tests.found.plans import found


def drawn(name: str) -> Diagram:
    """The diagram of a plan with its verdicts."""
    plan = open_plan(found(name, "picture")).plan
    return build(plan, shown_of(plan))


def _no_internet_that_nothing_uses(diagram: Diagram) -> bool:
    return "internet" not in diagram.boxes


def _one_card_an_attachment(diagram: Diagram) -> bool:
    cards = {name for name in diagram.boxes if name.startswith("group:")}
    return {"group:job-01", "group:job-01@app-a", "group:job-01@app-c"} <= cards and not any(
        name.startswith("eni:") for name in diagram.boxes
    )


def _one_card_of_groups(diagram: Diagram) -> bool:
    groups = [box for box in diagram.boxes.values() if box.kind == "security-group"]
    return [box.title for box in groups] == ["30 security groups"]


def _zones_are_not_cut_for_acls(diagram: Diagram) -> bool:
    subnets = [box for box in diagram.boxes.values() if box.kind == "subnet"]
    zones = [heading.text for heading in diagram.boxes["main"].headings]
    return zones == ["eu-west-1a", "eu-west-1b"] and all(
        box.detail.startswith("ACL ") and "ACL" not in box.subtitle for box in subnets
    )


def _both_destinations_are_named(diagram: Diagram) -> bool:
    return diagram.lines["route:private-rt->nat"].label == "0.0.0.0/0, offices"


def _main_associations_differ(diagram: Diagram) -> bool:
    lines = diagram.lines.values()
    return {line.id.partition(":")[0]: line.implied for line in lines if "-rt" in line.target} == {
        "association": False,
        "main": True,
    }


def _long_notes_are_whole(diagram: Diagram) -> bool:
    return max(box.rect.height for box in diagram.boxes.values() if box.shape == "note") > 96


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("04-endpoints-only", _no_internet_that_nothing_uses),
        ("10-forty-functions", _one_card_an_attachment),
        ("11-thirty-groups", _one_card_of_groups),
        ("11-thirty-groups", _zones_are_not_cut_for_acls),
        ("16-prefix-lists", _both_destinations_are_named),
        ("19-notes-main-table", _main_associations_differ),
        ("19-notes-main-table", _long_notes_are_whole),
    ],
)
def test_a_picture_says_what_it_should(name: str, right: Callable[[Diagram], bool]) -> None:
    assert right(drawn(name))


@pytest.mark.parametrize("name", ["01-brief", "02-two-zones", "03-three-zones", "08-sixty-subnets"])
def test_every_zone_has_its_heading(name: str) -> None:
    for vpc in (box for box in drawn(name).boxes.values() if box.kind == "vpc"):
        assert vpc.headings


@pytest.mark.usefixtures("qapp")
def test_a_blackhole_is_written_out() -> None:
    svg = encode(drawn("16-prefix-lists"), LIGHT, PictureOptions(), ".svg").decode()
    assert "blackhole" in re.findall(r"<text[^>]*>([^<]*)</text>", svg)
