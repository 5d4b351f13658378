"""The file behind the window: new, open, save, recent files, and the question before anything is
lost.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal

from lambdaplanner.errors import PlanFileError, PlanProblems
from lambdaplanner.formats.plan_file import OpenedPlan, open_plan, read_text, save_plan
from lambdaplanner.formats.templates import Template
from lambdaplanner.model.plan import Plan
from lambdaplanner.state.note import Work
from lambdaplanner.ui.bridge import Bridge
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
        return [path for path in map(Path, self._recent()) if path.exists()]

    @property
    def text(self) -> str:
        """The plan as its file would say it now."""
        from lambdaplanner.formats.plan_file import plan_text

        return plan_text(self._bridge.session.plan, self._file)

    def _read(self, path: Path) -> OpenedPlan | None:
        try:
            return open_plan(path)
        except PlanProblems as problems:
            self._complain(f"{path.name} has {problems.message}.", str(problems).splitlines())
        except PlanFileError as error:
            self._complain(f"{path.name} could not be opened.", [str(error)])
        except OSError as error:
            self._complain(f"{path.name} could not be opened.", [error.strerror or str(error)])
        return None

    def _complain(self, title: str, lines: list[str]) -> None:
        self._dialogs.problems(title, lines)

    def _write(self, path: Path) -> bool:
        plan, previous = self._bridge.session.plan, self._file
        if self._file is not None and self._file.changed_on_disk(path):
            answer = self._dialogs.changed_on_disk(path.name)
            if answer == "cancel":
                return False
            if answer == "reload":
                return self._reload(path)
            previous = self._file.elsewhere()
        try:
            self._file = save_plan(plan, path, previous)
        except OSError as error:
            reason = error.strerror or str(error)
            self._complain(f"{path.name} could not be saved.", [reason, "Nothing was written."])
            return False
        self.path = path
        self._bridge.session.mark_saved()
        self._remember(path)
        self._bridge.told.emit("ok", f"Saved {path.name}")
        self.renamed.emit()
        return True

    def _reload(self, path: Path) -> bool:
        opened = self._read(path)
        if opened is None:
            return False
        self._show(opened.plan, path, opened)
        return True

    def _show(self, plan: Plan, path: Path | None, opened: OpenedPlan | None) -> None:
        self.path = path
        self._file = opened
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
        full = str(path.resolve())
        self._settings.setValue(_RECENT, with_newest(self._recent(), full))
        self._settings.setValue(_FOLDER, str(path.resolve().parent))


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
