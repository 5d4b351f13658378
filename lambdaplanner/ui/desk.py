"""What an action, a menu or a dialog beside the canvas may use of the window at work.

The workbench is all of this and wires it together; whoever is wired by it knows only the desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from lambdaplanner.editor.session import Session
    from lambdaplanner.ui.bridge import Bridge
    from lambdaplanner.ui.canvas.view import CanvasView
    from lambdaplanner.ui.dialogs import Dialogs
    from lambdaplanner.ui.documents import Documents
    from lambdaplanner.ui.frame import Frame
    from lambdaplanner.ui.panels.findings_panel import FindingsPanel
    from lambdaplanner.ui.pictures import Pictures
    from lambdaplanner.ui.problems import Problem
    from lambdaplanner.ui.recovery import Recovery
    from lambdaplanner.ui.theme import Theme


class Desk(Protocol):
    """One plan at work, its window, and what can be done there."""

    view: CanvasView
    bridge: Bridge
    theme: Theme
    dialogs: Dialogs
    documents: Documents
    pictures: Pictures
    recovery: Recovery
    findings: FindingsPanel

    @property
    def window(self) -> Frame:
        """The window."""

    @property
    def session(self) -> Session:
        """The session of the plan that is open."""

    @property
    def tool_name(self) -> str:
        """The tool in hand."""

    def undo(self) -> None:
        """Takes the last step back, and says which."""

    def redo(self) -> None:
        """Does the last undone step again, and says which."""

    def delete_selected(self) -> None:
        """Deletes what is selected, and says what else went."""

    def duplicate_selected(self) -> None:
        """Duplicates what is selected, with what is in it."""

    def tidy_selected(self) -> None:
        """Leaves the places of what is selected to the automatic layout."""

    def connect_selected(self) -> None:
        """Joins the two things selected, from the first to the second."""

    def rename_selected(self) -> None:
        """Edits the id of the one thing selected, in place."""

    def select_all(self) -> None:
        """Selects every thing of the plan."""

    def toggle_theme(self) -> None:
        """Light or dark, remembered."""

    def connect_function(self, function: str = "") -> None:
        """Opens the three steps for the selected function, or one that is not attached yet."""

    def trace_selected(self) -> None:
        """Asks how the selected thing reaches the internet, and shows the path."""

    def step_finding(self, step: int) -> None:
        """Jumps to the next finding, and shows it in the list as well."""

    def fix_this(self) -> None:
        """Opens the preview of the finding in mind."""

    def fix(self, problem: Problem) -> None:
        """Opens the preview of a problem in place of the one before."""

    def show_plan_settings(self) -> None:
        """Name, region, capacity model, quotas and expectations."""

    def show_help(self, page: str) -> None:
        """A page of the guide, the shortcuts, or what this is."""

    def tell(self, tone: str, sentence: str, /) -> None:
        """One line in the status bar, until the next one or the next edit."""

    def show_beside(self, dialog: QDialog) -> None:
        """Shows a dialog beside the canvas, which stays at work; undo works in it too."""
