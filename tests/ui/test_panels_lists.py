"""Palette and findings: what they show of a plan, and what a click does."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from lambdaplanner.kinds import KINDS
from lambdaplanner.kinds.workload import TYPES
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.canvas.pointer import PALETTE_MIME
from lambdaplanner.ui.panels.findings_panel import FindingsPanel
from lambdaplanner.ui.panels.palette import PalettePanel, entries, mime_data
from lambdaplanner.ui.theme import DARK, LIGHT
from tests.card_hand import card_of, cards_of
from tests.ui.panel_world import labels_done, make_bridge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def bridge() -> Bridge:
    return make_bridge()


@pytest.fixture
def palette(qtbot: QtBot, bridge: Bridge) -> PalettePanel:
    return shown(qtbot, PalettePanel(bridge, LIGHT))


@pytest.fixture
def findings(qtbot: QtBot, bridge: Bridge) -> FindingsPanel:
    return shown(qtbot, FindingsPanel(bridge, LIGHT))


def shown(qtbot: QtBot, panel):  # type: ignore[no-untyped-def]  # gives back what it gets
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.show()
    return panel


def acknowledged(bridge: Bridge) -> tuple[Any, ...]:
    return bridge.session.plan.acknowledged


def test_the_palette_offers_every_kind_and_every_workload() -> None:
    offered = [entry.payload for _, group in entries() for entry in group]
    assert {payload.partition(":")[0] for payload in offered} == {
        slug for slug, kind in KINDS.items() if kind.addable
    }
    assert [p for p in offered if p.startswith("workload:")] == [f"workload:{t}" for t in TYPES]
    assert bytes(mime_data("workload:rds").data(PALETTE_MIME).data()) == b"workload:rds"


def test_a_click_arms_placing_and_esc_lets_it_go(
    qtbot: QtBot, bridge: Bridge, palette: PalettePanel
) -> None:
    wanted: list[tuple[str, str]] = []
    bridge.placing_wanted.connect(lambda kind, variant: wanted.append((kind, variant)))
    qtbot.keyClicks(palette.search, "postgres")
    assert palette.empty.isVisible()
    palette.search.clear()
    qtbot.keyClicks(palette.search, "rds data")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert wanted == [("workload", "rds")]
    assert palette.armed == "workload:rds"
    assert "RDS database" in palette.hint.text()
    qtbot.keyClick(palette, Qt.Key.Key_Escape)
    assert wanted[-1] == ("", "")
    assert palette.armed == ""
    palette.search.clear()
    item = palette.tree.findItems("Subnet", Qt.MatchFlag.MatchRecursive)[0]
    where = palette.tree.visualItemRect(item).center()
    qtbot.mouseClick(palette.tree.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert wanted[-1] == ("subnet", "")
    palette.set_theme(DARK)


def test_broken_promises_stand_first_and_a_click_jumps(
    qtbot: QtBot, bridge: Bridge, findings: FindingsPanel
) -> None:
    first = cards_of(findings)[0]
    assert first.shown.id == "Expectation"
    assert "trapped to internet" in first.message
    revealed: list[str] = []
    bridge.reveal_wanted.connect(revealed.append)
    first.click()
    assert revealed == ["trapped"]
    assert bridge.session.selection.ids == ("trapped",)
    qtbot.keyClick(findings.view, Qt.Key.Key_Return)
    assert revealed == ["trapped", "trapped"]


def test_stepping_goes_round_the_findings(bridge: Bridge, findings: FindingsPanel) -> None:
    revealed: list[str] = []
    bridge.reveal_wanted.connect(revealed.append)
    about = [one.about[0] for one in findings.shown]
    for _ in range(len(about) + 1):
        findings.step(1)
    findings.step(-1)
    assert revealed == [*about, about[0], about[-1]]


def test_findings_are_filtered_by_severity_and_text(qtbot: QtBot, findings: FindingsPanel) -> None:
    everything = len(findings.shown)
    findings.severities["error"].setChecked(False)
    assert all(one.severity != "error" for one in findings.shown)
    findings.severities["error"].setChecked(True)
    qtbot.keyClicks(findings.search, "LAM-001 orders")
    assert [one.about[0] for one in findings.shown] == ["orders"]
    findings.search.clear()
    qtbot.keyClicks(findings.search, "no such words")
    assert findings.shown == ()
    assert "filter" in findings.empty.text()
    findings.search.clear()
    assert len(findings.shown) == everything


def test_acknowledging_takes_a_reason_and_one_step(
    qtbot: QtBot, bridge: Bridge, findings: FindingsPanel
) -> None:
    titles: list[str] = []
    findings.title_changed.connect(titles.append)
    before = len(findings.shown)
    form = card_of(findings, "LAM-001").form("Acknowledge")
    qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    assert acknowledged(bridge) == ()
    qtbot.keyClicks(form.reason, "only a demo")
    qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    bridge.settle()
    assert [row.reason for row in acknowledged(bridge)] == ["only a demo"]
    assert labels_done(bridge) == ["Acknowledge LAM-001"]
    assert len(findings.shown) == before - 1
    assert titles == [f"Findings ({before - 1})"]
    findings.acknowledged.setChecked(True)
    again = next(card for card in cards_of(findings) if card.shown.acknowledged)
    again.click("Show again")
    bridge.settle()
    assert acknowledged(bridge) == ()
    assert len(findings.shown) == before


def test_a_plan_without_findings_says_so(qtbot: QtBot) -> None:
    panel = shown(qtbot, FindingsPanel(make_bridge("lambdaplanner: 1\n"), LIGHT))
    assert panel.empty.isVisible()
    assert "Nothing found" in panel.empty.text()
    assert panel.title == "Findings"
