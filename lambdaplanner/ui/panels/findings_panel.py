"""Everything that is wrong with the plan, worst first, with what to do; broken expectations stand
on top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from lambdaplanner.model.document import Acknowledgement
from lambdaplanner.model.edit import Edit
from lambdaplanner.ui.panels.card_face import Spot
from lambdaplanner.ui.panels.cards_view import CardsView
from lambdaplanner.ui.panels.finding_rows import FindingRows
from lambdaplanner.ui.panels.flow import Flow
from lambdaplanner.ui.panels.parts import EDGE, IconButton, column, label, retint
from lambdaplanner.ui.panels.shown_findings import Shown, problem_of, shown_of
from lambdaplanner.ui.panels.words import SEVERITY, count, shown_subject
from lambdaplanner.ui.problems import Problem
from lambdaplanner.ui.theme import Theme

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge

_PLURALS = {
    "error": lambda number: count(number, "error"),
    "warning": lambda number: count(number, "warning"),
    "info": lambda number: f"{number} info",
}


class FindingsPanel(QWidget):
    """The list of findings.

    Signals:
        title_changed: the dock's title with the number of findings.
    """

    title_changed = Signal(str)

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._theme = theme
        self._current = -1
        self._stale = True
        self.title = ""
        self.search = QLineEdit()
        self.search.setPlaceholderText("Filter by id, text or thing")
        self.search.setAccessibleName("Filter the findings")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(200)
        self.search.setMaximumWidth(320)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.severities: dict[str, IconButton] = {}
        for severity, word in SEVERITY.items():
            button = IconButton(
                severity,
                f"Show {word.text.lower()} findings",
                theme,
                text=word.text,
                colour=f"{severity}.solid",
            )
            button.setCheckable(True)
            button.setChecked(True)
            button.toggled.connect(lambda _on: self._fill())
            self.severities[severity] = button
        self.acknowledged = QCheckBox("Show acknowledged")
        self.acknowledged.setToolTip("Show also what somebody decided to live with")
        self.acknowledged.toggled.connect(lambda _on: self._fill())
        self.empty: QLabel = label("", "muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.rows = FindingRows(self, bridge.session.plan, bridge.live.today)
        self.view = CardsView(self.rows, theme)
        self.view.chosen.connect(self._go_to)
        self.view.done.connect(self._on_spot)
        self.view.taken.connect(
            lambda place, why, day: self.acknowledge(self.rows.shown[place], why, day)
        )
        bar = QWidget()
        bar.setContentsMargins(EDGE, 8, EDGE, 4)
        line = Flow(bar, spacing=8)
        for part in (self.search, *self.severities.values(), self.acknowledged):
            line.addWidget(part)
        layout = column(self, spacing=2)
        layout.addWidget(bar)
        layout.addWidget(self.empty)
        layout.addWidget(self.view, 1)
        self.empty.setContentsMargins(EDGE, 10, EDGE, 26)
        bridge.analysed.connect(self.refresh)
        bridge.replaced.connect(self.refresh)
        self.refresh()

    @property
    def shown(self) -> tuple[Shown, ...]:
        """What is shown, in order."""
        return self.rows.shown

    @property
    def little_to_tell(self) -> bool:
        """Whether a line is enough: nothing is wrong, or one thing."""
        return sum(not one.acknowledged for one in self._all) <= 1

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        self._theme = theme
        retint(self, theme)
        self.view.retint(theme)

    def refresh(self) -> None:
        """Brings the list up to date; while nobody sees it, only the title."""
        live = self._bridge.live
        self._all = shown_of(live.findings(), live.expectations(), self._bridge.session.plan)
        open_ = [one for one in self._all if not one.acknowledged]
        numbers = {s: sum(one.severity == s for one in open_) for s in SEVERITY}
        for severity, button in self.severities.items():
            button.setText(_PLURALS[severity](numbers[severity]))
        self._retitle(len(open_))
        self._stale = True
        if self.isVisible():
            self._fill()

    def step(self, by: int) -> None:
        """Goes to the next finding (1) or the one before (-1), round and round, and shows what it
        is about."""
        self._fill_if_stale()
        shown = self.shown
        if not shown:
            self._bridge.told.emit("info", "There is no finding.")
            return
        start = -1 if by > 0 and self._current < 0 else max(self._current, 0)
        self._go_to((start + by) % len(shown))

    def problem_in_mind(self) -> Problem | None:
        """What Fix this means: a finding about what is selected (that which was jumped to, where it
        is one), else the one that was jumped to, else the first; of those that an edit may mend.
        """
        current = self.shown[self._current] if self._current >= 0 else None
        jumped = [current] if current in self._all else []
        about = self._about(self._bridge.session.selection.ids)
        order = [*(one for one in jumped if one in about), *about, *jumped, *self._all]
        return next((found for one in order if (found := problem_of(one))), None)

    def problems_about(self, name: str) -> list[Problem]:
        """What an edit may mend at one thing."""
        found = map(problem_of, self._about((name,)))
        return [problem for problem in found if problem is not None]

    def _about(self, names: Iterable[str]) -> list[Shown]:
        wanted = set(self._bridge.session.diagram.meant(names))
        return [one for one in self._all if wanted.intersection(one.about)]

    def _go_to(self, place: int) -> None:
        self._current = place
        self.view.mark_jumped(place)
        self.view.go_to(place)
        self._jump(self.shown[place])

    def _on_spot(self, place: int, spot: Spot) -> None:
        one = self.shown[place]
        if spot.does == "fix":
            self._bridge.fix_wanted.emit(problem_of(one))
        elif spot.does == "page":
            QDesktopServices.openUrl(QUrl(one.reference))
        elif spot.does == "reopen":
            self.reopen(one)
        else:
            self._bridge.reveal(shown_subject(self._bridge.session.plan, spot.name))

    def _jump(self, shown: Shown) -> None:
        if shown.about:
            self._bridge.reveal(shown_subject(self._bridge.session.plan, shown.about[0]))

    def _retitle(self, number: int) -> None:
        title = f"Findings ({number})" if number else "Findings"
        if title != self.title:
            self.title = title
            self.title_changed.emit(title)

    def _fill_if_stale(self) -> None:
        if self._stale:
            self._fill()

    def _fill(self) -> None:
        self._stale = False
        words = self.search.text().lower().split()
        wanted = [one for one in self._all if self._fits(one, words)]
        current = self.shown[self._current] if self._current >= 0 else None
        self.view.show_findings(wanted, self._bridge.session.plan, self._bridge.live.today)
        self._current = wanted.index(current) if current in wanted else -1
        self.view.mark_jumped(self._current)
        self._say_empty(len(wanted))

    def _say_empty(self, number: int) -> None:
        if number:
            text = ""
        elif any(not one.acknowledged for one in self._all):
            text = "Nothing fits the filter."
        else:
            text = "Nothing found. The plan holds what it promises."
        self.empty.setText(text)
        self.empty.setVisible(bool(text))
        self.view.setVisible(number > 0)

    def _fits(self, one: Shown, words: list[str]) -> bool:
        if one.acknowledged and not self.acknowledged.isChecked():
            return False
        if not self.severities[one.severity].isChecked():
            return False
        text = " ".join((one.id, one.message, one.fix, *one.about)).lower()
        return all(word in text for word in words)

    def acknowledge(self, one: Shown, reason: str, until: str = "") -> None:
        """Notes that somebody decided to live with a finding, why, and until which day ("": for
        good), in place of the note that it has; one undo step."""

        def command(edit: Edit) -> None:
            rows, day = edit.plan.acknowledged, until or None
            if one.note is not None and one.note in rows:
                new = replace(one.note, reason=reason, until=day)
                edit.set_acknowledged(tuple(new if row_ == one.note else row_ for row_ in rows))
            else:
                about = tuple(dict.fromkeys(one.about))
                new = Acknowledgement(finding=one.id, about=about, reason=reason, until=day)
                edit.set_acknowledged((*rows, new))

        self._bridge.do(f"Acknowledge {one.id}", command)

    def reopen(self, one: Shown) -> None:
        """Takes an acknowledgement back; one undo step."""

        def command(edit: Edit) -> None:
            rows = tuple(
                a
                for a in edit.plan.acknowledged
                if not (a.finding == one.id and set(a.about) <= set(one.about))
            )
            edit.set_acknowledged(rows)

        self._bridge.do(f"Show {one.id} again", command)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._fill_if_stale()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self.shown:
            self._go_to(min(max(self._current + step, 0), len(self.shown) - 1))
            self.view.setFocus()
        else:
            super().keyPressEvent(event)
