"""Dragging: one step to undo, nothing adds up, containers take or refuse, Esc restores."""

from __future__ import annotations

import pytest

from lambdaplanner.model.geometry import Placement
from tests.editor.hand import Hand


@pytest.fixture
def hand() -> Hand:
    """Two VPCs; the first with two subnets, gateways and a database, and a function beside."""
    hand = Hand()
    hand.add("vpc", None, 0, 0)
    hand.add("vpc", None, 1000, 0)
    hand.add("subnet", "vpc-1", 24, 56)
    hand.add("subnet", "vpc-1", 400, 56)
    hand.add("subnet", "vpc-2", 24, 56)
    hand.add("nat-gateway", "subnet-1", 24, 56)
    hand.add("workload", "subnet-1", 24, 136, variant="rds")
    hand.add("function", "lambda-service-vpc", 24, 56)
    hand.session.seal()
    return hand


def test_a_drag_moves_by_its_whole_way_and_is_one_step(hand: Hand) -> None:
    before = len(hand.steps)
    hand.press("vpc-1").drag(80, 40)
    assert hand.state == "dragging"
    hand.drag(80, 40).release()
    assert hand.plan.placements["vpc-1"] == Placement(160, 80)
    assert hand.steps[before:] == ["Move vpc-1"]
    hand.session.undo()
    assert hand.plan.placements["vpc-1"] == Placement(0, 0)


def test_back_to_the_start_leaves_no_step(hand: Hand) -> None:
    before = hand.steps
    hand.press("vpc-1").drag(80, 40).drag(-80, -40).release()
    assert hand.steps == before


def test_escape_takes_a_drag_back_without_a_trace(hand: Hand) -> None:
    before, placements = hand.steps, dict(hand.plan.placements)
    hand.press("subnet-1").drag(100, 100)
    assert hand.key("Esc")
    assert hand.state == "idle"
    assert hand.steps == before
    assert dict(hand.plan.placements) == placements
    assert hand.session.history.redo_label == ""


def test_undo_during_a_drag_ends_the_drag(hand: Hand) -> None:
    before = hand.steps
    hand.press("subnet-1").drag(100, 100)
    hand.session.undo()
    assert hand.steps == before
    assert hand.state == "idle"


def test_many_move_together_without_what_comes_along(hand: Hand) -> None:
    hand.click("subnet-1").click("nat-1", "shift").click("subnet-2", "shift")
    hand.press("subnet-2").drag(0, 80).release()
    assert hand.plan.placements["subnet-1"] == Placement(24, 136)
    assert hand.plan.placements["subnet-2"] == Placement(400, 136)
    assert hand.plan.placements["nat-1"] == Placement(24, 56)


def test_positions_snap_to_the_grid_and_ctrl_does_not(hand: Hand) -> None:
    hand.press("rds-1").drag(0, 19).release()
    assert hand.plan.placements["rds-1"].y % 8 == 0
    hand.press("rds-1").drag(5, 11, "ctrl").release("ctrl")
    assert hand.plan.placements["rds-1"].x == 29


def test_an_edge_snaps_to_a_neighbour_and_says_so(hand: Hand) -> None:
    hand.add("note", None, 0, 700)
    hand.press("note-1").drag(0, 100, "ctrl").release("ctrl")
    x = hand.rect("vpc-2").x
    note = hand.rect("note-1")
    hand.press("note-1").drag(x - note.x + 3, 0)
    guides = hand.session.transient.guides
    assert any(guide.start.x == guide.end.x == x for guide in guides)
    hand.release()
    assert hand.rect("note-1").x == x
    assert hand.session.transient.guides == ()


def test_a_subnet_dropped_into_another_vpc_belongs_to_it(hand: Hand) -> None:
    before = len(hand.steps)
    hand.press("subnet-2").drag_to(hand.body("vpc-2"))
    drop = hand.session.transient.drop
    assert drop is not None
    assert (drop.box, drop.allowed, drop.reason) == ("vpc-2", True, "into vpc-2")
    seen = hand.rect("subnet-2")
    hand.release()
    subnet = hand.thing("subnet-2")
    assert subnet.vpc == "vpc-2"
    assert subnet.cidr == "10.1.1.0/24"
    assert hand.rect("subnet-2") == seen
    assert hand.steps[before:] == ["Move subnet-2"]
    hand.session.undo()
    assert hand.thing("subnet-2").vpc == "vpc-1"


def test_an_illegal_drop_says_why_and_goes_back(hand: Hand) -> None:
    placements = dict(hand.plan.placements)
    hand.press("nat-1").drag_to(hand.body("vpc-1"))
    drop = hand.session.transient.drop
    assert drop is not None
    assert not drop.allowed
    assert drop.reason == "a zonal NAT gateway stands in a subnet"
    hand.release()
    assert dict(hand.plan.placements) == placements
    assert hand.told == [("warning", "a zonal NAT gateway stands in a subnet")]


