"""What a crash may cost: the last seconds. Unsaved work is noted in a folder of the program's own,
never beside the plan, and offered at the next start.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QTimer, Signal

from lambdaplanner.formats.templates import template_named
from lambdaplanner.state.note_store import LeftNote, OwnNote, Unreadable, left_behind, untold
from lambdaplanner.state.offer import offer_of
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.dialogs import Dialogs
from lambdaplanner.ui.documents import Documents
from lambdaplanner.ui.state_folder import state_folder
from lambdaplanner.visible import visible

_EVERY_MS = 3000

Offered = Literal["nothing", "left", "opened"]
"""What came of an offer: there was nothing; it was left for later or discarded; some is open."""


class Recovery(QObject):
    """Notes unsaved work some seconds after it was done, takes the note away once the work is
    saved, and offers what windows that ended left.

    Signals:
        trouble_changed: that unsaved work cannot be noted, and why; empty where it can.
    """

    trouble_changed = Signal(str)

    def __init__(
        self, bridge: Bridge, documents: Documents, parent: QObject, folder: Path | None = None
    ) -> None:
        super().__init__(parent)
        self._documents = documents
        self._bridge = bridge
        self.folder = folder or state_folder() / "recovery"
        """Where the notes are, of this window and of others."""
        self._own = OwnNote(self.folder)
        self._others: tuple[str, ...] = ()
        self._taken: LeftNote | None = None
        """The note of the work that was taken up, until another note or a save stands."""
        self.trouble = ""
        self.asks_nothing = False
        """Whether the window may close without a question: its work is noted, and the session
        ends.
        """
        self._closed = False
        self._timer = QTimer(self, singleShot=True, interval=_EVERY_MS)
        self._timer.timeout.connect(self.write)
        bridge.changed.connect(lambda _changes: self._start())
        bridge.replaced.connect(self.forget)
        documents.renamed.connect(self._follow)

    def write(self) -> None:
        """Notes the unsaved work now; what prevents it is told, and no reason to stop anybody."""
        self._timer.stop()
        if self._documents.clean:
            self.forget()
            return
        try:
            self._own.write(self._documents.work)
        except OSError as error:
            self._troubled(error.strerror or str(error))
        except Exception as error:
            self._troubled(f"{type(error).__name__}: {error}")
            sys.excepthook(type(error), error, error.__traceback__)
        else:
            self._troubled("")
            self._let_go()

    def note_now(self) -> None:
        """Notes the unsaved work before the program ends, or after it failed."""
        if not self._closed:
            self.write()

    def session_ends(self) -> None:
        """Notes the unsaved work; until more is done, a close asks nothing."""
        self.note_now()
        self.asks_nothing = not self.trouble

    def forget(self) -> None:
        """Takes this window's note away: there is nothing to lose."""
        self._timer.stop()
        self._remove(self._own)
        self._let_go()

    def close(self) -> None:
        """The window closes, and everything is saved or was given up."""
        self._closed = True
        self.forget()
        self._own.release()

    def start(self, dialogs: Dialogs, path: Path | None, template: str | None) -> None:
        """Offers unsaved work, else opens the plan or the template that the start named."""
        if self.offer(dialogs, path) != "opened":
            if path is not None:
                self._documents.open(path)
            elif template is not None:
                self._documents.new_from(template_named(template))
        self._tell_of_others()

    def offer(self, dialogs: Dialogs, path: Path | None = None) -> Offered:
        """Asks about unsaved work of windows that ended.

        Where a file is named, only work on that file is asked about.
        """
        try:
            left = left_behind(self.folder)
        except OSError as error:
            self._troubled(error.strerror or str(error))
            return "nothing"
        self._tell_of(untold(self.folder, left.unreadable), dialogs)
        asked = [note for note in left.notes if path is None or note.is_about(path)]
        others = [note for note in left.notes if note not in asked]
        self._others = tuple(visible(note.note.name) for note in others)
        try:
            return self._ask(asked, dialogs)
        finally:
            for note in left.notes:
                if note is not self._taken:
                    note.release()

    def offer_again(self, dialogs: Dialogs) -> None:
        """Asks as at a start; says where there is nothing."""
        if self.offer(dialogs) == "nothing":
            self._bridge.told.emit("info", "There is no unsaved work of windows that ended.")

    def _tell_of_others(self) -> None:
        """Says in the status line what unsaved work the start did not ask about."""
        if self._others:
            more = f" and {len(self._others) - 3} more" if len(self._others) > 3 else ""
            names = ", ".join(self._others[:3]) + more
            self._bridge.told.emit(
                "info", f"There is unsaved work on {names}: see File > Unsaved work..."
            )

    def _ask(self, notes: list[LeftNote], dialogs: Dialogs) -> Offered:
        for note in notes:
            offer = offer_of(note.note)
            answer = dialogs.recover(offer)
            if answer == "cancel":
                break
            if answer == "discard":
                self._remove(note)
            elif answer != "keep":
                if not self._documents.may_leave():
                    break
                if answer == "look":
                    self._look_at(note)
                else:
                    self._take_up(note, has_file=offer.file_now != "gone")
                return "opened"
        return "left" if notes else "nothing"

    def _take_up(self, note: LeftNote, *, has_file: bool) -> None:
        work = note.note.work
        # What somebody deleted or moved must not come back unasked: a save asks where.
        self._documents.take_up(work if has_file else work.without_file())
        self._taken = note
        self.write()

    def _look_at(self, note: LeftNote) -> None:
        self._documents.look_at(note.note.work)
        name = visible(note.note.name)
        self._bridge.told.emit(
            "info", f"A copy of the unsaved work on {name}; the work itself stays for later."
        )

    def _let_go(self) -> None:
        if self._taken is not None:
            self._remove(self._taken)
            self._taken = None

    def _remove(self, note: LeftNote | OwnNote) -> None:
        try:
            note.remove()
        except OSError as error:
            self._troubled(error.strerror or str(error))

    def _tell_of(self, notes: list[Unreadable], dialogs: Dialogs) -> None:
        if notes:
            lines = [f"{visible(str(note.file))}: {visible(note.reason)}" for note in notes]
            dialogs.problems(
                "Unsaved work was noted that cannot be read.", [*lines, "The notes are kept."]
            )

    def _troubled(self, reason: str) -> None:
        where = visible(str(self.folder))
        sentence = f"Unsaved work is not noted in {where}: {visible(reason)}" if reason else ""
        if sentence != self.trouble:
            self.trouble = sentence
            self.trouble_changed.emit(sentence)

    def _start(self) -> None:
        self.asks_nothing = False
        if not self._timer.isActive():
            self._timer.start()

    def _follow(self) -> None:
        if self._documents.clean:
            self.forget()
