"""One gesture is one step, one thing looks chosen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint

from lambdaplanner.formats.plan_file import plan_text
from tests.found.every_kind import EVERY_KIND
from tests.found.hand import ALT, CTRL, Hand, Key


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
    assert overlay.focus is not None
    hand.click("db")
    assert overlay.focus is None
    hand.key(Key.Key_Tab)
    assert overlay.focus == hand.selected[0]
    hand.bench.bridge.reveal("nat")
    assert overlay.focus is None
