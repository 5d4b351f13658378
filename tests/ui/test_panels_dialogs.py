"""The guided attachment from the first page to one undo step, and the plan's settings."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lambdaplanner.kinds.role_policies import VPC_ACCESS_POLICY
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.connect_dialog import ConnectDialog
from lambdaplanner.ui.plan_dialog import PlanDialog
from lambdaplanner.ui.theme import DARK, LIGHT
from tests.list_hand import row_in_hand
from tests.ui.panel_world import labels_done, make_bridge, thing

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def bridge() -> Bridge:
    return make_bridge()


def open_dialog(qtbot: QtBot, bridge: Bridge, function: str) -> ConnectDialog:
    dialog = ConnectDialog(bridge, LIGHT, function)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.settled)
    return dialog


def check(dialog: ConnectDialog, subnet: str, on: bool) -> None:
    table = dialog.subnet_page.table
    for place in range(table.rowCount()):
        item = table.item(place, 0)
        if item is not None and item.text() == subnet:
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            return
    raise AssertionError(f"{subnet} is not offered")


def test_three_steps_attach_a_function_in_one_undo_step(qtbot: QtBot, bridge: Bridge) -> None:
    dialog = open_dialog(qtbot, bridge, "loose")
    assert dialog.policy_page.box.isChecked()
    qtbot.mouseClick(dialog.next, Qt.MouseButton.LeftButton)
    assert dialog.choice.vpc == "main"
    qtbot.mouseClick(dialog.next, Qt.MouseButton.LeftButton)
    assert dialog.choice.subnets == ("private-a", "private-b")
    assert dialog.internet.word.text == "Internet: reachable"
    qtbot.mouseClick(dialog.finish, Qt.MouseButton.LeftButton)
    loose = thing(bridge, "loose")
    assert loose.subnets == ("private-a", "private-b")
    assert loose.security_groups == ("fn-sg",)
    assert loose.role_policies == (VPC_ACCESS_POLICY,)
    assert labels_done(bridge) == ["Connect loose to main"]
    assert not dialog.isVisible()
    bridge.session.undo()
    assert not thing(bridge, "loose").attached
    assert thing(bridge, "loose").role_policies == ()


def test_each_wrong_choice_is_warned_about(qtbot: QtBot, bridge: Bridge) -> None:
    dialog = open_dialog(qtbot, bridge, "loose")

    def said() -> str:
        qtbot.waitUntil(lambda: dialog.settled)
        return " ".join(word.text for word in dialog.warnings)

    assert "one zone" not in said()
    dialog.policy_page.box.click()
    assert "no policy that lets Lambda create the network interface" in said()
    dialog.policy_page.box.click()
    check(dialog, "public", True)
    assert 'stands in public subnet "public"' in said()
    assert "of its invocations would time out" in said()
    assert dialog.internet.word.text == "Internet: partial"
    check(dialog, "private-a", False)
    check(dialog, "private-b", False)
    assert "one zone" in said()
    assert dialog.internet.word.text == "Internet: unreachable"
    check(dialog, "public", False)
    assert "Choose at least one private subnet" in said()
    assert not dialog.finish.isEnabled()
    assert labels_done(bridge) == []


def test_a_new_group_is_made_on_the_way(qtbot: QtBot, bridge: Bridge) -> None:
    dialog = open_dialog(qtbot, bridge, "loose")
    dialog.turn_to(2)
    dialog.subnet_page.new_box.click()
    name = dialog.subnet_page.new_name
    name.setFocus()
    name.selectAll()
    qtbot.keyClicks(name, "fn-sg")
    assert "taken" in dialog.subnet_page.reason.text()
    name.selectAll()
    qtbot.keyClicks(name, "fresh-sg")
    qtbot.waitUntil(lambda: dialog.settled)
    qtbot.mouseClick(dialog.finish, Qt.MouseButton.LeftButton)
    assert thing(bridge, "fresh-sg").vpc == "main"
    assert thing(bridge, "loose").security_groups == ("fn-sg", "fresh-sg")
    assert labels_done(bridge) == ["Connect loose to main"]


def test_an_attachment_is_changed_and_taken_back(qtbot: QtBot, bridge: Bridge) -> None:
    dialog = open_dialog(qtbot, bridge, "orders")
    assert dialog.finish.text() == "Change"
    check(dialog, "private-b", True)
    qtbot.waitUntil(lambda: dialog.settled)
    qtbot.mouseClick(dialog.finish, Qt.MouseButton.LeftButton)
    assert thing(bridge, "orders").subnets == ("private-a", "private-b")
    again = open_dialog(qtbot, bridge, "orders")
    again.set_theme(DARK)
    qtbot.mouseClick(again.detach, Qt.MouseButton.LeftButton)
    assert not thing(bridge, "orders").attached


def test_the_dialog_closes_when_its_function_goes(qtbot: QtBot, bridge: Bridge) -> None:
    dialog = open_dialog(qtbot, bridge, "loose")
    bridge.do("x", lambda edit: edit.remove("loose"))
    assert not dialog.isVisible()


def test_quotas_and_promises_are_edited_live(qtbot: QtBot, bridge: Bridge) -> None:
    dialog = PlanDialog(bridge, LIGHT)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.tabs.setCurrentIndex(1)
    quota = dialog.settings_form.editors["account_concurrency"]
    quota.setFocus()
    quota.selectAll()
    qtbot.keyClicks(quota, "5000")
    qtbot.keyClick(quota, Qt.Key.Key_Return)
    assert bridge.session.plan.info.settings.account_concurrency == 5000
    dialog.tabs.setCurrentIndex(2)
    states = [word.text for word in dialog.expectations.rows.remarks if word]
    assert states == ["Holds.", "Broken: it is unreachable."]
    expect = row_in_hand(dialog.expectations, 1).cells[-1]
    expect.setCurrentIndex(expect.findData("unreachable"))
    expect.activated.emit(expect.currentIndex())
    bridge.settle()
    assert row_in_hand(dialog.expectations, 1).remark.text() == "Holds."
    dialog.expectations.add_row()
    source, target, *_ = row_in_hand(dialog.expectations, 2).cells
    source.line().setText("nobody")
    qtbot.keyClick(source.line(), Qt.Key.Key_Return)
    target.line().setText("db")
    qtbot.keyClick(target.line(), Qt.Key.Key_Return)
    assert "nobody" in row_in_hand(dialog.expectations, 2).reason.text()
    source.line().setText("orders")
    qtbot.keyClick(source.line(), Qt.Key.Key_Return)
    qtbot.keyClick(target.line(), Qt.Key.Key_Return)
    assert [row.target for row in bridge.session.plan.expectations] == [
        "internet",
        "internet",
        "db",
    ]
    row_in_hand(dialog.expectations, 0).removed.emit()
    assert len(bridge.session.plan.expectations) == 2
    dialog.set_theme(DARK)


def test_dialogs_that_are_gone_hear_nothing_more(qtbot: QtBot, bridge: Bridge) -> None:
    for dialog in (PlanDialog(bridge, LIGHT), ConnectDialog(bridge, LIGHT, "loose")):
        dialog.show()
        bridge.settle()
        with qtbot.waitSignal(dialog.destroyed):
            dialog.close()
            dialog.deleteLater()
    bridge.do("x", lambda edit: edit.update("orders", concurrency=5))
    bridge.settle()
    assert thing(bridge, "orders").concurrency == 5
