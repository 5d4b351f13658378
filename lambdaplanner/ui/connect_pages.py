"""The three steps of attaching a function to a VPC, one page each."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from lambdaplanner.editor.attachment import suitable_subnets
from lambdaplanner.editor.connect_choice import Choice, in_vpc
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.role_policies import VPC_ACCESS_POLICY
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui import icons
from lambdaplanner.ui.panels.parts import Card, Glyph, column, label, row
from lambdaplanner.ui.panels.words import count, sentence
from lambdaplanner.ui.theme import Theme, mark

_ACTIONS = (
    ("ec2:CreateNetworkInterface", "make the interface in each subnet"),
    ("ec2:DescribeNetworkInterfaces, ec2:DescribeSubnets", "look at interfaces and subnets"),
    ("ec2:DeleteNetworkInterface", "take the interface away again"),
    ("ec2:AssignPrivateIpAddresses, ec2:UnassignPrivateIpAddresses", "give it private addresses"),
    ("logs:CreateLogGroup, logs:CreateLogStream, logs:PutLogEvents", "write the function's log"),
)


class PolicyPage(QWidget):
    """Step 1: the role must let Lambda create network interfaces."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._choice = Choice(function="")
        self.box = QCheckBox(f"Attach {VPC_ACCESS_POLICY} to the role")
        self.box.toggled.connect(lambda on: self.changed.emit(replace(self._choice, add_policy=on)))
        self.state: QLabel = label("", "muted", wrap=True)
        layout = column(self, spacing=10)
        layout.addWidget(
            label(
                "Lambda makes a network interface in each subnet, in your name. The function's "
                "execution role must "
                "allow that.",
                wrap=True,
            )
        )
        layout.addWidget(self.box)
        layout.addWidget(self.state)
        card = Card()
        card.column.addWidget(label("What the policy allows", "section"))
        for action, purpose in _ACTIONS:
            card.column.addWidget(label(action, "code", wrap=True))
            card.column.addWidget(label(sentence(purpose), "caption", wrap=True))
        layout.addWidget(card)
        layout.addLayout(
            row(
                Glyph("info", theme, "info.solid", 16),
                label(
                    "These rights are used while attaching and detaching, not while the "
                    "function runs.",
                    "muted",
                    wrap=True,
                ),
            )
        )
        layout.addStretch(1)

    def show_choice(self, plan: Plan, choice: Choice) -> None:
        """Shows what was chosen so far."""
        self._choice = choice
        function = plan.find(choice.function)
        has = isinstance(function, Function) and function.interface_rights == "allowed"
        self.box.blockSignals(True)
        self.box.setChecked(has or choice.add_policy)
        self.box.setEnabled(not has)
        self.box.blockSignals(False)
        policies = ", ".join(getattr(function, "role_policies", ())) or "no policy named here"
        self.state.setText("The role allows it already." if has else f"The role has {policies}.")


class VpcPage(QWidget):
    """Step 2: in which VPC."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._plan = Plan()
        self._choice = Choice(function="")
        self.list = QListWidget()
        self.list.setAccessibleName("VPC")
        mark(self.list, role="boxed")
        self.list.currentRowChanged.connect(self._on_row)
        self.empty: QLabel = label("There is no VPC yet. Draw one first.", "muted", wrap=True)
        layout = column(self, spacing=10)
        layout.addWidget(
            label(
                "All subnets of a function lie in one VPC. Being attached, it reaches what that "
                "VPC's routes reach.",
                wrap=True,
            )
        )
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)

    def show_choice(self, plan: Plan, choice: Choice) -> None:
        """Shows the VPCs of the plan, and which was chosen."""
        self._plan, self._choice = plan, choice
        vpcs = plan.ordered("vpc")
        self.list.blockSignals(True)
        self.list.clear()
        for vpc in vpcs:
            suitable = len(suitable_subnets(plan, vpc.id))
            words = (
                f"{count(suitable, 'private subnet')} with a NAT gateway"
                if suitable
                else "no private subnet with a NAT gateway"
            )
            item = QListWidgetItem(
                icons.icon("vpc", self._theme, "vpc.accent"), f"{vpc.id}   {vpc.cidr}   {words}"
            )
            item.setData(Qt.ItemDataRole.UserRole, vpc.id)
            self.list.addItem(item)
            if vpc.id == choice.vpc:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.empty.setVisible(not vpcs)
        self.list.setVisible(bool(vpcs))

    def _on_row(self, place: int) -> None:
        item = self.list.item(place)
        if item is not None and item.data(Qt.ItemDataRole.UserRole) != self._choice.vpc:
            self.changed.emit(in_vpc(self._plan, self._choice, item.data(Qt.ItemDataRole.UserRole)))

    def retint(self, theme: Theme) -> None:
        self._theme = theme
        for place in range(self.list.count()):
            self.list.item(place).setIcon(icons.icon("vpc", theme, "vpc.accent"))
