"""One end against all, as rows: who is at the other end of each, and a fold that hides those that
cannot be reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from lambdaplanner.analysis.survey import Reached
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.panels.words import (
    REACH,
    called,
    icon_of_id,
    kind_of_id,
    kind_word,
    title_of_resource,
)
from lambdaplanner.ui.plain import plain_tip

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole


class Entry(NamedTuple):
    """One row: the other end as a person knows it, and the question behind it."""

    row: Reached
    end: str
    name: str
    kind: str
    icon: str
    asked: str
    """Protocol and port."""

    @property
    def words(self) -> str:
        """All of it, for screen readers and for the filter."""
        parts = ", ".join(part for part in (self.name, self.kind, self.asked) if part)
        return f"{parts}: {REACH[self.row.verdict].text.lower()}"


class Fold(NamedTuple):
    """Stands for the rows that cannot be reached, and shows or hides them."""

    number: int
    open: bool


def entries_of(plan: Plan, rows: Iterable[Reached], *, inward: bool) -> list[Entry]:
    """Rows for people; `inward` where the other end is the source."""
    return [_entry(plan, row, row.source if inward else row.target) for row in rows]


def _entry(plan: Plan, row: Reached, end: str) -> Entry:
    found = plan.find(end)
    kind = kind_word(kind_of_id(plan, end)) if found is None else title_of_resource(found)
    name = called(plan, end)
    port = "" if row.port is None else f" {row.port}"
    return Entry(
        row,
        end,
        name,
        kind if kind != name else "",
        "endpoint" if end.startswith("aws:") else icon_of_id(plan, end),
        f"{row.protocol}{port}",
    )


class ReachModel(QAbstractListModel):
    """The rows that pass the filter, best verdict first; the unreachable ones behind a fold."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Entry | Fold] = []
        self._entries: list[Entry] = []
        self._words: list[str] = []
        self._verdicts = frozenset(REACH)
        self._open = False

    def show_entries(self, entries: list[Entry]) -> None:
        """Shows these; the fold stays as it is."""
        if entries != self._entries:
            self._entries = entries
            self._fill()

    def filter(self, text: str, verdicts: Iterable[str]) -> None:
        """Keeps rows with all the words and one of the verdicts; words look behind the fold too."""
        self._words, self._verdicts = text.lower().split(), frozenset(verdicts)
        self._fill()

    def close_fold(self) -> None:
        """Hides the unreachable rows; for another end."""
        self._open = False

    def toggle_fold(self) -> None:
        """Shows or hides the unreachable rows."""
        self._open = not self._open
        self._fill()

    def tally(self) -> dict[str, int]:
        """How many rows have each verdict, the filter left aside."""
        tally = dict.fromkeys(REACH, 0)
        for entry in self._entries:
            tally[entry.row.verdict] += 1
        return tally

    def cells(self, places: Sequence[int] | None) -> Iterator[Sequence[str]]:
        """The headings and the rows, or all that pass the filter, those behind the fold too."""
        rows = [*self._fitting()] if places is None else [self.rows[place] for place in places]
        yield ("Name", "Kind", "Asked", "Verdict")
        for row in rows:
            if isinstance(row, Entry):
                yield row.name, row.kind, row.asked, REACH[row.row.verdict].text

    def place_of(self, end: str, port: int | None) -> int:
        """The row of an end asked at a port; -1 where it is not shown."""
        for place, row in enumerate(self.rows):
            if isinstance(row, Entry) and (row.end, row.row.port) == (end, port):
                return place
        return -1

    def _fill(self) -> None:
        kept: dict[str, list[Entry]] = {verdict: [] for verdict in REACH}
        for entry in self._fitting():
            kept[entry.row.verdict].append(entry)
        rows: list[Entry | Fold] = [*kept["reachable"], *kept["partial"], *kept["unknown"]]
        hidden = kept["unreachable"]
        if hidden:
            unfolded = self._open or bool(self._words)
            if not self._words:
                rows.append(Fold(len(hidden), unfolded))
            rows += hidden if unfolded else []
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def _fitting(self) -> list[Entry]:
        """What passes the filter, best verdict first."""
        order = tuple(REACH)
        fitting = (entry for entry in self._entries if self._fits(entry))
        return sorted(fitting, key=lambda entry: order.index(entry.row.verdict))

    def _fits(self, entry: Entry) -> bool:
        if entry.row.verdict not in self._verdicts:
            return False
        if not self._words:
            return True
        words = f"{entry.words} {entry.end}".lower()
        return all(word in words for word in self._words)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = 0) -> Any:
        row = self.rows[index.row()]
        if role == ENTRY:
            return row
        if isinstance(row, Fold):
            verb = "Hide" if row.open else "Show"
            text = f"{verb} {row.number:,} unreachable"
        else:
            text = row.words
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(text)
        return None
