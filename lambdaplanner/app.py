"""Composition root: application, fonts, theme, window first; engine, plan and panels once it has
been painted.
"""

from __future__ import annotations

import builtins

PLAIN_IMPORT = builtins.__import__
"""Python's own import, taken before PySide6 wraps it; the wrapper makes each later import slower.
"""

import faulthandler  # noqa: E402
import gc  # noqa: E402  # the line above must come before the first import of PySide6
import os  # noqa: E402
import sys  # noqa: E402
from pathlib import Path  # noqa: E402

from PySide6.QtCore import QSettings, Qt, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from lambdaplanner.errors import PlannerError  # noqa: E402
from lambdaplanner.state.log import Log  # noqa: E402
from lambdaplanner.ui import theme as themes  # noqa: E402
from lambdaplanner.ui.canvas.scene import CanvasScene  # noqa: E402
from lambdaplanner.ui.canvas.view import CanvasView  # noqa: E402
from lambdaplanner.ui.endings import Endings  # noqa: E402
from lambdaplanner.ui.faults import Faults  # noqa: E402
from lambdaplanner.ui.shell import Shell  # noqa: E402
from lambdaplanner.ui.state_folder import state_folder  # noqa: E402

ORGANISATION = "lambdaplanner"


def run_window(path: Path | None, template: str | None = None) -> int:
    """Opens the window, on a plan where one is named, and stays until it is closed; gives the exit
    status.

    Raises PlannerError where there is no display.
    """
    check_display()
    if sys.stderr is not None:
        faulthandler.enable()  # should Qt ever end the process, the terminal says where
    gc.disable()  # a collection while thousands of things are being made costs a frame; see _settle
    app = make_application()
    settings = QSettings()
    window = make_window(settings)
    faults = Faults(window, Log(state_folder() / "log.txt"))
    endings = Endings(app)
    window.painted.connect(lambda: load(window, settings, path, template, (faults, endings)))
    window.show()
    status = app.exec()
    endings.end()
    faults.end()
    window.deleteLater()
    return status


def check_display() -> None:
    """Raises PlannerError where no window can be shown; Qt itself would abort the process."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise PlannerError(
            "there is no display to open a window on",
            hint="use check, reach, capacity or export, which need none",
        )


def make_application() -> QApplication:
    """The application, dressed in the theme chosen last (the system's where none was)."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Lambda Planner")
    app.setOrganizationName(ORGANISATION)
    app.setDesktopFileName("lambdaplanner")
    themes.apply(app, chosen_theme(QSettings(), app))
    return app


def chosen_theme(settings: QSettings, app: QApplication) -> themes.Theme:
    """The theme chosen last, else the one that goes with the system's."""
    name = str(settings.value("window/theme", ""))
    if name in themes.THEMES:
        return themes.THEMES[name]
    dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return themes.DARK if dark else themes.LIGHT


def make_window(settings: QSettings) -> Shell:
    """The window with an empty canvas; nothing in it needs the engine."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = chosen_theme(settings, app)
    view = CanvasView(CanvasScene(theme))
    window = Shell(view, theme, settings)
    window.restore()
    return window


def load(
    window: Shell,
    settings: QSettings,
    path: Path | None,
    template: str | None = None,
    watch: tuple[Faults, Endings] | None = None,
) -> None:
    """Imports the engine, fills the window and opens the plan; `watch` learns what to note when
    something ends or fails.
    """
    wrapped = builtins.__import__
    builtins.__import__ = PLAIN_IMPORT
    try:
        from lambdaplanner.ui.workbench import Workbench
    finally:
        builtins.__import__ = wrapped
    workbench = Workbench(window, settings)
    if watch is not None:
        faults, endings = watch
        faults.note = endings.note = workbench.recovery.note_now
        faults.save = workbench.documents.save_as
        faults.trouble = lambda: workbench.recovery.trouble
        endings.session_ends = workbench.recovery.session_ends
    workbench.start(path, template)
    QTimer.singleShot(0, window, _settle)


def _settle() -> None:
    """What is there by now lives as long as the program: the collector need not look at
    it again.
    """
    gc.freeze()
    gc.enable()
