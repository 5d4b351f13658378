"""Keys and lines in the real window: what may be added, what lights up, where the keyboard goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor, QDragLeaveEvent, QDragMoveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from lambdaplanner.editor.transient import Tag
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.ui.panels.palette import mime_data
from lambdaplanner.ui.quick_add import QuickAdd
from lambdaplanner.ui.workbench import Workbench
from tests.ui.test_story import Answers
from tests.windows import MakeBench

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
"""What the offscreen platform says about every popup."""

PLAN = """
lambdaplanner: 1
name: Keys
region: eu-west-1
vpcs:
  main: {cidr: 10.0.0.0/16}
subnets:
  one: {vpc: main, az: eu-west-1a, cidr: 10.0.1.0/24}
  two: {vpc: main, az: eu-west-1b, cidr: 10.0.2.0/24}
internet_gateways:
  igw: {vpc: main}
functions:
  orders: {}
"""


@pytest.fixture
def bench(make_bench: MakeBench, qtbot: QtBot, tmp_path: Path) -> Iterator[Workbench]:
    made = make_bench(Answers(tmp_path))
    made.bridge.open(read_text(PLAN, where="keys.yaml").plan)
    made.view.fit_all()
    made.view.setFocus()
    qtbot.waitUntil(made.view.hasFocus)
    yield made
    made.window.close()


def place(bench: Workbench, name: str, across: float = 0.5, down: float = 0.5) -> QPoint:
    rect = bench.view.canvas.absolute_rect(name)
    assert rect is not None
    return bench.view.mapFromScene(rect.x + rect.width * across, rect.y + rect.height * down)


def draw_line(bench: Workbench, start: QPoint, end: QPoint) -> None:
    """C, then press, drag and let go."""
    QTest.keyClick(bench.view, Qt.Key.Key_C)
    port = bench.view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for part in (0.5, 1.0):
        QTest.mouseMove(port, start + (end - start) * part)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


def popup() -> QuickAdd:
    found = QApplication.activePopupWidget()
    assert isinstance(found, QuickAdd)
    return found


def offered() -> list[str]:
    rows = popup().list
    return [rows.item(row).text() for row in range(rows.count())]


def test_a_line_let_go_on_ground_adds_and_connects_in_one_step(bench: Workbench) -> None:
    draw_line(bench, place(bench, "one", 0.5, 0.05), place(bench, "main", 0.5, 0.9))
    assert "Route table" in offered()
    assert "Subnet" not in offered()
    assert "NAT gateway" not in offered()
    QTest.keyClicks(popup().search, "route")
    assert offered()[0] == "Route table"
    QTest.keyClick(popup().search, Qt.Key.Key_Return)
    assert QApplication.activePopupWidget() is None
    (table,) = bench.session.plan.of("route-table")
    assert bench.session.plan.resource("one").route_table == table  # type: ignore[attr-defined]
    assert bench.session.selection.only == table
    bench.undo()
    assert not bench.session.plan.of("route-table")


def test_escape_leaves_the_plan_as_it_was(bench: Workbench) -> None:
    draw_line(bench, place(bench, "one", 0.5, 0.05), place(bench, "main", 0.5, 0.9))
    QTest.keyClick(popup().search, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert not bench.session.history.undo_label
    assert bench.view.hasFocus()


def hover(bench: Workbench, spot: QPoint) -> None:
    """Moves the pointer there, from elsewhere: it may stand there since the test before."""
    QTest.mouseMove(bench.view.viewport(), QPoint(2, 2))
    QTest.mouseMove(bench.view.viewport(), spot)


def test_n_adds_at_the_pointer(bench: Workbench) -> None:
    hover(bench, place(bench, "one", 0.6, 0.6))
    QTest.keyClick(bench.view, Qt.Key.Key_N)
    assert "NAT gateway" in offered()
    QTest.keyClicks(popup().search, "nat")
    QTest.keyClick(popup().search, Qt.Key.Key_Return)
    (nat,) = bench.session.plan.of("nat-gateway").values()
    assert nat.subnet == "one"


def test_arrows_choose_in_the_list(bench: Workbench) -> None:
    hover(bench, place(bench, "one", 0.6, 0.6))
    QTest.keyClick(bench.view, Qt.Key.Key_N)
    rows, field = popup().list, popup().search
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert rows.currentRow() == 1
    QTest.keyClicks(field, "no such thing")
    assert rows.count() == 0
    assert popup().empty.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert isinstance(QApplication.activePopupWidget(), QuickAdd)
    QTest.keyClick(field, Qt.Key.Key_Escape)


def test_n_can_be_typed_in_a_field(bench: Workbench) -> None:
    field = bench.palette.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    QTest.keyClicks(field, "n")
    assert field.text() == "n"
    assert QApplication.activePopupWidget() is None


def test_where_nothing_fits_the_reason_is_said(bench: Workbench) -> None:
    draw_line(bench, place(bench, "orders"), place(bench, "one", 0.5, 0.97))
    bench.undo()
    draw_line(bench, place(bench, "igw"), place(bench, "lambda-service-vpc", 0.97, 0.9))
    assert QApplication.activePopupWidget() is None
    assert "can stand here" in bench.window.status_text.text()


def test_legal_targets_are_lit_while_a_line_is_drawn(bench: Workbench) -> None:
    QTest.keyClick(bench.view, Qt.Key.Key_C)
    port, start = bench.view.viewport(), place(bench, "orders")
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(port, start + QPoint(12, 12))
    assert bench.view.canvas.overlay.passing.lit == {"one", "two"}
    QTest.keyClick(bench.view, Qt.Key.Key_Escape)
    assert bench.view.canvas.overlay.passing.lit == frozenset()
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start)


def test_tab_walks_the_canvas_and_f6_leaves_it(bench: Workbench) -> None:
    QTest.keyClick(bench.view, Qt.Key.Key_Tab)
    first = bench.session.selection.only
    QTest.keyClick(bench.view, Qt.Key.Key_Tab)
    second = bench.session.selection.only
    assert first is not None
    assert second not in (None, first)
    assert bench.view.hasFocus()
    QTest.keyClick(bench.view, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert bench.session.selection.only == first
    assert bench.view.hasFocus()
    seen = []
    for _ in range(4):
        QTest.keyClick(bench.window.focusWidget(), Qt.Key.Key_F6)
        focused = bench.window.focusWidget()
        seen.append(
            next((n for n, d in bench.window.docks.items() if d.isAncestorOf(focused)), "canvas")
        )
    assert seen == ["palette", "inspector", "findings", "canvas"]
    QTest.keyClick(bench.view, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert bench.window.docks["findings"].isAncestorOf(bench.window.focusWidget())


def test_tab_that_the_canvas_has_no_use_for_moves_on(bench: Workbench) -> None:
    bench.view.on_key = lambda _event: False
    QTest.keyClick(bench.view, Qt.Key.Key_Tab)
    assert not bench.view.hasFocus()


def test_what_is_let_go_where_it_may_not_be_leaves_its_reason(bench: Workbench) -> None:
    at = place(bench, "main", 0.5, 0.9)
    data = mime_data("nat-gateway")
    copying, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    over = QDragMoveEvent(at, copying, data, left, none)
    bench.view.dragMoveEvent(over)
    assert not over.isAccepted()
    drop = bench.view.canvas.overlay.passing.drop
    assert drop is not None
    assert "stands in a subnet" in drop.reason
    assert bench.view.canvas.overlay.passing.lit == {"one", "two"}
    QCursor.setPos(bench.view.viewport().mapToGlobal(at))
    bench.view.dragLeaveEvent(QDragLeaveEvent())
    assert "stands in a subnet" in bench.window.status_text.text()
    assert bench.view.canvas.overlay.passing.drop is None
    assert not bench.session.plan.of("nat-gateway")


def test_words_beside_the_cursor_stay_on_the_canvas(bench: Workbench) -> None:
    view = bench.view
    port = view.viewport()
    before = port.grab().toImage()
    corner = view.mapToScene(port.width() - 10, port.height() - 10)
    words = Tag("so many words that they would leave it", corner.x(), corner.y())
    bench.session.passing.show(tag=words)
    after = port.grab().toImage()
    wide, high = after.width(), after.height()
    columns = [
        x
        for x in range(wide)
        if any(after.pixel(x, y) != before.pixel(x, y) for y in range(high - 60, high))
    ]
    assert len(columns) > 100
    assert columns[-1] < wide - 4


def test_every_menu_opens_with_alt_and_its_letter(bench: Workbench) -> None:
    letters = [action.text() for action in bench.window.menuBar().actions()]
    assert letters == ["&File", "&Edit", "&Tools", "&View", "&Help"]
    QTest.keyClick(bench.view, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    assert QApplication.activePopupWidget() is bench.window.menus["Edit"]
    QTest.keyClick(bench.window.menus["Edit"], Qt.Key.Key_Escape)
