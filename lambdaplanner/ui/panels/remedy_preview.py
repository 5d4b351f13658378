"""What one way of mending does to the plan, and what comes of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from lambdaplanner.fixes.offers import Offer
from lambdaplanner.fixes.wording import EditLine, edit_lines
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.comparing import Compared
from lambdaplanner.ui.panels.impact_view import ImpactView
from lambdaplanner.ui.panels.impact_words import sections
from lambdaplanner.ui.panels.parts import Card, Glyph, column, emptied, label, row
from lambdaplanner.ui.panels.words import sentence
from lambdaplanner.ui.problems import Problem
from lambdaplanner.ui.theme import Theme

_LOOKS = {
    "adds": ("plus", "ok.solid"),
    "changes": ("edit", "accent"),
    "removes": ("minus", "error.solid"),
}


class RemedyPreview(QWidget):
    """The edits in words, then promises, paths, capacity and findings that change."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.edits: list[QLabel] = []
        self._edits = Card()
        self._edits.column.addWidget(label("What it does", "section"))
        self._lines = column(spacing=8)
        self._edits.column.addLayout(self._lines)
        self.state: QLabel = label("", "muted", wrap=True)
        self.impact = ImpactView(theme)
        layout = column(self, spacing=10)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.addWidget(self._edits)
        layout.addWidget(label("Effects", "section"))
        layout.addWidget(self.state)
        layout.addWidget(self.impact)
        layout.addStretch(1)

    def show_edits(self, offer: Offer) -> None:
        """Shows what a way does; what comes of it is yet to be found."""
        emptied(self._lines)
        self.edits = []
        for line in edit_lines(offer.changes):
            self._lines.addWidget(self._edit(line))
        self.impact.show_sections(())
        self._say("Comparing ...")

    def _edit(self, line: EditLine) -> QWidget:
        icon, colour = _LOOKS[line.verb]
        named = f"{line.noun} {line.subject}".rstrip()
        title = label(f"{line.verb.capitalize()} {named}", wrap=True, selectable=True)
        self.edits.append(title)
        glyph = Glyph(icon, self._theme, colour, 16)
        head = row(glyph, title)
        head.setStretch(1, 1)
        head.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
        made = QWidget()
        layout = column(made, spacing=1)
        layout.addLayout(head)
        for part in line.parts:
            words = label(sentence(part), "caption", wrap=True, selectable=True)
            words.setContentsMargins(24, 0, 0, 0)
            layout.addWidget(words)
        return made

    def show_impact(self, compared: Compared, before: Plan, after: Plan, problem: Problem) -> None:
        """Shows what is known so far of what comes of it."""
        found = sections(compared.impact, before, after, here=problem.here, mended=problem.mended)
        self.impact.show_sections(found)
        if compared.share < 1:
            self._say(f"Comparing every path: {compared.share:.0%} ...")
        else:
            self._say("" if found else "Nothing else changes.")

    def _say(self, text: str) -> None:
        self.state.setText(text)
        self.state.setVisible(bool(text))

    def retint(self, theme: Theme) -> None:
        self._theme = theme
