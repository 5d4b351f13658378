"""The inspector in the real window: undo wherever the keyboard is, choices that AWS accepts, and a
panel that stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.ui.panels.reference_editors import OptionCombo
from lambdaplanner.ui.plan_dialog import PlanDialog
from lambdaplanner.ui.workbench import Workbench
from tests.list_hand import row_in_hand
from tests.ui.test_story import Answers
from tests.windows import MakeBench

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
CONTROL = Qt.KeyboardModifier.ControlModifier
NETWORK = """
lambdaplanner: 1
name: Hub
region: eu-west-1
vpcs:
  a: {cidr: 10.0.0.0/16}
  b: {cidr: 10.1.0.0/16}
  c: {cidr: 10.2.0.0/16}
  d: {cidr: 10.3.0.0/16}
subnets:
"""
NETWORK += "".join(
    f"  {vpc}-{zone}{n}: {{vpc: {vpc}, az: eu-west-1{zone}, cidr: 10.{i}.{j * 10 + n}.0/24}}\n"
    for i, vpc in enumerate("abc")
    for j, zone in enumerate("abc")
    for n in (1, 2)
)
NETWORK += """
security_groups:
  fn-sg: {vpc: a}
  db-sg: {vpc: a}
transit_gateways:
  hub:
    attachments:
      a: {subnets: [a-a1]}
      b: {subnets: [b-a1]}
      c: {subnets: [c-a1]}
    route_tables:
      main: {}
endpoints:
  sqs: {vpc: a, service: sqs, type: interface, subnets: [a-a1], security_groups: [fn-sg]}
functions:
  orders: {subnets: [a-a1], security_groups: [fn-sg]}
"""


@pytest.fixture
def bench(make_bench: MakeBench, tmp_path: Path) -> Iterator[Workbench]:
    made = make_bench(Answers(tmp_path))
    made.bridge.open(read_text(NETWORK, where="hub.yaml").plan)
    made.bridge.settle()
    yield made
    made.window.close()


def editor(bench: Workbench, name: str, field: str) -> Any:
    """The editor of a field of a thing, chosen."""
    bench.bridge.select([name])
    bench.bridge.settle()
    form = bench.inspector.resource_view.form
    assert form is not None
    return form.editors[field]


def choose(combo: OptionCombo, name: str) -> None:
    """Types a name into an adding field and confirms it, as a person does."""
    combo.setFocus()
    QTest.keyClicks(combo, name)
    QTest.keyClick(combo, Qt.Key.Key_Return)


def undo(widget: QWidget | None) -> None:
    assert widget is not None
    QTest.keyClick(widget, Qt.Key.Key_Z, CONTROL)


@pytest.mark.parametrize(
    ("thing", "field", "choice"),
    [("orders", "subnets", "a-b1"), ("orders", "security_groups", "db-sg")],
)
def test_undo_after_adding_is_not_eaten_by_the_empty_field(
    bench: Workbench, thing: str, field: str, choice: str
) -> None:
    add = editor(bench, thing, field)
    choose(add.add, choice)
    function: Any = bench.session.plan.resource(thing)
    assert choice in getattr(function, field)
    undo(bench.window.focusWidget())
    function = bench.session.plan.resource(thing)
    assert choice not in getattr(function, field)
    QTest.keyClick(bench.window.focusWidget(), Qt.Key.Key_Y, CONTROL)
    function = bench.session.plan.resource(thing)
    assert choice in getattr(function, field)


def test_undo_takes_typing_back_first_and_then_the_plan(bench: Workbench) -> None:
    add = editor(bench, "orders", "subnets").add
    choose(add, "a-b1")
    QTest.keyClicks(add, "zz")
    undo(add)
    function: Any = bench.session.plan.resource("orders")
    assert function.subnets == ("a-a1", "a-b1")
    assert add.line().text() != "zz"
    add.write("")
    undo(add)
    function = bench.session.plan.resource("orders")
    assert function.subnets == ("a-a1",)


def test_undo_works_from_every_field_in_which_nothing_is_typed(bench: Workbench) -> None:
    bench.bridge.select(["orders"])
    stops = [
        widget
        for widget in bench.window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(stops) > 12
    for stop in stops:
        bench.bridge.do("Change", lambda edit: edit.update("fn-sg", label="changed"))
        bench.session.seal()
        stop.setFocus()
        undo(bench.window.focusWidget())
        assert bench.session.plan.resource("fn-sg").label == "", stop


def test_undo_works_in_a_dialog_beside_the_canvas(bench: Workbench, qtbot: QtBot) -> None:
    bench.bridge.do("Change", lambda edit: edit.update("fn-sg", label="changed"))
    bench.show_plan_settings()
    dialog = bench.window.findChild(PlanDialog)
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    undo(dialog.focusWidget() or dialog)
    assert bench.session.plan.resource("fn-sg").label == ""
    dialog.close()


def test_an_attachment_is_offered_what_aws_accepts(bench: Workbench) -> None:
    attachments = editor(bench, "hub", "attachments")
    vpc, subnets, _ = row_in_hand(attachments, 1).cells
    assert subnets.add.options == ["b-b1", "b-b2", "b-c1", "b-c2"]
    assert [name for name in vpc.options if name] == ["b", "d"]
    choose(subnets.add, "a-b1")
    assert bench.session.plan.resource("hub").attachments[1].subnets == ("b-a1",)  # type: ignore[attr-defined]
    subnets.add.line().clear()
    choose(subnets.add, "b-c1")
    assert subnets.add.options == ["b-b1", "b-b2"]
    tables = editor(bench, "hub", "route_tables")
    assert row_in_hand(tables, 0).cells[1].add.options == ["a", "b", "c"]


def test_an_attachment_that_moves_to_another_vpc_leaves_its_subnets(bench: Workbench) -> None:
    vpc = row_in_hand(editor(bench, "hub", "attachments"), 1).cells[0]
    vpc.line().clear()
    choose(vpc, "d")
    hub: Any = bench.session.plan.resource("hub")
    assert hub.attachment("d").subnets == ()


def test_an_endpoint_is_offered_one_subnet_of_each_zone(bench: Workbench) -> None:
    assert editor(bench, "sqs", "subnets").add.options == ["a-b1", "a-b2", "a-c1", "a-c2"]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_panel_stays_where_it_is_at_edits(bench: Workbench, place: int) -> None:
    attachments = editor(bench, "hub", "attachments")
    for _ in range(6):  # each goes one level of layouts deeper
        QApplication.processEvents()
    cell = row_in_hand(attachments, place).cells[1]
    area = next(
        area for area in bench.inspector.findChildren(QScrollArea) if area.isAncestorOf(cell)
    )
    bar = area.verticalScrollBar()
    assert bar.maximum() > 200
    bar.setValue(bar.maximum())
    cell.add.setFocus()
    area.ensureWidgetVisible(cell.add)
    QApplication.processEvents()

    def top() -> int:
        return cell.add.mapTo(area.viewport(), cell.add.rect().topLeft()).y()

    row_height = 40
    before = top()
    choose(cell.add, cell.add.options[0])
    bench.bridge.settle()
    QApplication.processEvents()
    assert abs(top() - before) <= row_height
    before = top()
    remove = next(iter(cell.rows.values())).findChild(QToolButton)
    QTest.mouseClick(remove, Qt.MouseButton.LeftButton)
    bench.bridge.settle()
    QApplication.processEvents()
    assert abs(top() - before) <= row_height
    assert bench.window.focusWidget() is cell.add
