"""Whether the subnets have the addresses that the functions want, and the NAT gateways the ports:
three models, every subnet, function and gateway."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QPushButton,
    QTabWidget,
    QWidget,
)

from lambdaplanner.analysis.answers import CapacityAnswer
from lambdaplanner.analysis.capacity import assess
from lambdaplanner.analysis.nat_ports import NatPorts, nat_ports
from lambdaplanner.analysis.room import Room, rooms
from lambdaplanner.analysis.scenario import Scenario
from lambdaplanner.analysis.whatif import zones_of
from lambdaplanner.errors import QuestionError
from lambdaplanner.model.document import MODELS
from lambdaplanner.model.edit import Edit
from lambdaplanner.ui.panels.capacity_cards import CapacitySummary, ModelCard
from lambdaplanner.ui.panels.capacity_cells import FunctionCells, GatewayCells, SubnetCells
from lambdaplanner.ui.panels.capacity_gateways import GatewayTable
from lambdaplanner.ui.panels.capacity_models import (
    TARGET_COLUMN,
    CapacityTable,
    FunctionTable,
    SubnetTable,
)
from lambdaplanner.ui.panels.choice_editors import QuietCombo
from lambdaplanner.ui.panels.parts import EDGE, column, label, retint, row
from lambdaplanner.ui.panels.port_words import overlay_text
from lambdaplanner.ui.panels.table_view import TableView
from lambdaplanner.ui.panels.words import sentence, stopped
from lambdaplanner.ui.theme import Theme

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge

_EVERY_ZONE = "Every zone is there"
_PAUSE_MS = 120
"""The worst zone, several times the work of the rest, is asked for when edits pause so long."""
_LOW = 340
"""Below this height, pixels, the tables need the room more than the reasons do."""


class _Answers(NamedTuple):
    """What the tables show."""

    capacity: CapacityAnswer
    rooms: Mapping[str, Room]
    ports: Mapping[str, NatPorts]


class CapacityPanel(QWidget):
    """The panel. The zone question is an overlay of its own: it never touches the plan."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._theme = theme
        self._stale = True
        self._choices: list[tuple[str, ...]] = []
        self.cards: dict[str, ModelCard] = {}
        for model in MODELS:
            card = ModelCard(model, theme)
            card.chosen.connect(lambda model=model: self.choose_model(model))
            self.cards[model] = card
        self.zone = QuietCombo()
        self.zone.setAccessibleName("What if a zone is gone")
        self.zone.setToolTip("Asks what remains without a zone; the plan stays as it is")
        self.zone.activated.connect(lambda _index: self._choose_zones())
        self.overlay: QLabel = label("", "caption", wrap=True)
        self.reset = QPushButton("As planned")
        self.reset.setToolTip("Imagine nothing")
        self.reset.clicked.connect(bridge.imagining.clear)
        self.imagined = QWidget()
        self.summary = CapacitySummary(theme)
        self.summary.zone_wanted.connect(self.ask_without)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.refresh_loss)
        self.subnets = SubnetTable(self)
        self.functions = FunctionTable(self.set_target, self)
        self.subnet_view = self._table(self.subnets, "Subnets")
        self.function_view = self._table(self.functions, "Functions")
        self.gateways = GatewayTable(self)
        self.gateway_view = self._table(self.gateways, "NAT gateways")
        self._cells = (
            SubnetCells(theme, self),
            FunctionCells(theme, self),
            GatewayCells(theme, self),
        )
        views = (self.subnet_view, self.function_view, self.gateway_view)
        for view, cells in zip(views, self._cells, strict=True):
            view.setItemDelegate(cells)
        triggers = QAbstractItemView.EditTrigger
        self.function_view.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
        )
        self._lay_out()
        bridge.analysed.connect(self.refresh)
        bridge.replaced.connect(self.refresh)
        bridge.imagining.changed.connect(self.refresh)
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
        self.tabs.addTab(self.gateway_view, "NAT gateways")
        self.tabs.setCornerWidget(corner)
        self.tabs.setDocumentMode(True)
        imagined = row(self.overlay, self.reset)
        imagined.setStretch(0, 1)
        imagined.setContentsMargins(EDGE, 0, EDGE, 0)
        self.imagined.setLayout(imagined)
        self.imagined.hide()
        self.summary.setContentsMargins(EDGE, 0, EDGE, 0)
        layout = column(self, spacing=6)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(cards)
        layout.addWidget(self.summary)
        layout.addWidget(self.imagined)
        layout.addWidget(self.tabs, 1)

    def _table(self, model: CapacityTable, name: str) -> TableView:
        view = TableView(model, name)
        view.clicked.connect(lambda index: self._show_row(model, index.row(), index.column()))
        return view

    def _show_row(self, model: CapacityTable, place: int, column_: int) -> None:
        if model is self.functions and column_ == TARGET_COLUMN:
            return
        self._bridge.reveal(model.name_at(place))

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        self._theme = theme
        for cells in self._cells:
            cells.theme = theme
        retint(self, theme)

    def refresh(self) -> None:
        """Brings everything up to date, now or when somebody looks."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        self._fill_zones()
        self.functions.editable = self._scenario.times == 1
        answer, found_rooms, ports = self._answers()
        self.subnets.show_rows(list(answer.subnets.items()))
        self.functions.show_rooms(found_rooms)
        self.functions.show_rows(list(answer.functions.items()))
        self.gateways.show_rows(list(ports.items()))
        self.summary.show_account(answer.account)
        self._ask_for_loss()
        for model, card in self.cards.items():
            card.choice.setChecked(model == answer.model)
            if model in answer.models:
                card.show_verdict(answer.models[model], stopped(answer.reasons.get(model, "")))
        short = sum(found.verdict != "ok" for found in answer.functions.values())
        self.tabs.setTabText(1, f"Functions ({short} short)" if short else "Functions")
        short = sum(found.headroom < 0 or bool(found.stranded) for found in ports.values())
        self.tabs.setTabText(2, f"NAT gateways ({short} short)" if short else "NAT gateways")
        self.tabs.setTabVisible(2, bool(ports))

    @property
    def _scenario(self) -> Scenario:
        return self._bridge.imagining.scenario

    @property
    def without_zone(self) -> str | None:
        """The zone that is asked to be gone, where it is one."""
        zones = self._scenario.without_zones
        return zones[0] if len(zones) == 1 else None

    def _answers(self) -> _Answers:
        live = self._bridge.live
        self.imagined.setVisible(bool(self._scenario))
        if self._scenario:
            try:
                found = self._imagined_answers()
            except QuestionError as error:
                self.overlay.setText(sentence(str(error)))
            else:
                self.overlay.setText(overlay_text(self._scenario, found.ports))
                return found
        return _Answers(live.capacity(), live.view.rooms, live.nat_ports())

    def _imagined_answers(self) -> _Answers:
        plan, network = self._bridge.session.plan, self._bridge.live.network
        answer = assess(plan, scenario=self._scenario)
        ports = nat_ports(plan, scenario=self._scenario, network=network)
        return _Answers(answer, rooms(plan, answer, scenario=self._scenario), ports)

    def _ask_for_loss(self) -> None:
        """The worst zone of what is shown; it follows once edits pause."""
        if not self._scenario:
            self._pause.start()
        else:
            self._pause.stop()
            self.summary.show_loss(None)

    def refresh_loss(self) -> None:
        """Brings the worst zone up to date."""
        self.summary.show_loss(self._bridge.live.worst_zone())

    def ask_without(self, zone: str) -> None:
        """Asks what remains without a zone, whatever else is imagined."""
        self._bridge.imagining.choose(replace(self._scenario, without_zones=(zone,)))
        self.refresh()

    def _choose_zones(self) -> None:
        place = self.zone.currentIndex()
        zones = self._choices[place] if place >= 0 else ()
        self._bridge.imagining.choose(replace(self._scenario, without_zones=zones))

    def _fill_zones(self) -> None:
        """No zone, each zone, and what else is imagined to be gone."""
        lost = self._scenario.without_zones
        alone = [(), *((zone,) for zone in zones_of(self._bridge.session.plan))]
        choices = list(dict.fromkeys((*alone, lost)))
        if choices != self._choices:
            self._choices = choices
            self.zone.clear()
            for zones in choices:
                said = f"Without {' and '.join(zones)}" if zones else _EVERY_ZONE
                self.zone.addItem(said, zones[0] if len(zones) == 1 else None)
        self.zone.setCurrentIndex(choices.index(lost))

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

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._stale = self._stale or self._pause.isActive()
        self._pause.stop()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self._stale:
            self.refresh()
