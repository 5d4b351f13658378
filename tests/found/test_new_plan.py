"""What belongs to one plan stays with it: another plan starts clean, however it comes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lambdaplanner.formats.plan_file import open_plan, plan_text, read_text
from lambdaplanner.formats.templates import template_named
from lambdaplanner.state.note import Work
from tests.found.hand import Hand, Key


def _new(hand: Hand, _path: Path) -> None:
    hand.bench.window.qt_actions["file.new"].trigger()


def _template(hand: Hand, _path: Path) -> None:
    hand.bench.documents.new_from(template_named("brief-network"))


def _open(hand: Hand, path: Path) -> None:
    hand.bench.documents.open(path)


def _take_up(hand: Hand, path: Path) -> None:
    opened = open_plan(path)
    hand.bench.documents.take_up(Work(plan=opened.plan, path=path, began_from=opened))


WAYS: dict[str, Callable[[Hand, Path], None]] = {
    "new": _new,
    "template": _template,
    "open": _open,
    "take up": _take_up,
}


@pytest.mark.parametrize("way", WAYS)
def test_another_plan_starts_clean(hand: Hand, way: str) -> None:
    """F3: the path, the ring, the message and the selection of one plan on the next."""
    path = hand.folder / "twin.yaml"
    path.write_text(plan_text(read_text(template_named("brief-network").text, where="t").plan))
    hand.open_template("brief-network")
    function = next(iter(hand.plan.of("function")))
    hand.click(function)
    hand.key(Key.Key_Tab)
    hand.click(function)
    hand.key(Key.Key_P)
    hand.bench.window.tell("Something about the old plan.")
    scene = hand.bench.view.canvas
    assert scene.highlight is not None
    WAYS[way](hand, path)
    assert hand.bench.bridge.answer is None
    assert scene.highlight is None
    overlay = scene.overlay
    assert (overlay.passing.focus, overlay.passing.hover, overlay.passing.ports) == (
        None,
        None,
        None,
    )
    assert not overlay.selection
    assert hand.selected == ()
    assert hand.said == ""


def test_a_kind_in_hand_is_let_go(hand: Hand) -> None:
    """The palette marks what the next click places; with another plan that is nothing."""
    hand.open_template("brief-network")
    hand.bench.bridge.start_placing("vpc", "")
    assert hand.bench.palette.armed
    hand.bench.documents.new()
    assert not hand.bench.palette.armed
    assert hand.bench.tool_name == "select"
    assert hand.bench.window.qt_actions["tool.select"].isChecked()


def test_a_name_being_typed_is_not_given_to_a_twin(hand: Hand) -> None:
    """A field over a title goes with its plan, and renames nothing in the next."""
    hand.open_template("brief-network")
    function = next(iter(hand.plan.of("function")))
    hand.click(function)
    hand.key(Key.Key_F2)
    hand.type("another")
    hand.bench.documents.new_from(template_named("brief-network"))
    assert hand.title_field is None
    assert function in hand.plan
    assert "another" not in hand.plan
    assert hand.steps == []


def test_the_path_panel_has_no_ends_of_the_old_plan(hand: Hand) -> None:
    """Its fields would name things that the new plan has not."""
    hand.open_template("brief-network")
    hand.bench.bridge.ask(next(iter(hand.plan.of("function"))), "internet", 443)
    trace = hand.bench.trace
    assert trace.source.line().text()
    hand.bench.documents.new()
    assert [trace.source.line().text(), trace.target.line().text(), trace.port.text()] == [""] * 3
