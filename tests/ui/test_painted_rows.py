"""Rows that are painted, by the keyboard and the mouse alone: from row to row, into cells, away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from lambdaplanner.kinds.route_table import Route
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.panels.inspector import InspectorPanel
from lambdaplanner.ui.panels.row_editors import RowsEditor
from lambdaplanner.ui.theme import LIGHT
from tests.ui.panel_world import make_bridge, thing

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TARGETS = {f"10.{at}.0.0/16": "nat" for at in range(1, 31)}


@pytest.fixture
def bridge() -> Bridge:
    made = make_bridge()
    routes = tuple(Route(destination=block, target=to) for block, to in TARGETS.items())
    assert made.do("Many", lambda edit: edit.update("private-rt", routes=routes))
    return made


@pytest.fixture
def table(qtbot: QtBot, bridge: Bridge) -> Iterator[RowsEditor]:
    panel = InspectorPanel(bridge, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(360, 900)
    panel.show()
    panel.activateWindow()
    bridge.select(["private-rt"])
    form = panel.resource_view.form
    assert form is not None
    found = form.editors["routes"]
    assert isinstance(found, RowsEditor)
    yield found
    panel.hide()  # held until here, so that its rows live


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    here = QApplication.focusWidget()
    assert here is not None
    QTest.keyClick(here, key, held)


def row_with_keyboard(table: RowsEditor) -> int:
    """The row that the keyboard is in; -1 for none."""
    here = QApplication.focusWidget()
    for place, line in enumerate(table.rows.lines):
        if line is not None and here is not None and line.isAncestorOf(here):
            return place
    return -1


def spot(table: RowsEditor, place: int) -> QPoint:
    return table.view.visualRect(table.rows.index(place)).center()


def test_tab_goes_from_row_to_row_and_out_at_the_end(table: RowsEditor) -> None:
    table.view.setFocus(Qt.FocusReason.TabFocusReason)
    visited = []
    for _ in range(400):
        place = row_with_keyboard(table)
        if place < 0:
            break
        if place not in visited:
            visited.append(place)
        press(Qt.Key.Key_Tab)
    assert visited == list(range(len(TARGETS)))
    assert QApplication.focusWidget() is table.add


def test_shift_tab_comes_back_the_same_way(table: RowsEditor) -> None:
    table.view.setFocus(Qt.FocusReason.BacktabFocusReason)
    assert row_with_keyboard(table) == len(TARGETS) - 1
    visited = []
    for _ in range(400):
        place = row_with_keyboard(table)
        if place < 0:
            break
        if place not in visited:
            visited.append(place)
        press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert visited == list(reversed(range(len(TARGETS))))


def test_only_the_row_in_hand_has_widgets(table: RowsEditor) -> None:
    assert table.lines == []
    table.view.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(12):
        press(Qt.Key.Key_Tab)
    assert len(table.lines) <= 2


def test_what_is_typed_into_a_row_reached_by_keys_joins_the_plan(
    bridge: Bridge, table: RowsEditor
) -> None:
    table.view.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    here = QApplication.focusWidget()
    assert here is not None
    QTest.keyClicks(here, "10.99.0.0/16")
    press(Qt.Key.Key_Return)
    assert thing(bridge, "private-rt").routes[0].destination == "10.99.0.0/16"


def test_enter_and_delete_at_the_row_that_the_arrows_went_to(
    bridge: Bridge, table: RowsEditor
) -> None:
    table.view.setFocus(Qt.FocusReason.OtherFocusReason)
    table.view.setCurrentIndex(table.rows.index(0))
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Delete)
    left = [route.destination for route in thing(bridge, "private-rt").routes]
    assert left == [block for block in TARGETS if block != "10.3.0.0/16"]


def test_a_click_takes_that_row_in_hand_with_its_menu(table: RowsEditor) -> None:
    QTest.mouseClick(
        table.view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        spot(table, 4),
    )
    assert [place for place, line in enumerate(table.rows.lines) if line is not None] == [4]
    line = table.rows.lines[4]
    assert line is not None
    menu = line.menu.menu()
    assert isinstance(menu, QMenu)
    words = [action.text() for action in menu.actions()]
    assert any("emove" in word for word in words)
    assert any("uplicate" in word for word in words)
