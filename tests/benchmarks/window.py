"""The real window for measurement, offscreen, with settings of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from lambdaplanner.app import make_application, make_window
from lambdaplanner.ui.workbench import Workbench


def opened_window(folder: Path) -> Workbench:
    """The window with an empty plan, shown and painted."""
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    make_application()
    window = make_window(settings)
    window.show()
    workbench = Workbench(window, settings)
    workbench.start(None)
    settle(workbench)
    return workbench


def answer_and_paint(workbench: Workbench) -> None:
    """What follows an edit: the events of one turn, the answers if they are due, their painting."""
    QApplication.processEvents()
    workbench.bridge.settle()
    QApplication.processEvents()


def settle(workbench: Workbench) -> None:
    """Until nothing on the canvas is missing."""
    for _ in range(1000):
        QApplication.processEvents()
        if workbench.view.canvas.painted_completely:
            break
    answer_and_paint(workbench)


def close(workbench: Workbench) -> None:
    """Closes the window without any question about unsaved work."""
    workbench.session.mark_saved()
    workbench.window.close()
    workbench.window.deleteLater()
    QApplication.processEvents()
