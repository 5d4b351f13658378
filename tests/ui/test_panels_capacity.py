"""The capacity panel: models, targets, a lost zone, the tables."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from lambdaplanner.analysis.answers import SubnetCapacity
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.panels.capacity_models import SubnetTable
from lambdaplanner.ui.panels.capacity_panel import CapacityPanel
from lambdaplanner.ui.theme import LIGHT
from tests.ui.panel_world import labels_done, make_bridge, thing

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def bridge() -> Bridge:
    return make_bridge()


@pytest.fixture
def capacity(qtbot: QtBot, bridge: Bridge) -> CapacityPanel:
    panel = CapacityPanel(bridge, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.show()
    return panel


def test_choosing_a_model_is_one_step(
    qtbot: QtBot, bridge: Bridge, capacity: CapacityPanel
) -> None:
    card = capacity.cards["hyperplane"]
    qtbot.mouseClick(card.choice, Qt.MouseButton.LeftButton)
    bridge.settle()
    assert bridge.session.plan.info.settings.capacity_model == "hyperplane"
    assert [name for name, c in capacity.cards.items() if c.choice.isChecked()] == ["hyperplane"]
    assert len(labels_done(bridge)) == 1
    bridge.session.undo()
    bridge.settle()
    assert capacity.cards["per-invocation"].choice.isChecked()


def test_a_target_is_edited_in_its_cell(
    qtbot: QtBot, bridge: Bridge, capacity: CapacityPanel
) -> None:
    capacity.tabs.setCurrentIndex(1)
    index = capacity.functions.index(0, 1)
    capacity.function_view.setCurrentIndex(index)
    capacity.function_view.edit(index)
    cell = capacity.function_view.findChild(QLineEdit)
    assert cell is not None
    cell.selectAll()
    qtbot.keyClicks(cell, "many")
    qtbot.keyClick(cell, Qt.Key.Key_Return)
    assert cell.property("invalid") is True
    assert cell.text() == "many"
    cell.selectAll()
    qtbot.keyClicks(cell, "400")
    qtbot.keyClick(cell, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: thing(bridge, "orders").concurrency == 400)
    bridge.settle()
    texts = [capacity.functions.index(0, c).data() for c in range(7)]
    assert texts[0] == "orders"
    assert texts[2] == "Exhausted"
    assert texts[5] == "EC2ThrottledException"
    assert texts[6] == "/23 each"


def test_a_zone_that_is_gone_never_touches_the_plan(
    bridge: Bridge, capacity: CapacityPanel
) -> None:
    place = capacity.zone.findData("eu-west-1a")
    capacity.zone.setCurrentIndex(place)
    capacity.zone.activated.emit(place)
    names = [name for name, _ in capacity.functions.rows]
    assert capacity.functions.rows[names.index("orders")][1].verdict == "exhausted"
    assert "eu-west-1a were gone" in capacity.overlay.text()
    assert labels_done(bridge) == []
    capacity.zone.setCurrentIndex(0)
    capacity.zone.activated.emit(0)
    assert capacity.functions.rows[names.index("orders")][1].verdict == "ok"


def test_the_tables_sort_and_say_who_uses_what(capacity: CapacityPanel) -> None:
    capacity.subnets.sort(7, Qt.SortOrder.AscendingOrder)
    headrooms = [row.headroom for _, row in capacity.subnets.rows]
    assert headrooms == sorted(headrooms)
    names = [name for name, _ in capacity.subnets.rows]
    tip = capacity.subnets.index(names.index("private-a"), 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "1  db" in tip


def test_equal_rows_are_not_announced_again(qapp: object) -> None:
    assert qapp is not None
    table = SubnetTable()
    row = SubnetCapacity(
        cidr="10.0.0.0/24", az="a", addresses=256, reserved=5, usable=251,
        used=1, free=250, demand=0, headroom=250,
    )  # fmt: skip
    rows = [(f"subnet-{number}", row) for number in range(1000)]
    table.show_rows(rows)
    heard: list[str] = []
    table.dataChanged.connect(lambda *_: heard.append("data"))
    table.modelReset.connect(lambda: heard.append("reset"))
    table.show_rows(list(rows))
    assert heard == []
    table.show_rows([("subnet-0", row), *rows[1:]])
    assert heard == []
