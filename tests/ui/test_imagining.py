"""One scenario for the window: What if and Capacity show what comes of the same."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lambdaplanner.analysis.scenario import AS_PLANNED, Scenario
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.panels.capacity_panel import CapacityPanel
from lambdaplanner.ui.panels.whatif_panel import WhatIfPanel
from lambdaplanner.ui.theme import LIGHT
from tests.found.plans import found
from tests.ui.panel_world import make_bridge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
P3 = ("shop", "window")
"""The plan in which somebody asked for NAT ports under growth."""


@pytest.fixture
def bridge() -> Bridge:
    return make_bridge(found(*P3).read_text())


@pytest.fixture
def capacity(qtbot: QtBot, bridge: Bridge) -> CapacityPanel:
    panel = CapacityPanel(bridge, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(1000, 500)
    panel.show()
    return panel


@pytest.fixture
def whatif(qtbot: QtBot, bridge: Bridge) -> WhatIfPanel:
    panel = WhatIfPanel(bridge, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(1000, 420)
    panel.show()
    return panel


def ports(panel: CapacityPanel) -> list[str]:
    table = panel.gateways
    return [str(table.index(row, 4).data()) for row in range(table.rowCount())]


def test_growth_is_asked_in_one_panel_and_shown_in_both(
    capacity: CapacityPanel, whatif: WhatIfPanel
) -> None:
    assert ports(capacity) == ["3,350 of 55,000", "3,250 of 55,000"]
    whatif.form.field.setValue(3)
    assert ports(capacity) == ["10,050 of 55,000", "9,750 of 55,000"]
    assert capacity.overlay.text() == (
        "Shown with 3 times the concurrency. The plan itself is unchanged."
    )
    tip = str(capacity.gateways.index(0, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert "Enough up to 5.4 times as many." in tip
    assert not capacity.functions.editable


def test_a_gateway_that_is_gone_is_gone_in_both(
    capacity: CapacityPanel, whatif: WhatIfPanel
) -> None:
    whatif.form.nats.boxes["nat-a"].click()
    assert ports(capacity)[0] == ""
    assert "nat-a were gone" in capacity.overlay.text()
    assert " Connections of orders" in capacity.overlay.text()


def test_a_zone_is_chosen_in_either(
    bridge: Bridge, capacity: CapacityPanel, whatif: WhatIfPanel
) -> None:
    capacity.ask_without("eu-west-1b")
    assert list(whatif.form.zones.ticked) == ["eu-west-1b"]
    assert whatif.headline.text() == "Without zone eu-west-1b"
    whatif.form.zones.boxes["eu-west-1a"].click()
    assert capacity.zone.currentText() == "Without eu-west-1a and eu-west-1b"
    assert capacity.without_zone is None
    capacity.zone.setCurrentIndex(0)
    capacity.zone.activated.emit(0)
    assert bridge.imagining.scenario == AS_PLANNED
    assert list(whatif.form.zones.ticked) == []


def test_another_zone_keeps_the_growth(bridge: Bridge, capacity: CapacityPanel) -> None:
    bridge.imagining.choose(Scenario(times=Fraction(2)))
    capacity.ask_without("eu-west-1a")
    assert bridge.imagining.scenario == Scenario(without_zones=("eu-west-1a",), times=Fraction(2))


def test_as_planned_ends_it_from_either_panel(
    qtbot: QtBot, bridge: Bridge, capacity: CapacityPanel, whatif: WhatIfPanel
) -> None:
    for button in (capacity.reset, whatif.reset):
        bridge.imagining.choose(Scenario(without_nats=("nat-a",), times=Fraction(3)))
        assert capacity.imagined.isVisible()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert bridge.imagining.scenario == AS_PLANNED
        assert not capacity.imagined.isVisible()
        assert whatif.form.scenario == AS_PLANNED


def test_what_the_plan_no_longer_has_is_no_longer_imagined_away(bridge: Bridge) -> None:
    bridge.imagining.choose(Scenario(without_nats=("nat-a", "nat-b")))
    bridge.do("Rename", lambda edit: edit.rename("nat-a", "first"))
    assert bridge.imagining.scenario.without_nats == ("first", "nat-b")
    bridge.do("Delete", lambda edit: edit.remove("nat-b"))
    bridge.settle()
    assert bridge.imagining.scenario == Scenario(without_nats=("first",))
    assert "first" in bridge.session.plan.of(NatGateway.kind)


def test_a_panel_that_comes_up_later_shows_what_is_imagined(
    bridge: Bridge, whatif: WhatIfPanel
) -> None:
    whatif.hide()
    bridge.imagining.choose(Scenario(without_zones=("eu-west-1a",), times=Fraction(2)))
    whatif.show()
    assert whatif.form.scenario == bridge.imagining.scenario


def test_another_plan_is_shown_as_planned(bridge: Bridge, capacity: CapacityPanel) -> None:
    bridge.imagining.choose(Scenario(without_zones=("eu-west-1a",)))
    bridge.open(make_bridge().session.plan)
    assert bridge.imagining.scenario == AS_PLANNED
    assert not capacity.imagined.isVisible()
