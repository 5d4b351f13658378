"""The folder of notes: each under an id of its own, with a lock file that its window holds."""

from __future__ import annotations

import contextlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lambdaplanner.errors import PlanFileError
from lambdaplanner.formats.atomic import save_atomically
from lambdaplanner.formats.fingerprints import open_regular
from lambdaplanner.state.claims import Claim, claim
from lambdaplanner.state.note import Note, Work, note_text, read_note
from lambdaplanner.state.private_folder import make_private

_NOTE = ".yaml"
_LOCK = ".lock"
_TOLD = "told.txt"


class OwnNote:
    """The note of this window's work."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.file = folder / f"{secrets.token_hex(8)}{_NOTE}"
        self._claim: Claim | None = None

    def write(self, work: Work) -> None:
        """Notes the work, in one step and down to the disk. Raises OSError, with the note as it
        was.
        """
        text = note_text(work, datetime.now(UTC))
        make_private(self._folder)
        while self._claim is None:  # a start may look at a lock file in the moment it is made
            self.file = self._folder / f"{secrets.token_hex(8)}{_NOTE}"
            self._claim = claim(self.file.with_suffix(_LOCK))
        # A file that is replaced gives its mode to the new one.
        self.file.touch(mode=0o600)
        save_atomically(self.file, text.encode("utf-8"))

    def remove(self) -> None:
        """Takes the note away; the id stays this window's. Raises OSError."""
        if self._claim is not None:
            self.file.unlink(missing_ok=True)

    def release(self) -> None:
        """Gives the id up; a note that is there is for the next start."""
        if self._claim is not None:
            self._claim.release()
            self._claim = None


@dataclass(frozen=True, slots=True)
class LeftNote:
    """The note of a window that ended, kept from other windows until it is released."""

    file: Path
    note: Note
    claim: Claim | None

    def release(self) -> None:
        """Leaves the note for a later start."""
        if self.claim is not None:
            self.claim.release()

    def remove(self) -> None:
        """Takes the note away for good. Raises OSError."""
        self.file.unlink(missing_ok=True)
        self.release()

    def is_about(self, path: Path) -> bool:
        """Whether its work belongs to this file, however its path is spelled."""
        mine = self.note.work.path
        if mine is None:
            return False
        with contextlib.suppress(OSError):
            if mine.samefile(path):
                return True
        return mine.resolve() == path.resolve()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A note that cannot be offered, and why."""

    file: Path
    reason: str


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """The notes of windows that ended, newest first, and those that nobody can read."""

    notes: tuple[LeftNote, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()


def left_behind(folder: Path) -> LeftBehind:
    """Claims and reads what windows that ended left; those of windows that run are left alone.

    Raises OSError where the folder cannot be read.
    """
    if not folder.is_dir():
        return LeftBehind()
    notes: list[LeftNote] = []
    unreadable: list[Unreadable] = []
    for file in sorted(folder.iterdir()):
        if file.suffix == _LOCK:
            _sweep(file)
        elif file.suffix == _NOTE:
            found = _claimed(file)
            if isinstance(found, LeftNote):
                notes.append(found)
            elif found is not None:
                unreadable.append(found)
    notes.sort(key=lambda left: left.note.when, reverse=True)
    return LeftBehind(tuple(notes), tuple(unreadable))


def untold(folder: Path, found: tuple[Unreadable, ...]) -> list[Unreadable]:
    """Those of the unreadable notes that nobody was told of yet; from now on they count as told."""
    memory = folder / _TOLD
    with contextlib.suppress(OSError, UnicodeDecodeError):
        known = set(memory.read_text(encoding="utf-8").splitlines())
        found = tuple(note for note in found if _told_line(note) not in known)
    if found:
        with contextlib.suppress(OSError), memory.open("a", encoding="utf-8") as file:
            memory.chmod(0o600)
            file.writelines(f"{_told_line(note)}\n" for note in found)
    return list(found)


def _told_line(unreadable: Unreadable) -> str:
    return ascii(f"{unreadable.file.name}: {unreadable.reason}")


def _claimed(file: Path) -> LeftNote | Unreadable | None:
    """One note: None where its window runs, or where it holds nothing."""
    try:
        held = claim(file.with_suffix(_LOCK))
    except OSError:  # a folder that nobody can write to: its notes can be read all the same
        held = None
    else:
        if held is None:
            return None
    found = _read(file)
    if isinstance(found, Note):
        return LeftNote(file, found, held)
    if held is not None:
        held.release()
    return found


def _read(file: Path) -> Note | Unreadable | None:
    try:
        with open_regular(file) as opened:
            data = opened.read()
        if not data:  # made, and never written
            file.unlink()
            return None
        modified = datetime.fromtimestamp(file.stat().st_mtime, tz=UTC)
        return read_note(data, where="the note", modified=modified)
    except FileNotFoundError:
        return None
    except PlanFileError as error:
        return Unreadable(file, str(error).splitlines()[0])
    except OSError as error:
        return Unreadable(file, error.strerror or str(error))


def _sweep(lock: Path) -> None:
    """Removes a lock file that a killed window left without a note."""
    if lock.with_suffix(_NOTE).exists():
        return
    with contextlib.suppress(OSError):
        held = claim(lock)
        if held is not None:
            held.release()
