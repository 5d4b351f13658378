"""Acknowledgements on their cards: reason, day and days left are shown, entered and changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lambdaplanner.model.document import Acknowledgement
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.panels.findings_panel import FindingsPanel
from lambdaplanner.ui.theme import LIGHT
from tests.card_hand import card_of
from tests.ui.panel_world import NETWORK, labels_done, make_bridge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def panel_of(qtbot: QtBot, bridge: Bridge) -> FindingsPanel:
    panel = FindingsPanel(bridge, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.acknowledged.setChecked(True)
    panel.show()
    return panel


def test_a_day_can_be_entered_and_changed(qtbot: QtBot) -> None:
    bridge = make_bridge()
    panel = panel_of(qtbot, bridge)
    today = bridge.live.today
    soon, later = (today + timedelta(days=days) for days in (30, 1))
    form = card_of(panel, "LAM-001").form("Acknowledge")
    qtbot.keyClicks(form.reason, "until launch")
    qtbot.keyClicks(form.until, soon.isoformat())
    qtbot.keyClick(form.until, Qt.Key.Key_Return)
    bridge.settle()
    about = bridge.session.plan.acknowledged[0].about
    assert bridge.session.plan.acknowledged == (
        Acknowledgement(
            finding="LAM-001", about=about, reason="until launch", until=soon.isoformat()
        ),
    )
    card = card_of(panel, "LAM-001")
    assert card.note == f"Reason: until launch. Until {soon}, 30 days left."
    form = card.form("Change")
    assert (form.reason.text(), form.until.text()) == ("until launch", soon.isoformat())
    form.until.clear()
    qtbot.keyClicks(form.until, later.isoformat())
    qtbot.keyClick(form.until, Qt.Key.Key_Return)
    bridge.settle()
    assert [row.until for row in bridge.session.plan.acknowledged] == [later.isoformat()]
    assert card_of(panel, "LAM-001").note.endswith(f"Until {later}, 1 day left.")
    assert labels_done(bridge) == ["Acknowledge LAM-001", "Acknowledge LAM-001"]


@pytest.mark.parametrize("wrong", ["tomorrow", "2027-13-01", "2001-01-01"])
def test_a_day_that_is_none_or_over_is_refused_with_its_reason(qtbot: QtBot, wrong: str) -> None:
    bridge = make_bridge()
    panel = panel_of(qtbot, bridge)
    form = card_of(panel, "LAM-001").form("Acknowledge")
    qtbot.keyClicks(form.reason, "demo")
    qtbot.keyClicks(form.until, wrong)
    qtbot.keyClick(form.until, Qt.Key.Key_Return)
    assert bridge.session.plan.acknowledged == ()
    assert wrong in form.wrong.text()
    assert form.wrong.isVisible()


def test_one_without_an_end_says_so_and_one_that_is_over_is_told(qtbot: QtBot) -> None:
    text = (
        f"{NETWORK}acknowledged:\n"
        "- {finding: LAM-001, reason: demo}\n"
        "- {finding: LAM-002, reason: till May, until: 2001-05-01}\n"
    )
    bridge = make_bridge(text)
    panel = panel_of(qtbot, bridge)
    assert card_of(panel, "LAM-001").note == "Reason: demo. Without an end."
    over = card_of(panel, "LAM-002")
    assert not over.shown.acknowledged
    assert over.note == "Reason: till May. It was acknowledged until 2001-05-01."
    form = over.form("Acknowledge")
    form.reason.clear()
    form.until.clear()
    qtbot.keyClicks(form.reason, "once more")
    qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    assert [row.reason for row in bridge.session.plan.acknowledged] == ["demo", "once more"]
