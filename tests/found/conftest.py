"""The real window, for faults that were found in it: mouse and keys as a person uses them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lambdaplanner.app import make_window
from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.workbench import Workbench
from tests.found.hand import Hand
from tests.ui.test_story import Answers


@pytest.fixture
def hand(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Hand]:
    """A hand in a window of its own, with an empty plan."""
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    settings.setValue("window/theme", "light")
    themes.apply(qapp, themes.LIGHT)
    window = make_window(settings)
    qtbot.addWidget(window)
    answers = Answers(tmp_path)
    bench = Workbench(window, settings, answers)
    window.show()
    qtbot.waitExposed(window)
    bench.view.setFocus()
    yield Hand(bench, tmp_path)
    answers.unsaved_answer = "discard"
    window.close()
