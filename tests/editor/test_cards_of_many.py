"""All that can be done with a function can be done with the card of many."""

from __future__ import annotations

import pytest

from lambdaplanner.diagram.builder import build
from lambdaplanner.editor import verbs
from lambdaplanner.editor.stillness import held
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.plan import Plan
from tests.diagram.plans import crowd
from tests.editor.hand import Hand

NAMES = tuple(f"fn-{number}" for number in range(7))


@pytest.fixture
def hand() -> Hand:
    """Seven functions with one attachment, a spare subnet, and eight security groups."""
    spread: list[Hand] = []

    def drawn(plan: Plan) -> object:
        return build(plan, spread=spread[0].session.spread if spread else frozenset())

    plan = crowd(7)
    made = Hand(plan, drawn=drawn)  # type: ignore[arg-type]
    spread.append(made)
    made.session.spreading.subscribe(made.look)
    made.session.seal()
    return made


def test_a_card_is_selected_and_means_its_members(hand: Hand) -> None:
    hand.click("group:fn-0")
    assert hand.selected == ("group:fn-0",)
    assert hand.session.meant() == NAMES


def test_a_double_click_shows_them_one_by_one_and_they_can_be_gathered(hand: Hand) -> None:
    hand.press("group:fn-0", clicks=2).release()
    assert set(NAMES) <= hand.session.diagram.boxes.keys()
    assert hand.selected == NAMES
    assert not hand.steps
    assert hand.session.gathered("fn-3") == NAMES
    hand.session.gather("fn-3")
    assert hand.selected == ("group:fn-0",)
    assert not hand.session.spread


def test_enter_shows_them_one_by_one(hand: Hand) -> None:
    hand.click("group:fn-0@one")
    hand.key("Enter")
    assert hand.selected == tuple(f"eni:{name}@one" for name in NAMES)


def test_what_is_spread_out_follows_renames(hand: Hand) -> None:
    hand.session.spread_out("group:fn-0")
    verbs.rename_to(hand.session, "fn-3", "orders")
    hand.look()
    assert "orders" in hand.session.diagram.boxes


def test_the_selected_card_follows_the_rename_of_its_first(hand: Hand) -> None:
    hand.click("group:fn-0@one")
    verbs.rename_to(hand.session, "fn-0", "orders")
    hand.look()
    assert hand.selected == ("group:orders@one",)


def test_deleting_a_card_deletes_its_members_as_one_step(hand: Hand) -> None:
    hand.click("group:fn-0")
    assert verbs.delete_selected(hand.session)
    assert not hand.plan.of("function")
    assert hand.steps == ["Delete 7 Lambda functions"]
    hand.session.undo()
    assert len(hand.plan.of("function")) == 7


def test_deleting_a_card_in_a_subnet_detaches_its_members_from_it(hand: Hand) -> None:
    hand.click("group:fn-0@two")
    assert verbs.delete_selected(hand.session)
    assert {one.subnets for one in hand.plan.ordered("function")} == {("one",)}
    assert len(hand.steps) == 1


def test_deleting_the_tether_of_a_card_detaches_its_members(hand: Hand) -> None:
    hand.session.selection.set(["tunnel:vpc-to-vpc-nat->group:fn-0@two"])
    assert verbs.delete_selected(hand.session)
    assert {one.subnets for one in hand.plan.ordered("function")} == {("one",)}
    hand.look()
    hand.session.selection.set(["tunnel:group:fn-0->vpc-to-vpc-nat"])
    assert verbs.delete_selected(hand.session)
    assert {one.subnets for one in hand.plan.ordered("function")} == {()}


def test_dragging_a_card_places_it_and_keeps_it_whole(hand: Hand) -> None:
    hand.press("group:fn-0@one").drag(24, 40).release()
    assert "group:fn-0@one" in hand.plan.placements
    assert "group:fn-0@one" in hand.session.diagram.boxes


def test_a_card_in_a_subnet_stays_in_it(hand: Hand) -> None:
    hand.press("group:fn-0@one").drag_to(hand.body("two")).release()
    assert not hand.plan.placements
    assert "move fn-0 and those like it instead" in hand.told[-1][1]


def test_a_card_dropped_on_a_subnet_attaches_all_of_it(hand: Hand) -> None:
    hand.add("subnet", "main", 40, 900)
    hand.press("group:fn-0").drag_to(hand.body("subnet-1")).release()
    subnets = {one.subnets for one in hand.plan.ordered("function")}
    assert subnets == {("one", "two", "subnet-1")}
    assert "group:fn-0@subnet-1" in hand.session.diagram.boxes


def test_a_line_from_a_card_joins_all_of_it(hand: Hand) -> None:
    hand.add("subnet", "main", 40, 900)
    hand.session.passing.show(ports="group:fn-0")
    rect = hand.rect("group:fn-0")
    port = next(
        (x, y)
        for x, y in ((rect.x + rect.width + dx, rect.y + rect.height / 2) for dx in range(4, 40, 2))
        if hand.session.hits.port_at("group:fn-0", x, y, 1.0)
    )
    hand.press(port).drag_to(hand.body("subnet-1")).release()
    subnets = {one.subnets for one in hand.plan.ordered("function")}
    assert subnets == {("one", "two", "subnet-1")}
    assert len(hand.steps) == 2
    assert hand.told[-1][1].endswith("and 6 more likewise")


def test_no_line_ends_at_a_card_of_which_it_must_mean_one(hand: Hand) -> None:
    assert hand.session.takes_no_line("group:sg-0")
    assert not hand.session.takes_no_line("group:fn-0")
    hand.hover("group:sg-0")
    assert hand.session.transient.ports is None


def test_everything_is_selected_with_its_cards(hand: Hand) -> None:
    verbs.select_all(hand.session)
    assert {"group:fn-0", "group:sg-0", "nat"} <= set(hand.selected)
    assert "group:fn-0@one" not in hand.selected


def test_a_card_is_duplicated_with_all_of_it(hand: Hand) -> None:
    hand.click("group:fn-0")
    assert len(verbs.duplicate_selected(hand.session)) == 7
    hand.look()
    assert len(hand.session.diagram.boxes["group:fn-0"].members) == 14


def test_a_card_is_nudged_and_tidied(hand: Hand) -> None:
    hand.click("group:fn-0")
    verbs.nudge(hand.session, 8, 0)
    hand.look()
    assert set(hand.plan.placements) == {"group:fn-0"}
    assert isinstance(hand.plan.placements["group:fn-0"], Placement)
    verbs.tidy_selected(hand.session)
    assert not hand.plan.placements


def test_a_card_stays_where_it_is_when_its_first_leaves() -> None:
    plan = crowd(8)
    Edit(plan).place("group:fn-0@one", Placement(88, 200))
    before = build(plan)
    edit = Edit(plan)
    edit.remove("fn-0")
    moves = held(plan, before, build(plan))
    assert moves["group:fn-1@one"] == Placement(88, 200)
