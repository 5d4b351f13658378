"""Renaming on the canvas: how the field ends, and that everything goes on meaning the same."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from lambdaplanner.kinds import KINDS
from lambdaplanner.ui.connect_dialog import ConnectDialog
from tests.found.every_kind import EVERY_KIND
from tests.found.hand import Hand, Key

_PANELS = ("findings", "trace", "capacity", "reach", "whatif")


@pytest.mark.parametrize("opened", ["F2", "double click"])
@pytest.mark.parametrize("name", ["main", "orders"])
def test_enter_ends_a_rename(hand: Hand, name: str, opened: str) -> None:
    """F4: Enter opened the field again, or went into the first child."""
    hand.open_text(EVERY_KIND)
    hand.click(name)
    if opened == "F2":
        hand.key(Key.Key_F2)
    else:
        hand.double_click(name)
    assert hand.title_field is not None
    hand.type("renamed")
    hand.key(Key.Key_Return)
    assert hand.title_field is None
    assert hand.selected == ("renamed",)
    assert hand.focus is hand.bench.view
    assert hand.steps == [f"Rename {name}"]
    hand.key(Key.Key_H)
    assert hand.bench.tool_name == "hand"
    assert "renamed" in hand.plan


def test_no_key_of_the_field_reaches_the_canvas(hand: Hand) -> None:
    """What a line edit makes nothing of must not move the box under it."""
    hand.open_text(EVERY_KIND)
    hand.click("nat")
    hand.key(Key.Key_F2)
    for key in (Key.Key_Up, Key.Key_Down, Key.Key_PageUp, Key.Key_Enter):
        hand.key(key)
    assert hand.steps == []
    assert hand.selected == ("nat",)


@pytest.mark.parametrize("panel", _PANELS)
def test_every_panel_follows_a_rename(hand: Hand, panel: str) -> None:
    """F5: renaming a NAT gateway raised in the inspector, which asked answers that had not heard of
    it yet.
    """
    hand.open_text(EVERY_KIND)
    bench = hand.bench
    bench.bridge.ask("orders", "db")
    bench.window.show_dock(panel)
    for kind in KINDS:
        bench.reach.subject.offer("db")
        name = next(thing.id for thing in hand.plan.ordered(kind))
        bench.bridge.select([name])
        bench.view.setFocus()
        hand.key(Key.Key_F2)
        hand.type("natx")
        hand.key(Key.Key_Return)
        _holds_on(hand, name, "natx")
        bench.undo()
        _holds_on(hand, name, name)


def _holds_on(hand: Hand, name: str, seen: str) -> None:
    """Whether all panels mean the thing that was called `name` by what it is called now."""
    bench = hand.bench
    assert hand.selected == (seen,)
    assert bench.inspector.resource_view.id_field.text() == seen
    bench.bridge.settle()
    assert bench.inspector.resource_view.current() is hand.plan.resource(seen)
    source, target = (seen if end == name else end for end in ("orders", "db"))
    assert bench.bridge.question == (source, target, None, "tcp")
    assert bench.bridge.answer is not None
    assert bench.trace.source.line().text() == source
    assert bench.trace.target.line().text() == target
    assert bench.reach.end in (source, target, seen)  # it follows a selected end of questions


def test_an_imagined_loss_follows_a_rename(hand: Hand) -> None:
    """What if without nat goes on being without it, whatever it is called."""
    hand.open_text(EVERY_KIND)
    bench = hand.bench
    bench.window.show_dock("whatif")
    bench.whatif.settle()
    bench.whatif.form.nats.boxes["nat"].setChecked(True)
    bench.bridge.select(["nat"])
    hand.key(Key.Key_F2)
    hand.type("natx")
    hand.key(Key.Key_Return)
    bench.bridge.settle()
    bench.whatif.settle()
    assert bench.whatif.form.nats.ticked == ("natx",)
    assert bench.whatif.form.nats.boxes["natx"].text() == "natx"


def test_the_guided_attachment_follows_renames(hand: Hand) -> None:
    """The dialog stands beside the canvas, so its choice must live with renames there."""
    hand.open_text(EVERY_KIND)
    bench = hand.bench
    bench.connect_function("orders")
    (dialog,) = bench.window.findChildren(ConnectDialog)
    for name in ("orders", "main", "private", "fn-sg"):
        bench.bridge.select([name])
        bench.rename_selected()
        field = hand.title_field
        assert field is not None
        field.setText(f"{name}-x")
        QTest.keyClick(field, Key.Key_Return)
    choice = dialog.choice
    assert (choice.function, choice.vpc) == ("orders-x", "main-x")
    assert (choice.subnets, choice.groups) == (("private-x",), ("fn-sg-x",))
    assert dialog.functions.currentText() == "orders-x"
    dialog.close()


def test_what_was_typed_in_the_form_outlives_a_rename(hand: Hand) -> None:
    """A draft that the plan would not take stays with its thing."""
    hand.open_text(EVERY_KIND)
    hand.click("private")
    form = hand.bench.inspector.resource_view.form
    assert form is not None
    cidr = form.editors["cidr"]
    assert isinstance(cidr, QLineEdit)
    cidr.setFocus()
    cidr.setText("10.0.1.0/")
    hand.click("private")
    hand.key(Key.Key_F2)
    hand.type("natx")
    hand.key(Key.Key_Return)
    assert hand.selected == ("natx",)
    assert cidr.text() == "10.0.1.0/"


def test_a_selected_interface_and_the_ring_follow(hand: Hand) -> None:
    """An interface is called after its function and its subnet."""
    hand.open_text(EVERY_KIND)
    session = hand.bench.session
    hand.bench.bridge.select(["eni:orders@private", "private"])
    session.passing.show(focus="private")
    session.do("Rename", lambda edit: edit.rename("private", "natx"))
    assert hand.selected == ("eni:orders@natx", "natx")
    assert session.transient.focus == "natx"
