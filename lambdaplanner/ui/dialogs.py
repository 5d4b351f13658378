"""Every question the window asks outside its panels, behind one protocol, so that tests answer
without a dialog.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, Protocol

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from lambdaplanner.state.offer import Offer
from lambdaplanner.ui.difference_dialog import DifferenceDialog
from lambdaplanner.ui.export_dialog import ExportDialog
from lambdaplanner.ui.plain import Role, ask, message_box
from lambdaplanner.ui.recovery_dialog import RecoveryAnswer, ask_about_work
from lambdaplanner.ui.subject import ExportOptions, Subject
from lambdaplanner.visible import visible

PLAN_FILTER = "Plans (*.yaml *.yml);;Pictures with a plan inside (*.png *.svg);;All files (*)"
SAVE_FILTER = "Plans (*.yaml *.yml)"
PICTURE_FILTER = "PNG picture (*.png);;SVG drawing (*.svg);;PDF document (*.pdf)"

_NO_QUESTION = QFileDialog.Option.DontConfirmOverwrite
_LONGEST = 500
"""Characters of a line that a box shows; the details have all of it."""

Unsaved = Literal["save", "discard", "cancel"]
Conflict = Literal["save as", "overwrite", "reload", "cancel"]
Difference = Callable[[], str]
"""The lines in which a file and the plan at hand differ, found when somebody wants to see them."""


class Dialogs(Protocol):
    """What can be asked."""

    def open_path(self, folder: Path) -> Path | None:
        """Which plan to open."""

    def save_path(self, suggestion: Path) -> Path | None:
        """Where to save the plan."""

    def picture_path(self, suggestion: Path) -> Path | None:
        """Where to write the picture."""

    def picture_options(self, subject: Subject, settings: QSettings) -> ExportOptions | None:
        """What the picture shall be like."""

    def recover(self, offer: Offer) -> RecoveryAnswer:
        """What to do with work that was never saved."""

    def unsaved(self, name: str) -> Unsaved:
        """What to do with changes that are not saved."""

    def changed_on_disk(self, name: str, difference: Difference) -> Conflict:
        """What to do with a file that somebody else changed."""

    def problems(self, title: str, lines: Sequence[str]) -> None:
        """Shows everything that is wrong with a file."""

    def not_saved(self, title: str, lines: Sequence[str]) -> bool:
        """Shows why a file could not be written; whether to choose another one now."""


class QtDialogs:
    """The real ones."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def open_path(self, folder: Path) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self._parent, "Open a plan", str(folder), PLAN_FILTER)
        return Path(name) if name else None

    def save_path(self, suggestion: Path) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(
            self._parent, "Save the plan", str(suggestion), SAVE_FILTER, options=_NO_QUESTION
        )
        return self._free(_with_ending(name, ".yaml"))

    def picture_path(self, suggestion: Path) -> Path | None:
        name, chosen = QFileDialog.getSaveFileName(
            self._parent,
            "Export the diagram",
            str(suggestion),
            PICTURE_FILTER,
            options=_NO_QUESTION,
        )
        ending = chosen.partition("*")[2].partition(")")[0] or ".png"
        return self._free(_with_ending(name, ending))

    def picture_options(self, subject: Subject, settings: QSettings) -> ExportOptions | None:
        dialog = ExportDialog(subject, settings, self._parent)
        chosen = dialog.options() if dialog.exec() else None
        dialog.deleteLater()
        return chosen

    def recover(self, offer: Offer) -> RecoveryAnswer:
        return ask_about_work(self._parent, offer)

    def unsaved(self, name: str) -> Unsaved:
        box = message_box(
            self._parent,
            QMessageBox.Icon.Question,
            f"Save the changes to {name}?",
            "What is not saved is lost.",
        )
        buttons: list[tuple[str, QMessageBox.ButtonRole, Unsaved]] = [
            ("Save", Role.AcceptRole, "save"),
            ("Discard", Role.DestructiveRole, "discard"),
        ]
        return ask(box, buttons, enter="Save") or "cancel"

    def changed_on_disk(self, name: str, difference: Difference) -> Conflict:
        buttons: list[tuple[str, QMessageBox.ButtonRole, Conflict | Literal["show"]]] = [
            ("Save as...", Role.AcceptRole, "save as"),
            ("Show difference", Role.ActionRole, "show"),
            ("Overwrite", Role.DestructiveRole, "overwrite"),
            ("Reload", Role.DestructiveRole, "reload"),
        ]
        while True:
            box = message_box(
                self._parent,
                QMessageBox.Icon.Warning,
                f"{name} was changed by somebody else.",
                "Overwriting loses their changes; reloading loses yours. "
                "Saving under another name loses nothing.",
            )
            answer = ask(box, buttons, enter="Save as...") or "cancel"
            if answer != "show":
                return answer
            self._show_difference(name, difference())

    def _show_difference(self, name: str, difference: str) -> None:
        dialog = DifferenceDialog(name, difference, self._parent)
        dialog.exec()
        dialog.deleteLater()

    def problems(self, title: str, lines: Sequence[str]) -> None:
        box = message_box(
            self._parent, QMessageBox.Icon.Warning, title, "\n".join(map(_short, lines[:8]))
        )
        if len(lines) > 8:
            box.setDetailedText("\n".join(map(visible, lines)))
        box.setDefaultButton(box.addButton("OK", Role.AcceptRole))
        box.exec()
        box.deleteLater()

    def not_saved(self, title: str, lines: Sequence[str]) -> bool:
        box = message_box(
            self._parent, QMessageBox.Icon.Warning, title, "\n".join(map(_short, lines))
        )
        return ask(box, [("Save as...", Role.AcceptRole, "save as")], "Save as...") is not None

    def _free(self, path: Path | None) -> Path | None:
        """The path, unless it is taken and shall stay as it is. The system's own question comes
        before an ending is added, and takes a file's name for HTML.
        """
        if path is None or not os.path.lexists(path):
            return path
        box = message_box(
            self._parent,
            QMessageBox.Icon.Question,
            f"Replace {path.name}?",
            "There is a file of that name already; what is in it is lost.",
        )
        return path if ask(box, [("Replace", Role.DestructiveRole, "yes")], "Cancel") else None


def _short(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]} ..."


def _with_ending(name: str, ending: str) -> Path | None:
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(ending)
