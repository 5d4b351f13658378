"""Docks of the real window: nobody edits, and nothing computes, in a panel that nobody sees; every
size of window works.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings, QSize, Qt
from PySide6.QtGui import QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from lambdaplanner.analysis import survey
from lambdaplanner.app import make_window
from lambdaplanner.ui.panels import capacity_panel, reach_panel, trace_panel, whatif_panel
from lambdaplanner.ui.shell import Shell
from lambdaplanner.ui.workbench import Workbench
from tests.found.plans import found
from tests.ui.test_story import Answers
from tests.windows import MakeBench

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
LOWER = ("findings", "trace", "reach", "capacity", "whatif")


@pytest.fixture
def bench(make_bench: MakeBench, tmp_path: Path) -> Iterator[Workbench]:
    made = make_bench(Answers(tmp_path))
    made.start(found("shop", "window"))
    made.bridge.settle()
    yield made
    made.window.close()


def stops(window: Shell, key: Qt.Key) -> Iterator[QWidget]:
    """Where Tab or Shift+Tab goes, once around; each as it is come to."""
    first = window.focusWidget()
    assert first is not None
    for _ in range(400):
        QTest.keyClick(window.focusWidget(), key)
        here = window.focusWidget()
        assert here is not None
        yield here
        if here is first:
            return
    raise AssertionError("Tab never comes around")


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
@pytest.mark.parametrize("on_top", LOWER)
def test_no_tab_stop_is_invisible(bench: Workbench, on_top: str, key: Qt.Key) -> None:
    bench.view.on_key = lambda _event: False
    bench.window.show_dock(on_top)
    bench.whatif.settle()
    bench.palette.search.setFocus()
    behind = [bench.window.docks[n] for n in LOWER if n != on_top]
    for stop in stops(bench.window, key):
        assert not stop.visibleRegion().isEmpty(), stop
        assert not any(dock.isAncestorOf(stop) for dock in behind), stop


def test_keys_change_nothing_in_a_panel_behind_another(bench: Workbench, qtbot: QtBot) -> None:
    bench.window.show_dock("capacity")
    card = bench.capacity.cards["eni-per-3gb"].choice
    card.setFocus()
    assert bench.window.focusWidget() is card
    bar = next(
        bar
        for bar in bench.window.findChildren(QTabBar)
        if "Capacity" in [bar.tabText(place) for place in range(bar.count())]
    )
    names = [bar.tabText(place) for place in range(bar.count())]
    at = bar.tabRect(next(i for i, name in enumerate(names) if name.startswith("Findings")))
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=at.center())
    assert bench.view.hasFocus()
    QTest.keyClick(bench.window.focusWidget(), Qt.Key.Key_Space)
    QTest.keyRelease(bench.view, Qt.Key.Key_Space)
    assert bench.documents.clean


def count_calls(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str, calls: list[str]
) -> None:
    real: Callable[..., object] = getattr(module, name)

    def counted(*args: object, **kwargs: object) -> object:
        calls.append(name)
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, counted)


def test_panels_behind_another_compute_nothing(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in LOWER:
        bench.window.show_dock(name)
    bench.bridge.ask("orders", "orders-db")
    bench.window.show_dock("reach")
    bench.reach.settle()
    bench.window.show_dock("whatif")
    bench.whatif.form.zones.boxes["eu-west-1b"].click()
    bench.window.show_dock("findings")
    calls: list[str] = []
    for module, name in (
        (reach_panel, "reach_from"),
        (reach_panel, "reach_into"),
        (survey, "reach_from"),
        (capacity_panel, "assess"),
        (capacity_panel, "nat_ports"),
        (whatif_panel, "imagine"),
        (whatif_panel, "comparing"),
        (trace_panel, "PathView"),
    ):
        count_calls(monkeypatch, module, name, calls)
    bench.bridge.select(["payments"])
    bench.bridge.do("Change", lambda edit: edit.update("payments", concurrency=7))
    bench.bridge.do("Cut", lambda edit: edit.update("orders", security_groups=()))
    bench.bridge.settle()
    bench.reach.settle()
    bench.whatif.settle()
    QApplication.processEvents()
    assert calls == []
    bench.window.show_dock("reach")
    bench.reach.settle()
    assert {"reach_from", "reach_into"} <= set(calls)
    bench.window.show_dock("whatif")
    bench.whatif.settle()
    assert "imagine" in calls
    bench.window.show_dock("trace")
    assert "PathView" in calls


def test_a_hidden_dock_that_comes_back_shows_its_panel(bench: Workbench) -> None:
    for name, dock in bench.window.docks.items():
        bench.window.show_dock(name)
        assert dock.panel is not None
        assert dock.panel.isVisible()
        bench.window.toggle_dock(name)
        assert not dock.panel.isVisible()
        bench.window.toggle_dock(name)
        assert dock.panel.isVisible(), name
    bench.window.toggle_docks()
    assert not any(d.panel and d.panel.isVisible() for d in bench.window.docks.values())
    bench.window.toggle_docks()
    seen = [n for n in LOWER if (p := bench.window.docks[n].panel) and p.isVisible()]
    assert len(seen) == 1


def test_the_window_works_small_and_panels_come_back(bench: Workbench) -> None:
    window, docks = bench.window, bench.window.docks
    before = {name: docks[name].width() for name in ("palette", "inspector")}
    window.resize(1024, 700)
    QApplication.processEvents()
    assert window.size() == QSize(1024, 700)
    assert docks["palette"].width() >= 180
    assert docks["inspector"].width() >= 280
    assert bench.view.width() >= 500
    for name in LOWER:
        window.show_dock(name)
        QApplication.processEvents()
        assert window.size() == QSize(1024, 700)
    window.resize(1440, 900)
    QApplication.processEvents()
    assert {name: docks[name].width() for name in before} == before


def test_a_side_that_was_dragged_keeps_its_width(bench: Workbench, qtbot: QtBot) -> None:
    window, palette = bench.window, bench.window.docks["palette"]
    edge = QPoint(palette.geometry().right() + 1, palette.geometry().center().y())
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=edge)
    for step in (10, 30, 60):
        QTest.mouseMove(window, edge + QPoint(step, 0))
        qtbot.wait(1)
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=edge + QPoint(60, 0))
    wide = palette.width()
    assert wide > 250
    for size in ((1024, 700), (1440, 900)):
        window.resize(*size)
        QApplication.processEvents()
    assert palette.width() == wide


@pytest.mark.parametrize("screen", [(1280, 720), (1280, 800), (1024, 700), (683, 384)])
def test_the_first_window_is_not_larger_than_the_screen(
    screen: tuple[int, int], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _self: QRect(0, 0, *screen))
    window = make_window(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    assert window.width() < screen[0]
    assert window.height() < screen[1]
    window.close()


def test_tabs_look_as_before_after_another_theme_and_back(bench: Workbench) -> None:
    bench.window.setFocus()
    bars = [bar for bar in bench.window.findChildren(QTabBar) if bar.isVisible()]
    assert bars
    before = [bar.grab().toImage() for bar in bars]
    for _ in range(2):
        bench.toggle_theme()
        QApplication.processEvents()
    assert [bar.grab().toImage() for bar in bars] == before
