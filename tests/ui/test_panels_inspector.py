"""The inspector: what is typed is taken or refused beside the field, and undone in whole steps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from lambdaplanner.kinds import KINDS
from lambdaplanner.kinds.network_acl import AclEntry
from lambdaplanner.kinds.security_group import SecurityGroupRule
from lambdaplanner.model.network_fields import PortRange
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.panels.concurrency import ConcurrencyEditor, position_of, value_at
from lambdaplanner.ui.panels.inspector import InspectorPanel
from lambdaplanner.ui.panels.row_editors import RowsEditor
from lambdaplanner.ui.theme import DARK, LIGHT
from tests.every_kind import full_plan
from tests.list_hand import row_in_hand
from tests.ui.panel_world import labels_done, make_bridge, thing

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def bridge() -> Bridge:
    return make_bridge()


@pytest.fixture
def panel(qtbot: QtBot, bridge: Bridge) -> InspectorPanel:
    made = InspectorPanel(bridge, LIGHT)
    qtbot.addWidget(made)
    made.resize(360, 900)
    made.show()
    return made


def editor(panel: InspectorPanel, field: str) -> object:
    form = panel.resource_view.form
    assert form is not None
    return form.editors[field]


def line(panel: InspectorPanel, field: str) -> QLineEdit:
    found = editor(panel, field)
    assert isinstance(found, QLineEdit)
    return found


def reason(panel: InspectorPanel, field: str) -> QLabel:
    form = panel.resource_view.form
    assert form is not None
    return form.reasons[field]


def retype(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def rows_of(panel: InspectorPanel, field: str) -> RowsEditor:
    found = editor(panel, field)
    assert isinstance(found, RowsEditor)
    return found


def test_a_wrong_cidr_is_refused_beside_the_field_and_stays(
    qtbot: QtBot, bridge: Bridge, panel: InspectorPanel
) -> None:
    bridge.select(["private-a"])
    field = line(panel, "cidr")
    retype(qtbot, field, "10.0.1.0/33")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert thing(bridge, "private-a").cidr == "10.0.1.0/24"
    assert field.text() == "10.0.1.0/33"
    assert field.property("invalid") is True
    assert "prefix length" in reason(panel, "cidr").text()
    assert reason(panel, "cidr").isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "10.0.1.0/24"
    assert not reason(panel, "cidr").isVisible()


def test_wrong_text_is_there_again_when_the_thing_is_shown_again(
    qtbot: QtBot, bridge: Bridge, panel: InspectorPanel
) -> None:
    bridge.select(["private-a"])
    retype(qtbot, line(panel, "cidr"), "10.0.1")
    told: list[str] = []
    bridge.told.connect(lambda _tone, text: told.append(text))
    bridge.select(["private-b"])
    assert line(panel, "cidr").text() == "10.0.2.0/24"
    assert any("10.0.1 was not taken" in text for text in told)
    bridge.select(["private-a"])
    assert line(panel, "cidr").text() == "10.0.1"
    assert reason(panel, "cidr").isVisible()


def test_undo_shows_in_the_field_and_leaves_the_focus(
    qtbot: QtBot, bridge: Bridge, panel: InspectorPanel
) -> None:
    bridge.select(["private-a"])
    field = line(panel, "cidr")
    retype(qtbot, field, "10.0.5.9/24")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert thing(bridge, "private-a").cidr == "10.0.5.0/24"
    assert field.text() == "10.0.5.0/24"
    assert "host bits" in reason(panel, "cidr").text()
    bridge.session.undo()
    assert field.text() == "10.0.1.0/24"


def test_typing_in_one_field_is_one_step_until_the_focus_leaves(
    qtbot: QtBot, bridge: Bridge, panel: InspectorPanel
) -> None:
    bridge.select(["orders"])
    field = line(panel, "memory_mb")
    for text in ("256", "512"):
        retype(qtbot, field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert labels_done(bridge) == ["Change Memory"]
    bridge.session.seal()
    retype(qtbot, field, "1024")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert labels_done(bridge) == ["Change Memory", "Change Memory"]
    bridge.session.undo()
    assert field.text() == "512"


def test_the_id_field_renames_every_mention(
    qtbot: QtBot, bridge: Bridge, panel: InspectorPanel
) -> None:
    bridge.select(["fn-sg"])
    field = panel.resource_view.id_field
    retype(qtbot, field, "db-sg")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "taken" in panel.resource_view.id_reason.text()
    assert "fn-sg" in bridge.session.plan
    retype(qtbot, field, "lambda-sg")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert thing(bridge, "orders").security_groups == ("lambda-sg",)
    assert bridge.session.selection.ids == ("lambda-sg",)
    assert panel.resource_view.title.text() == "lambda-sg"


def test_the_slider_moves_the_bars_and_is_one_step(bridge: Bridge, panel: InspectorPanel) -> None:
    bridge.select(["orders"])
    control = editor(panel, "concurrency")
    assert isinstance(control, ConcurrencyEditor)
    control.slider.setSliderDown(True)
    for position in (500, 700, 900):
        control.slider.setValue(position)
        bridge.settle()
    demand = bridge.live.capacity().subnets["private-a"].demand
    assert demand == value_at(900, sensible(control)) > 250
    bars = [bar for bar in control.bars if bar.isVisible()]
    assert [bar.meter.row.demand for bar in bars if bar.meter.row] == [demand]
    assert control.pill.word.text == "Exhausted"
    control.slider.setSliderDown(False)
    assert labels_done(bridge) == ["Set concurrency"]
    bridge.session.undo()
    assert thing(bridge, "orders").concurrency == 100
    assert control.field.text() == "100"


def sensible(control: ConcurrencyEditor) -> int:
    return int(control.maximum.text().replace(",", ""))


@pytest.mark.parametrize("value", [0, 1, 7, 99, 250, 1000, 2000])
def test_the_slider_finds_its_place_for_a_target(value: int) -> None:
    assert abs(value_at(position_of(value, 2000), 2000) - value) <= max(1, value * 0.05)


def test_a_rule_joins_the_plan_when_nothing_is_missing(
    qtbot: QtBot, bridge: Bridge, panel: InspectorPanel
) -> None:
    bridge.select(["db-sg"])
    table = rows_of(panel, "inbound")
    qtbot.mouseClick(table.add, Qt.MouseButton.LeftButton)
    added = row_in_hand(table, -1)
    assert len(thing(bridge, "db-sg").inbound) == 1
    assert "Not in the plan yet" in added.reason.text()
    protocol, ports, source, description = added.cells
    retype(qtbot, ports, "70000")
    qtbot.keyClick(ports, Qt.Key.Key_Return)
    assert "out of range" in added.reason.text()
    retype(qtbot, ports, "443")
    qtbot.keyClick(ports, Qt.Key.Key_Return)
    source.line().setText("10.0.0.0/16")
    qtbot.keyClick(source.line(), Qt.Key.Key_Return)
    new = SecurityGroupRule(protocol="tcp", ports=PortRange(443, 443), cidr="10.0.0.0/16")
    assert thing(bridge, "db-sg").inbound[1] == new
    assert not added.reason.isVisible()
    source.line().setText("fn-sg")
    qtbot.keyClick(source.line(), Qt.Key.Key_Return)
    assert thing(bridge, "db-sg").inbound[1].security_group == "fn-sg"
    assert thing(bridge, "db-sg").inbound[1].cidr is None
    added.duplicated.emit()
    assert len(thing(bridge, "db-sg").inbound) == 3
    added.removed.emit()
    row_in_hand(table, -1).removed.emit()
    assert len(thing(bridge, "db-sg").inbound) == 1
    assert description.text() == ""
    assert protocol.currentData() == "tcp"


def test_a_rule_can_name_a_prefix_list_of_awss_own(
    qtbot: QtBot, bridge: Bridge, panel: InspectorPanel
) -> None:
    bridge.select(["db-sg"])
    row = row_in_hand(rows_of(panel, "inbound"), 0)
    source = row.cells[2]
    source.fill()
    assert "aws:cloudfront" in [source.itemText(i) for i in range(source.count())]
    source.line().setText("aws:cloudfron")
    qtbot.keyClick(source.line(), Qt.Key.Key_Return)
    assert 'did you mean "aws:cloudfront"?' in row.reason.text()
    source.line().setText("aws:cloudfront")
    qtbot.keyClick(source.line(), Qt.Key.Key_Return)
    rule = thing(bridge, "db-sg").inbound[0]
    assert (rule.prefix_list, rule.security_group, rule.cidr) == ("aws:cloudfront", None, None)


def test_outbound_is_awss_default_or_a_list_of_its_own(
    bridge: Bridge, panel: InspectorPanel
) -> None:
    bridge.select(["fn-sg"])
    table = rows_of(panel, "outbound")
    assert table.switch is not None
    assert not table.add.isVisible()
    table.switch.setCurrentIndex(1)
    table.switch.activated.emit(1)
    assert thing(bridge, "fn-sg").outbound == ()
    assert table.empty.isVisible()
    table.switch.setCurrentIndex(0)
    table.switch.activated.emit(0)
    assert thing(bridge, "fn-sg").outbound is None


def test_routes_show_their_state_and_refuse_a_second_destination(
    qtbot: QtBot, bridge: Bridge, panel: InspectorPanel
) -> None:
    bridge.select(["private-rt"])
    table = rows_of(panel, "routes")
    destination, target = row_in_hand(table, 0).cells
    assert "other-igw" not in target.options
    assert {"nat", "igw", "blackhole"} <= set(target.options)
    target.line().setText("blackhole")
    qtbot.keyClick(target.line(), Qt.Key.Key_Return)
    assert thing(bridge, "private-rt").routes[0].target == "blackhole"
    assert "dropped" in row_in_hand(table, 0).remark.text()
    qtbot.mouseClick(table.add, Qt.MouseButton.LeftButton)
    second_destination, second_target = row_in_hand(table, 1).cells
    second_destination.line().setText("0.0.0.0/0")
    qtbot.keyClick(second_destination.line(), Qt.Key.Key_Return)
    second_target.line().setText("nat")
    qtbot.keyClick(second_target.line(), Qt.Key.Key_Return)
    assert "already here" in row_in_hand(table, 1).reason.text()
    assert len(thing(bridge, "private-rt").routes) == 1
    assert destination.line().text() == "0.0.0.0/0"


def test_a_new_acl_entry_takes_the_next_number_and_stands_in_order(
    qtbot: QtBot, bridge: Bridge, panel: InspectorPanel
) -> None:
    bridge.select(["acl"])
    table = rows_of(panel, "inbound")
    qtbot.mouseClick(table.add, Qt.MouseButton.LeftButton)
    assert [entry.number for entry in thing(bridge, "acl").inbound] == [100, 110]
    number = row_in_hand(table, 1).cells[0]
    retype(qtbot, number, "50")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert [entry.number for entry in thing(bridge, "acl").inbound] == [50, 100]
    assert [record.number for record in table.rows.records] == [50, 100]
    assert isinstance(row_in_hand(table, 0).record, AclEntry)


def test_subnets_are_added_and_taken_out_one_step_each(
    qtbot: QtBot, bridge: Bridge, panel: InspectorPanel
) -> None:
    bridge.select(["orders"])
    found = editor(panel, "subnets")
    assert "far" not in found.add.options  # type: ignore[attr-defined]  # it lies in another VPC
    adding = found.add  # type: ignore[attr-defined]
    adding.line().setText("private-b")
    qtbot.keyClick(adding.line(), Qt.Key.Key_Return)
    assert thing(bridge, "orders").subnets == ("private-a", "private-b")
    adding.line().setText("nowhere")
    qtbot.keyClick(adding.line(), Qt.Key.Key_Return)
    assert "nowhere" in reason(panel, "subnets").text()
    assert labels_done(bridge) == ["Change Subnets"]


def test_the_role_can_be_given_the_policy(
    qtbot: QtBot, bridge: Bridge, panel: InspectorPanel
) -> None:
    bridge.select(["loose"])
    policies = editor(panel, "role_policies")
    assert policies.state.word.tone == "warning"  # type: ignore[attr-defined]
    qtbot.mouseClick(policies.suggest, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    assert thing(bridge, "loose").may_create_interfaces
    assert policies.state.word.tone == "ok"  # type: ignore[attr-defined]


@pytest.mark.parametrize("slug", list(KINDS))
def test_every_kind_has_a_form_with_a_named_editor_for_each_field(
    bridge: Bridge, panel: InspectorPanel, slug: str
) -> None:
    bridge.open(full_plan())
    resource = bridge.session.plan.ordered(slug)[-1]
    bridge.select([resource.id])
    form = panel.resource_view.form
    assert form is not None
    assert form.model is KINDS[slug].model
    for name, found in form.editors.items():
        assert found.accessibleName() or found.focusProxy() is not None, name
    panel.set_theme(DARK)


def test_several_and_nothing_and_what_aws_makes(bridge: Bridge, panel: InspectorPanel) -> None:
    bridge.select([])
    assert panel.plan_view.isVisible()
    assert "1 of 2 broken" in panel.plan_view.expectations.text()
    bridge.select(["orders", "db"])
    assert panel.many_view.isVisible()
    assert panel.many_view.title.text() == "2 selected"
    bridge.select(["eni:orders@private-a"])
    assert panel.derived_view.isVisible()
    assert "never a public one" in panel.derived_view.text()
    assert "fn-sg" in panel.derived_view.text()


def test_the_verdicts_of_a_function_stand_on_top(bridge: Bridge, panel: InspectorPanel) -> None:
    bridge.select(["orders"])
    bridge.settle()
    words = [fact.word.text for fact in panel.resource_view.facts.facts if fact.word]
    assert words[:2] == ["Internet: reachable", "Concurrency: fits"]
    bridge.select(["trapped"])
    assert panel.resource_view.facts.facts[0].word == ("error", "Internet: unreachable")


def test_a_line_of_the_diagram_is_explained_with_its_ends(
    bridge: Bridge, panel: InspectorPanel
) -> None:
    bridge.select(["route:private-rt->nat"])
    assert panel.derived_view.title.text() == "private-rt to nat"
    assert "route" in panel.derived_view.text()


def test_forms_can_be_made_ahead(bridge: Bridge, panel: InspectorPanel) -> None:
    rounds = 0
    while panel.warm():
        rounds += 1
    assert rounds == len(KINDS)
    bridge.select(["orders"])
    assert line(panel, "memory_mb").text() == "128"
