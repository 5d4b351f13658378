"""The path panel: questions typed and chosen, hops, obstacles, promises."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.panels.trace_panel import TracePanel
from lambdaplanner.ui.theme import LIGHT
from tests.ui.panel_world import labels_done, make_bridge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def bridge() -> Bridge:
    return make_bridge()


@pytest.fixture
def trace(qtbot: QtBot, bridge: Bridge) -> TracePanel:
    panel = TracePanel(bridge, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.show()
    return panel


def test_the_path_panel_explains_itself_before_a_question(trace: TracePanel) -> None:
    assert trace.calm.isVisible()
    assert not trace.promise.isVisible()


def choose(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_typing_both_ends_shows_the_path_and_what_blocks(
    qtbot: QtBot, bridge: Bridge, trace: TracePanel
) -> None:
    choose(qtbot, trace.source.line(), "trapped")
    choose(qtbot, trace.target.line(), "internet")
    assert trace.pill.word.text == "Unreachable"
    path = trace.views[0]
    assert [hop.hop.id for hop in path.hops][:2] == ["trapped", "vpc-to-vpc-nat"]
    assert {o.obstacle.code for o in path.obstacles} == {"IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"}
    revealed: list[str] = []
    bridge.reveal_wanted.connect(revealed.append)
    qtbot.mouseClick(path.hops[0], Qt.MouseButton.LeftButton)
    assert revealed == ["trapped"]


def test_a_hop_says_which_address_becomes_which(bridge: Bridge, trace: TracePanel) -> None:
    bridge.ask("orders", "internet")
    hops = {row.hop.id: row for row in trace.views[0].hops[: len(trace.views[0].path.hops)]}
    said = "Source: an address of 10.0.1.0/24 becomes an address of 10.0.0.0/24."
    assert hops["nat"].translation.text() == said
    assert not hops["nat"].translation.isHidden()
    assert hops["nat"].accessibleName().endswith(said)
    assert hops["igw"].translation.text().endswith("becomes the elastic IP of nat.")
    assert hops["private-rt"].translation.isHidden()
    back = trace.views[0].hops[len(hops) :]
    assert any(row.translation.text().startswith("Target: ") for row in back)


def test_the_answer_follows_edits(bridge: Bridge, trace: TracePanel) -> None:
    bridge.ask("orders", "internet")
    assert trace.pill.word.text == "Reachable"
    assert trace.views[0].path.return_hops
    bridge.do("x", lambda edit: edit.remove("nat"))
    bridge.settle()
    assert trace.pill.word.text == "Unreachable"
    assert trace.views[0].obstacles
    bridge.session.undo()
    bridge.settle()
    assert trace.pill.word.text == "Reachable"
    bridge.clear_question()
    assert trace.calm.isVisible()


def test_a_wrong_end_is_refused_beside_the_question(
    qtbot: QtBot, bridge: Bridge, trace: TracePanel
) -> None:
    choose(qtbot, trace.source.line(), "ordrs")
    assert "ordrs" in trace.reason.text()
    assert trace.source.line().text() == "ordrs"
    assert bridge.question is None
    choose(qtbot, trace.source.line(), "orders")
    choose(qtbot, trace.target.line(), "10.0.1.9")
    assert bridge.question == ("orders", "10.0.1.9", None, "tcp")
    choose(qtbot, trace.port, "5432")
    assert bridge.question == ("orders", "10.0.1.9", 5432, "tcp")
    trace.swap_ends()
    assert bridge.question == ("10.0.1.9", "orders", 5432, "tcp")


def test_a_promise_is_one_step_and_known_afterwards(
    qtbot: QtBot, bridge: Bridge, trace: TracePanel
) -> None:
    bridge.ask("orders", "db")
    qtbot.mouseClick(trace.promise, Qt.MouseButton.LeftButton)
    assert bridge.session.plan.expectations[-1].expect == "reachable"
    assert labels_done(bridge) == ["Promise orders to db"]
    assert not trace.promise.isEnabled()
    bridge.session.undo()
    assert len(bridge.session.plan.expectations) == 2


def test_the_source_follows_the_selection_where_that_is_on(
    bridge: Bridge, trace: TracePanel
) -> None:
    bridge.select(["orders"])
    assert bridge.question is None
    trace.follow.setChecked(True)
    bridge.select(["trapped"])
    assert bridge.question is not None
    assert bridge.question[:2] == ("trapped", "internet")


def advice(trace: TracePanel) -> list[str]:
    return [card.advice.text() for view in trace.views for card in view.obstacles]


def test_an_obstacle_says_what_fix_offers_first(bridge: Bridge, trace: TracePanel) -> None:
    bridge.ask("trapped", "internet")
    (card,) = trace.views[0].obstacles
    assert card.advice.isHidden(), "nothing is said that may turn out wrong"

    trace.advice.settle()

    assert advice(trace) == ["Fix: Attach trapped to private-a instead of public."]
    assert not card.advice.isHidden()


def test_what_is_advised_follows_edits(bridge: Bridge, trace: TracePanel) -> None:
    bridge.ask("trapped", "internet")
    trace.advice.settle()
    bridge.do("x", lambda edit: edit.remove("nat"))
    trace.advice.settle()
    bridge.settle()
    trace.advice.settle()
    assert "with a NAT gateway" in advice(trace)[0]
    bridge.clear_question()
    trace.advice.settle()
    assert advice(trace) == []


def test_nothing_is_looked_for_while_nobody_looks(bridge: Bridge, trace: TracePanel) -> None:
    bridge.ask("orders", "internet")
    bridge.do("x", lambda edit: edit.remove("nat"))
    bridge.settle()
    trace.hide()
    bridge.session.undo()
    bridge.settle()
    trace.advice.settle()
    trace.show()
    assert trace.pill.word.text == "Reachable"
    assert advice(trace) == []


def test_a_question_over_ipv6_is_asked_shown_and_promised() -> None:
    bridge = make_bridge()
    panel = TracePanel(bridge, LIGHT)
    bridge.ask("orders", "internet", None, "tcp", 6)
    assert panel.ip.currentData() == "IPv6"
    assert "over IPv6" in panel.summary.text()
    panel.promise_answer()
    assert bridge.session.plan.expectations[-1].ip == 6
    assert panel.promise.text() == "Promised"
    panel.ip.show_value("IPv4")
    panel.swap_ends()
    assert (bridge.ip, bridge.answer is not None) == (4, True)
    panel.close()
