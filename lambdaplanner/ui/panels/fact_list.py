"""Facts as lines: a state, a sentence, and links to what they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from lambdaplanner.ui.panels.facts import Fact
from lambdaplanner.ui.panels.flow import Flow
from lambdaplanner.ui.panels.link import Link
from lambdaplanner.ui.panels.parts import Pill, column, emptied, label, row
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


class _Line(QWidget):
    """One fact; its parts stay while what they say changes."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._pill = Pill(theme)
        self._text: QLabel = label("", wrap=True, selectable=True)
        self._links = Links(bridge, theme)
        self._names: tuple[str, ...] = ()
        layout = column(self, spacing=4)
        layout.addLayout(row(self._pill, 1))
        layout.addWidget(self._text)
        layout.addWidget(self._links)

    def show_fact(self, fact: Fact) -> None:
        """Shows another fact."""
        self._pill.setVisible(fact.word is not None)
        if fact.word is not None:
            self._pill.show_word(fact.word)
        self._text.setVisible(bool(fact.text))
        self._text.setText(fact.text)
        self._links.setVisible(bool(fact.links))
        if fact.links != self._names:
            self._names = fact.links
            self._links.show_names(fact.links)


class FactList(QWidget):
    """Lines of facts; they change in place, since verdicts follow every move of a slider."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self._facts: tuple[Fact, ...] = ()
        self._lines: list[_Line] = []
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
        while len(self._lines) < len(facts):
            line = _Line(self._bridge, self._theme)
            self._lines.append(line)
            self._column.addWidget(line)
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(facts))
            if place < len(facts):
                line.show_fact(facts[place])

    def retint(self, theme: Theme) -> None:
        self._theme = theme
