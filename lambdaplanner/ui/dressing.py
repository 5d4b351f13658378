"""Another theme for the whole window while it is open."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QApplication, QDialog

from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.frame import Frame


def dress(window: Frame, parts: Iterable[object], theme: themes.Theme) -> None:
    """Gives the window, its `parts` and the dialogs beside it the colours of a theme."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    themes.apply(app, theme)
    for part in (window, *parts, *window.findChildren(QDialog)):
        if hasattr(part, "set_theme"):
            part.set_theme(theme)
