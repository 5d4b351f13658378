"""The session: one announcement an edit, errors leave nothing behind, verbs on what is selected."""

from __future__ import annotations

import pytest

from lambdaplanner.diagram.items import Diagram, Highlight
from lambdaplanner.editor import verbs
from lambdaplanner.editor.keys import KEYS
from lambdaplanner.editor.pointer import KeyEvent
from lambdaplanner.errors import EditError
from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from tests.editor.hand import Hand


@pytest.fixture
def hand() -> Hand:
    """The brief's network, drawn."""
    hand = Hand()
    hand.add("vpc", None, 0, 0)
    hand.add("subnet", "vpc-1", 24, 56)
    hand.add("subnet", "vpc-1", 400, 56)
    hand.add("internet-gateway", "vpc-1", 305, -22)
    hand.add("nat-gateway", "subnet-1", 24, 56)
    hand.add("function", "lambda-service-vpc", 24, 56)
    for source, target in (
        ("subnet-1", "igw-1"),
        ("subnet-2", "nat-1"),
        ("function-1", "subnet-2"),
    ):
        assert verbs.connect_things(hand.session, source, target)
        hand.look()
    hand.told.clear()
    return hand


def test_an_edit_is_announced_once_and_gives_its_result(hand: Hand) -> None:
    heard: list[ChangeSet] = []
    hand.plan.subscribe(heard.append)

    def command(edit: Edit) -> str:
        edit.update("nat-1", elastic_ips=2)
        edit.place("nat-1", Placement(1, 1))
        return "done"

    assert hand.session.do("Change", command) == "done"
    assert [sorted(key.facet for key in changes) for changes in heard] == [
        ["placement", "resource"]
    ]


def test_a_refused_edit_changes_and_says_nothing(hand: Hand) -> None:
    heard: list[ChangeSet] = []
    hand.plan.subscribe(heard.append)
    steps = hand.steps

    def command(edit: Edit) -> None:
        edit.remove("nat-1")
        edit.update("gone", label="x")

    with pytest.raises(EditError):
        hand.session.do("Fail", command)
    assert "nat-1" in hand.plan
    assert heard == []
    assert hand.steps == steps


def test_an_empty_edit_is_no_step(hand: Hand) -> None:
    heard: list[ChangeSet] = []
    hand.plan.subscribe(heard.append)
    steps = hand.steps
    hand.session.do("Nothing", lambda edit: edit.place("nat-1", edit.plan.placements["nat-1"]))
    assert (hand.steps, heard) == (steps, [])


def test_clean_until_changed_and_after_saving(hand: Hand) -> None:
    session = hand.session
    assert not session.history.clean
    session.mark_saved()
    assert session.history.clean
    session.do("Label", lambda edit: edit.update("nat-1", label="Exit"))
    assert not session.history.clean
    session.undo()
    assert session.history.clean
    session.redo()
    assert not session.history.clean


def test_delete_takes_things_and_lines_in_one_step_and_says_what_else_went(hand: Hand) -> None:
    before = len(hand.steps)
    hand.session.selection.set(["nat-1", "route:subnet-1-routes->igw-1"])
    assert hand.key("Del")
    assert "nat-1" not in hand.plan
    assert hand.thing("subnet-1-routes").routes == ()
    assert hand.steps[before:] == ["Delete nat-1"]
    assert hand.told == [
        ("info", "subnet-1-routes no longer leads to igw-1; 1 route elsewhere becomes a blackhole")
    ]
    assert hand.selected == ()


def test_what_aws_makes_is_not_deleted(hand: Hand) -> None:
    hand.session.selection.set(["internet"])
    assert not verbs.delete_selected(hand.session)
    assert hand.told[-1][0] == "warning"
    hand.session.selection.clear()
    assert not verbs.delete_selected(hand.session)


def test_deleting_an_interface_detaches(hand: Hand) -> None:
    hand.session.selection.set(["eni:function-1@subnet-2"])
    assert verbs.delete_selected(hand.session)
    assert hand.thing("function-1").subnets == ()


