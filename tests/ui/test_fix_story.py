"""Mending, reach and what-if in the real window: by keys, menus and mouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from lambdaplanner.editor.session import Request
from lambdaplanner.formats.templates import template_named
from lambdaplanner.ui.context_menu import context_menu
from lambdaplanner.ui.fix_dialog import FixDialog
from lambdaplanner.ui.workbench import Workbench
from tests.ui.test_story import Answers
from tests.windows import MakeBench

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


@pytest.fixture
def bench(make_bench: MakeBench, qtbot: QtBot, tmp_path: Path) -> Iterator[Workbench]:
    made = make_bench(Answers(tmp_path), shown=False)
    made.documents.new_from(template_named("public-subnet-trap"))
    made.bridge.do("Strip", lambda edit: edit.update("trapped", role_policies=()))
    made.bridge.settle()
    made.window.show()
    qtbot.waitExposed(made.window)
    yield made
    made.window.close()


def dialogs(bench: Workbench) -> list[FixDialog]:
    return [one for one in bench.window.findChildren(FixDialog) if one.isVisible()]


def test_the_key_mends_the_finding_at_hand_and_the_announcement_takes_it_back(
    bench: Workbench, qtbot: QtBot
) -> None:
    bench.bridge.select(["trapped"])
    qtbot.keyClick(bench.window, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    (dialog,) = dialogs(bench)
    qtbot.waitUntil(lambda: dialog.settled)
    assert dialog.problem.name == "trapped to internet, tcp 443"
    qtbot.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    bench.bridge.settle()
    assert not dialogs(bench)
    announcement = bench.fixing.announcement
    assert announcement.isVisible()
    assert announcement.text.text().startswith("Done: ")
    assert bench.window.status_text.text() == announcement.text.text()
    assert [row.ok for row in bench.live.expectations()] == [True]
    qtbot.mouseClick(announcement.undo, Qt.MouseButton.LeftButton)
    bench.bridge.settle()
    assert not announcement.isVisible()
    assert [row.ok for row in bench.live.expectations()] == [False]


def test_any_other_change_takes_the_announcement_away(bench: Workbench) -> None:
    bench.bridge.did.emit("Add it")
    assert bench.fixing.announcement.isVisible()
    bench.bridge.do("y", lambda edit: edit.update("trapped", memory_mb=256))
    assert not bench.fixing.announcement.isVisible()


def test_a_second_preview_takes_the_place_of_the_first(bench: Workbench, qtbot: QtBot) -> None:
    problems = bench.findings.problems_about("trapped")
    bench.fixing.open(problems[0])
    second = bench.fixing.open(problems[-1])
    assert dialogs(bench) == [second]
    bench.toggle_theme()
    bench.toggle_theme()
    qtbot.keyClick(second, Qt.Key.Key_Escape)
    assert dialogs(bench) == []


def test_the_menu_of_a_thing_offers_to_fix_what_is_found_there(
    bench: Workbench, qtbot: QtBot
) -> None:
    bench.bridge.select(["trapped"])
    menu = context_menu(bench, Request("menu", "trapped"))
    qtbot.addWidget(menu)
    (mend,) = [a for a in menu.actions() if a.text() == "Fix LAM-005..."]
    assert "Reach of this" in [action.text() for action in menu.actions()]
    mend.trigger()
    assert [dialog.problem.name for dialog in dialogs(bench)] == ["LAM-005"]
    other: QMenu = context_menu(bench, Request("menu", "private-routes"))
    qtbot.addWidget(other)
    assert not [a for a in other.actions() if a.text().startswith("Fix")]
    dialogs(bench)[0].close()


def test_nothing_to_mend_greys_the_action_out(bench: Workbench) -> None:
    action = bench.window.qt_actions["tool.fix"]
    assert action.isEnabled()
    bench.documents.new_from(template_named("two-zones"))
    bench.bridge.settle()
    assert not action.isEnabled()
    bench.fixing.fix_this()
    assert bench.window.status_text.text() == "Nothing is found that an edit mends by itself."


def test_reach_and_what_if_open_by_key_and_lead_to_the_path(bench: Workbench, qtbot: QtBot) -> None:
    bench.bridge.select(["trapped"])
    bench.view.setFocus()
    qtbot.keyClick(bench.view, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: bench.reach.end == "trapped" and bench.reach.onward.isVisible())
    row = bench.reach.onward.rows
    row.toggle_fold()
    place = bench.reach.onward.visualRect(row.index(1)).center()
    qtbot.mouseClick(bench.reach.onward.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert bench.bridge.question == ("trapped", "internet", None, "tcp")
    assert bench.session.transient.highlight is not None
    qtbot.mouseClick(bench.reach.show_path, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bench.trace.isVisible())
    qtbot.keyClick(bench.window, Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bench.whatif.isVisible())
    assert list(bench.whatif.form.zones.boxes) == ["eu-west-1a"]
