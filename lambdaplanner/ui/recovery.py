"""What a crash may cost: the last seconds. Unsaved work is noted in a folder of the program's own,
never beside the plan.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, QTimer

from lambdaplanner.errors import PlanFileError
from lambdaplanner.formats.atomic import save_atomically
from lambdaplanner.formats.plan_file import OpenedPlan, plan_text, read_text
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.dialogs import Dialogs
from lambdaplanner.ui.documents import Documents

_EVERY_MS = 3000
_HEAD = "# unsaved work on: "


@dataclass(frozen=True, slots=True)
class Noted:
    """Unsaved work of a program that ended: the note's own file, the plan's file, and the plan."""

    note: Path
    path: Path | None
    name: str
    when: str
    opened: OpenedPlan


class Recovery(QObject):
    """Notes unsaved work some seconds after it was done, and takes the note away once it
    is saved.
    """

    def __init__(
        self, bridge: Bridge, documents: Documents, parent: QObject, folder: Path | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._documents = documents
        self._folder = folder or _own_folder()
        self._note = self._folder / f"{os.getpid()}.yaml"
        self._timer = QTimer(self, singleShot=True, interval=_EVERY_MS)
        self._timer.timeout.connect(self.write)
        bridge.changed.connect(lambda _changes: self._start())
        bridge.replaced.connect(self.forget)
        documents.renamed.connect(self._follow)

    def write(self) -> None:
        """Notes the unsaved work now; a full disk is no reason to disturb anybody."""
        if self._documents.clean:
            self.forget()
            return
        plan = self._bridge.session.plan
        text = f"{_HEAD}{self._documents.path or ''}\n{plan_text(plan)}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            save_atomically(self._note, text.encode("utf-8"))
        except OSError:
            return

    def forget(self) -> None:
        """Takes this program's note away: there is nothing to lose."""
        self._timer.stop()
        self._note.unlink(missing_ok=True)

    def left_behind(self) -> list[Noted]:
        """The notes of programs that ended without saving, newest first; unreadable ones go."""
        found = []
        for note in sorted(self._folder.glob("*.yaml"), key=_age, reverse=True):
            if note == self._note or _runs(note.stem):
                continue
            noted = _read(note)
            if noted is None:
                note.unlink(missing_ok=True)
            else:
                found.append(noted)
        return found

    def taken_up(self, dialogs: Dialogs) -> bool:
        """Asks about unsaved work of programs that ended; whether some of it is open now."""
        for noted in self.left_behind():
            wanted = dialogs.recover(noted.name, noted.when)
            noted.note.unlink(missing_ok=True)
            if wanted:
                self._documents.take_up(noted.opened, noted.path)
                return True
        return False

    def _start(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _follow(self) -> None:
        if self._documents.clean and self._note.exists():
            self.forget()


def _own_folder() -> Path:
    where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(where) / "recovery"


def _age(note: Path) -> float:
    return note.stat().st_mtime


def _runs(pid: str) -> bool:
    """Whether the program that wrote a note still runs."""
    if not pid.isdecimal():
        return False
    if os.name != "posix":
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _read(note: Path) -> Noted | None:
    try:
        head, _, text = note.read_text(encoding="utf-8").partition("\n")
        opened = read_text(text, where=note.name)
    except (OSError, UnicodeDecodeError, PlanFileError):
        return None
    path = head.removeprefix(_HEAD).strip()
    when = datetime.fromtimestamp(_age(note), tz=UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    name = Path(path).name if path else opened.plan.info.name or "an untitled plan"
    return Noted(note, Path(path) if path else None, name, when, opened)
