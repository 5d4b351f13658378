"""Resizing by the eight grips."""

from __future__ import annotations

import pytest

from lambdaplanner.editor import handles
from lambdaplanner.model.geometry import Placement
from tests.editor.hand import Hand


@pytest.fixture
def hand() -> Hand:
    """A VPC with one subnet and a note; the VPC selected."""
    hand = Hand()
    hand.add("vpc", None, 0, 0)
    hand.add("subnet", "vpc-1", 160, 160)
    hand.add("note", None, 1000, 0)
    hand.session.seal()
    hand.click("vpc-1")
    return hand


def grip(hand: Hand, name: str, box: str = "vpc-1") -> tuple[float, float]:
    """Where a grip is."""
    return next((x, y) for one, x, y in handles.grips(hand.rect(box), 1.0) if one == name)


def test_the_corner_follows_and_it_is_one_step(hand: Hand) -> None:
    before = len(hand.steps)
    hand.press(grip(hand, "se")).drag(40, 80)
    assert hand.state == "resizing"
    assert hand.session.transient.tag is not None
    assert hand.session.transient.tag.text == "800 × 600"
    hand.release()
    assert hand.plan.placements["vpc-1"] == Placement(0, 0, 800, 600)
    assert hand.steps[before:] == ["Resize vpc-1"]
    assert hand.session.transient.tag is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("n", Placement(0, -40, 760, 560)),
        ("ne", Placement(0, -40, 800, 560)),
        ("e", Placement(0, 0, 800, 520)),
        ("s", Placement(0, 0, 760, 480)),
        ("sw", Placement(40, 0, 720, 480)),
        ("w", Placement(40, 0, 720, 520)),
        ("nw", Placement(40, -40, 720, 560)),
    ],
)
def test_each_grip_moves_its_sides(hand: Hand, name: str, expected: Placement) -> None:
    hand.press(grip(hand, name)).drag(40, -40).release()
    assert hand.plan.placements["vpc-1"] == expected


def test_what_is_inside_stays_where_it_is_seen(hand: Hand) -> None:
    seen = hand.rect("subnet-1")
    hand.press(grip(hand, "nw")).drag(40, 24).release()
    assert hand.rect("subnet-1") == seen
    assert hand.plan.placements["subnet-1"] == Placement(120, 136)


def test_never_smaller_than_what_is_inside(hand: Hand) -> None:
    inner = hand.rect("subnet-1")
    hand.press(grip(hand, "se")).drag(-700, -500).release()
    rect = hand.rect("vpc-1")
    assert rect.x + rect.width == inner.x + inner.width + 16
    assert rect.y + rect.height == inner.y + inner.height + 16
    hand.press(grip(hand, "nw")).drag(700, 500).release()
    rect = hand.rect("vpc-1")
    assert (rect.x, rect.y) == (inner.x - 16, inner.y - 40)


def test_never_smaller_than_can_be_held(hand: Hand) -> None:
    hand.click("note-1")
    hand.press(grip(hand, "se", "note-1")).drag(-500, -500).release()
    assert hand.plan.placements["note-1"] == Placement(1000, 0, 80, 48)


def test_escape_gives_the_size_back(hand: Hand) -> None:
    before = hand.steps
    hand.press(grip(hand, "e")).drag(100, 0)
    hand.key("Esc")
    assert hand.plan.placements["vpc-1"] == Placement(0, 0)
    assert hand.steps == before


def test_a_press_on_a_grip_alone_leaves_no_step(hand: Hand) -> None:
    before = hand.steps
    hand.press(grip(hand, "e")).release()
    assert hand.steps == before
    assert hand.plan.placements["vpc-1"] == Placement(0, 0)


def test_leaves_have_no_grips(hand: Hand) -> None:
    hand.add("nat-gateway", "subnet-1", 24, 56)
    hand.click("nat-1")
    assert hand.session.hits.grip_at("nat-1", *grip(hand, "se", "nat-1"), 1.0) is None
