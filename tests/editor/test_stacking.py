"""In front and behind, locked and free."""

from __future__ import annotations

import pytest

from lambdaplanner.diagram.builder import build
from lambdaplanner.editor.stacking import all_locked, lock_selected, stack_selected
from lambdaplanner.editor.verbs import nudge, tidy_everything
from lambdaplanner.formats.plan_file import plan_text, read_text
from lambdaplanner.model.geometry import Placement
from tests.editor.hand import Hand


@pytest.fixture
def hand() -> Hand:
    """A VPC with two subnets that lie on one another."""
    made = Hand(drawn=build)
    made.add("vpc", None, 0, 0)
    made.add("subnet", "vpc-1", 24, 80)
    made.add("subnet", "vpc-1", 64, 120)
    made.session.seal()
    return made


def painted(hand: Hand) -> list[str]:
    """The subnets from back to front."""
    return [name for name in hand.session.diagram.boxes if name.startswith("subnet-")]


def test_what_is_sent_back_and_brought_to_the_front_is_painted_so(hand: Hand) -> None:
    assert painted(hand) == ["subnet-1", "subnet-2"]
    hand.session.selection.set(["subnet-1"])
    assert stack_selected(hand.session)
    hand.look()
    assert painted(hand) == ["subnet-2", "subnet-1"]
    assert stack_selected(hand.session, back=True)
    hand.look()
    assert painted(hand) == ["subnet-1", "subnet-2"]
    hand.session.undo()
    hand.look()
    assert painted(hand) == ["subnet-2", "subnet-1"]


def test_the_order_is_saved_and_nothing_moves_by_it(hand: Hand) -> None:
    before = {name: box.rect for name, box in hand.session.diagram.boxes.items()}
    hand.session.selection.set(["subnet-1"])
    stack_selected(hand.session)
    again = build(read_text(plan_text(hand.plan), where="again").plan)
    assert {name: box.rect for name, box in again.boxes.items()} == before
    assert [name for name in again.boxes if name.startswith("subnet-")] == ["subnet-2", "subnet-1"]


def test_what_is_locked_stays_where_it_is(hand: Hand) -> None:
    hand.session.selection.set(["subnet-1"])
    assert lock_selected(hand.session)
    hand.look()
    assert all_locked(hand.session)
    assert not nudge(hand.session, 8, 0)
    hand.press("subnet-1").drag(80, 40).release()
    assert ("info", "subnet-1 is locked. Unlock it to move it.") in hand.told
    tidy_everything(hand.session)
    assert hand.plan.placements == {"subnet-1": Placement(24, 80, locked=True)}
    hand.look()
    hand.session.selection.set(["subnet-1"])
    lock_selected(hand.session)
    hand.look()
    assert not all_locked(hand.session)
    assert nudge(hand.session, 8, 0)


def test_a_drag_of_several_leaves_the_locked_one(hand: Hand) -> None:
    hand.session.selection.set(["subnet-1"])
    lock_selected(hand.session)
    hand.look()
    hand.session.selection.set(["subnet-1", "subnet-2"])
    hand.press("subnet-2").drag(80, 40).release()
    assert hand.plan.placements["subnet-1"][:2] == (24, 80)
    assert hand.plan.placements["subnet-2"][:2] != (64, 120)
