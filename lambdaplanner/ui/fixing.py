"""Mending at the window: opens the preview of a problem, and says afterwards what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from lambdaplanner.ui.announcement import Announcement
from lambdaplanner.ui.fix_dialog import FixDialog
from lambdaplanner.ui.problems import Problem
from lambdaplanner.ui.theme import Theme

if TYPE_CHECKING:
    from lambdaplanner.ui.workbench import Workbench


class Fixing(QObject):
    """What Fix this does."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self.announcement = Announcement(workbench.view, workbench.theme)
        self.announcement.undo_wanted.connect(workbench.undo)
        bridge = workbench.bridge
        bridge.fix_wanted.connect(self.open)
        bridge.changed.connect(lambda _changes: self.announcement.hide())
        bridge.replaced.connect(self.announcement.hide)
        bridge.did.connect(self._on_done)

    @property
    def possible(self) -> bool:
        """Whether an edit may mend anything that is found."""
        return self._workbench.findings.problem_in_mind() is not None

    def fix_this(self) -> None:
        """Opens the preview of the finding in mind."""
        problem = self._workbench.findings.problem_in_mind()
        if problem is None:
            self._workbench.tell("info", "Nothing is found that an edit mends by itself.")
        else:
            self.open(problem)

    def open(self, problem: Problem) -> FixDialog:
        """Opens the preview of a problem in place of the one before."""
        workbench = self._workbench
        for other in workbench.window.findChildren(FixDialog):
            other.close()
        dialog = FixDialog(workbench.bridge, workbench.theme, problem, workbench.window)
        workbench.show_beside(dialog)
        return dialog

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        self.announcement.set_theme(theme)

    def _on_done(self, what: str) -> None:
        self._workbench.tell("ok", f"Done: {what}")
        self.announcement.say(f"Done: {what}")
