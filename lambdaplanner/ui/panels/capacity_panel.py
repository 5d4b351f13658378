"""Whether the subnets have the addresses that the functions want: three models, every subnet, every function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QRadioButton,
    QSizePolicy,
    QSplitter,
    QTableView,
    QWidget,
)

from lambdaplanner.analysis.answers import CapacityAnswer
from lambdaplanner.analysis.capacity import assess
from lambdaplanner.errors import QuestionError
from lambdaplanner.model.document import MODELS
from lambdaplanner.model.edit import Edit
from lambdaplanner.ui.panels.capacity_cells import FunctionCells, SubnetCells
from lambdaplanner.ui.panels.capacity_models import (
    BAR_COLUMN,
    TARGET_COLUMN,
    CapacityTable,
    FunctionTable,
    SubnetTable,
)
from lambdaplanner.ui.panels.field_editors import QuietCombo
from lambdaplanner.ui.panels.parts import EDGE, Card, Pill, column, label, retint, row
from lambdaplanner.ui.panels.words import CAPACITY, MODEL_RULES, MODEL_TITLES, sentence
from lambdaplanner.ui.theme import Theme

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge

_EVERY_ZONE = "Every zone is there"


class ModelCard(Card):
    """One model: choose it, its rule, its verdict, and why.

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
        self.column.setSpacing(4)
        self.column.addLayout(row(self.choice, 1, self.pill))
        self.column.addWidget(self.rule)
        self.column.addWidget(self.reason)
        self.column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _on_click(self) -> None:
        self.choice.setChecked(True)
        self.chosen.emit()


class CapacityPanel(QWidget):
    """The panel. The zone question is an overlay of its own: it never touches the plan."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
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
        ask = row(label("What if a zone is gone?", "muted"), self.zone, self.overlay)
        ask.setStretch(2, 1)
        ask.setContentsMargins(EDGE, 0, EDGE, 0)
        self.zone.setMinimumWidth(170)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._titled("Functions", self.function_view))
        split.addWidget(self._titled("Subnets", self.subnet_view))
        split.setSizes([480, 620])
        split.setChildrenCollapsible(False)
        layout = column(self, spacing=8)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(cards)
        layout.addLayout(ask)
        layout.addWidget(split, 1)

    def _titled(self, title: str, view: QTableView) -> QWidget:
        holder = QWidget()
        layout = column(holder, spacing=2)
        head = label(title, "section")
        head.setContentsMargins(EDGE, 2, 0, 0)
        layout.addWidget(head)
        layout.addWidget(view, 1)
        return holder

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
            head.resizeSection(place, 76 if part.number else 104)
        head.resizeSection(0, 138)
        if isinstance(model, SubnetTable):
            head.resizeSection(BAR_COLUMN, 176)
        else:
            head.resizeSection(5, 164)
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
                card.pill.show_word(CAPACITY[answer.models[model]])
            card.reason.setText(sentence(answer.reasons.get(model, "")))

    @property
    def without_zone(self) -> str | None:
        """The zone that is asked to be gone."""
        return self.zone.currentData()  # type: ignore[no-any-return]

    def _answer(self) -> CapacityAnswer:
        zone = self.without_zone
        if zone is None:
            self.overlay.setText("")
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

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self._stale:
            self.refresh()
