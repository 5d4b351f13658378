"""Whether the subnets have the addresses that the functions want: three models, every subnet, every
function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QRadioButton,
    QTableView,
    QTabWidget,
    QWidget,
)

from lambdaplanner.analysis.answers import CapacityAnswer
from lambdaplanner.analysis.capacity import assess
from lambdaplanner.errors import QuestionError
from lambdaplanner.model.document import MODELS
from lambdaplanner.model.edit import Edit
from lambdaplanner.ui.panels.capacity_cells import FunctionCells, SubnetCells
from lambdaplanner.ui.panels.capacity_models import (
    TARGET_COLUMN,
    CapacityTable,
    FunctionTable,
    SubnetTable,
)
from lambdaplanner.ui.panels.choice_editors import QuietCombo
from lambdaplanner.ui.panels.parts import EDGE, Card, ElidedLabel, Pill, column, label, retint, row
from lambdaplanner.ui.panels.words import CAPACITY, MODEL_RULES, MODEL_TITLES, sentence, stopped
from lambdaplanner.ui.theme import Theme

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge

_EVERY_ZONE = "Every zone is there"
_GETS_COLUMN = 5
_LOW = 340
"""Below this height, pixels, the tables need the room more than the reasons do."""


class ModelCard(Card):
    """One model: choose it, its rule, its verdict, and why (in one line where it is low).

    Signals:
        chosen: the plan is to use this model.
    """

    chosen = Signal()

    def __init__(self, model: str, theme: Theme) -> None:
        super().__init__()
        self.choice = QRadioButton(MODEL_TITLES[model])
        self.choice.setToolTip(f"{MODEL_RULES[model]} Verdicts and tables follow the chosen model.")
        self.choice.setAutoExclusive(False)
        self.choice.clicked.connect(self._on_click)
        self.pill = Pill(theme)
        self.rule: QLabel = label(MODEL_RULES[model], "caption", wrap=True)
        self.reason: QLabel = label("", wrap=True)
        self.short = ElidedLabel("", "muted")
        self.column.setSpacing(4)
        self.column.setContentsMargins(10, 6, 10, 6)
        self.column.addLayout(row(self.choice, 1, self.pill))
        for part in (self.rule, self.reason, self.short):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.set_low(True)

    def set_low(self, low: bool) -> None:
        """Shows the reason in one line, or in full with the rule."""
        self.short.setVisible(low)
        self.rule.setVisible(not low)
        self.reason.setVisible(not low)

    def show_verdict(self, verdict: str, reason: str) -> None:
        """Shows what the model says, and why."""
        self.pill.show_word(CAPACITY[verdict])
        self.reason.setText(reason)
        self.short.setText(reason)

    def _on_click(self) -> None:
        self.choice.setChecked(True)
        self.chosen.emit()


class CapacityPanel(QWidget):
    """The panel. The zone question is an overlay of its own: it never touches the plan."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._theme = theme
        self._stale = True
        self.cards: dict[str, ModelCard] = {}
        for model in MODELS:
            card = ModelCard(model, theme)
            card.chosen.connect(lambda model=model: self.choose_model(model))
            self.cards[model] = card
        self.zone = QuietCombo()
        self.zone.setAccessibleName("What if a zone is gone")
        self.zone.setToolTip("Asks what remains without a zone; the plan stays as it is")
        self.zone.activated.connect(lambda _index: self.refresh())
        self.overlay: QLabel = label("", "caption", wrap=True)
        self.subnets = SubnetTable(self)
        self.functions = FunctionTable(self.set_target, self)
        self.subnet_view = self._table(self.subnets, "Subnets")
        self.function_view = self._table(self.functions, "Functions")
        self._subnet_cells = SubnetCells(theme, self)
        self._function_cells = FunctionCells(theme, self)
        self.subnet_view.setItemDelegate(self._subnet_cells)
        self.function_view.setItemDelegate(self._function_cells)
        triggers = QAbstractItemView.EditTrigger
        self.function_view.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
        )
        self._lay_out()
        bridge.analysed.connect(self.refresh)
        bridge.replaced.connect(self.refresh)
        self.refresh()

    def _lay_out(self) -> None:
        cards = row(*self.cards.values(), spacing=10)
        cards.setContentsMargins(EDGE, 0, EDGE, 0)
        corner = QWidget()
        ask = row(label("What if a zone is gone?", "muted"), self.zone)
        ask.setContentsMargins(0, 0, EDGE, 2)
        corner.setLayout(ask)
        self.zone.setMinimumWidth(190)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.subnet_view, "Subnets")
        self.tabs.addTab(self.function_view, "Functions")
        self.tabs.setCornerWidget(corner)
        self.tabs.setDocumentMode(True)
        self.overlay.setContentsMargins(EDGE, 0, EDGE, 0)
        self.overlay.hide()
        layout = column(self, spacing=6)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(cards)
        layout.addWidget(self.overlay)
        layout.addWidget(self.tabs, 1)

    def _table(self, model: CapacityTable, name: str) -> QTableView:
        view = QTableView()
        view.setModel(model)
        view.setAccessibleName(name)
        view.setShowGrid(False)
        view.setAlternatingRowColors(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(28)
        head = view.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setSortIndicatorClearable(True)
        head.sortIndicatorChanged.connect(model.sort)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place, part in enumerate(model.columns):
            head.resizeSection(place, 74 if part.number else 108)
        head.resizeSection(0, 168)
        if isinstance(model, FunctionTable):
            head.resizeSection(_GETS_COLUMN, 176)
        head.setStretchLastSection(True)
        view.clicked.connect(lambda index: self._show_row(model, index.row(), index.column()))
        return view

    def _show_row(self, model: CapacityTable, place: int, column_: int) -> None:
        if model is self.functions and column_ == TARGET_COLUMN:
            return
        self._bridge.reveal(model.name_at(place))

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        self._theme = theme
        self._subnet_cells.theme = theme
        self._function_cells.theme = theme
        retint(self, theme)

    def refresh(self) -> None:
        """Brings everything up to date, now or when somebody looks."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        self._fill_zones()
        answer = self._answer()
        self.subnets.show_rows(list(answer.subnets.items()))
        self.functions.show_rows(list(answer.functions.items()))
        for model, card in self.cards.items():
            card.choice.setChecked(model == answer.model)
            if model in answer.models:
                card.show_verdict(answer.models[model], stopped(answer.reasons.get(model, "")))
        count = sum(found.verdict != "ok" for found in answer.functions.values())
        self.tabs.setTabText(1, f"Functions ({count} short)" if count else "Functions")

    @property
    def without_zone(self) -> str | None:
        """The zone that is asked to be gone."""
        return self.zone.currentData()  # type: ignore[no-any-return]

    def _answer(self) -> CapacityAnswer:
        zone = self.without_zone
        self.overlay.setVisible(zone is not None)
        if zone is None:
            return self._bridge.live.capacity()
        try:
            answer = assess(self._bridge.session.plan, without_az=zone)
        except QuestionError as error:
            self.overlay.setText(sentence(str(error)))
            return self._bridge.live.capacity()
        self.overlay.setText(f"Shown as if {zone} were gone. The plan itself is unchanged.")
        return answer

    def _fill_zones(self) -> None:
        zones = sorted({subnet.az for subnet in self._bridge.session.plan.of("subnet").values()})
        known = [self.zone.itemData(place) for place in range(1, self.zone.count())]
        if zones == known and self.zone.count():
            return
        chosen = self.without_zone
        self.zone.clear()
        self.zone.addItem(_EVERY_ZONE, None)
        for zone in zones:
            self.zone.addItem(f"Without {zone}", zone)
        self.zone.setCurrentIndex(max(0, self.zone.findData(chosen)) if chosen else 0)

    def choose_model(self, model: str) -> None:
        """Makes a model the plan's; one undo step."""

        def command(edit: Edit) -> None:
            edit.set_settings(capacity_model=model)

        self._bridge.do(f"Use the capacity model {model}", command)
        current = self._bridge.session.plan.info.settings.capacity_model
        for name, card in self.cards.items():
            card.choice.setChecked(name == current)

    def set_target(self, function_id: str, value: int) -> bool:
        """Gives a function another target; one undo step."""

        def command(edit: Edit) -> None:
            edit.update(function_id, concurrency=value)

        return self._bridge.do("Set concurrency", command)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for card in self.cards.values():
            card.set_low(event.size().height() < _LOW)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self._stale:
            self.refresh()
