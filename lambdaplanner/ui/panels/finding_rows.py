"""Findings as rows of a model; the card of each is made when somebody looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.panels.card_face import Face, face_of
from lambdaplanner.ui.panels.shown_findings import Shown

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole


class FindingRows(QAbstractListModel):
    """The rows."""

    def __init__(self, parent: QObject, plan: Plan, today: date) -> None:
        super().__init__(parent)
        self.shown: tuple[Shown, ...] = ()
        self._plan, self._today = plan, today
        self._faces: dict[int, Face] = {}
        self.in_hand: tuple[int, int] | None = None
        """The row and the spot that the keyboard is at: a reader says what the spot does."""

    def put(self, shown: Sequence[Shown], plan: Plan, today: date) -> bool:
        """Shows other findings, or the same of another plan; whether rows changed."""
        self._plan, self._today = plan, today
        self._faces.clear()
        if self.shown == (new := tuple(shown)):
            return False
        self.beginResetModel()
        self.shown = new
        self.endResetModel()
        return True

    def face(self, place: int) -> Face:
        """The card of a row."""
        if place not in self._faces:
            self._faces[place] = face_of(self.shown[place], self._plan, self._today)
        return self._faces[place]

    @property
    def today(self) -> date:
        """The day that acknowledgements are counted from."""
        return self._today

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self.shown)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        place = index.row()
        if not 0 <= place < len(self.shown):
            return None
        if role == _ROLE.DisplayRole:
            return self.shown[place].message
        if role == _ROLE.AccessibleTextRole:
            return self._spoken(place)
        return self.face(place).remedy if role == _ROLE.AccessibleDescriptionRole else None

    def _spoken(self, place: int) -> str:
        face = self.face(place)
        if self.in_hand is not None and self.in_hand[0] == place:
            spot = face.spots[self.in_hand[1]]
            # Who names a button by voice says what stands on it.
            return f"{spot.text} {face.id}: {spot.tip}" if spot.look != "link" else spot.tip
        return face.spoken
