"""What is selected: boxes and lines of the diagram by id, in the order chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lambdaplanner.editor.announcing import Announcer
from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.interfaces import followed


class Selection:
    """Ids without doubles, the one chosen last at the end. Announces each change once, without
    values.
    """

    def __init__(self) -> None:
        self._ids: tuple[str, ...] = ()
        self._announcer = Announcer()
        self.subscribe = self._announcer.subscribe

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, in the order chosen."""
        return self._ids

    def __contains__(self, box_id: object) -> bool:
        return box_id in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def only(self) -> str | None:
        """The one thing selected; None where it is none or several."""
        return self._ids[0] if len(self._ids) == 1 else None

    def set(self, ids: Iterable[str]) -> None:
        """Selects these and nothing else."""
        wanted = tuple(dict.fromkeys(ids))
        if wanted != self._ids:
            self._ids = wanted
            self._announcer.announce()

    def add(self, ids: Iterable[str]) -> None:
        """Selects these too."""
        self.set((*self._ids, *ids))

    def toggle(self, box_id: str) -> None:
        """Selects it too, or no longer."""
        if box_id in self._ids:
            self.set(one for one in self._ids if one != box_id)
        else:
            self.add((box_id,))

    def clear(self) -> None:
        """Selects nothing."""
        self.set(())

    def follow(self, changes: ChangeSet) -> None:
        """Drops what died, and keeps what only got another id."""
        if not self._ids:
            return
        renamed = changes.renamed
        gone = {key.id for key, (_, new) in changes.items() if key.facet == "order" and new is None}
        if gone:
            alive = (one for one in self._ids if one in renamed or one not in gone)
            self.set(followed(one, renamed) for one in alive)

    def keep(self, known: Iterable[str]) -> None:
        """Drops what is not among `known`: lines and interfaces that are no longer drawn."""
        among = set(known)
        self.set(one for one in self._ids if one in among)
