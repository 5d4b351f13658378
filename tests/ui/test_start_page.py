"""The page that stands over the canvas while nothing is open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lambdaplanner.app import make_window
from lambdaplanner.formats.templates import template_named, templates
from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.start_page import StartPage
from lambdaplanner.ui.workbench import Workbench
from tests.ui.test_story import Answers

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    good, broken = tmp_path / "orders.yaml", tmp_path / "broken.yaml"
    good.write_text(template_named("two-zones").text, encoding="utf-8")
    broken.write_text("lambdaplanner: [", encoding="utf-8")
    return [good, broken]


@pytest.fixture
def bench(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, files: list[Path]
) -> Iterator[Workbench]:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    settings.setValue("window/theme", "light")
    settings.setValue("files/recent", [*map(str, files), str(tmp_path / "gone.yaml")])
    themes.apply(qapp, themes.LIGHT)
    window = make_window(settings)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    made = Workbench(window, settings, Answers(tmp_path))
    yield made
    window.close()


@pytest.fixture
def page(bench: Workbench) -> StartPage:
    bench.start(None)
    return bench.start_page


def test_it_shows_recent_files_and_templates_with_their_pictures(
    page: StartPage, files: list[Path], qtbot: QtBot
) -> None:
    assert page.isVisible()
    tiles = [*page.recent, *page.templates]
    qtbot.waitUntil(
        lambda: all(one.picture.text() or one.picture.pixmap() for one in tiles), timeout=60_000
    )
    assert [tile.title.text() for tile in page.recent] == [file.name for file in files]
    assert [tile.title.text() for tile in page.templates] == [one.title for one in templates()]
    assert not page.recent[0].picture.pixmap().isNull()
    assert page.recent[1].picture.text() == "No picture"
    assert all(not tile.picture.pixmap().isNull() for tile in page.templates)


def test_a_recent_file_opens_by_click_and_by_enter(
    page: StartPage, bench: Workbench, files: list[Path]
) -> None:
    QTest.keyClick(page.recent[0], Qt.Key.Key_Return)
    assert bench.documents.path == files[0]
    assert not page.isVisible()


def test_a_template_is_begun_with(page: StartPage, bench: Workbench) -> None:
    page.templates[2].click()
    assert bench.session.plan.info.name == templates()[2].title
    assert not page.isVisible()


def test_new_and_escape_uncover_the_canvas(page: StartPage, bench: Workbench) -> None:
    page.new.click()
    assert not page.isVisible()
    page.show_now()
    QTest.keyClick(page.new, Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert bench.view.hasFocus()


def test_what_is_broken_is_told_and_the_page_stays(page: StartPage, bench: Workbench) -> None:
    page.recent[1].click()
    assert page.isVisible()
    assert isinstance(bench.dialogs, Answers)
    assert any("broken.yaml" in said for said in bench.dialogs.asked)


def test_it_goes_when_somebody_draws(page: StartPage, bench: Workbench) -> None:
    bench.bridge.start_placing("vpc")
    assert not page.isVisible()


def test_it_is_not_there_where_a_plan_is_named(bench: Workbench, files: list[Path]) -> None:
    bench.start(files[0])
    assert not bench.start_page.isVisible()


def test_other_colours_draw_the_pictures_anew(
    page: StartPage, bench: Workbench, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: not page.templates[0].picture.pixmap().isNull(), timeout=60_000)
    light = page.templates[0].picture.pixmap().toImage().pixelColor(2, 2)
    bench.toggle_theme()
    tiles = page.templates
    qtbot.waitUntil(lambda: not tiles[0].picture.pixmap().isNull(), timeout=60_000)
    assert tiles[0].picture.pixmap().toImage().pixelColor(2, 2).lightness() < light.lightness()