def test_duplicate_selects_the_copies(hand: Hand) -> None:
    hand.click("subnet-2")
    assert hand.key("D", "ctrl")
    assert hand.selected == ("subnet-3",)
    assert hand.plan.placements["subnet-3"] == Placement(424, 292)
    hand.session.selection.set(["igw-1"])
    assert not hand.key("D", "ctrl")
    assert "has igw-1" in hand.told[-1][1]


def test_rename_or_reason(hand: Hand) -> None:
    hand.click("nat-1")
    assert verbs.rename_to(hand.session, "nat-1", "exit")
    hand.look()
    assert hand.selected == ("exit",)
    assert not verbs.rename_to(hand.session, "exit", "igw-1")
    assert hand.told[-1] == ("error", '"igw-1" is taken by an internet gateway')


def test_connecting_by_name(hand: Hand) -> None:
    assert not verbs.connect_things(hand.session, "subnet-2", "nat-1")
    assert hand.told[-1] == ("warning", "subnet-2-routes leads to nat-1 already")


def test_select_all_and_tidy(hand: Hand) -> None:
    verbs.select_all(hand.session)
    assert set(hand.selected) == set(hand.plan)
    hand.session.selection.set(["vpc-1"])
    assert verbs.tidy_selected(hand.session)
    assert set(hand.plan.placements) == {"function-1"}
    hand.session.selection.clear()
    assert not verbs.tidy_selected(hand.session)


def test_keys_that_mean_nothing_are_left_to_others(hand: Hand) -> None:
    assert not hand.key("Q")
    assert not hand.editing.key(KeyEvent(key="Left", modifiers=frozenset({"meta"})))
    hand.session.selection.clear()
    assert not hand.key("Esc")
    assert not hand.key("F2")
    assert not hand.key("Return")
    assert {"Esc", "Del", "Tab", "shift+Left"} <= set(KEYS)


def test_keys_wait_while_a_gesture_goes_on(hand: Hand) -> None:
    hand.press("nat-1").drag(20, 0)
    assert hand.key("Del")
    assert "nat-1" in hand.plan
    hand.release()


def test_the_diagram_decides_what_can_be_hovered_and_selected(hand: Hand) -> None:
    session = hand.session
    session.selection.set(["route:subnet-1-routes->igw-1", "nat-1"])
    session.passing.show(hover="internet", ports="internet", focus="internet")
    session.show(Diagram())
    assert hand.selected == ("nat-1",)
    assert (session.transient.hover, session.transient.ports, session.transient.focus) == (
        None,
    ) * 3
    assert session.hits is session.hits


def test_passing_state_announces_only_what_differs(hand: Hand) -> None:
    passing = hand.session.passing
    heard: list[int] = []
    end = passing.subscribe(lambda: heard.append(1))
    passing.show(hover="nat-1")
    passing.show(hover="nat-1")
    path = Highlight(boxes=frozenset({"nat-1"}))
    passing.show(highlight=path)
    passing.clear()
    assert len(heard) == 2
    assert hand.session.transient.highlight is path
    end()
    passing.show(hover=None)
    assert len(heard) == 2


def test_tools_change_and_say_so(hand: Hand) -> None:
    heard: list[str] = []
    hand.session.tool_changed.subscribe(lambda: heard.append(hand.session.tool.name))
    hand.editing.choose_tool("hand")
    hand.press("nat-1").drag(50, 0).release()
    assert hand.plan.placements["nat-1"] == Placement(24, 56)
    hand.editing.start_placing("vpc")
    hand.editing.start_placing("")
    assert heard == ["hand", "place", "select"]


def test_leaving_the_canvas_ends_hovering(hand: Hand) -> None:
    from lambdaplanner.editor.pointer import PointerEvent

    hand.hover("nat-1")
    hand.session.pointer(PointerEvent(kind="leave", x=0, y=0))
    assert hand.session.transient.hover is None
