"""What if: ticked zones and gateways, a factor, and what breaks; the plan stays as it is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QSlider, QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot

from lambdaplanner.analysis.scenario import Scenario
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui import stepper
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.panels.impact_numbers import Line
from lambdaplanner.ui.panels.impact_view import SectionView
from lambdaplanner.ui.panels.impact_words import Section
from lambdaplanner.ui.panels.whatif_panel import WhatIfPanel
from lambdaplanner.ui.panels.words import Word
from lambdaplanner.ui.theme import DARK, LIGHT
from tests.ui.panel_world import labels_done, make_bridge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def bridge() -> Bridge:
    return make_bridge()


@pytest.fixture
def panel(qtbot: QtBot, bridge: Bridge) -> WhatIfPanel:
    made = WhatIfPanel(bridge, LIGHT)
    qtbot.addWidget(made)
    made.resize(1000, 420)
    made.show()
    return made


def tick(qtbot: QtBot, box: QCheckBox) -> None:
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(12, box.height() // 2))


def handle(slider: QSlider) -> QPoint:
    """The middle of what is dragged."""
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    part = QStyle.SubControl.SC_SliderHandle
    control = QStyle.ComplexControl.CC_Slider
    return slider.style().subControlRect(control, option, part, slider).center()


def told(panel: WhatIfPanel) -> dict[str, list[str]]:
    return {
        view.section.title.text: [line.text.text() for line in view.lines]
        for view in panel.impact.sections
    }


def test_it_offers_every_zone_and_gateway_and_imagines_nothing(panel: WhatIfPanel) -> None:
    panel.settle()
    assert list(panel.form.zones.boxes) == ["eu-west-1a", "eu-west-1b"]
    assert list(panel.form.nats.boxes) == ["nat"]
    assert panel.headline.text() == "As planned"
    assert panel.state.text().startswith("Imagine that a zone is gone")
    assert not panel.reset.isEnabled()
    assert not panel.pill.isVisible()
    assert panel.form.scenario == Scenario()


def test_a_lost_gateway_breaks_promises_first(
    qtbot: QtBot, bridge: Bridge, panel: WhatIfPanel
) -> None:
    tick(qtbot, panel.form.nats.boxes["nat"])
    qtbot.waitUntil(lambda: panel.settled)
    assert panel.headline.text() == "Without nat"
    worse = told(panel)["Gets worse"]
    assert worse[:2] == [
        "Promise broken: orders to the internet, tcp 443, should be reachable and would be "
        "unreachable.",
        "orders and db to the internet, tcp 443: no longer reachable.",
    ]
    assert panel.pill.word.tone == "error"
    assert "nat" in bridge.session.plan
    assert labels_done(bridge) == []


def test_nothing_is_left_of_what_stands_in_lost_zones_only(
    qtbot: QtBot, panel: WhatIfPanel
) -> None:
    tick(qtbot, panel.form.zones.boxes["eu-west-1a"])
    qtbot.waitUntil(lambda: panel.settled)
    worse = told(panel)["Gets worse"]
    assert any(line.startswith("Nothing is left of orders and trapped: ") for line in worse)
    assert any(line.startswith("Nothing is left of db: ") for line in worse)
    assert panel.headline.text() == "Without zone eu-west-1a"


def test_nothing_changes_where_nothing_does(qtbot: QtBot, panel: WhatIfPanel) -> None:
    panel.form.slider.setFocus()
    qtbot.keyClick(panel.form.slider, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: panel.settled)
    assert panel.headline.text() == "With 1.1 times the concurrency"
    assert panel.state.text() == "Nothing changes."
    assert panel.pill.word.text == "Holds"
    assert panel.pill.isVisible()
    qtbot.mouseClick(panel.reset, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.settled)
    assert panel.headline.text() == "As planned"
    assert not panel.pill.isVisible()
    assert panel.form.field.value() == 1


def test_the_field_takes_what_the_slider_cannot_show(qtbot: QtBot, panel: WhatIfPanel) -> None:
    field = panel.form.field
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "12.5")
    assert panel.form.scenario == Scenario(), "not before it is confirmed"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.settled)
    assert panel.form.scenario.times == Fraction(25, 2)
    assert field.text() == "12.5"
    assert panel.form.slider.value() == panel.form.slider.maximum()
    assert (
        told(panel)["Gets worse"][0]
        == "orders: fits becomes exhausted, short 0 \u2192 1,000 of 1,250."
    )


def test_a_dragged_slider_is_computed_once_it_is_let_go(qtbot: QtBot, panel: WhatIfPanel) -> None:
    panel.settle()
    slider = panel.form.slider
    start = handle(slider)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    for _ in range(8):
        start += QPoint(8, 0)
        qtbot.mouseMove(slider, start)
        assert panel.settled
    times = panel.form.scenario.times
    assert times > 2
    assert panel.headline.text() == f"With {float(times):g} times the concurrency"
    assert panel.impact.sections == []
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=start)
    assert not panel.settled
    qtbot.waitUntil(lambda: panel.settled)
    assert (
        told(panel)["Gets worse"][0] == "orders: fits becomes exhausted, short 0 \u2192 190 of 440."
    )


def test_it_follows_edits(qtbot: QtBot, bridge: Bridge, panel: WhatIfPanel) -> None:
    tick(qtbot, panel.form.nats.boxes["nat"])
    qtbot.waitUntil(lambda: panel.settled)
    bridge.do("x", lambda edit: edit.add(NatGateway(id="spare", subnet="public")))
    bridge.settle()
    qtbot.waitUntil(lambda: panel.settled)
    assert list(panel.form.nats.boxes) == ["nat", "spare"]
    assert panel.form.nats.ticked == ("nat",)
    bridge.do("y", lambda edit: edit.remove("nat"))
    bridge.settle()
    qtbot.waitUntil(lambda: panel.settled)
    assert panel.headline.text() == "As planned"
    panel.hide()
    bridge.session.undo()
    bridge.settle()
    assert panel.settled, "nothing is computed while nobody looks"
    panel.show()
    assert list(panel.form.nats.boxes) == ["nat", "spare"]
    panel.set_theme(DARK)


def test_an_edit_on_the_way_starts_anew(qtbot: QtBot, bridge: Bridge, panel: WhatIfPanel) -> None:
    tick(qtbot, panel.form.nats.boxes["nat"])
    bridge.do("x", lambda edit: edit.update("trapped", subnets=("private-a",)))
    bridge.settle()
    qtbot.waitUntil(lambda: panel.settled)
    broken = [line for line in told(panel)["Gets worse"] if line.startswith("Promise broken")]
    assert len(broken) == 2


def test_another_plan_is_imagined_as_it_is(
    qtbot: QtBot, bridge: Bridge, panel: WhatIfPanel
) -> None:
    tick(qtbot, panel.form.zones.boxes["eu-west-1b"])
    bridge.open(Plan())
    qtbot.waitUntil(lambda: panel.settled)
    assert panel.headline.text() == "As planned"
    assert not panel.form.zones.isVisible()


def test_folded_names_are_shown_on_demand(qtbot: QtBot, panel: WhatIfPanel, bridge: Bridge) -> None:
    def command(edit):  # type: ignore[no-untyped-def]
        for name in ("orders", "trapped", "loose"):
            edit.update(name, subnets=("private-a",), security_groups=("fn-sg",))

    bridge.do("x", command)
    bridge.settle()
    tick(qtbot, panel.form.nats.boxes["nat"])
    qtbot.waitUntil(lambda: panel.settled)
    line = next(line for view in panel.impact.sections for line in view.lines if line.line.more)
    qtbot.waitUntil(line.isVisible)
    assert line.more is None
    qtbot.mouseClick(line.fold, Qt.MouseButton.LeftButton)
    assert line.more is not None
    assert line.more.isVisible()
    assert "orders" in line.more.text()
    qtbot.mouseClick(line.fold, Qt.MouseButton.LeftButton)
    assert not line.more.isVisible()


def test_every_part_has_a_name(panel: WhatIfPanel) -> None:
    form = panel.form
    boxes = (*form.zones.boxes.values(), *form.nats.boxes.values())
    parts = (form.slider, form.field, form.zones, form.nats, *boxes)
    assert all(part.accessibleName() for part in parts)


def test_comparing_stops_on_demand_and_goes_on(
    qtbot: QtBot, panel: WhatIfPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stepper, "SLICE_S", 0.0)
    panel.settle()
    tick(qtbot, panel.form.nats.boxes["nat"])
    while not panel.stop.isVisible():
        QApplication.processEvents()

    qtbot.mouseClick(panel.stop, Qt.MouseButton.LeftButton)

    assert panel.state.text() == "Stopped: not every path is compared."
    assert panel.stop.text() == "Go on"
    for _ in range(3):
        QApplication.processEvents()
    assert panel.state.text() == "Stopped: not every path is compared."

    qtbot.mouseClick(panel.stop, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: panel.settled)
    assert not panel.stop.isVisible()
    assert panel.pill.word.tone == "error"


def test_a_long_list_is_shown_a_part_at_a_time(qtbot: QtBot) -> None:
    """Thousands of paths may change; each press costs the same."""
    lines = tuple(Line("error", f"f{at} to db: unreachable") for at in range(100))
    view = SectionView(Section(Word("error", "Gets worse"), lines), LIGHT)
    qtbot.addWidget(view)
    view.show()
    seen = [(len(view.lines), view.more.text())]
    while view.more.isVisible():
        qtbot.mouseClick(view.more, Qt.MouseButton.LeftButton)
        seen.append((len(view.lines), view.more.text()))
    assert [number for number, _ in seen] == [8, 48, 88, 100]
    assert [text for _, text in seen[:3]] == [
        "Show 40 of 92 more",
        "Show 40 of 52 more",
        "Show 12 more",
    ]
    assert [one.line for one in view.lines] == list(lines)
