"""One gesture is one step, one thing looks chosen."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint

from lambdaplanner.formats.plan_file import plan_text
from tests.found.every_kind import EVERY_KIND
from tests.found.hand import ALT, CTRL, SHIFT, Hand, Key


@pytest.mark.parametrize("name", ["main", "private", "db", "fn-sg"])
def test_alt_drag_is_one_step(hand: Hand, name: str) -> None:
    """F9: the inspector sealed the step when the copy was selected in the middle of the drag."""
    hand.open_text(EVERY_KIND)
    before = plan_text(hand.plan)
    start = hand.on(name)
    known = set(hand.plan)
    hand.drag(start, start + QPoint(12, 8), ALT)
    assert len(hand.steps) == 1
    assert set(hand.selected) <= set(hand.plan) - known
    after = plan_text(hand.plan)
    hand.key(Key.Key_Z, CTRL)
    assert plan_text(hand.plan) == before
    assert hand.steps == []
    hand.bench.redo()
    assert plan_text(hand.plan) == after


def test_the_ring_goes_when_the_mouse_chooses(hand: Hand) -> None:
    """F17: the dashed ring of the keyboard stayed on what was walked to last."""
    hand.open_text(EVERY_KIND)
    overlay = hand.bench.view.canvas.overlay
    hand.click("main")
    hand.key(Key.Key_Return)
    hand.key(Key.Key_Tab)
    assert overlay.passing.focus is not None
    hand.click("db")
    assert overlay.passing.focus is None
    hand.key(Key.Key_Tab)
    assert overlay.passing.focus == hand.selected[0]
    hand.bench.bridge.reveal("nat")
    assert overlay.passing.focus is None


_CARDS = """
lambdaplanner: 1
region: eu-west-1
vpcs:
  main: {cidr: 10.0.0.0/16}
subnets:
  private: {vpc: main, az: eu-west-1a, cidr: 10.0.1.0/24}
  second: {vpc: main, az: eu-west-1b, cidr: 10.0.2.0/24}
functions:
  orders: {role_policies: [AWSLambdaVPCAccessExecutionRole], subnets: [private]}
  payments: {}
  search: {}
  mailer: {}
workloads:
  db: {type: rds, subnets: [private], port: 5432}
  cache: {type: elasticache, subnets: [private], port: 6379}
  copy: {type: rds, subnets: [second], port: 5432}
"""


@pytest.mark.parametrize("zoom", [0.15, 0.23, 0.5, 1.0, 2.0])
def test_a_press_without_a_drag_selects(hand: Hand, zoom: float) -> None:
    """P5: the handle of the chosen card lay over its neighbour, and a click there began a line."""
    hand.open_text(_CARDS)
    view = hand.bench.view
    cards = ["orders", "payments", "search", "mailer"]
    pairs = list(pairwise(cards))
    for first, second in [*pairs, *((after, before) for before, after in pairs)]:
        view.zoom_to(zoom)
        view.reveal(first)
        for down in (0.05, 0.5, 0.95):
            hand.click(first)
            assert hand.selected == (first,)
            hand.click(hand.inside(second, 0.5, down))
            assert hand.selected == (second,)
        hand.click(first)
        hand.click(hand.inside(second, 0.5, 0.1), SHIFT)
        assert hand.selected == (first, second)
    assert hand.steps == []
    assert hand.said == ""


def test_handles_do_what_they_did(hand: Hand) -> None:
    """Where there is room a drag from the start of a line draws one, and a grip resizes."""
    hand.open_text(_CARDS)
    hand.bench.view.zoom_to(1.0)
    hand.bench.view.reveal("private")
    hand.click("db")
    rect = hand.rect("db")
    port = hand.pixel(rect.x + rect.width + 12, rect.y + rect.height / 2)
    hand.click(port)
    assert hand.selected == ("db",)
    assert hand.steps == []
    hand.click("private")
    rect = hand.rect("private")
    corner = hand.pixel(rect.x + rect.width, rect.y + rect.height)
    hand.click(corner)
    assert hand.selected == ("private",)
    assert hand.steps == []
    hand.drag(corner, corner + QPoint(48, 48))
    assert hand.steps == ["Resize private"]


def test_what_can_move_moves(hand: Hand) -> None:
    """B16: one thing's refusal refused all that were dragged with it."""
    hand.open_text(_CARDS)
    everything = [name for name in hand.bench.presenter.diagram.boxes if name in hand.plan]
    leaves = [name for name in everything if hand.box(name).shape == "leaf"]
    hand.bench.bridge.select([*leaves, "eni:orders@private"])
    before = {name: hand.rect(name) for name in leaves}
    start = hand.on("db")
    hand.drag(start, start + QPoint(0, 12))
    after = {name: hand.rect(name) for name in leaves}
    assert [name for name in leaves if after[name].y <= before[name].y] == []
    assert hand.thing("payments").subnets == ()
    assert len(hand.steps) == 1


def test_what_cannot_move_is_told(hand: Hand) -> None:
    """Dragged into another subnet, an interface stays and the databases go."""
    hand.open_text(_CARDS)
    hand.bench.bridge.select(["db", "cache", "eni:orders@private"])
    hand.drag("db", hand.inside("second", 0.5, 0.9))
    assert hand.thing("db").subnets == ("second",)
    assert hand.thing("cache").subnets == ("second",)
    assert hand.thing("orders").subnets == ("private",)
    assert hand.said.startswith("1 thing stays where it is: this interface stands in private")
    assert len(hand.steps) == 1
    hand.bench.undo()
    assert hand.thing("db").subnets == ("private",)
    assert dict(hand.plan.placements) == {}
