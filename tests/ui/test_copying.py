"""Rows of tables and lists as tab-separated text with headings, whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView
from pytestqt.qtbot import QtBot

from lambdaplanner.kinds.route_table import Route
from lambdaplanner.kinds.security_group import SecurityGroupRule
from lambdaplanner.model.network_fields import PortRange
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.copying import tab_separated
from lambdaplanner.ui.panels.capacity_panel import CapacityPanel
from lambdaplanner.ui.panels.inspector import InspectorPanel
from lambdaplanner.ui.panels.reach_panel import ReachPanel
from lambdaplanner.ui.panels.row_editors import RowsEditor
from lambdaplanner.ui.theme import LIGHT
from tests.found.plans import found
from tests.ui.panel_world import make_bridge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
P18 = ("shop", "window")
"""The plan whose tables somebody wanted to copy."""


@pytest.fixture
def bridge() -> Bridge:
    return make_bridge(found(*P18).read_text())


@pytest.fixture
def capacity(qtbot: QtBot, bridge: Bridge) -> CapacityPanel:
    panel = CapacityPanel(bridge, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(420, 400)  # too narrow for what the columns hold
    panel.show()
    return panel


def copied() -> list[list[str]]:
    text = QGuiApplication.clipboard().text()
    return [line.split("\t") for line in text.splitlines()]


def press_copy(qtbot: QtBot, view: QAbstractItemView) -> None:
    view.window().activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


def test_the_selected_rows_are_copied_with_headings(qtbot: QtBot, capacity: CapacityPanel) -> None:
    view = capacity.subnet_view
    view.selectRow(2)
    press_copy(qtbot, view)
    head, row = copied()
    assert head == [
        "Subnet", "CIDR", "Zone", "Usable", "Used", "Free", "Demand", "Headroom",
    ]  # fmt: skip
    assert row[:4] == ["private-a", "10.0.16.0/24", "eu-west-1a", "251"]
    view.selectAll()
    press_copy(qtbot, view)
    assert [row[0] for row in copied()[1:]] == [name for name, _ in capacity.subnets.rows]


def test_the_menu_copies_the_whole_table(capacity: CapacityPanel) -> None:
    capacity.tabs.setCurrentIndex(2)
    view = capacity.gateway_view
    assert view.contextMenuPolicy() == Qt.ContextMenuPolicy.ActionsContextMenu
    assert [action.text() for action in view.actions()] == ["Copy", "Copy table"]
    view.actions()[1].trigger()
    head, *rows = copied()
    place = head.index("Connections")
    assert [(row[0], row[place]) for row in rows] == [
        ("nat-a", "3,350 of 55,000"),
        ("nat-b", "3,250 of 55,000"),
    ]


def test_targets_that_are_edited_copy_their_own_text(qtbot: QtBot, capacity: CapacityPanel) -> None:
    capacity.tabs.setCurrentIndex(1)
    view = capacity.function_view
    view.selectRow(0)
    press_copy(qtbot, view)
    assert copied()[1][:2] == ["orders", "400"]


def test_what_an_end_reaches_is_copied_with_verdicts(qtbot: QtBot, bridge: Bridge) -> None:
    panel = ReachPanel(bridge, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(900, 400)
    panel.show()
    bridge.select(["archive"])
    qtbot.waitUntil(lambda: panel.end == "archive")
    panel.settle()
    panel.onward.copying.copy_all()
    head, *rows = copied()
    assert head == ["Name", "Kind", "Asked", "Verdict"]
    assert sorted({row[3] for row in rows}) == ["Reachable", "Unreachable"]
    assert "tcp 5432" in {row[2] for row in rows}


@pytest.mark.parametrize(
    ("thing", "field", "records", "line"),
    [
        (
            "isolated-rt",
            "routes",
            (Route(destination="10.1.0.0/16", target="to-shared"),),
            "10.1.0.0/16\tto-shared",
        ),
        (
            "open-sg",
            "inbound",
            (SecurityGroupRule(protocol="tcp", ports=PortRange(1, 99), cidr="10.0.0.0/8"),),
            "tcp\t1-99\t10.0.0.0/8\t",
        ),
    ],
)
def test_routes_and_rules_are_copied_from_the_menu_of_a_row(
    qtbot: QtBot, bridge: Bridge, thing: str, field: str, records: tuple[object, ...], line: str
) -> None:
    bridge.do("x", lambda edit: edit.update(thing, **{field: records}))
    panel = InspectorPanel(bridge, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(360, 900)
    panel.show()
    bridge.select([thing])
    form = panel.resource_view.form
    assert form is not None
    table = form.editors[field]
    assert isinstance(table, RowsEditor)
    menu = table.take_in_hand(0).menu.menu()
    assert [one.text() for one in menu.actions() if one.text()] == [
        "Duplicate",
        "Remove",
        "Copy",
        "Copy table",
    ]
    menu.actions()[-1].trigger()
    assert QGuiApplication.clipboard().text().splitlines()[1] == line
    panel.hide()


def test_a_cell_stays_one_cell() -> None:
    assert tab_separated([["a\tb", "c\nd"], ["", "1,000"]]) == "a b\tc d\n\t1,000\n"
