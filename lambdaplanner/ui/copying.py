"""Rows of a list for other programs: as tab-separated text with headings, whole whatever is shown
of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView

Cells = Callable[[Sequence[int] | None], Iterable[Sequence[str]]]
"""The headings and the rows with these places; of all rows where there are none named."""


def tab_separated(lines: Iterable[Sequence[str]]) -> str:
    """Lines of cells as spreadsheets take them."""
    return "".join("\t".join(" ".join(cell.split()) for cell in line) + "\n" for line in lines)


class Copying(QObject):
    """Copies rows of a view: those that are selected by Ctrl+C, or all of them; both stand in
    `actions`, for its context menu.
    """

    def __init__(self, view: QAbstractItemView, cells: Cells) -> None:
        super().__init__(view)
        self._view = view
        self._cells = cells
        chosen = QAction("Copy", self)
        chosen.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        chosen.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        chosen.triggered.connect(self.copy_chosen)
        whole = QAction("Copy table", self)
        whole.triggered.connect(self.copy_all)
        self.actions = (chosen, whole)
        view.addActions(self.actions)

    def copy_chosen(self) -> None:
        """Copies the selected rows; the one with the keyboard where none is."""
        places = {index.row() for index in self._view.selectedIndexes()}
        if not places and self._view.currentIndex().isValid():
            places = {self._view.currentIndex().row()}
        if places:
            self._put(sorted(places))

    def copy_all(self) -> None:
        """Copies every row."""
        self._put(None)

    def _put(self, places: Sequence[int] | None) -> None:
        QGuiApplication.clipboard().setText(tab_separated(self._cells(places)))