def test_a_workload_moves_into_another_subnet(hand: Hand) -> None:
    hand.press("rds-1").drag_to(hand.body("subnet-2")).release()
    assert hand.thing("rds-1").subnets == ("subnet-2",)


def test_alt_during_the_drag_keeps_the_parent(hand: Hand) -> None:
    hand.press("rds-1").drag_to(hand.body("subnet-2"), "alt").release("alt")
    assert hand.thing("rds-1").subnets == ("subnet-1",)
    assert hand.plan.placements["rds-1"].x > 300


def test_alt_at_the_press_moves_a_copy(hand: Hand) -> None:
    before = len(hand.steps)
    hand.press("rds-1", "alt").drag_to(hand.body("subnet-2"), "alt").release()
    assert hand.thing("rds-1").subnets == ("subnet-1",)
    assert hand.thing("rds-2").subnets == ("subnet-2",)
    assert hand.selected == ("rds-2",)
    assert hand.steps[before:] == ["Duplicate rds-1"]
    hand.session.undo()
    assert "rds-2" not in hand.plan


def test_a_cancelled_copy_leaves_nothing(hand: Hand) -> None:
    hand.press("rds-1", "alt").drag(40, 0)
    assert "rds-2" in hand.plan
    hand.key("Esc")
    assert "rds-2" not in hand.plan
    assert hand.session.history.redo_label == ""


def test_a_function_dropped_on_a_subnet_is_attached_and_stays(hand: Hand) -> None:
    hand.press("function-1").drag_to(hand.body("subnet-1"))
    assert hand.session.transient.drop is not None
    assert hand.session.transient.drop.reason == "attach to subnet-1"
    hand.release()
    function = hand.thing("function-1")
    assert function.subnets == ("subnet-1",)
    assert function.may_create_interfaces
    assert hand.plan.placements["function-1"] == Placement(24, 56)


def test_a_function_dropped_elsewhere_goes_back(hand: Hand) -> None:
    hand.press("function-1").drag_to(hand.body("vpc-1")).release()
    assert hand.plan.placements["function-1"] == Placement(24, 56)
    assert hand.told[0][0] == "warning"
    assert "drop it there, or on a subnet" in hand.told[0][1]


def test_a_gateway_stays_on_the_border(hand: Hand) -> None:
    hand.add("internet-gateway", "vpc-1", 305, -22)
    hand.press("igw-1").drag(60, 100).release()
    gateway, vpc = hand.rect("igw-1"), hand.rect("vpc-1")
    assert gateway.y + gateway.height / 2 == vpc.y
    assert 360 <= gateway.x - vpc.x <= 370
    hand.press("igw-1").drag_to((hand.rect("vpc-2").x + 300, hand.rect("vpc-2").y)).release()
    assert hand.thing("igw-1").vpc == "vpc-2"


def test_what_aws_makes_can_be_arranged_but_not_taken_out(hand: Hand) -> None:
    hand.press("function-1").drag_to(hand.body("subnet-1")).release()
    eni = "eni:function-1@subnet-1"
    hand.press(eni).drag(0, 24).release()
    assert eni in hand.plan.placements
    kept = hand.plan.placements[eni]
    hand.press(eni).drag_to(hand.body("subnet-2")).release()
    assert hand.plan.placements[eni] == kept
    assert hand.told[-1][1].startswith("this interface stands in subnet-1")
    hand.press("internet").drag(80, 0).release()
    assert hand.plan.placements["internet"].x == 1080


def test_containers_keep_their_size_while_something_is_dragged_through(hand: Hand) -> None:
    hand.press("rds-1").drag(40, 0)
    held = hand.plan.placements["subnet-1"]
    assert (held.width, held.height) == (330, 220)
    hand.release()
    assert hand.plan.placements["subnet-1"] == Placement(24, 56)


def test_shift_during_a_drag_keeps_the_axis(hand: Hand) -> None:
    hand.press("vpc-1").drag(120, 30, "shift").release("shift")
    assert hand.plan.placements["vpc-1"] == Placement(120, 0)


def test_arrows_nudge_and_merge(hand: Hand) -> None:
    before = len(hand.steps)
    hand.click("rds-1")
    for _ in range(3):
        assert hand.key("Right")
    hand.key("Down", "shift")
    assert hand.plan.placements["rds-1"] == Placement(27, 144)
    assert len(hand.steps) == before + 1
    hand.session.undo()
    assert hand.plan.placements["rds-1"] == Placement(24, 136)


def test_arrows_without_a_selection_are_left_to_others(hand: Hand) -> None:
    hand.session.selection.clear()
    assert not hand.key("Right")
