"""Connect function to VPC: policy, VPC, private subnets and security group; guided, and one undo
step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QStackedWidget, QToolButton, QWidget

from lambdaplanner.commands.attachment import detach
from lambdaplanner.editor.connect_choice import (
    Choice,
    Preview,
    carry_out,
    first_choice,
    summary,
    tried,
)
from lambdaplanner.kinds.function import Function
from lambdaplanner.ui.connect_pages import PolicyPage, VpcPage
from lambdaplanner.ui.connect_subnets import SubnetPage
from lambdaplanner.ui.panels.choice_editors import QuietCombo
from lambdaplanner.ui.panels.facts import capacity_sentence, internet_sentence
from lambdaplanner.ui.panels.parts import (
    Card,
    Glyph,
    Pill,
    column,
    divider,
    emptied,
    label,
    retint,
    row,
    scrolled,
)
from lambdaplanner.ui.panels.words import CAPACITY, REACH, Word, sentence
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import Theme, mark

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge

STEPS = ("Permissions", "VPC", "Subnets and security group")


class ConnectDialog(QDialog):
    """Stands beside the window and does not block it; follows the plan while it is open."""

    def __init__(
        self, bridge: Bridge, theme: Theme, function_id: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self.setWindowTitle("Connect function to VPC")
        self.setModal(False)
        self.resize(1020, 640)
        self.choice = Choice(function="")
        self.warnings: list[Word] = []
        self.functions = QuietCombo()
        self.functions.setAccessibleName("Function")
        self.functions.setMinimumWidth(220)
        self.functions.activated.connect(self._on_function)
        self.policy_page = PolicyPage(theme)
        self.vpc_page = VpcPage(theme)
        self.subnet_page = SubnetPage(theme)
        self.pages = QStackedWidget()
        for page in (self.policy_page, self.vpc_page, self.subnet_page):
            page.changed.connect(self.choose)
            self.pages.addWidget(page)
        self.steps: list[QToolButton] = [self._step(place) for place in range(len(STEPS))]
        self.back = QPushButton("Back")
        self.next = QPushButton("Next")
        self.finish = QPushButton("Connect")
        self.detach = QPushButton("Detach from VPC")
        self.cancel = QPushButton("Cancel")
        mark(self.detach, kind="danger")
        for button in (self.back, self.next, self.finish, self.detach, self.cancel):
            button.setAutoDefault(False)
        self.back.clicked.connect(lambda: self.turn_to(self.pages.currentIndex() - 1))
        self.next.clicked.connect(lambda: self.turn_to(self.pages.currentIndex() + 1))
        self.finish.clicked.connect(self._finish)
        self.detach.clicked.connect(self._detach)
        self.cancel.clicked.connect(self.reject)
        self.internet = Pill(theme)
        self.internet_said: QLabel = label("", wrap=True)
        self.capacity = Pill(theme)
        self.capacity_said: QLabel = label("", wrap=True)
        self._lay_out()
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._show_outcome)
        bridge.renamed.connect(self._on_renamed)
        bridge.changed.connect(self._on_plan)
        bridge.replaced.connect(self.reject)
        self._begin(function_id)

    def _step(self, place: int) -> QToolButton:
        button = QToolButton()
        button.setText(f"{place + 1}  {STEPS[place]}")
        button.setCheckable(True)
        button.setAccessibleName(f"Step {place + 1}: {STEPS[place]}")
        button.clicked.connect(lambda: self.turn_to(place))
        return button

    def _lay_out(self) -> None:
        head = row(label("Connect", "title"), self.functions, label("to a VPC", "title"), 1)
        steps = row(*self.steps, 1, spacing=4)
        side = QWidget()
        inner = column(side, spacing=10)
        inner.setContentsMargins(0, 0, 6, 0)
        self._warnings = column(spacing=6)
        self._summary = column(spacing=4)
        outcome = Card()
        outcome.column.addWidget(label("Effects", "section"))
        for pill, said in (
            (self.internet, self.internet_said),
            (self.capacity, self.capacity_said),
        ):
            outcome.column.addLayout(row(pill, 1))
            outcome.column.addWidget(said)
        plan_of_action = Card()
        plan_of_action.column.addWidget(
            label("What will happen, in one step that undo takes back", "section", wrap=True)
        )
        plan_of_action.column.addLayout(self._summary)
        inner.addLayout(self._warnings)
        inner.addWidget(outcome)
        inner.addWidget(plan_of_action)
        inner.addStretch(1)
        area = scrolled(side)
        area.setFixedWidth(350)
        middle = row(self.pages, area, spacing=18)
        middle.setStretch(0, 1)
        buttons = row(self.detach, 1, self.cancel, self.back, self.next, self.finish)
        layout = column(self, spacing=12, edge=18)
        layout.addLayout(head)
        layout.addLayout(steps)
        layout.addWidget(divider())
        layout.addLayout(middle, 1)
        layout.addWidget(divider())
        layout.addLayout(buttons)

    def _begin(self, function_id: str) -> None:
        plan = self._bridge.session.plan
        names = [function.id for function in plan.ordered("function")]
        self.functions.addItems(names)
        if function_id not in names:
            free = [f.id for f in plan.ordered("function") if not f.attached]
            function_id = free[0] if free else names[0] if names else ""
        self.functions.setCurrentIndex(self.functions.findText(function_id))
        self._on_function()

    def _on_function(self, _index: int = 0) -> None:
        function = self._bridge.session.plan.find(self.functions.currentText())
        if isinstance(function, Function):
            self.choose(first_choice(self._bridge.session.plan, function))
            self.turn_to(2 if function.attached else 0)

    def turn_to(self, place: int) -> None:
        """Shows a step."""
        self.pages.setCurrentIndex(place)
        for at, button in enumerate(self.steps):
            button.setChecked(at == place)
        self.back.setVisible(place > 0)
        last = place == len(STEPS) - 1
        self.next.setVisible(not last)
        mark(self.finish, kind="primary" if last else "")
        mark(self.next, kind="primary")

    def choose(self, choice: Choice) -> None:
        """Takes a choice and says what is wrong with it, and what would come of it."""
        plan = self._bridge.session.plan
        self.choice = choice
        self.policy_page.show_choice(plan, choice)
        self.vpc_page.show_choice(plan, choice)
        self.subnet_page.show_choice(plan, choice, self._bridge.live.capacity())
        self._idle.start()

    @property
    def settled(self) -> bool:
        """Whether warnings and outcome belong to the choice as it is."""
        return not self._idle.isActive()

    def _show_outcome(self) -> None:
        plan, choice = self._bridge.session.plan, self.choice
        function = plan.find(choice.function)
        if not isinstance(function, Function):
            return
        emptied(self._warnings)
        trial = tried(plan, choice)
        self.warnings = [Word(one.tone, one.message) for one in trial.cautions]
        for word in self.warnings:
            self._warnings.addWidget(self._warning(word))
        emptied(self._summary)
        for text in summary(plan, choice) or ["Nothing yet."]:
            self._summary.addWidget(label(text, wrap=True))
        reason = trial.refusal
        self.finish.setEnabled(not reason and not self.subnet_page.wrong)
        self.finish.setToolTip(plain_tip(sentence(reason)))
        self.finish.setText("Change" if function.attached else "Connect")
        self.detach.setVisible(function.attached)
        self._show_preview(trial.preview)

    def _show_preview(self, found: Preview | None) -> None:
        for part in (self.internet_said, self.capacity, self.capacity_said):
            part.setVisible(found is not None)
        if found is None:
            self.internet.show_word(Word("muted", "Not possible yet"))
            return
        word = REACH[found.internet.verdict]
        self.internet.show_word(Word(word.tone, f"Internet: {word.text.lower()}"))
        self.internet_said.setText(internet_sentence(self._bridge.session.plan, found.internet))
        if found.function is not None:
            state = CAPACITY[found.function.verdict]
            self.capacity.show_word(Word(state.tone, f"Concurrency: {state.text.lower()}"))
            self.capacity_said.setText(capacity_sentence(found.function))

    def _warning(self, word: Word) -> QWidget:
        card = Card(tone=word.tone)
        text = label(word.text, wrap=True)
        line = row(Glyph(word.tone, self._theme, f"{word.tone}.solid", 16), text)
        line.setStretch(1, 1)
        card.column.addLayout(line)
        return card

    def _finish(self) -> None:
        choice = self.choice
        text = f"Connect {choice.function} to {choice.vpc}"
        if self._bridge.do(text, lambda edit: carry_out(edit, choice)):
            self._bridge.select([choice.function])
            self.accept()

    def _detach(self) -> None:
        name = self.choice.function
        if self._bridge.do(f"Detach {name}", lambda edit: detach(edit, name)):
            self.accept()

    def _on_renamed(self, renamed: dict[str, str]) -> None:
        self.choice = self.choice.followed(renamed)
        for row_ in range(self.functions.count()):
            name = self.functions.itemText(row_)
            self.functions.setItemText(row_, renamed.get(name, name))

    def _on_plan(self, _changes: object) -> None:
        if self.choice.function not in self._bridge.session.plan:
            self.reject()
        elif self.isVisible():
            self.choose(self.choice)

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        self._theme = theme
        retint(self, theme)
