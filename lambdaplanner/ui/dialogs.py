"""Every question the window asks outside its panels, behind one protocol, so that tests answer
without a dialog.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from lambdaplanner.model.plan import Plan
from lambdaplanner.state.offer import Offer
from lambdaplanner.ui.export import ExportOptions
from lambdaplanner.ui.export_dialog import ExportDialog
from lambdaplanner.ui.recovery_dialog import RecoveryAnswer, ask_about_work

PLAN_FILTER = "Plans (*.yaml *.yml);;Pictures with a plan inside (*.png *.svg);;All files (*)"
SAVE_FILTER = "Plans (*.yaml *.yml)"
PICTURE_FILTER = "PNG picture (*.png);;SVG drawing (*.svg);;PDF document (*.pdf)"

Unsaved = Literal["save", "discard", "cancel"]
Conflict = Literal["overwrite", "reload", "cancel"]


class Dialogs(Protocol):
    """What can be asked."""

    def open_path(self, folder: Path) -> Path | None:
        """Which plan to open."""

    def save_path(self, suggestion: Path) -> Path | None:
        """Where to save the plan."""

    def picture_path(self, suggestion: Path) -> Path | None:
        """Where to write the picture."""

    def picture_options(self, plan: Plan, settings: QSettings) -> ExportOptions | None:
        """What the picture shall be like."""

    def recover(self, offer: Offer) -> RecoveryAnswer:
        """What to do with work that was never saved."""

    def unsaved(self, name: str) -> Unsaved:
        """What to do with changes that are not saved."""

    def changed_on_disk(self, name: str) -> Conflict:
        """What to do with a file that somebody else changed."""

    def problems(self, title: str, lines: Sequence[str]) -> None:
        """Shows everything that is wrong with a file."""


class QtDialogs:
    """The real ones."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def open_path(self, folder: Path) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self._parent, "Open a plan", str(folder), PLAN_FILTER)
        return Path(name) if name else None

    def save_path(self, suggestion: Path) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(
            self._parent, "Save the plan", str(suggestion), SAVE_FILTER
        )
        return _with_ending(name, ".yaml")

    def picture_path(self, suggestion: Path) -> Path | None:
        name, chosen = QFileDialog.getSaveFileName(
            self._parent, "Export the diagram", str(suggestion), PICTURE_FILTER
        )
        ending = chosen.partition("*")[2].partition(")")[0] or ".png"
        return _with_ending(name, ending)

    def picture_options(self, plan: Plan, settings: QSettings) -> ExportOptions | None:
        dialog = ExportDialog(plan, settings, self._parent)
        chosen = dialog.options() if dialog.exec() else None
        dialog.deleteLater()
        return chosen

    def recover(self, offer: Offer) -> RecoveryAnswer:
        return ask_about_work(self._parent, offer)

    def unsaved(self, name: str) -> Unsaved:
        box = QMessageBox(self._parent)
        box.setIcon(QMessageBox.Icon.Question)
        box.setText(f"Save the changes to {name}?")
        box.setInformativeText("What is not saved is lost.")
        save = box.addButton(QMessageBox.StandardButton.Save)
        discard = box.addButton(QMessageBox.StandardButton.Discard)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        if box.clickedButton() is save:
            return "save"
        return "discard" if box.clickedButton() is discard else "cancel"

    def changed_on_disk(self, name: str) -> Conflict:
        box = QMessageBox(self._parent)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(f"{name} was changed by somebody else.")
        box.setInformativeText("Overwriting loses their changes; reloading loses yours.")
        overwrite = box.addButton("Overwrite", QMessageBox.ButtonRole.DestructiveRole)
        reload = box.addButton("Reload", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        if box.clickedButton() is overwrite:
            return "overwrite"
        return "reload" if box.clickedButton() is reload else "cancel"

    def problems(self, title: str, lines: Sequence[str]) -> None:
        box = QMessageBox(self._parent)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(title)
        box.setInformativeText("\n".join(lines[:8]))
        if len(lines) > 8:
            box.setDetailedText("\n".join(lines))
        box.exec()


def _with_ending(name: str, ending: str) -> Path | None:
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(ending)
