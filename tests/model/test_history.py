"""Undo and redo: exact, merged by key, and honest about what is saved."""

from __future__ import annotations

from collections.abc import Hashable

import pytest

from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.history import History
from lambdaplanner.model.plan import Plan


class Desk:
    """A plan with one VPC, and its history."""

    def __init__(self) -> None:
        self.plan = Plan()
        Edit(self.plan).add(Vpc(id="v", cidr="10.0.0.0/16"))
        self.history = History(self.plan)

    def place(self, x: int, merge: Hashable | None = None, label: str = "Move") -> None:
        """One edit."""
        edit = Edit(self.plan)
        edit.place("v", Placement(x, 0))
        self.history.commit(label, edit.changes, merge)

    @property
    def x(self) -> int | None:
        """Where the VPC stands."""
        placement = self.plan.placements.get("v")
        return placement.x if placement else None


@pytest.fixture
def desk() -> Desk:
    """Nothing done yet."""
    return Desk()


def test_undo_and_redo_step_by_step(desk: Desk) -> None:
    desk.place(1, label="One")
    desk.place(2, label="Two")
    history = desk.history
    assert (history.undo_label, history.redo_label) == ("Two", "")
    history.undo()
    assert (desk.x, history.undo_label, history.redo_label) == (1, "One", "Two")
    history.undo()
    assert (desk.x, history.undo_label) == (None, "")
    assert history.labels == ([], ["One", "Two"])
    assert not history.undo()
    history.redo()
    history.redo()
    assert (desk.x, history.redo_label) == (2, "")
    assert not history.redo()


def test_a_new_step_forgets_what_was_undone(desk: Desk) -> None:
    desk.place(1)
    desk.history.undo()
    desk.place(2)
    assert desk.history.redo_label == ""


def test_a_merging_step_forgets_what_was_undone_too(desk: Desk) -> None:
    desk.place(1, merge="a")
    desk.place(2)
    desk.history.undo()
    desk.place(3, merge="a")
    assert desk.history.redo_label == ""
    assert desk.history.labels[0] == ["Move", "Move"]


def test_equal_keys_merge_until_sealed(desk: Desk) -> None:
    desk.place(1, merge="a")
    desk.place(2, merge="a")
    desk.history.seal()
    desk.place(3, merge="a")
    desk.place(4, merge="b")
    assert len(desk.history.labels[0]) == 3
    desk.history.undo()
    desk.history.undo()
    assert desk.x == 2
    desk.history.undo()
    assert desk.x is None


def test_back_to_the_start_leaves_no_step(desk: Desk) -> None:
    desk.place(0)
    desk.place(5, merge="a")
    desk.place(0, merge="a")
    assert desk.history.labels[0] == ["Move"]
    desk.history.commit("Nothing", Edit(desk.plan).changes)
    assert desk.history.labels[0] == ["Move"]


def test_cancel_takes_an_unfinished_step_back_without_a_trace(desk: Desk) -> None:
    desk.place(1)
    desk.place(2, merge="a")
    assert desk.history.cancel("a")
    assert (desk.x, desk.history.redo_label) == (1, "")
    assert not desk.history.cancel("a")
    desk.place(3, merge="b")
    desk.history.seal()
    assert not desk.history.cancel("b")
    assert desk.x == 3


def test_a_cancelled_step_gives_redo_and_the_saved_state_back(desk: Desk) -> None:
    desk.place(1)
    desk.place(2)
    desk.history.mark_saved()
    desk.history.undo()
    desk.place(8, merge="a")
    desk.place(9, merge="a")
    assert desk.history.redo_label == ""
    desk.history.cancel("a")
    assert desk.history.redo_label == "Move"
    desk.place(8, merge="b")
    desk.place(1, merge="b")
    desk.history.redo()
    assert (desk.x, desk.history.clean) == (2, True)


def test_clean_is_where_it_was_saved(desk: Desk) -> None:
    history = desk.history
    assert history.clean
    desk.place(1)
    assert not history.clean
    history.mark_saved()
    assert history.clean
    history.undo()
    assert not history.clean
    history.redo()
    assert history.clean
    history.undo()
    desk.place(9)
    history.undo()
    assert not history.clean


def test_saving_ends_merging_so_that_the_mark_is_not_swallowed(desk: Desk) -> None:
    desk.place(1, merge="a")
    desk.history.mark_saved()
    desk.place(2, merge="a")
    assert not desk.history.clean
    desk.history.undo()
    assert desk.history.clean
    assert desk.x == 1
