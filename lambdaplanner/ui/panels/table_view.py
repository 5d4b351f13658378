"""A table of answers: sorted by its headings, its numbers never cut, its rows copied as text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from lambdaplanner.ui.copying import Copying
from lambdaplanner.ui.panels.capacity_models import CapacityTable


class TableView(QTableView):
    """The view of one table."""

    def __init__(self, model: CapacityTable, name: str) -> None:
        super().__init__()
        self._table = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.copying = Copying(self, model.cells)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        model.modelReset.connect(self._widen)
        model.dataChanged.connect(self._widen)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(28)
        self._set_headings()

    def _set_headings(self) -> None:
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSortIndicatorClearable(True)
        head.sortIndicatorChanged.connect(self._table.sort)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place, part in enumerate(self._table.columns):
            head.resizeSection(place, part.width or (74 if part.number else 108))
        head.setStretchLastSection(True)

    def _widen(self) -> None:
        """Makes columns of numbers as wide as their longest number; a cut number is a wrong one."""
        head, metrics, model = self.horizontalHeader(), self.fontMetrics(), self._table
        for place, part in enumerate(model.columns):
            if part.number:
                rows = range(model.rowCount())
                longest = max(
                    (str(model.index(r, place).data()) for r in rows), key=len, default=""
                )
                wanted = metrics.horizontalAdvance(longest) + 24
                head.resizeSection(place, max(head.sectionSize(place), wanted))
