"""Undo and redo of change sets, with merging by key."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.plan import Plan


@dataclass(slots=True, eq=False)
class Entry:
    """One step that a user can take back."""

    label: str
    changes: ChangeSet
    merge: Hashable | None


class History:
    """The steps made to a plan, and where in them the plan now is."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._done: list[Entry] = []
        self._undone: list[Entry] = []
        self._saved: Entry | None = None
        self._saved_reachable = True
        self._open = False
        self._forgotten: tuple[list[Entry], bool] | None = None
        """What redo could do before the open step, and whether the saved state could be reached."""

    @property
    def undo_label(self) -> str:
        """What undo would take back; empty where there is nothing."""
        return self._done[-1].label if self._done else ""

    @property
    def redo_label(self) -> str:
        """What redo would do again; empty where there is nothing."""
        return self._undone[-1].label if self._undone else ""

    @property
    def labels(self) -> tuple[list[str], list[str]]:
        """The labels of what was done, oldest first, and of what was undone, next first."""
        return [entry.label for entry in self._done], [e.label for e in reversed(self._undone)]

    @property
    def clean(self) -> bool:
        """Whether the plan is as it was saved."""
        return self._saved_reachable and (self._done[-1] if self._done else None) is self._saved

    def commit(self, label: str, changes: ChangeSet, merge: Hashable | None = None) -> None:
        """Notes changes that the plan has already taken; an equal merge key joins them to the last
        step.
        """
        if not changes:
            return
        last = self._done[-1] if self._done else None
        if merge is not None and self._open and last is not None and last.merge == merge:
            last.changes = last.changes.then(changes)
            if not last.changes:
                self._done.pop()
                self._remember()
            return
        forgotten = list(self._undone), self._saved_reachable
        self._forget_undone()
        self._done.append(Entry(label, changes, merge))
        self._open = merge is not None
        self._forgotten = forgotten if self._open else None

    def _remember(self) -> None:
        """The open step is gone as if it had never been: what it made redo forget comes back."""
        self._open = False
        if self._forgotten is not None:
            self._undone, self._saved_reachable = self._forgotten
        self._forgotten = None

    def _forget_undone(self) -> None:
        if self._saved is not None and self._saved in self._undone:
            self._saved_reachable = False
        self._undone.clear()

    def seal(self) -> None:
        """Ends merging: the next commit is a step of its own."""
        self._open = False
        self._forgotten = None

    def undo(self) -> ChangeSet:
        """Takes the last step back; gives what changed by that (empty where there was nothing)."""
        self.seal()
        if not self._done:
            return ChangeSet()
        entry = self._done.pop()
        self._undone.append(entry)
        changes = entry.changes.inverse()
        self._plan.apply(changes)
        return changes

    def redo(self) -> ChangeSet:
        """Does the last undone step again; gives what changed by that."""
        self.seal()
        if not self._undone:
            return ChangeSet()
        entry = self._undone.pop()
        self._done.append(entry)
        self._plan.apply(entry.changes)
        return entry.changes

    def cancel(self, merge: Hashable) -> ChangeSet:
        """Takes back an unfinished merged step without a trace; redo does what it did before."""
        if not (self._open and self._done and self._done[-1].merge == merge):
            return ChangeSet()
        changes = self._done.pop().changes.inverse()
        self._remember()
        self._plan.apply(changes)
        return changes

    def mark_unsaved(self) -> None:
        """Notes that the plan as it is now stands nowhere on disk (work taken up after a crash)."""
        self._saved_reachable = False

    def mark_saved(self) -> None:
        """Notes that the plan as it is now stands on disk."""
        self.seal()
        self._saved = self._done[-1] if self._done else None
        self._saved_reachable = True
