"""Fix this: the ways to mend a problem, each with its edits and with what comes of it; applying one
is one undo step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QStackedWidget, QWidget

from lambdaplanner.fixes.offers import Offer
from lambdaplanner.ui.panels.parts import (
    Card,
    Glyph,
    Pill,
    column,
    divider,
    label,
    retint,
    row,
    scrolled,
)
from lambdaplanner.ui.panels.remedy_list import HARMS, RECOMMENDED, RemedyList
from lambdaplanner.ui.panels.remedy_preview import RemedyPreview
from lambdaplanner.ui.panels.words import count, shown_subject
from lambdaplanner.ui.problems import Problem
from lambdaplanner.ui.remedy_search import Candidate, RemedySearch
from lambdaplanner.ui.stepper import Stepper
from lambdaplanner.ui.theme import Theme, mark

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge

_WAYS, _NO_WAY = 0, 1


class FixDialog(QDialog):
    """Stands beside the window and does not block it; when the plan changes it looks anew.

    Ways are looked for one at a time while the window stays at work, and so is what comes of the
    one that is chosen.
    """

    def __init__(
        self, bridge: Bridge, theme: Theme, problem: Problem, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self.problem = problem
        self._search: RemedySearch | None = None
        self._revision = -1
        self._preferred = ""
        self._picked = False
        self._steps = Stepper(self)
        self._steps.stepped.connect(self._on_step)
        self._steps.sliced.connect(self._show_progress)
        self._steps.ended.connect(self._on_end)
        self.setWindowTitle("Fix this")
        self.setModal(False)
        self.resize(860, 560)
        self.message: QLabel = label(problem.message, wrap=True, selectable=True)
        self.state: QLabel = label("", "muted", wrap=True)
        self.reason: QLabel = label("", wrap=True, selectable=True)
        self.list = RemedyList(theme)
        self.list.currentRowChanged.connect(self._on_chosen)
        self.list.pressed.connect(self._on_picked)
        self.list.installEventFilter(self)
        self.list.itemActivated.connect(lambda _item: self.apply_chosen())
        self.preview = RemedyPreview(theme)
        self.cancel = QPushButton("Cancel")
        self.apply = QPushButton("Apply")
        self.cancel.setAutoDefault(False)
        self.apply.setDefault(True)
        mark(self.apply, kind="primary")
        self.cancel.clicked.connect(self.reject)
        self.apply.clicked.connect(self.apply_chosen)
        self._lay_out()
        bridge.changed.connect(self._on_changed)
        bridge.analysed.connect(self.look)
        bridge.replaced.connect(self.reject)
        self.look()

    def _lay_out(self) -> None:
        side = QWidget()
        ways = column(side, spacing=8)
        ways.addWidget(label("Ways to mend it", "section"))
        ways.addWidget(self.list, 1)
        ways.addWidget(self.state)
        side.setFixedWidth(290)
        middle = row(side, scrolled(self.preview), spacing=18)
        middle.setStretch(1, 1)
        found = QWidget()
        found.setLayout(middle)
        self.pages = QStackedWidget()
        self.pages.addWidget(found)
        self.pages.addWidget(self._no_way())
        head = row(Pill(self._theme, self.problem.word), label(self.problem.name, "code"), 1)
        layout = column(self, spacing=12, edge=18)
        layout.addLayout(head)
        layout.addWidget(self.message)
        layout.addWidget(divider())
        layout.addWidget(self.pages, 1)
        layout.addWidget(divider())
        layout.addLayout(row(1, self.cancel, self.apply))

    def _no_way(self) -> QWidget:
        page = QWidget()
        card = Card()
        line = row(Glyph("info", self._theme, "info.solid", 16), self.reason)
        line.setStretch(1, 1)
        card.column.addLayout(line)
        layout = column(page)
        layout.addWidget(card)
        layout.addStretch(1)
        return page

    @property
    def settled(self) -> bool:
        """Whether every way is found and compared."""
        return not self._steps.running

    def settle(self) -> None:
        """Finds everything now; for pictures and tests."""
        self._steps.finish()

    @property
    def ways(self) -> list[Candidate]:
        """The ways found so far."""
        return self._search.candidates if self._search is not None else []

    def look(self) -> None:
        """Looks for ways in the plan as it is now, where they are not those already found."""
        if self._revision == self._bridge.live.revision:
            return
        self._revision = self._bridge.live.revision
        self._forget()
        view = self._bridge.live.view
        self.pages.setCurrentIndex(_WAYS)
        self.cancel.setText("Cancel")
        self._search = RemedySearch(view, self.problem.ways(view))
        self._steps.start(self._search.steps())
        self._show_state()

    def _forget(self) -> None:
        if self.ways:
            self._preferred = self.ways[max(self.list.currentRow(), 0)].offer.fix.label
        self._steps.stop()
        self._search = None
        self._picked = False
        self.list.blockSignals(True)
        self.list.clear()
        self.list.blockSignals(False)
        self.preview.hide()
        self.apply.setEnabled(False)

    def _on_changed(self, _changes: object) -> None:
        """What was found belongs to another plan; `analysed` follows and looks anew."""
        if self._bridge.live.stale:
            self._forget()
            self.state.setText("Looking for ways ...")

    def _on_step(self, place: int) -> None:
        if place == self.list.count():
            self._add(self.ways[place])

    def _show_progress(self) -> None:
        """Once for each slice: laying out costs more than most steps."""
        self._show_impact()
        self._show_tags()
        self._show_state()

    def _on_end(self) -> None:
        search = self._search
        if search is None:
            return
        if self.ways:
            self._show_progress()
        if search.searching:
            self.state.setText("The search failed, and was not finished.")
        elif not self.ways:
            self._give_up(self.problem.why_unfixable(search.view))

    def _add(self, way: Candidate) -> None:
        label_ = way.offer.fix.label
        self.list.add(label_)
        if self.list.count() == 1:
            self.list.setCurrentRow(0)
            self.list.setFocus()
        elif label_ == self._preferred and not self._picked:
            self._picked = True
            self.list.setCurrentRow(self.list.count() - 1)

    def _show_tags(self) -> None:
        search = self._search
        if search is None:
            return
        recommended = search.recommended
        for place, way in enumerate(search.candidates[: self.list.count()]):
            harms = HARMS if way.known and way.harms else None
            self.list.tag(place, RECOMMENDED if place == recommended else harms)
        if recommended is not None and not self._picked:
            self._picked = True
            self.list.setCurrentRow(recommended)

    def _show_state(self) -> None:
        search = self._search
        if search is None:
            return
        if search.searching:
            more = "more " if self.ways else ""
            done = f" {count(search.tried, 'step')} done." if search.tried else ""
            self.state.setText(f"Looking for {more}ways ...{done}")
        else:
            each = ", each" if len(self.ways) > 1 else ","
            self.state.setText(f"{count(len(self.ways), 'way')}{each} tried on a copy of the plan.")

    def _give_up(self, reason: str) -> None:
        self.reason.setText(reason)
        self.pages.setCurrentIndex(_NO_WAY)
        self.cancel.setText("Close")
        self.cancel.setFocus()

    def _on_picked(self) -> None:
        """From now on the user decides which way is looked at."""
        self._picked = True

    def _on_chosen(self, place: int) -> None:
        if self._search is None or not 0 <= place < len(self.ways):
            return
        self._search.looked_at = place
        self.preview.show()
        self.preview.show_edits(self.ways[place].offer)
        self.apply.setEnabled(True)
        self._show_impact()

    def _show_impact(self) -> None:
        search, place = self._search, self.list.currentRow()
        if search is None or place < 0:
            return
        way = search.candidates[place]
        if way.compared is not None:
            after = way.offer.after.plan
            self.preview.show_impact(way.compared, search.view.plan, after, self.problem)

    def apply_chosen(self) -> None:
        """Does the chosen way, says so, and shows the first thing that it made or changed."""
        place = self.list.currentRow()
        if not self.apply.isEnabled() or not 0 <= place < len(self.ways):
            return
        offer = self.ways[place].offer
        self.apply.setEnabled(False)
        self._steps.stop()
        bridge = self._bridge
        bridge.changed.disconnect(self._on_changed)
        bridge.analysed.disconnect(self.look)
        if bridge.do(offer.fix.label, offer.fix.command):
            bridge.did.emit(offer.fix.label)
            first = _first_touched(offer)
            if first:
                bridge.reveal(shown_subject(bridge.session.plan, first))
        self.accept()

    def done(self, result: int) -> None:
        self._steps.stop()
        super().done(result)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            self._picked = True
        return super().eventFilter(watched, event)

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        self._theme = theme
        retint(self, theme)


def _first_touched(offer: Offer) -> str:
    """What is made, else what is changed; empty where things only go."""
    things = [(key.id, one) for key, one in offer.changes.items() if key.facet == "resource"]
    there = [(name, one.old) for name, one in things if one.new is not None]
    made = (name for name, old in there if old is None)
    return next(made, there[0][0] if there else "")
