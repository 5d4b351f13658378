"""Pictures of plans without a layout: nothing runs through or lies on what it must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambdaplanner.diagram.builder import build
from lambdaplanner.diagram.items import Diagram
from lambdaplanner.diagram.text_widths import PADDING, ROOM, label_width
from lambdaplanner.formats.plan_file import open_plan
from tests.benchmarks.plans import realistic_plan
from tests.diagram.picture_counts import counts, overlaps, passed_through
from tests.diagram.plans import TEMPLATES

FOUND = Path(__file__).resolve().parents[1] / "found" / "picture"
DRAWN = sorted((*FOUND.glob("*.yaml"), *TEMPLATES.glob("*.yaml")))


def drawn(path: Path) -> Diagram:
    """The picture of a plan without answers."""
    return build(open_plan(path).plan)


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.stem)
def test_nothing_is_wrong_in_the_picture_of(path: Path) -> None:
    diagram = drawn(path)
    assert list(passed_through(diagram)) == []
    assert list(overlaps(diagram)) == []
    assert counts(diagram).wrong == {}


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.stem)
def test_lines_of_strangers_have_tracks_of_their_own_in(path: Path) -> None:
    assert counts(drawn(path)).shared == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_wrong_in_a_picture_of_many_vpcs(seed: int) -> None:
    assert counts(build(realistic_plan(120, seed=seed))).wrong == {}


def test_a_label_said_by_many_lines_to_one_place_is_shown_once() -> None:
    diagram = drawn(FOUND / "03-three-zones.yaml")
    (worn,) = [line for line in diagram.lines.values() if line.label == "dynamodb"]
    beside = [line for line in diagram.lines.values() if line.target == worn.target]
    assert len(beside) == 3


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.stem)
def test_a_label_has_its_room_in(path: Path) -> None:
    for line in drawn(path).lines.values():
        assert bool(line.label) == (line.label_rect is not None)
        if line.label_rect is not None:
            assert line.label_rect.width == pytest.approx(
                min(ROOM, label_width(line.label)) + 2 * PADDING
            )
