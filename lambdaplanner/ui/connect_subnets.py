"""The last step of attaching a function to a VPC: private subnets and security groups."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from lambdaplanner.analysis.answers import CapacityAnswer
from lambdaplanner.editor.connect_choice import Choice, free_group_id
from lambdaplanner.kinds.topology import way_out
from lambdaplanner.model.fields import read_id
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.panels.facts import tier
from lambdaplanner.ui.panels.parts import column, label, row
from lambdaplanner.ui.panels.words import kind_word, sentence
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import Theme, mark

_WIDTHS = (160, 66, 96, 108, 58, 100)
_COLUMNS = ("Subnet", "Tier", "Zone", "CIDR", "Free", "Way out")


class SubnetPage(QWidget):
    """Step 3: private subnets, and the security groups of the interfaces."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._plan = Plan()
        self._choice = Choice(function="")
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setHorizontalHeaderLabels(list(_COLUMNS))
        self.table.setAccessibleName("Subnets")
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(30)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        mark(self.table, role="boxed")
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for place, width in enumerate(_WIDTHS):
            head.resizeSection(place, width)
        head.setStretchLastSection(True)
        self.table.itemChanged.connect(self._on_item)
        self.groups = QListWidget()
        self.groups.setAccessibleName("Security groups")
        mark(self.groups, role="boxed")
        self.groups.setMaximumHeight(112)
        self.groups.itemChanged.connect(self._on_item)
        self.new_box = QCheckBox("New group")
        self.new_box.toggled.connect(self._on_new)
        self.new_name = QLineEdit()
        self.new_name.setAccessibleName("Id of the new group")
        self.new_name.textEdited.connect(self._on_name)
        self.reason: QLabel = label("", "error", wrap=True)
        self.reason.hide()
        layout = column(self, spacing=8)
        layout.addWidget(
            label(
                "One interface in each chosen subnet, with a private address and never a public "
                "one. For internet access "
                "choose private subnets that route to a NAT gateway, in two zones or more.",
                wrap=True,
            )
        )
        layout.addWidget(self.table, 1)
        layout.addWidget(label("Security groups of the interfaces", "section"))
        layout.addWidget(self.groups)
        layout.addLayout(row(self.new_box, self.new_name))
        layout.addWidget(self.reason)

    def show_choice(self, plan: Plan, choice: Choice, capacity: CapacityAnswer) -> None:
        """Shows the VPC's subnets and groups, and which were chosen."""
        self._plan, self._choice = plan, choice
        self._fill_subnets(capacity)
        self._fill_groups()
        self.new_box.blockSignals(True)
        self.new_box.setChecked(bool(choice.new_group))
        self.new_box.blockSignals(False)
        self.new_name.setEnabled(bool(choice.new_group))
        if self.new_name.text() != choice.new_group and not self.new_name.hasFocus():
            self.new_name.setText(choice.new_group)

    def _fill_subnets(self, capacity: CapacityAnswer) -> None:
        subnets = [s for s in self._plan.ordered("subnet") if s.vpc == self._choice.vpc]
        rows = [
            (s, tier(self._plan, s), way_out(self._plan, s), capacity.subnets.get(s.id))
            for s in subnets
        ]
        self.table.blockSignals(True)
        self.table.setRowCount(len(rows))
        for place, (subnet, fact, way, ledger) in enumerate(rows):
            word = fact.word.text if fact.word is not None else ""
            texts = (
                subnet.id,
                word,
                subnet.az,
                subnet.cidr,
                f"{ledger.free:,}" if ledger else "",
                kind_word(way.kind) if way else "none",
            )
            for at, text in enumerate(texts):
                item = self.table.item(place, at)
                if item is None:
                    item = QTableWidgetItem()
                    self.table.setItem(place, at, item)
                item.setText(text)
                item.setToolTip(plain_tip(f"{subnet.id}: {fact.text}"))
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                if at == 0:
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                    item.setCheckState(_check(subnet.id in self._choice.subnets))
        self.table.blockSignals(False)

    def _fill_groups(self) -> None:
        groups = [g for g in self._plan.ordered("security-group") if g.vpc == self._choice.vpc]
        self.groups.blockSignals(True)
        if [self.groups.item(i).text() for i in range(self.groups.count())] != [
            g.id for g in groups
        ]:
            self.groups.clear()
            for group in groups:
                self.groups.addItem(QListWidgetItem(group.id))
        for place, group in enumerate(groups):
            item = self.groups.item(place)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(_check(group.id in self._choice.groups))
        self.groups.setVisible(bool(groups))
        self.groups.blockSignals(False)

    def _on_item(self, _item: object) -> None:
        cells = [self.table.item(place, 0) for place in range(self.table.rowCount())]
        subnets = tuple(
            c.text() for c in cells if c is not None and c.checkState() == Qt.CheckState.Checked
        )
        items = [self.groups.item(place) for place in range(self.groups.count())]
        groups = tuple(i.text() for i in items if i.checkState() == Qt.CheckState.Checked)
        self.changed.emit(replace(self._choice, subnets=subnets, groups=groups))

    def _on_new(self, on: bool) -> None:
        name = free_group_id(self._plan, self._choice.function) if on else ""
        self._say("")
        self.changed.emit(replace(self._choice, new_group=name))

    def _on_name(self, text: str) -> None:
        reason = ""
        try:
            if read_id(text.strip()) in self._plan:
                reason = f'"{text}" is taken'
        except ValueError as error:
            reason = str(error)
        self._say(reason)
        if not reason:
            self.changed.emit(replace(self._choice, new_group=text.strip()))

    def _say(self, reason: str) -> None:
        mark(self.new_name, invalid=bool(reason))
        self.reason.setText(sentence(reason))
        self.reason.setVisible(bool(reason))

    @property
    def wrong(self) -> bool:
        """Whether the new group's id cannot be."""
        return not self.reason.isHidden()


def _check(on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
