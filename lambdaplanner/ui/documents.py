"""The file behind the window: new, open, save, recent files, and the question before anything is
lost.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal

from lambdaplanner.errors import ChangedMeanwhile, PlanProblems
from lambdaplanner.formats.difference import difference
from lambdaplanner.formats.fingerprints import Fingerprint, fingerprint, open_regular
from lambdaplanner.formats.plan_file import OpenedPlan, open_plan, read_text, save_plan
from lambdaplanner.formats.reasons import what_happened, what_to_do
from lambdaplanner.formats.templates import Template
from lambdaplanner.formats.yaml_reader import MAX_BYTES
from lambdaplanner.model.plan import Plan
from lambdaplanner.state.note import Work
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.busy import busy
from lambdaplanner.ui.dialogs import Dialogs
from lambdaplanner.ui.recent_files import with_newest

UNTITLED = "Untitled"
_RECENT = "files/recent"
_FOLDER = "files/folder"


class Documents(QObject):
    """Which file is open, and whether it is saved.

    Signals:
        renamed: the file's name or its unsaved mark changed.
    """

    renamed = Signal()

    def __init__(
        self, bridge: Bridge, dialogs: Dialogs, settings: QSettings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._dialogs = dialogs
        self._settings = settings
        self._file: OpenedPlan | None = None
        self.path: Path | None = None
        """Where the plan is saved, from the root; None for one that never was."""
        self._dismissed: Fingerprint | None = None
        """What somebody else wrote into the file, where it was decided to keep one's own."""
        bridge.changed.connect(lambda _changes: self.renamed.emit())

    @property
    def name(self) -> str:
        """The file's name, as a title shows it."""
        if self.path is not None:
            return self.path.name
        return self._bridge.session.plan.info.name or UNTITLED

    @property
    def clean(self) -> bool:
        """Whether nothing would be lost by closing."""
        return self._bridge.session.history.clean

    def new(self) -> bool:
        """An empty plan; asks about unsaved work first."""
        if not self.may_leave():
            return False
        self._show(Plan(), None, None)
        return True

    def new_from(self, template: Template) -> bool:
        """A plan from a template; asks about unsaved work first."""
        if not self.may_leave():
            return False
        opened = read_text(template.text, where=template.name)
        self._show(opened.plan, None, None)
        return True

    def ask_open(self) -> bool:
        """Asks which plan to open, and opens it."""
        path = self._dialogs.open_path(self._folder())
        return path is not None and self.open(path)

    def open(self, path: Path) -> bool:
        """Opens a plan; what is wrong with it is shown, and the plan at hand stays."""
        if not self.may_leave():
            return False
        path = _from_root(path)
        opened = self._read(path)
        if opened is None:
            return False
        is_picture = path.suffix.lower() in (".png", ".svg")
        self._show(opened.plan, None if is_picture else path, opened)
        self._remember(path)
        for warning in opened.warnings:
            self._bridge.told.emit("warning", warning.describe(path.name))
        for note in opened.notes:
            self._bridge.told.emit("info", note)
        return True

    @property
    def work(self) -> Work:
        """The plan as it is now, and the file that it began from."""
        return Work(plan=self._bridge.session.plan, path=self.path, began_from=self._file)

    def take_up(self, work: Work) -> None:
        """Goes on with work that was never saved. A save writes the file with what a person wrote
        in it, and asks first where the file is not what the work began from.
        """
        self._show(work.plan, work.path, work.began_from)
        self._bridge.session.history.mark_unsaved()
        self.renamed.emit()

    def look_at(self, work: Work) -> None:
        """Shows work that was never saved as an untitled plan, which nobody needs to save."""
        self._show(work.plan, None, work.without_file().began_from)

    @property
    def changed_outside(self) -> bool:
        """Whether somebody else wrote the file since it was read, and nobody has said yet to keep
        one's own. A file that cannot be read now is no news: the save will say so.
        """
        if self.path is None or self._file is None or self._file.on_disk is None:
            return False
        try:
            now = fingerprint(self.path)
        except OSError:
            return False
        return now not in (self._file.on_disk, self._dismissed)

    def keep_mine(self) -> None:
        """Says nothing more about what the file holds now; a save still asks."""
        with contextlib.suppress(OSError):
            self._dismissed = None if self.path is None else fingerprint(self.path)

    def reload(self) -> bool:
        """Takes what is in the file; asks first where that would lose something."""
        if self.path is None:
            return False
        return self._reload(self.path) if self.clean else self._settle(self.path)

    def save(self) -> bool:
        """Saves the plan where it was opened, or asks where."""
        return self.save_as() if self.path is None else self._write(self.path)

    def save_as(self) -> bool:
        """Asks where to save the plan, and saves it there."""
        suggestion = self.path or self._folder() / f"{_file_name(self.name)}.yaml"
        path = self._dialogs.save_path(suggestion)
        if path is None:
            return False
        if path != self.path:
            self._file = None if self._file is None else self._file.elsewhere()
        return self._write(path)

    def may_leave(self) -> bool:
        """Whether the plan at hand may go: it is saved, or the user said so."""
        if self.clean:
            return True
        answer = self._dialogs.unsaved(self.name)
        return answer == "discard" or (answer == "save" and self.save())

    def recent(self) -> list[Path]:
        """Files opened lately, newest first, those that still exist."""
        return [path for path in map(Path, self._recent()) if _exists(path)]

    @property
    def text(self) -> str:
        """The plan as its file would say it now."""
        from lambdaplanner.formats.plan_file import plan_text

        return plan_text(self._bridge.session.plan, self._file)

    def _read(self, path: Path) -> OpenedPlan | None:
        try:
            return open_plan(path)
        except PlanProblems as problems:
            self._dialogs.problems(f"{path.name} has {problems.message}.", problems.lines)
        except Exception as error:
            self._dialogs.problems(f"{path.name} could not be opened.", [what_happened(error)])
        return None

    def _write(self, path: Path) -> bool:
        """Saves, whatever stands in the way being told; true only after a save that returned."""
        try:
            with busy(self._bridge.told.emit, f"Saving {path.name} ..."):
                saved = save_plan(self._bridge.session.plan, path, self._file)
        except ChangedMeanwhile:
            return self._settle(path)
        except Exception as error:
            return self._refused(path, error)
        self._file, self.path = saved, path
        self._dismissed = None
        self._bridge.session.mark_saved()
        self._remember(path)
        self._bridge.told.emit("ok", f"Saved {path.name}")
        self.renamed.emit()
        return True

    def _refused(self, path: Path, error: Exception) -> bool:
        """Tells why a file could not be saved; whether it was saved elsewhere then."""
        kept = "Nothing was written; your work is still here."
        told = [what_happened(error), f"In {path.parent}", kept, what_to_do(error)]
        return self._dialogs.not_saved(f"{path.name} could not be saved.", told) and self.save_as()

    def _settle(self, path: Path) -> bool:
        """Asks what shall become of a file that somebody else changed."""
        answer = self._dialogs.changed_on_disk(path.name, lambda: self._difference(path))
        if answer == "save as":
            return self.save_as()
        if answer == "reload":
            return self._reload(path)
        if answer == "cancel" or self._file is None:
            return False
        try:
            self._file = self._file.over(path)
        except Exception as error:
            return self._refused(path, error)
        return self._write(path)

    def _difference(self, path: Path) -> str:
        try:
            with open_regular(path) as file:
                theirs = file.read(MAX_BYTES).decode("utf-8-sig", "replace")
            return difference(theirs, self.text)
        except Exception as error:
            return what_happened(error)

    def _reload(self, path: Path) -> bool:
        opened = self._read(path)
        if opened is None:
            return False
        self._show(opened.plan, path, opened)
        return True

    def _show(self, plan: Plan, path: Path | None, opened: OpenedPlan | None) -> None:
        self.path = path
        self._file = opened
        self._dismissed = None
        self._bridge.open(plan)
        self.renamed.emit()

    def _folder(self) -> Path:
        if self.path is not None:
            return self.path.parent
        return Path(str(self._settings.value(_FOLDER, str(Path.home()))))

    def _recent(self) -> list[str]:
        value = self._settings.value(_RECENT, [])
        return [str(item) for item in value] if isinstance(value, list) else [str(value)]

    def _remember(self, path: Path) -> None:
        full = os.path.realpath(path)
        self._settings.setValue(_RECENT, with_newest(self._recent(), full))
        self._settings.setValue(_FOLDER, str(Path(full).parent))


def _exists(path: Path) -> bool:
    """Whether a file is there; a folder that lost its permissions hides its own."""
    try:
        return path.exists()
    except OSError:
        return False


def _from_root(path: Path) -> Path:
    """The path as it holds in any working folder; links in it stay."""
    try:
        return path.absolute()
    except FileNotFoundError:  # the working folder is gone: reading the file will say so
        return path


def _file_name(title: str) -> str:
    """A title as a file name that every system takes."""
    kept = "".join(letter if letter.isalnum() else "-" for letter in title.lower())
    return "-".join(part for part in kept.split("-") if part)[:60] or "plan"
