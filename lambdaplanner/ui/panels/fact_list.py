"""Facts as lines: a state, a sentence, and links to what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from lambdaplanner.ui.panels.facts import Fact
from lambdaplanner.ui.panels.flow import Flow
from lambdaplanner.ui.panels.parts import Link, Pill, column, emptied, label, row
from lambdaplanner.ui.panels.words import called, icon_of_id, shown_subject
from lambdaplanner.ui.theme import Theme

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge


class Links(QWidget):
    """Things of the plan to jump to."""

    def __init__(self, bridge: Bridge, theme: Theme, names: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self._flow = Flow(self, spacing=2)
        self.show_names(names)

    def show_names(self, names: tuple[str, ...]) -> None:
        """Links to these ids."""
        emptied(self._flow)
        plan = self._bridge.session.plan
        for name in names:
            link = Link(called(plan, name), icon_of_id(plan, name), self._theme)
            link.clicked.connect(lambda _on=False, name=name: self._go(name))
            self._flow.addWidget(link)

    def _go(self, name: str) -> None:
        self._bridge.reveal(shown_subject(self._bridge.session.plan, name))

    def retint(self, theme: Theme) -> None:
        self._theme = theme


class FactList(QWidget):
    """Rebuilt only where the facts are others than before."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self._facts: tuple[Fact, ...] = ()
        self._column = column(self, spacing=10)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What it shows."""
        return self._facts

    def show_facts(self, facts: list[Fact]) -> None:
        """Shows these lines; nothing where there are none."""
        self.setVisible(bool(facts))
        if tuple(facts) == self._facts:
            return
        self._facts = tuple(facts)
        emptied(self._column)
        for fact in facts:
            lines = column(spacing=4)
            if fact.word is not None:
                lines.addLayout(row(Pill(self._theme, fact.word), 1))
            if fact.text:
                lines.addWidget(label(fact.text, wrap=True, selectable=True))
            if fact.links:
                lines.addWidget(Links(self._bridge, self._theme, fact.links))
            self._column.addLayout(lines)

    def retint(self, theme: Theme) -> None:
        self._theme = theme
