"""What changes between two states of a plan, as cards: what gets worse on top, then what gets
better, then the rest.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from lambdaplanner.ui.panels.impact_numbers import Line
from lambdaplanner.ui.panels.impact_words import Section
from lambdaplanner.ui.panels.parts import Card, Glyph, column, emptied, label, row
from lambdaplanner.ui.theme import Theme, mark

_AT_ONCE = 8
"""So many lines of a section are shown before the fold."""
_MORE = 40
"""So many more each time somebody asks; a plan of a thousand things may have thousands."""


class LineView(QWidget):
    """One line; the names behind a number are shown on demand."""

    def __init__(self, line: Line, theme: Theme) -> None:
        super().__init__()
        self.line = line
        self.text: QLabel = label(line.text, wrap=True, selectable=True)
        glyph = Glyph(line.tone, theme, f"{line.tone}.solid", 16)
        head = row(glyph, self.text)
        head.setStretch(1, 1)
        for part in (glyph, self.text):
            head.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        layout = column(self, spacing=2)
        layout.addLayout(head)
        if line.more:
            self.fold = QPushButton("Which?")
            self.fold.setAccessibleName(f"Which? {line.text}")
            self.fold.setStyleSheet("QPushButton { padding: 0 6px; min-height: 16px; }")
            mark(self.fold, kind="quiet")
            self.fold.clicked.connect(self.unfold)
            head.addWidget(self.fold)
            head.setAlignment(self.fold, Qt.AlignmentFlag.AlignTop)
        self._column = layout
        self.more: QLabel | None = None

    def unfold(self) -> None:
        """Shows the names, or hides them again."""
        if self.more is None:
            self.more = label(self.line.more, "caption", wrap=True, selectable=True)
            self.more.setContentsMargins(24, 0, 0, 4)
            self._column.addWidget(self.more)
            self.more.show()
        else:
            self.more.setVisible(self.more.isHidden())
        self.fold.setText("Which?" if self.more.isHidden() else "Hide")


class SectionView(Card):
    """Lines of one sort; a long list is folded."""

    def __init__(self, section: Section, theme: Theme) -> None:
        worse = section.title.tone == "error"
        super().__init__(tone="error" if worse else "")
        self.section = section
        self._theme = theme
        self.lines: list[LineView] = []
        self.column.setSpacing(5)
        self.column.addWidget(label(section.title.text, "error" if worse else "section"))
        self.more = QPushButton()
        mark(self.more, kind="quiet")
        self.more.clicked.connect(self.unfold)
        self.column.addLayout(row(self.more, 1))
        self._add(_AT_ONCE)

    def unfold(self) -> None:
        """Shows the next lines."""
        self._add(_MORE)

    def _add(self, number: int) -> None:
        shown = len(self.lines)
        for line in self.section.lines[shown : shown + number]:
            view = LineView(line, self._theme)
            self.column.insertWidget(1 + len(self.lines), view)
            self.lines.append(view)
        left = len(self.section.lines) - len(self.lines)
        beyond = f"Show {_MORE} of {left:,} more" if left > _MORE else f"Show {left} more"
        self.more.setText(beyond)
        self.more.setVisible(left > 0)

    def retint(self, theme: Theme) -> None:
        self._theme = theme


class ImpactView(QWidget):
    """All sections; what is the same as before keeps its folds."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.sections: list[SectionView] = []
        self._column = column(self, spacing=8)

    def show_sections(self, sections: tuple[Section, ...]) -> None:
        """Shows these."""
        if [view.section for view in self.sections] == list(sections):
            return
        emptied(self._column)
        self.sections = [SectionView(section, self._theme) for section in sections]
        for view in self.sections:
            self._column.addWidget(view)

    def retint(self, theme: Theme) -> None:
        self._theme = theme
