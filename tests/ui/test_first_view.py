"""What one sees of a plan that was just opened: readable, with room that findings do not need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lambdaplanner.app import make_window
from lambdaplanner.editor.first_view import first_looked_at
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.formats.templates import template_named
from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.canvas.navigation import READABLE
from lambdaplanner.ui.workbench import Workbench
from tests.ui.test_story import Answers

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Workbench]:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    settings.setValue("window/theme", "light")
    themes.apply(qapp, themes.LIGHT)
    window = make_window(settings)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    qtbot.waitExposed(window)
    made = Workbench(window, settings, Answers(tmp_path))
    yield made
    window.close()


def opened(bench: Workbench, template: str) -> None:
    bench.documents.new_from(template_named(template))
    bench.bridge.settle()
    QApplication.processEvents()


def middle(bench: Workbench, key: str) -> tuple[float, float]:
    """Where the middle of a box is, as parts of the view."""
    box, seen = bench.view.canvas.absolute_rect(key), bench.view.visible_rect()
    assert box is not None
    across = (box.x + box.width / 2 - seen.x) / seen.width
    return across, (box.y + box.height / 2 - seen.y) / seen.height


def test_a_large_plan_opens_readable_on_the_vpc_with_functions(bench: Workbench) -> None:
    opened(bench, "two-zones")
    assert bench.view.zoom == READABLE
    assert middle(bench, "customer") == pytest.approx((0.5, 0.5), abs=0.05)
    bench.window.qt_actions["view.fit"].trigger()
    assert bench.view.zoom < READABLE
    seen, all_ = bench.view.visible_rect(), bench.view.canvas.content_rect()
    assert all_ is not None
    assert seen.width >= all_.width
    assert seen.height >= all_.height


def test_a_small_plan_opens_whole(bench: Workbench) -> None:
    bench.bridge.open(read_text("lambdaplanner: 1\nregion: eu-west-1\n", where="p").plan)
    assert bench.view.zoom >= READABLE


def test_the_vpc_with_most_functions_is_looked_at() -> None:
    hub = read_text(template_named("hub-central-egress").text, where="hub").plan
    assert first_looked_at(hub) == "orders"
    empty = read_text("lambdaplanner: 1\n", where="p").plan
    assert first_looked_at(empty) is None


def test_findings_take_a_line_where_there_is_little_to_tell(bench: Workbench) -> None:
    dock = bench.window.docks["findings"]
    opened(bench, "two-zones")
    low = dock.height()
    assert low <= dock.minimumSizeHint().height() + 2
    opened(bench, "public-subnet-trap")
    assert dock.height() > low + 80
    opened(bench, "two-zones")
    assert dock.height() == low


def test_another_panel_is_not_a_line(bench: Workbench) -> None:
    opened(bench, "two-zones")
    low = bench.window.docks["findings"].height()
    bench.window.show_dock("capacity")
    QApplication.processEvents()
    assert bench.window.docks["capacity"].height() > low + 80


def test_a_height_given_by_hand_stays(bench: Workbench) -> None:
    opened(bench, "two-zones")
    dock = bench.window.docks["findings"]
    bench.window.resizeDocks([dock], [190], Qt.Orientation.Vertical)
    QApplication.processEvents()
    given = dock.height()
    opened(bench, "public-subnet-trap")
    assert dock.height() == given
