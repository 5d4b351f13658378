"""The capacity panel: models, targets, a lost zone, the tables."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from lambdaplanner.analysis.answers import SubnetCapacity
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.panels.capacity_models import CapacityTable, SubnetTable
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
    texts = [capacity.functions.index(0, c).data() for c in range(8)]
    assert texts[0] == "orders"
    assert texts[2] == "Exhausted"
    assert texts[5:] == ["0 s", "EC2ThrottledException", "/23: 10.0.4.0"]
    tip = capacity.functions.index(0, 7).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "A /23 in each of its subnets would do: private-a moved to 10.0.4.0/23."


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


def set_target(bridge: Bridge, name: str, count: int, **fields: int) -> None:
    bridge.do("Edit", lambda edit: edit.update(name, concurrency=count, **fields))
    bridge.settle()


def column(table: CapacityTable, title: str) -> list[str]:
    place = [part.title for part in table.columns].index(title)
    return [table.index(line, place).data() for line in range(table.rowCount())]


def test_the_line_above_tells_account_and_worst_zone(
    qtbot: QtBot, bridge: Bridge, capacity: CapacityPanel
) -> None:
    summary = capacity.summary
    assert summary.account.label.text() == "102 of the account's 1,000 at once"
    set_target(bridge, "orders", 240)
    qtbot.waitUntil(lambda: "241 too many" in summary.loss.label.text())
    assert summary.loss.label.text() == "Worst without eu-west-1a: exhausted, 241 too many"
    set_target(bridge, "orders", 2000)
    assert summary.account.label.text() == "2,002 wanted at once; the account's quota is 1,000"


def test_the_worst_zone_follows_when_edits_pause(
    qtbot: QtBot, bridge: Bridge, capacity: CapacityPanel
) -> None:
    qtbot.waitUntil(lambda: not capacity.summary.loss.isHidden())
    before = capacity.summary.loss.label.text()
    set_target(bridge, "orders", 150)
    assert capacity.summary.loss.label.text() == before
    qtbot.waitUntil(lambda: "151 too many" in capacity.summary.loss.label.text())
    bridge.do("Detach", lambda edit: edit.update("orders", subnets=("private-a", "private-b")))
    bridge.do("Detach", lambda edit: edit.update("trapped", subnets=("private-b", "private-a")))
    bridge.settle()
    qtbot.waitUntil(lambda: "Any one zone may go" in capacity.summary.loss.label.text())
    assert capacity.summary.show_button.isHidden()


def test_the_worst_zone_can_be_looked_at(
    qtbot: QtBot, bridge: Bridge, capacity: CapacityPanel
) -> None:
    qtbot.waitUntil(lambda: not capacity.summary.loss.isHidden())
    qtbot.mouseClick(capacity.summary.show_button, Qt.MouseButton.LeftButton)
    assert capacity.without_zone == "eu-west-1a"
    assert capacity.summary.loss.isHidden()
    assert "eu-west-1a were gone" in capacity.overlay.text()
    assert labels_done(bridge) == []


def test_hidden_it_asks_for_nothing(bridge: Bridge, capacity: CapacityPanel) -> None:
    set_target(bridge, "orders", 150)
    capacity.hide()
    before = capacity.summary.loss.label.text()
    capacity.show()
    capacity.refresh_loss()
    assert capacity.summary.loss.label.text() != before


def test_the_ports_of_gateways_have_a_tab(bridge: Bridge, capacity: CapacityPanel) -> None:
    assert capacity.tabs.tabText(2) == "NAT gateways"
    assert column(capacity.gateways, "NAT gateway") == ["nat"]
    assert column(capacity.gateways, "Connections") == ["1,000 of 55,000"]
    assert (column(capacity.gateways, "Verdict"), column(capacity.gateways, "Left")) == (
        ["Enough"],
        ["+54,000"],
    )
    set_target(bridge, "orders", 120, connections_per_environment=1000)
    assert capacity.tabs.tabText(2) == "NAT gateways (1 short)"
    assert column(capacity.gateways, "Would do") == ["3 addresses"]
    tip = capacity.gateways.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "120,000 of 55,000 connections to one destination. 3 addresses would do." in tip
    assert "120,000  orders" in tip
    set_target(bridge, "orders", 900, connections_per_environment=1000)
    assert (column(capacity.gateways, "Verdict"), column(capacity.gateways, "Would do")) == (
        ["Beyond one"],
        ["3 gateways"],
    )


def test_without_gateways_there_is_no_tab(bridge: Bridge, capacity: CapacityPanel) -> None:
    bridge.do("Delete", lambda edit: edit.remove("nat"))
    bridge.settle()
    assert not capacity.tabs.isTabVisible(2)


def test_a_gateway_that_goes_with_its_zone_is_told(bridge: Bridge, capacity: CapacityPanel) -> None:
    bridge.do("Move", lambda edit: edit.update("orders", subnets=("private-b",)))
    bridge.settle()
    capacity.ask_without("eu-west-1a")
    assert column(capacity.gateways, "Verdict") == ["Gone"]
    assert column(capacity.gateways, "Left") == [""]
    assert capacity.tabs.tabText(2) == "NAT gateways (1 short)"
    assert "connections of orders have no way out" in capacity.overlay.text()
    tip = capacity.gateways.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Gone; 1,000 connections have no way out." in tip


def test_gateways_are_painted_with_bars(bridge: Bridge, capacity: CapacityPanel) -> None:
    """A bar that is over its ports shows hatching, which a full one has not."""
    capacity.tabs.setCurrentIndex(2)
    well = colours(capacity)
    set_target(bridge, "orders", 120, connections_per_environment=1000)
    assert LIGHT.hex("error.solid") in colours(capacity) - well


def colours(capacity: CapacityPanel) -> set[str]:
    image = capacity.gateway_view.grab().toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 2)
        for y in range(min(80, image.height()))
    }


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


def test_numbers_are_never_cut(bridge: Bridge, capacity: CapacityPanel) -> None:
    set_target(bridge, "orders", 123_456_789)
    bridge.settle()
    model = capacity.functions
    (view,) = [one for one in capacity.findChildren(QTableView) if one.model() is model]
    for place, part in enumerate(model.columns):
        if part.number:
            texts = [model.index(line, place).data() for line in range(model.rowCount())]
            widest = max(view.fontMetrics().horizontalAdvance(text) for text in texts)
            assert view.horizontalHeader().sectionSize(place) > widest, part.title
