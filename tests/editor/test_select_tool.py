"""Selecting: clicks, Shift, Alt, marquee, containers held by title and border."""

from __future__ import annotations

import pytest

from tests.editor.hand import Hand


@pytest.fixture
def hand() -> Hand:
    """A VPC with two subnets, a NAT gateway and two databases; nothing selected."""
    hand = Hand()
    vpc = hand.add("vpc")
    hand.add("subnet", vpc, 24, 56)
    hand.add("subnet", vpc, 400, 56)
    hand.add("nat-gateway", "subnet-1", 24, 56)
    hand.add("workload", "subnet-1", 24, 136, variant="rds")
    hand.add("workload", "subnet-2", 24, 56, variant="rds")
    hand.session.seal()
    return hand


def test_click_selects_the_topmost_box(hand: Hand) -> None:
    hand.click("nat-1")
    assert hand.selected == ("nat-1",)
    assert hand.state == "idle"


def test_press_selects_at_once_and_points(hand: Hand) -> None:
    hand.press("nat-1")
    assert hand.selected == ("nat-1",)
    assert hand.state == "pointing"


def test_a_container_is_held_by_title_and_border_only(hand: Hand) -> None:
    hand.click("subnet-1")
    assert hand.selected == ("subnet-1",)
    rect = hand.rect("subnet-2")
    hand.click((rect.x + 2, rect.y + 150))
    assert hand.selected == ("subnet-2",)


def test_click_in_empty_space_of_a_container_clears(hand: Hand) -> None:
    hand.click("nat-1")
    hand.click(hand.body("subnet-1"))
    assert hand.selected == ()


def test_click_in_the_body_of_a_selected_container_lets_it_go(hand: Hand) -> None:
    hand.click("subnet-1")
    hand.click(hand.body("subnet-1"))
    assert hand.selected == ()


def test_ctrl_click_takes_a_container_by_its_body(hand: Hand) -> None:
    hand.click(hand.body("subnet-1"), "ctrl")
    assert hand.selected == ("subnet-1",)


def test_shift_click_toggles(hand: Hand) -> None:
    hand.click("nat-1").click("rds-1", "shift")
    assert hand.selected == ("nat-1", "rds-1")
    hand.click("nat-1", "shift")
    assert hand.selected == ("rds-1",)


def test_alt_click_goes_to_what_is_below(hand: Hand) -> None:
    hand.click("nat-1")
    where = hand.at("nat-1")
    seen = []
    for _ in range(4):
        hand.click(where, "alt")
        seen.append(hand.selected)
    assert seen == [("subnet-1",), ("vpc-1",), ("region",), ("nat-1",)]


def test_click_on_one_of_several_selected_selects_it_alone(hand: Hand) -> None:
    hand.click("nat-1").click("rds-1", "shift").click("rds-1")
    assert hand.selected == ("rds-1",)


def test_double_click_asks_for_the_title(hand: Hand) -> None:
    hand.click("nat-1").press("nat-1", clicks=2).release()
    assert [(r.what, r.id) for r in hand.requests] == [("edit", "nat-1")]


def test_marquee_to_the_right_takes_what_it_encloses(hand: Hand) -> None:
    rect = hand.rect("nat-1")
    hand.press((rect.x - 8, rect.y - 8)).drag(rect.width + 20, rect.height + 20)
    assert hand.state == "marquee"
    assert hand.session.transient.marquee is not None
    hand.release()
    assert hand.selected == ("nat-1",)
    assert hand.session.transient.marquee is None


def test_marquee_to_the_left_takes_what_it_touches(hand: Hand) -> None:
    nat, rds = hand.rect("nat-1"), hand.rect("rds-1")
    start = (nat.x + nat.width + 20, nat.y + 10)
    hand.press(start).drag_to((nat.x + 100, rds.y + 10)).release()
    assert hand.selected == ("nat-1", "rds-1") or hand.selected == ("rds-1", "nat-1")
    hand.press((nat.x - 8, nat.y + 10)).drag_to((nat.x + 100, rds.y + 10)).release()
    assert hand.selected == ()


def test_marquee_around_a_container_takes_it_and_not_what_comes_along(hand: Hand) -> None:
    rect = hand.rect("subnet-1")
    hand.press((rect.x - 10, rect.y - 10)).drag(rect.width + 20, rect.height + 20).release()
    assert hand.selected == ("subnet-1",)


def test_shift_marquee_adds_and_escape_restores(hand: Hand) -> None:
    hand.click("rds-2")
    rect = hand.rect("nat-1")
    hand.press((rect.x - 8, rect.y - 8), "shift").drag(rect.width + 20, rect.height + 20)
    assert set(hand.selected) == {"rds-2", "nat-1"}
    assert hand.key("Esc")
    assert hand.selected == ("rds-2",)
    assert hand.state == "idle"


def test_less_than_four_pixels_is_a_click_at_any_zoom(hand: Hand) -> None:
    steps = hand.steps
    hand.press("nat-1").drag(3, 3)
    assert hand.state == "pointing"
    hand.release()
    hand.zoom = 0.25
    hand.press("nat-1").drag(12, 0)
    assert hand.state == "pointing"
    hand.release()
    hand.zoom = 4.0
    hand.press("nat-1").drag(1, 0)
    assert hand.state == "dragging"
    hand.key("Esc")
    assert hand.steps == steps


def test_deleted_things_leave_the_selection_and_renamed_ones_stay(hand: Hand) -> None:
    hand.click("nat-1").click("rds-1", "shift")
    hand.session.do("Rename", lambda edit: edit.rename("nat-1", "exit"))
    hand.look()
    assert hand.selected == ("exit", "rds-1")
    hand.session.undo()
    hand.look()
    assert hand.selected == ("nat-1", "rds-1")
    hand.session.do("Delete", lambda edit: edit.remove("nat-1"))
    hand.look()
    assert hand.selected == ("rds-1",)


def test_hover_shows_boxes_and_the_starts_of_lines(hand: Hand) -> None:
    hand.hover("nat-1")
    assert (hand.session.transient.hover, hand.session.transient.ports) == ("nat-1", "nat-1")
    hand.hover(hand.body("subnet-2"))
    assert (hand.session.transient.hover, hand.session.transient.ports) == (None, None)


def test_a_right_click_keeps_the_selection_it_hits(hand: Hand) -> None:
    from lambdaplanner.editor.pointer import PointerEvent

    hand.click("nat-1").click("rds-1", "shift")
    x, y = hand.at("nat-1")
    hand.session.pointer(PointerEvent(kind="menu", x=x, y=y, screen_x=7, screen_y=8))
    assert hand.selected == ("nat-1", "rds-1")
    assert (hand.requests[-1].what, hand.requests[-1].id, hand.requests[-1].screen_x) == (
        "menu",
        "nat-1",
        7,
    )
    x, y = hand.at("rds-2")
    hand.session.pointer(PointerEvent(kind="menu", x=x, y=y))
    assert hand.selected == ("rds-2",)


def test_tab_walks_enter_goes_in_and_escape_out(hand: Hand) -> None:
    hand.click("subnet-1")
    hand.key("Tab")
    assert hand.selected == ("subnet-2",)
    hand.key("Backtab", "shift")
    assert hand.selected == ("subnet-1",)
    hand.key("Return")
    assert hand.selected == ("nat-1",)
    hand.key("Esc")
    assert hand.selected == ("subnet-1",)
    hand.key("Return", "shift")
    assert hand.selected == ("vpc-1",)
