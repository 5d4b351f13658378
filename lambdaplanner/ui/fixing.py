"""Mending at the window: opens the preview of a problem, and says afterwards what was done."""

from __future__ import annotations

from PySide6.QtCore import QObject

from lambdaplanner.ui.announcement import Announcement
from lambdaplanner.ui.desk import Desk
from lambdaplanner.ui.fix_dialog import FixDialog
from lambdaplanner.ui.problems import Problem
from lambdaplanner.ui.theme import Theme


class Fixing(QObject):
    """What Fix this does."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.announcement = Announcement(desk.view, desk.theme)
        self.announcement.undo_wanted.connect(desk.undo)
        bridge = desk.bridge
        bridge.fix_wanted.connect(self.open)
        bridge.changed.connect(lambda _changes: self.announcement.hide())
        bridge.replaced.connect(self.announcement.hide)
        bridge.did.connect(self._on_done)

    def fix_this(self) -> None:
        """Opens the preview of the finding in mind."""
        problem = self._desk.findings.problem_in_mind()
        if problem is None:
            self._desk.tell("info", "Nothing is found that an edit mends by itself.")
        else:
            self.open(problem)

    def open(self, problem: Problem) -> FixDialog:
        """Opens the preview of a problem in place of the one before."""
        desk = self._desk
        for other in desk.window.findChildren(FixDialog):
            other.close()
        dialog = FixDialog(desk.bridge, desk.theme, problem, desk.window)
        desk.show_beside(dialog)
        return dialog

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        self.announcement.set_theme(theme)

    def _on_done(self, what: str) -> None:
        self._desk.tell("ok", f"Done: {what}")
        self.announcement.say(f"Done: {what}")
