"""The real window for tests: settings of its own, the light theme, no dialog that waits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lambdaplanner.app import make_window
from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.dialogs import Dialogs
from lambdaplanner.ui.workbench import Workbench

MakeBench = Callable[..., Workbench]


@pytest.fixture
def make_bench(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> MakeBench:
    """Makes a workbench that asks `dialogs`, in a window that is `shown` or not."""

    def make(dialogs: Dialogs, *, shown: bool = True) -> Workbench:
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        settings.setValue("window/theme", "light")
        themes.apply(qapp, themes.LIGHT)
        window = make_window(settings)
        qtbot.addWidget(window)
        made = Workbench(window, settings, dialogs)
        if shown:
            window.show()
            qtbot.waitExposed(window)
        return made

    return make
