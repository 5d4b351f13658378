"""One end against all: two lists that follow selection and edits, and lead to the path."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from lambdaplanner.analysis.survey import reach_from, reach_into
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.panels.reach_list import ReachList
from lambdaplanner.ui.panels.reach_models import ENTRY, Entry, Fold
from lambdaplanner.ui.panels.reach_panel import ReachPanel
from lambdaplanner.ui.theme import DARK, LIGHT
from tests.benchmarks.plans import realistic_plan
from tests.ui.panel_world import make_bridge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def bridge() -> Bridge:
    return make_bridge()


@pytest.fixture
def panel(qtbot: QtBot, bridge: Bridge) -> ReachPanel:
    made = ReachPanel(bridge, LIGHT)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    return made


def choose(qtbot: QtBot, bridge: Bridge, panel: ReachPanel, name: str) -> None:
    bridge.select([name])
    qtbot.waitUntil(lambda: panel.end == name)
    panel.settle()


def shown(part: ReachList) -> list[str]:
    return [str(part.rows.index(place).data()) for place in range(part.rows.rowCount())]


def where(part: ReachList, name: str) -> QPoint:
    place = next(
        place
        for place, row in enumerate(part.rows.rows)
        if (isinstance(row, Entry) and row.end == name) or (isinstance(row, Fold) and not name)
    )
    return part.visualRect(part.rows.index(place)).center()


def test_it_explains_itself_until_an_end_is_chosen(panel: ReachPanel) -> None:
    assert panel.calm.isVisible()
    assert not panel.onward.isVisible()


def test_the_selection_is_held_against_all(qtbot: QtBot, bridge: Bridge, panel: ReachPanel) -> None:
    choose(qtbot, bridge, panel, "orders")
    assert shown(panel.onward) == [
        "Internet, tcp 443: reachable",
        "db, RDS database, tcp 5432: reachable",
    ]
    assert shown(panel.inward) == ["Show 4 unreachable"]
    assert panel.onward_count.text() == "2 of 2"
    assert panel.inward_count.text() == "Nothing can open a connection to a function."
    choose(qtbot, bridge, panel, "db")
    assert panel.inward_count.text() == "2 of 4"
    bridge.select(["private-rt"])
    assert panel.end == "db", "what has no ends leaves the last question"
    bridge.select(["eni:trapped@public"])
    assert panel.end == "trapped"


def test_rows_say_what_the_engine_says(qtbot: QtBot, bridge: Bridge, panel: ReachPanel) -> None:
    for name in ("orders", "loose", "db", "internet"):
        choose(qtbot, bridge, panel, name)
        network = bridge.live.network
        for part, rows in (
            (panel.onward, reach_from(network, name)),
            (panel.inward, reach_into(network, name)),
        ):
            part.rows.close_fold()
            part.rows.toggle_fold()
            there = {row.row for row in part.rows.rows if isinstance(row, Entry)}
            assert there == set(rows)


def test_the_unreachable_are_folded_under_their_number(
    qtbot: QtBot, bridge: Bridge, panel: ReachPanel
) -> None:
    choose(qtbot, bridge, panel, "orders")
    inward = panel.inward
    port = inward.viewport()
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=where(inward, ""))
    assert shown(inward)[0] == "Hide 4 unreachable"
    assert len(shown(inward)) == 5
    assert bridge.question is None
    qtbot.keyClick(inward, Qt.Key.Key_Return)
    assert shown(inward) == ["Show 4 unreachable"]
    assert inward.currentIndex().data(ENTRY) == Fold(4, False)


def test_a_click_asks_and_enter_also_reveals(
    qtbot: QtBot, bridge: Bridge, panel: ReachPanel
) -> None:
    choose(qtbot, bridge, panel, "orders")
    revealed: list[str] = []
    bridge.reveal_wanted.connect(revealed.append)
    port = panel.onward.viewport()
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=where(panel.onward, "internet"))
    assert bridge.question == ("orders", "internet", None, "tcp")
    assert panel.question.text() == "orders to Internet, tcp 443"
    assert panel.pill.word.text == "Reachable"
    assert revealed == []
    qtbot.keyClick(panel.onward, Qt.Key.Key_Down)
    assert bridge.question == ("orders", "db", None, "tcp")
    qtbot.keyClick(panel.onward, Qt.Key.Key_Return)
    assert revealed == ["db"]
    assert bridge.session.selection.ids == ("db",)
    assert panel.end == "orders", "the lists stay with the end that was chosen"
    with qtbot.waitSignal(panel.path_wanted):
        qtbot.mouseClick(panel.show_path, Qt.MouseButton.LeftButton)


def test_text_and_verdicts_filter(qtbot: QtBot, bridge: Bridge, panel: ReachPanel) -> None:
    choose(qtbot, bridge, panel, "db")
    everything = shown(panel.inward)
    qtbot.keyClicks(panel.search, "lambda trapped")
    assert [row.end for row in panel.inward.rows.rows if isinstance(row, Entry)] == ["trapped"]
    panel.search.clear()
    assert shown(panel.inward) == everything
    qtbot.mouseClick(panel.verdicts["unreachable"], Qt.MouseButton.LeftButton)
    assert not any(isinstance(row, Fold) for row in panel.inward.rows.rows)
    qtbot.mouseClick(panel.verdicts["reachable"], Qt.MouseButton.LeftButton)
    assert shown(panel.inward) == []
    panel.set_theme(DARK)


def test_a_search_looks_behind_the_fold(qtbot: QtBot, bridge: Bridge, panel: ReachPanel) -> None:
    choose(qtbot, bridge, panel, "orders")
    qtbot.keyClicks(panel.search, "loose")
    assert shown(panel.inward) == ["loose, Lambda function, tcp 443: unreachable"]


def test_it_follows_edits_while_it_is_seen(qtbot: QtBot, bridge: Bridge, panel: ReachPanel) -> None:
    choose(qtbot, bridge, panel, "orders")
    bridge.do("x", lambda edit: edit.remove("nat"))
    bridge.settle()
    panel.settle()
    assert shown(panel.onward) == [
        "db, RDS database, tcp 5432: reachable",
        "Show 1 unreachable",
    ]
    panel.hide()
    bridge.session.undo()
    bridge.settle()
    assert len(shown(panel.onward)) == 2
    panel.show()
    assert panel.onward_count.text() == "2 of 2"
    bridge.do("y", lambda edit: edit.remove("orders"))
    bridge.settle()
    panel.settle()
    assert panel.end == ""
    assert panel.calm.isVisible()


def test_an_end_is_typed_too(qtbot: QtBot, bridge: Bridge, panel: ReachPanel) -> None:
    line = panel.subject.line()
    line.setFocus()
    qtbot.keyClicks(line, "orders")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    panel.settle()
    assert panel.end == "orders"
    line.selectAll()
    qtbot.keyClicks(line, "nobody")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert "nobody" in panel.reason.text()
    assert panel.reason.isVisible()
    bridge.open(Plan())
    panel.settle()
    assert panel.end == ""


def test_hundreds_of_rows_are_painted_only_where_they_are_seen(
    qtbot: QtBot, bridge: Bridge, panel: ReachPanel
) -> None:
    bridge.open(realistic_plan(500))
    choose(qtbot, bridge, panel, "vpc-0-function-0")
    qtbot.mouseClick(
        panel.inward.viewport(), Qt.MouseButton.LeftButton, pos=where(panel.inward, "")
    )
    assert panel.inward.rows.rowCount() > 400
    asked: list[int] = []
    rows = panel.inward.rows
    data = rows.data

    def noted(index: object, role: int = 0) -> object:
        if role == ENTRY:
            asked.append(index.row())  # type: ignore[attr-defined]
        return data(index, role)  # type: ignore[arg-type]

    rows.data = noted  # type: ignore[method-assign]
    panel.inward.viewport().grab()
    assert 0 < len(set(asked)) < 40


def test_every_part_has_a_name(panel: ReachPanel) -> None:
    parts = (panel.subject, panel.search, panel.onward, panel.inward, *panel.verdicts.values())
    assert all(part.accessibleName() for part in parts)
